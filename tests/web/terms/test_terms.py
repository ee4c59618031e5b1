"""A portfolio's own terms: kept, worn by initiatives, and compared in matrices."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import terms as actions
from polyfolio.sensemaking.models import PortfolioTerm, TermUse
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_term, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    return make_initiative(make_network())


@pytest.fixture
def portfolio(initiative: Initiative) -> Portfolio:
    return make_portfolio(initiative.network, core=[initiative])


def listed(client: Client, portfolio: Portfolio) -> str:
    answer = client.get(f"/portfolios/{portfolio.slug}/terms/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_added_term_is_listed_and_worn(client: Client, portfolio: Portfolio, initiative: Initiative) -> None:
    client.force_login(make_steward(portfolio))
    new = f"/portfolios/{portfolio.slug}/terms/new/"

    client.post(new, {"kind": "lever", "title__en": "Public <purchase>", "code": ""})
    client.post(new, {"kind": "field", "title__en": "Schools", "code": "school"})
    lever, field = PortfolioTerm.objects.order_by("pk")
    worn = f"/portfolios/{portfolio.slug}/initiatives/{initiative.slug}/terms/"
    client.post(worn, {"lever": [lever.pk], "field": [field.pk]})

    assert (lever.code, field.code) == ("public-purchase", "school")
    assert set(TermUse.objects.values_list("term__code", flat=True)) == {"public-purchase", "school"}
    page = listed(client, portfolio)
    assert ("Public &lt;purchase&gt;" in page, page.count("1 initiative<")) == (True, 2)
    matrix = client.get(f"/portfolios/{portfolio.slug}/holes/?row=lever&column=field").content.decode()
    assert "lever=public-purchase&amp;field=school" in matrix
    client.post(worn, {"field": [field.pk]})
    assert TermUse.objects.get().term == field


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "mood"},
        {"title__en": " "},
        {"title__en": "学校"},
        {"code": "not a code"},
        {"title__en": "Procurement"},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any], client: Client, portfolio: Portfolio) -> None:
    make_term(portfolio)
    client.force_login(make_steward(portfolio))

    answer = client.post(
        f"/portfolios/{portfolio.slug}/terms/new/", {"kind": "lever", "title__en": "Rules", "code": ""} | wrong
    )

    assert (answer.status_code, PortfolioTerm.objects.count()) == (422, 1)


def test_term_is_reworded_and_taken_away_with_its_tags(
    client: Client, portfolio: Portfolio, initiative: Initiative
) -> None:
    term = tag(portfolio, initiative).term
    client.force_login(make_steward(portfolio))
    address = f"/portfolios/{portfolio.slug}/terms/{term.pk}/"

    client.post(address, {"title__en": "Buying together", "position": 3})
    term.refresh_from_db()
    answer = client.post(address, {"remove": "1"}, follow=True)

    assert (term.label, term.code, term.position) == ("Buying together", "procurement", 3)
    assert ("1 initiative bore it" in answer.content.decode(), TermUse.objects.exists()) == (True, False)


def test_tags_are_of_this_portfolio_and_of_initiatives_in_it(portfolio: Portfolio, initiative: Initiative) -> None:
    steward, other = make_steward(portfolio), make_portfolio()
    foreign, term = make_term(other), make_term(portfolio)

    for who, ids in ((initiative, [foreign.pk]), (make_initiative(), [term.pk])):
        with pytest.raises(RefusedError):
            actions.tag(portfolio=portfolio, initiative=who, term_ids=ids, by=steward, at=timezone.now())

    assert not TermUse.objects.exists()


def test_who_may(client: Client, portfolio: Portfolio, initiative: Initiative) -> None:
    term = make_term(portfolio)
    addresses = [f"/portfolios/{portfolio.slug}/terms/{end}" for end in ("new/", f"{term.pk}/")]
    addresses.append(f"/portfolios/{portfolio.slug}/initiatives/{initiative.slug}/terms/")
    found = [[client.get(each).status_code for each in addresses]]
    for person in (make_user(), make_member(portfolio), make_steward(portfolio)):
        client.force_login(person)
        found.append([client.get(each).status_code for each in addresses])

    assert found == [[302, 302, 302], [403, 403, 403], [403, 403, 200], [200, 200, 200]]
