"""The pages of imports: begun by dropping files, watched, read as a report, undone; and who may open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from polyfolio.exchange.models import OrganisationMatch
from polyfolio.network.models import Network, Organisation
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import User
from polyfolio.portfolios.models import InitiativeSdg
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import import_file
from tests.factories.network import make_membership, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative

pytestmark = pytest.mark.django_db

CONTENT = file_of(activity(identifier="A"), activity(COMPLETE.replace("2020-01-01", "2020-02-30"), "B"), activity())
TWICE = file_of(activity(identifier="A"), activity(identifier="A"))


@pytest.fixture
def network() -> Network:
    return make_network(title={"en": "Rivers"})


@pytest.fixture
def steward(network: Network) -> User:
    return make_steward(network)


@pytest.fixture
def signed_in(client: Client, steward: User) -> Client:
    client.force_login(steward)
    return client


def file(content: str | bytes = CONTENT, name: str = "a.xml") -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data, content_type="text/xml")


def send(client: Client, network: Network, *files: SimpleUploadedFile, **fields: Any) -> Any:
    return client.post("/imports/new/", {"uploads": list(files), "network": network.pk, **fields})


def text(response: Any) -> str:
    words: str = response.content.decode()
    return words


# What is left to decide -------------------------------------------------------------------------


@pytest.fixture
def match(network: Network) -> OrganisationMatch:
    return OrganisationMatch.objects.create(
        network=network,
        provisional=make_organisation(title={"en": "Río Claro"}),
        candidate=make_organisation(title={"en": "Rio Claro"}),
    )


def test_matches_stand_side_by_side(client: Client, match: OrganisationMatch, network: Network) -> None:
    client.force_login(make_admin())

    page = text(client.get(f"/imports/organisations/?network={network.pk}"))
    other = text(client.get(f"/imports/organisations/?network={make_network().pk}"))

    assert "Río Claro" in page
    assert "They are one" in page
    assert "Nothing to compare" in other


def test_match_becomes_one(client: Client, match: OrganisationMatch) -> None:
    client.force_login(make_admin())

    page = text(client.post(f"/imports/organisations/{match.pk}/same/", follow=True))

    assert "They are one now: Rio Claro." in page
    assert Organisation.objects.kept().count() == 1


def test_match_of_others_partners_is_not_the_stewards_to_make(signed_in: Client, match: OrganisationMatch) -> None:
    make_membership(make_network(), match.candidate)

    page = text(signed_in.get("/imports/organisations/"))
    answer = text(signed_in.post(f"/imports/organisations/{match.pk}/same/", follow=True))

    assert "They are one</button>" not in page
    assert "One of the two belongs to a network that you do not look after." in answer
    assert Organisation.objects.kept().count() == 2


def test_match_stays_two(signed_in: Client, match: OrganisationMatch) -> None:
    page = text(signed_in.post(f"/imports/organisations/{match.pk}/different/", follow=True))

    assert "They stay two organisations" in page
    assert "Nothing to compare" in page


def test_goals_to_choose_lead_to_the_form(signed_in: Client, network: Network) -> None:
    empty = text(signed_in.get("/imports/goals/"))
    initiative = make_initiative(network, title={"en": "Crowded"})
    for goal in range(1, 8):
        InitiativeSdg.objects.create(initiative=initiative, goal=goal, standing="imported")

    page = text(signed_in.get("/imports/goals/"))

    assert "Nothing to choose" in empty
    assert f'<a href="/initiatives/{initiative.slug}/edit/">Crowded</a>' in page


# Who may ----------------------------------------------------------------------------------------

PEOPLE = ("visitor", "somebody", "member", "editor", "other steward", "steward", "desk", "admin")
LISTS = (302, 403, 403, 403, 200, 200, 200, 200)
ONE = (302, 404, 404, 404, 404, 200, 200, 200)
STEP = (302, 404, 404, 404, 404, 302, 302, 302)
PAGES: dict[str, tuple[int, ...]] = {
    "imports": LISTS,
    "import_new": LISTS,
    "import_matches": LISTS,
    "import_goals": LISTS,
    "import": ONE,
    "import_problems": ONE,
    "import_activities": ONE,
    "import_progress": STEP,
    "import_stop": STEP,
    "import_resume": STEP,
    "import_undo": STEP,
    "import_match_same": STEP,
    "import_match_different": STEP,
}
POSTS = {"import_stop", "import_resume", "import_undo", "import_match_same", "import_match_different"}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", PAGES)
def test_who_may_open_a_page(client: Client, network: Network, match: OrganisationMatch, name: str, who: str) -> None:
    run = import_file(TWICE, network=network)
    user = {
        "visitor": lambda: None,
        "somebody": make_user,
        "member": lambda: make_member(network),
        "editor": lambda: make_member(network, GrantRole.EDITOR),
        "other steward": lambda: make_steward(make_network()),
        "steward": lambda: make_steward(network),
        "desk": lambda: make_member(network, GrantRole.DESK),
        "admin": make_admin,
    }[who]()
    if user is not None:
        client.force_login(user)
    has_record = name.startswith("import_match_") or PAGES[name] in (ONE, STEP)
    pk = match.pk if name.startswith("import_match_") else run.pk
    address = reverse(name, args=[pk] if has_record else [])

    response = client.post(address) if name in POSTS else client.get(address)

    expected = PAGES[name][PEOPLE.index(who)]
    expected = 404 if who == "visitor" and has_record else expected
    assert response.status_code == expected


@pytest.mark.parametrize("name", sorted(POSTS))
def test_steps_are_not_taken_by_opening_an_address(signed_in: Client, name: str) -> None:
    assert signed_in.get(reverse(name, args=[1])).status_code == 405
