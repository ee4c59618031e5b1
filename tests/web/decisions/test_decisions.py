"""Decisions: listed, narrowed, taken, followed up, found by searching, and waiting in the next steps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from polyfolio.audit.models import AuditRecord
from polyfolio.notify import steps
from polyfolio.people.choices import Visibility
from polyfolio.search.documents import sources
from polyfolio.sensemaking.actions import decisions
from polyfolio.sensemaking.models import Decision
from tests.factories.network import make_network
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_decision, make_stocktake

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Late", "Done", "Again"}),
        ("?state=done", {"Done"}),
        ("?kind=stop", {"Again"}),
        ("?when=overdue", {"Late"}),
        ("?when=look_again", {"Again"}),
        ("?when=no_outcome", {"Late", "Again"}),
        ("?words=kettles", {"Done"}),
        ("?origin=stocktake-7", {"Late"}),
        ("?state=half&kind=conquer&when=never&owner=me&origin=x", {"Late", "Done", "Again"}),
    ],
)
def test_list_is_narrowed_and_exported_as_shown(query: str, titles: set[str], client: Client) -> None:
    portfolio = make_portfolio()
    make_decision(portfolio, "Late", taken_on=DAY, due_on=DAY, origin_type="stocktake", origin_id=7)
    make_decision(portfolio, "Done", state="done", outcome="More kettles.", due_on=DAY)
    make_decision(portfolio, "Again", kind="stop", look_again_on=DAY)
    make_decision(make_portfolio(), "Elsewhere")

    page = shown(client, f"/portfolios/{portfolio.slug}/decisions/{query}")
    file = shown(client, f"/portfolios/{portfolio.slug}/decisions/{query}{'&' if query else '?'}export=csv")

    assert {title for title in ("Late", "Done", "Again", "Elsewhere") if f">{title}</a>" in page} == titles
    assert {line.split(",")[0] for line in file.splitlines()[1:]} == titles


def test_list_costs_the_same_at_one_and_fifty(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    portfolio = make_portfolio()
    for number in range(50):
        make_decision(portfolio, f"D{number}", owner=make_user())

    with django_assert_max_num_queries(10):
        shown(client, f"/portfolios/{portfolio.slug}/decisions/")


def test_steward_takes_one_where_stock_was_taken_and_its_page_leads_back(client: Client) -> None:
    initiative = make_initiative(title={"en": "Repair counters"})
    portfolio = make_portfolio(core=[initiative])
    stocktake = make_stocktake(portfolio)
    client.force_login(make_steward(portfolio))
    sent = {
        "title": "Boost repair",
        "kind": "boost",
        "taken_on": "2026-03-04",
        "due_on": "2026-06-01",
        "initiatives-TOTAL_FORMS": "1",
        "initiatives-INITIAL_FORMS": "0",
        "initiatives-0-initiative": "Repair counters",
    }
    address = f"/portfolios/{portfolio.slug}/decisions/new/?origin=stocktake-{stocktake.pk}"

    assert client.post(address, sent | {"due_on": "2026-01-01"}).status_code == 422
    answer = client.post(address, sent)

    taken = Decision.objects.get()
    assert answer["Location"] == taken.get_absolute_url()
    assert (taken.origin_type, taken.origin_id, list(taken.initiatives.all())) == (
        "stocktake",
        stocktake.pk,
        [initiative],
    )
    assert stocktake.get_absolute_url() in shown(client, taken.get_absolute_url())


def test_edit_keeps_initiatives_that_the_editor_does_not_see(client: Client) -> None:
    portfolio = make_portfolio()
    hidden, seen = make_initiative(visibility=Visibility.PRIVATE), make_initiative()
    decision = make_decision(portfolio)
    decision.initiatives.set([hidden, seen])
    client.force_login(make_steward(portfolio))
    sent = {"title": "New words", "kind": "stop", "taken_on": "2026-03-04"}
    sent |= {"initiatives-TOTAL_FORMS": "1", "initiatives-INITIAL_FORMS": "0"}

    client.post(f"{decision.get_absolute_url()}edit/", sent)

    decision.refresh_from_db()
    assert (decision.title, list(decision.initiatives.all())) == ("New words", [hidden])
    row = AuditRecord.objects.order_by("-pk")[0]
    client.post(f"/history/undo/{row.pk}/")


def test_owner_says_whether_it_worked_and_a_stranger_does_not(client: Client) -> None:
    owner = make_user()
    decision = make_decision(make_portfolio(), owner=owner)
    address = f"{decision.get_absolute_url()}follow-up/"
    client.force_login(make_user())
    assert client.post(address, {"state": "done"}).status_code == 403

    client.force_login(owner)
    assert client.post(address, {"state": "half"}).status_code == 422
    client.post(address, {"state": "done", "outcome": "Yes, twice as many."})

    decision.refresh_from_db()
    assert (decision.state, decision.outcome) == ("done", "Yes, twice as many.")


def test_next_steps_name_what_is_due_for_its_owner_and_overdue_for_stewards() -> None:
    portfolio, today = make_portfolio(), timezone.localdate()
    owner, steward = make_user(), make_steward(portfolio)
    make_decision(portfolio, "Soon", owner=owner, taken_on=DAY, due_on=today + timedelta(days=3))
    make_decision(portfolio, "Late", owner=owner, taken_on=DAY, due_on=today - timedelta(days=3))
    make_decision(portfolio, "Look", owner=owner, state="done", taken_on=DAY, look_again_on=today)
    make_decision(portfolio, "Far", owner=owner, taken_on=DAY, due_on=today + timedelta(days=90))

    def titles(user: object) -> list[str]:
        return [str(step.title) for step in steps.of(user, on=today)]  # type: ignore[arg-type]

    assert titles(owner) == ["Follow up: Late", "Look again: Look", "Follow up: Soon"]
    assert titles(steward) == ["Follow up: Late", "Look again: Look"]
    assert titles(make_user()) == []


def test_search_holds_reason_and_outcome_for_those_who_see_the_portfolio() -> None:
    network = make_network()
    closed = make_portfolio(network, visibility=Visibility.STEWARDS)
    steward = make_steward(closed)
    taken = decisions.take(
        portfolio=closed,
        kind="boost",
        title="Boost repair",
        by=steward,
        at=timezone.now(),
        values={"reason": "Queues.", "outcome": "Shorter queues."},
    )
    source = sources()["decision"]

    found = list(source.documents([taken.pk, make_decision(make_portfolio()).pk]))

    assert [each.visible_to == ("public",) for each in found] == [False, True]
    assert f"portfolio-steward:{closed.pk}" in found[0].visible_to
    assert (found[0].title, found[0].body) == ({"en": "Boost repair"}, {"en": "Shorter queues.\n\nQueues."})
    assert list(source.all_ids()) == [taken.pk, found[1].object_id]
