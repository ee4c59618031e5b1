"""An initiative's pages: what a visitor reads, who may change what, and that nothing typed is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.models import MoneyYear
from polyfolio.portfolios.models import Initiative, InitiativeLink
from polyfolio.reporting.models import Indicator, IndicatorValue, Result
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_link, make_portfolio

pytestmark = pytest.mark.django_db


def fill(initiative: Initiative, amount: int) -> None:
    for number in range(amount):
        MoneyYear.objects.create(
            initiative=initiative, year=2000 + number, flow=MoneyFlow.SPENT, currency="EUR", amount=Decimal(10)
        )
        result = Result.objects.create(initiative=initiative, level="outcome", title={"en": f"Result {number}"})
        indicator = Indicator.objects.create(result=result, title={"en": f"Indicator {number}"})
        IndicatorValue.objects.create(indicator=indicator, kind="actual", text=str(number))
        other = make_initiative(initiative.network)
        make_link(initiative, other)
        make_entry(make_portfolio(initiative.network), initiative)


def given(**values: Any) -> dict[str, Any]:
    rows = ("participations", "territories", "places", "documents")
    management = {f"{name}-TOTAL_FORMS": 0 for name in rows} | {f"{name}-INITIAL_FORMS": 0 for name in rows}
    return management | {"kind": "pilot", "status": "implementation", "visibility": "public"} | values


def test_visitor_reads_everything_on_one_page(client: Client) -> None:
    initiative = make_initiative(
        make_network(),
        owners=[make_organisation(title={"en": "Lantern Street Repairers"})],
        countries=["KE"],
        goals=[12],
        title={"en": "Repair counters", "fr": "Comptoirs de réparation"},
        summary={"en": "People mend things.", "fr": "On répare."},
        daily_life={"en": "A kettle lives longer."},
    )
    fill(initiative, 1)

    page = client.get(f"/initiatives/{initiative.slug}/").content.decode()

    for words in (
        "Repair counters",
        "A kettle lives longer.",
        "Lantern Street Repairers",
        "Kenya",
        "Result 0",
        "On répare.",
    ):
        assert words in page


@pytest.mark.parametrize("who", ["visitor", "steward"])
def test_page_costs_the_same_for_much_as_for_little(
    who: str, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    initiative = make_initiative(make_network())
    fill(initiative, 40)
    if who == "steward":
        client.force_login(make_steward(initiative.network))
    client.get(f"/initiatives/{initiative.slug}/")

    with django_assert_max_num_queries(28 if who == "steward" else 22):
        answer = client.get(f"/initiatives/{initiative.slug}/")

    assert answer.status_code == 200


def test_hidden_initiative_is_not_found(client: Client) -> None:
    initiative = make_initiative(make_network(), visibility="stewards")

    answer = client.get(f"/initiatives/{initiative.slug}/")

    assert answer.status_code == 404


def test_markup_in_a_title_is_shown_as_text(client: Client) -> None:
    initiative = make_initiative(make_network(), title={"en": "<script>alert(1)</script>"})

    page = client.get(f"/initiatives/{initiative.slug}/").content.decode()

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_focal_point_edits_their_own_and_not_anothers(client: Client) -> None:
    network = make_network()
    own_organisation, other_organisation = make_organisation(network), make_organisation(network)
    own = make_initiative(network, owners=[own_organisation])
    another = make_initiative(network, owners=[other_organisation])
    client.force_login(make_member(own_organisation, "focal_point"))

    saved = client.post(f"/initiatives/{own.slug}/edit/", given(title__en="New title"))
    refused = client.post(f"/initiatives/{another.slug}/edit/", given(title__en="Not mine"))

    assert (saved.status_code, refused.status_code) == (302, 403)
    assert Initiative.objects.get(pk=own.pk).title == {"en": "New title"}
    assert Initiative.objects.get(pk=another.pk).title == another.title


def test_more_than_five_other_goals_are_refused_beside_what_was_typed(client: Client) -> None:
    network = make_network()
    initiative = make_initiative(network)
    client.force_login(make_steward(network))

    answer = client.post(
        f"/initiatives/{initiative.slug}/edit/",
        given(title__en="Typed with care", main="12.5", others=["1", "2", "3", "4", "5", "6"]),
    )

    assert answer.status_code == 422
    assert "Typed with care" in answer.content.decode()
    assert not initiative.sdgs.exists()


def test_mistakes_in_rows_are_named_above_the_form(client: Client) -> None:
    network = make_network()
    client.force_login(make_steward(network))
    rows = {
        "participations-TOTAL_FORMS": 1,
        "participations-0-organisation": "Nobody of this name",
        "participations-0-role": "implementing",
        "territories-TOTAL_FORMS": 1,
        "territories-0-country": "SE",
        "territories-0-percentage": "140",
    }

    answer = client.post(f"/networks/{network.slug}/initiatives/new/", given(title="Repair counters", **rows))

    summary = answer.content.decode().partition('class="error-summary"')[2].partition("</div>")[0]
    assert answer.status_code == 422
    assert "Who takes part, row 1" in summary
    assert "Countries, row 1" in summary
    assert not Initiative.objects.exists()


def test_new_initiative_keeps_every_part(client: Client) -> None:
    network = make_network()
    organisation = make_organisation(network)
    client.force_login(make_steward(network))

    answer = client.post(
        f"/networks/{network.slug}/initiatives/new/",
        given(
            title__en="Repair counters",
            title__fr="Comptoirs",
            main="12.5",
            others=["4"],
            **{
                "participations-TOTAL_FORMS": 1,
                "participations-0-organisation": f"{organisation} [{organisation.slug}]",
                "participations-0-role": "accountable",
                "territories-TOTAL_FORMS": 1,
                "territories-0-country": "KE",
                "documents-TOTAL_FORMS": 1,
                "documents-0-url": "https://example.org/a",
                "documents-0-name": "Report",
            },
        ),
    )

    made = Initiative.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/initiatives/{made.slug}/")
    assert made.title == {"en": "Repair counters", "fr": "Comptoirs"}
    assert list(made.participations.values_list("organisation", "role")) == [(organisation.pk, "accountable")]
    assert list(made.sdgs.values_list("goal", "target", "standing").order_by("goal")) == [
        (4, "", "other"),
        (12, "12.5", "main"),
    ]
    assert list(made.documents.values_list("url", "label")) == [("https://example.org/a", "Report")]


def test_delete_says_how_to_take_it_back(client: Client) -> None:
    network = make_network()
    initiative = make_initiative(network)
    client.force_login(make_steward(network))

    answer = client.post(f"/initiatives/{initiative.slug}/delete/", follow=True)

    assert Initiative.objects.get(pk=initiative.pk).is_deleted
    assert "Undo" in answer.content.decode()


def test_link_is_claimed_and_taken_away(client: Client) -> None:
    network = make_network()
    one, other = make_initiative(network), make_initiative(network)
    client.force_login(make_steward(network))

    client.post(f"/initiatives/{one.slug}/links/new/", {"kind": "builds_on", "target": f"{other} [{other.slug}]"})
    link = InitiativeLink.objects.get()
    client.post(f"/initiatives/{one.slug}/links/delete/", {"link": link.pk})

    assert (link.source, link.target, link.kind) == (one, other, "builds_on")
    assert not InitiativeLink.objects.exists()


@pytest.mark.parametrize("path", ["edit/", "delete/", "revive/", "links/new/", "links/delete/"])
def test_stranger_may_change_nothing(path: str, client: Client) -> None:
    initiative = make_initiative(make_network())
    client.force_login(make_user())

    answer = client.post(f"/initiatives/{initiative.slug}/{path}")

    assert answer.status_code == 403
