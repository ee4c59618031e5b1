"""Scenarios, their moves, and what adopting one leaves behind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from polyfolio.audit.actions.undo import take_back
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import moves, scenarios
from polyfolio.sensemaking.choices import MoveKind
from polyfolio.sensemaking.models import Decision, Move, Scenario
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_move, make_scenario, make_wanted

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def held() -> Initiative:
    return make_initiative(title={"en": "Repair"})


@pytest.fixture
def portfolio(held: Initiative) -> Portfolio:
    return make_portfolio(held.network, core=[held])


@pytest.fixture
def steward(portfolio: Portfolio) -> User:
    return make_steward(portfolio)


def order(scenario: Scenario) -> list[str]:
    return [each.title for each in scenario.moves.kept().order_by("position")]


def test_create_and_edit_keep_question_and_undo(portfolio: Portfolio, steward: User) -> None:
    made = scenarios.create(portfolio=portfolio, values={"title": " Less ", "question": "Why?"}, by=steward, at=AT)
    row = scenarios.edit(scenario=made, values={"title": "More"}, by=steward, at=AT)
    assert row is not None
    take_back(row=row, by=steward, at=AT)

    kept = Scenario.objects.get()
    assert (kept.title, kept.question, kept.starts_on, kept.state) == ("Less", "Why?", date(2026, 3, 4), "open")


@pytest.mark.parametrize("values", [{"title": " "}, {"title": "x" * 201}, {"title": "x", "starts_on": None}])
def test_create_refuses(values: dict[str, Any], portfolio: Portfolio, steward: User) -> None:
    with pytest.raises(RefusedError):
        scenarios.create(portfolio=portfolio, values=values, by=steward, at=AT)

    assert not Scenario.objects.exists()


def test_add_keeps_a_note_of_five_thousand_words(portfolio: Portfolio, held: Initiative, steward: User) -> None:
    note = "repairing " * 5000

    move = moves.add(
        scenario=make_scenario(portfolio), values={"kind": "stop", "initiative": held, "note": note}, by=steward, at=AT
    )

    assert Move.objects.get(pk=move.pk).note == note.strip()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "conquer"}, "kind"),
        ({"kind": "stop"}, "initiative"),
        ({"kind": "start"}, "title"),
        ({"kind": "start", "title": "x", "purpose": "mis"}, "driver"),
        ({"kind": "start", "title": "x", "purpose": "mis", "driver": "up"}, "driver"),
        ({"kind": "start", "title": "x", "zone": "purple"}, "zone"),
        ({"kind": "start", "title": "x", "amount": Decimal(-1), "currency": "EUR"}, "amount"),
        ({"kind": "start", "title": "x", "amount": Decimal("NaN"), "currency": "EUR"}, "amount"),
        ({"kind": "start", "title": "x", "amount": Decimal(10) ** 15, "currency": "EUR"}, "amount"),
        ({"kind": "start", "title": "x", "amount": Decimal(1), "currency": "€"}, "currency"),
        ({"kind": "re_place", "initiative": "held"}, "purpose"),
        ({"kind": "change_zone", "initiative": "held"}, "zone"),
        ({"kind": "change_money", "initiative": "held"}, "amount"),
        ({"kind": "merge", "initiative": "held"}, "into"),
        ({"kind": "merge", "initiative": "held", "into": "held"}, "into"),
        ({"kind": "merge", "initiative": "held", "into": "outside"}, "into"),
        ({"kind": "stop", "initiative": "outside"}, "initiative"),
        ({"kind": "stop", "initiative": "hidden"}, "initiative"),
        ({"kind": "start", "initiative": "hidden"}, "initiative"),
        ({"kind": "start", "initiative": "held"}, "initiative"),
        ({"kind": "stop", "initiative": "held", "note": "x" * 200_001}, "note"),
        ({"kind": "start", "title": "x", "fills": "elsewhere"}, "fills"),
    ],
)
def test_add_refuses(values: dict[str, Any], field: str, portfolio: Portfolio, held: Initiative, steward: User) -> None:
    named = {
        "held": held,
        "outside": make_initiative(held.network),
        "hidden": make_initiative(visibility=Visibility.PRIVATE),
        "elsewhere": make_wanted(make_portfolio(), "looms", "blue"),
    }
    given = {name: named.get(value, value) if isinstance(value, str) else value for name, value in values.items()}

    with pytest.raises(RefusedError) as refused:
        moves.add(scenario=make_scenario(portfolio), values=given, by=steward, at=AT)

    assert (refused.value.field, Move.objects.count()) == (field, 0)


def test_the_database_keeps_no_negative_amount(portfolio: Portfolio) -> None:
    scenario = make_scenario(portfolio)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_move(scenario, "start", title="x", amount=-1, currency="EUR")


def test_shift_remove_and_their_undo(portfolio: Portfolio, steward: User) -> None:
    scenario = make_scenario(portfolio)
    first, second, third = (make_move(scenario, "start", title=title) for title in "abc")

    row = moves.shift(move=third, is_earlier=True, by=steward, at=AT)
    assert order(scenario) == ["a", "c", "b"]
    assert row is not None
    take_back(row=row, by=steward, at=AT)
    assert order(scenario) == ["a", "b", "c"]

    moves.shift(move=first, is_earlier=False, by=steward, at=AT)
    gone = moves.remove(move=second, by=steward, at=AT)
    assert order(scenario) == ["a", "c"]
    take_back(row=gone, by=steward, at=AT)
    assert order(scenario) == ["b", "a", "c"]
    assert moves.shift(move=Move.objects.get(title="c"), is_earlier=False, by=steward, at=AT) is None
    assert moves.shift(move=Move.objects.get(title="b"), is_earlier=True, by=steward, at=AT) is None


def test_edit_changes_what_is_given(portfolio: Portfolio, steward: User) -> None:
    move = make_move(make_scenario(portfolio), "start", title="a", note="because")

    moves.edit(move=move, values={"amount": Decimal(3), "currency": "eur"}, by=steward, at=AT)

    kept = Move.objects.get()
    assert (kept.title, kept.note, kept.amount, kept.currency) == ("a", "because", Decimal(3), "EUR")


def test_adopt_takes_one_decision_for_each_move(portfolio: Portfolio, held: Initiative, steward: User) -> None:
    scenario = make_scenario(portfolio)
    for kind in MoveKind:
        about = {"title": "<script>alert(1)</script>"} if kind == MoveKind.START else {"initiative": held}
        make_move(scenario, kind, note="word " * 5000, **about)

    taken = scenarios.adopt(scenario=scenario, by=steward, at=AT)

    kept = Decision.objects.order_by("pk")
    assert [each.pk for each in kept] == [each.pk for each in taken]
    assert [each.kind for each in kept] == ["start", "stop", "boost", "merge", "hand_over", "adapt", "adapt", "adapt"]
    assert {(each.origin_type, each.origin_id, each.owner) for each in kept} == {("scenario", scenario.pk, steward)}
    assert [kept[0].title, kept[1].title] == ["Start “<script>alert(1)</script>”", "Stop “Repair”"]
    assert kept[1].reason.endswith("The whole note stands with the move.")
    assert list(kept[1].initiatives.all()) == [held]
    assert Scenario.objects.get().state == "adopted"


def test_what_is_adopted_stays(portfolio: Portfolio, steward: User) -> None:
    scenario = make_scenario(portfolio)
    added = moves.add(scenario=scenario, values={"kind": "start", "title": "x"}, by=steward, at=AT)
    scenarios.adopt(scenario=scenario, by=steward, at=AT)
    scenario.refresh_from_db()
    move = Move.objects.select_related("scenario__portfolio").get()

    with pytest.raises(RefusedError):
        scenarios.adopt(scenario=scenario, by=steward, at=AT)
    with pytest.raises(NotAllowedError):
        moves.add(scenario=scenario, values={"kind": "start", "title": "y"}, by=steward, at=AT)
    with pytest.raises(NotAllowedError):
        moves.remove(move=move, by=steward, at=AT)
    with pytest.raises(NotAllowedError):
        scenarios.delete(scenario=scenario, by=steward, at=AT)
    with pytest.raises(NotAllowedError):
        take_back(row=AuditRecord.objects.get(verb="move.create", subject_id=added.pk), by=steward, at=AT)
    assert Decision.objects.count() == 1


def test_adopting_on_old_knowledge_is_refused(portfolio: Portfolio, steward: User) -> None:
    """Two people open the page; one adopts, then the other."""
    scenario = make_scenario(portfolio)
    make_move(scenario, "start", title="x")
    stale = Scenario.objects.get(pk=scenario.pk)
    scenarios.adopt(scenario=scenario, by=steward, at=AT)

    with pytest.raises(RefusedError):
        scenarios.adopt(scenario=stale, by=steward, at=AT)
    with pytest.raises(RefusedError):
        moves.add(scenario=stale, values={"kind": "start", "title": "y"}, by=steward, at=AT)

    assert Decision.objects.count() == 1


def test_adopt_refuses_nothing_and_what_is_hidden(portfolio: Portfolio, steward: User) -> None:
    scenario = make_scenario(portfolio)

    with pytest.raises(RefusedError):
        scenarios.adopt(scenario=scenario, by=steward, at=AT)
    make_move(scenario, "stop", initiative=make_initiative(visibility=Visibility.PRIVATE))
    with pytest.raises(RefusedError):
        scenarios.adopt(scenario=scenario, by=steward, at=AT)

    assert (Decision.objects.count(), Scenario.objects.get().state) == (0, "open")


def test_set_aside_and_reopen(portfolio: Portfolio, steward: User) -> None:
    scenario = make_scenario(portfolio)

    scenarios.set_aside(scenario=scenario, by=steward, at=AT)
    set_aside = Scenario.objects.get().state
    scenarios.reopen(scenario=scenario, by=steward, at=AT)

    assert (set_aside, Scenario.objects.get().state) == ("set_aside", "open")


def test_scenarios_are_seen_by_those_who_take_part(portfolio: Portfolio, steward: User) -> None:
    scenario = make_scenario(portfolio)
    hidden = make_initiative(visibility=Visibility.PRIVATE)
    make_move(scenario, "stop", initiative=hidden)
    people = [None, make_user(), make_member(portfolio), steward, make_steward(portfolio.network)]

    assert [Scenario.objects.visible_to(each).count() for each in people] == [0, 0, 1, 1, 1]
    assert [Move.objects.visible_to(each).count() for each in people] == [0] * 5
