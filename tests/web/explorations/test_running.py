"""What stewards do with explorations, and what everybody else is told of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from polyfolio.people.models import User
from polyfolio.sensemaking.models import Exploration, ExplorationInvitation
from tests.factories.explorations import in_days, make_exploration, make_response
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement
from tests.sensemaking.exploration.answering import able, favouring

pytestmark = pytest.mark.django_db

ANSWERS = favouring("ada") | able(3)


@pytest.fixture
def exploration() -> Exploration:
    initiative = make_initiative()
    portfolio = make_portfolio(core=[initiative])
    make_placement(portfolio, initiative, "enh")
    return make_exploration(portfolio=portfolio, title="How <b>we</b> support new work", is_comparable=True)


@pytest.fixture
def steward(exploration: Exploration) -> User:
    return make_steward(exploration.portfolio)


@pytest.fixture
def signed_in(client: Client, steward: User) -> Client:
    client.force_login(steward)
    return client


def answered(exploration: Exploration, people: int = 5) -> None:
    for _number in range(people):
        make_response(exploration, ANSWERS)


def page(client: Client, address: str, status: int = 200) -> str:
    found = client.get(address)
    assert found.status_code == status
    return found.content.decode()


def test_from_the_mix_to_a_new_exploration_and_its_link(client: Client) -> None:
    portfolio = make_portfolio(make_network(), core=[make_initiative()])
    steward = make_steward(portfolio)
    client.force_login(steward)
    assert f"/explorations/?portfolio={portfolio.slug}" in page(client, f"/portfolios/{portfolio.slug}/mix/")
    assert f"/explorations/new/?portfolio={portfolio.slug}" in page(
        client, f"/explorations/?portfolio={portfolio.slug}"
    )
    shown = page(client, f"/explorations/new/?portfolio={portfolio.slug}")
    assert f'value="portfolio:{portfolio.pk}" selected' in shown

    given = {
        "about": f"portfolio:{portfolio.pk}",
        "title": "How we support new work",
        "organisation_name": "Ministry of Repair",
        "opens_on": str(in_days(0)),
        "closes_on": str(in_days(20)),
        "sectors": ["07"],
    }
    made = client.post("/explorations/new/", given)

    exploration = Exploration.objects.get()
    assert made["Location"] == f"/explorations/{exploration.pk}/"
    client.post(f"/explorations/{exploration.pk}/links/")
    with_link = page(client, f"/explorations/{exploration.pk}/")
    assert "/explorations/answer/" in with_link
    assert "/explorations/answer/" not in page(client, f"/explorations/{exploration.pk}/")
    link = ExplorationInvitation.objects.get()
    client.post(f"/explorations/{exploration.pk}/links/withdraw/", {"link": str(link.pk)})
    link.refresh_from_db()
    assert link.withdrawn_at is not None
    again = client.post(f"/explorations/{exploration.pk}/links/withdraw/", {"link": str(link.pk)})
    assert again.status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"organisation_name": ""},
        {"closes_on": str(in_days(-30))},
        {"sectors": ["99"]},
        {"country": "XX"},
        {"about": "portfolio:999999"},
        {"about": "network:abc"},
        {"opens_on": "yesterday"},
    ],
)
def test_a_form_that_cannot_stand_keeps_what_was_typed(
    signed_in: Client, exploration: Exploration, wrong: dict[str, Any]
) -> None:
    given = {
        "about": f"portfolio:{exploration.portfolio.pk}",
        "title": "A title to keep",
        "organisation_name": "Ministry of Repair",
        "opens_on": str(in_days(0)),
        "closes_on": str(in_days(20)),
    } | wrong

    refused = signed_in.post("/explorations/new/", given)

    assert refused.status_code == 422
    assert ("A title to keep" if "title" not in wrong else "Ministry of Repair") in refused.content.decode()
    assert Exploration.objects.count() == 1


def test_before_five_only_how_many(signed_in: Client, exploration: Exploration) -> None:
    answered(exploration, 4)
    place = f"/explorations/{exploration.pk}/"

    shown = page(signed_in, place)

    assert "4 of 5" in shown
    assert "How it can be read" not in shown
    page(signed_in, f"{place}report.pdf", status=404)
    page(signed_in, f"{place}diamond.svg", status=404)
    rows = workbook(signed_in, f"{place}?export=xlsx")
    assert {cell for row in rows[1:] for cell in row[2:]} == {""}


def test_results_with_gap_reading_and_peers(signed_in: Client, exploration: Exploration) -> None:
    answered(exploration)

    shown = page(signed_in, f"/explorations/{exploration.pk}/")

    assert "5 people answered" in shown
    assert "How &lt;b&gt;we&lt;/b&gt; support new work" in shown
    assert "Enhancement-oriented work is done with less support: 76 points" in shown
    assert "0 other organisations agreed to be compared" in shown
    assert "Together: 75%" in shown


def test_peers_and_earlier_ones_appear(signed_in: Client, exploration: Exploration) -> None:
    answered(exploration)
    for _number in range(5):
        answered(make_exploration(is_comparable=True))
    answered(
        make_exploration(
            portfolio=exploration.portfolio,
            organisation_name=exploration.organisation_name,
            opens_on=in_days(-400),
            closes_on=in_days(-380),
        )
    )

    shown = page(signed_in, f"/explorations/{exploration.pk}/")

    assert "the middle of 5 other organisations" in shown
    assert "Middle of the peers" in shown
    assert "Over time" in shown


def workbook(client: Client, address: str) -> list[list[Any]]:
    answer = client.get(address)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_downloads(signed_in: Client, exploration: Exploration) -> None:
    answered(exploration)
    place = f"/explorations/{exploration.pk}/"

    rows = workbook(signed_in, f"{place}?export=xlsx")
    assert rows[0][1:4] == ["Facet or ability", "People", "Median"]
    assert [row[1:4] for row in rows if row[1] == "adaptive"] == [["adaptive", 5.0, 100.0]]
    assert len(rows) == 1 + 4 + 8 + 1
    drawing = signed_in.get(f"{place}diamond.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert b"<svg xmlns" in drawing.content
    report = signed_in.get(f"{place}report.pdf")
    assert (report["Content-Type"], b"pdfuaid:part" in report.content) == ("application/pdf", True)
    assert report["Content-Disposition"].endswith('.pdf"')


def test_closing_and_deleting_can_be_undone(signed_in: Client, exploration: Exploration) -> None:
    place = f"/explorations/{exploration.pk}/"
    closed = signed_in.post(f"{place}state/", {"state": "closed"}, follow=True)
    assert "Undo" in closed.content.decode()
    assert Exploration.objects.get().state == "closed"
    signed_in.post(f"{place}state/", {"state": "open"})
    assert Exploration.objects.get().state == "open"
    deleted = signed_in.post(f"{place}delete/", follow=True)
    assert "Undo" in deleted.content.decode()
    page(signed_in, place, status=404)


def test_edit(signed_in: Client, exploration: Exploration) -> None:
    place = f"/explorations/{exploration.pk}/edit/"
    assert exploration.organisation_name in page(signed_in, place)
    given = {
        "title": "Another title",
        "organisation_name": "Ministry of Repair",
        "opens_on": str(exploration.opens_on),
        "closes_on": str(exploration.closes_on),
    }

    signed_in.post(place, given)

    kept = Exploration.objects.get()
    assert (kept.title, kept.organisation_key, kept.is_comparable) == ("Another title", "ministry of repair", False)


def test_a_personal_link_is_sent_or_refused(signed_in: Client, exploration: Exploration) -> None:
    place = f"/explorations/{exploration.pk}/links/"

    sent = signed_in.post(place, {"email": "ann@example.org"}, follow=True).content.decode()
    refused = signed_in.post(place, {"email": "ann"}, follow=True).content.decode()

    assert "A link goes to ann@example.org" in sent
    assert "is not a mail address" in refused
    assert ExplorationInvitation.objects.count() == 1


def test_who_may_open_and_run(exploration: Exploration) -> None:
    place = f"/explorations/{exploration.pk}/"
    member = make_member(exploration.portfolio)
    for user, seen in ((None, 404), (make_user(), 404), (member, 200)):
        client = Client()
        if user is not None:
            client.force_login(user)
        assert client.get(place).status_code == seen
        assert client.get("/explorations/").status_code == 200
        refused = {client.post(f"{place}{tail}/").status_code for tail in ("links", "state", "delete")}
        assert refused <= {302, 403, 404}
        assert Exploration.objects.get().state == "open"
    client = Client()
    client.force_login(member)
    assert "Make a link" not in page(client, place)
    assert client.get("/explorations/new/").status_code == 403
    page(client, "/explorations/?portfolio=nothing", status=404)


def test_lists_cost_the_same_with_many(
    signed_in: Client, exploration: Exploration, queries_of: Callable[[str], int]
) -> None:
    one = queries_of("/explorations/")
    for _number in range(49):
        answered(make_exploration(portfolio=exploration.portfolio), 1)

    assert queries_of("/explorations/") == one
