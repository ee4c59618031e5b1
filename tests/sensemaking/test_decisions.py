"""Decisions are one kind of record, wherever they are taken."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.sensemaking.actions import decisions
from polyfolio.sensemaking.models import Decision
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_take_keeps_owner_origin_and_initiatives() -> None:
    initiative = make_initiative()
    portfolio = make_portfolio(core=[initiative])
    steward = make_steward(portfolio)

    taken = decisions.take(
        portfolio=portfolio,
        kind="boost",
        title=" Give repair a second year ",
        by=steward,
        at=AT,
        values={"due_on": date(2026, 6, 1), "reason": "It works."},
        initiatives=[initiative],
        origin=("scenario", 7),
    )

    kept = Decision.objects.get(pk=taken.pk)
    assert (kept.title, kept.owner, kept.owner_label) == ("Give repair a second year", steward, str(steward))
    assert (kept.taken_on, kept.origin_type, kept.origin_id) == (date(2026, 3, 4), "scenario", 7)
    assert list(kept.initiatives.all()) == [initiative]


@pytest.mark.parametrize(
    ("kind", "title", "values"),
    [
        ("boost", " ", {}),
        ("conquer", "x", {}),
        ("boost", "x", {"due_on": date(2026, 3, 3)}),
        ("boost", "x", {"look_again_on": date(2026, 3, 3)}),
        ("boost", "x", {"state": "half"}),
        ("boost", "x", {"reason": "x" * 20_001}),
    ],
)
def test_take_refuses(kind: str, title: str, values: dict[str, object]) -> None:
    portfolio = make_portfolio()

    with pytest.raises(RefusedError):
        decisions.take(portfolio=portfolio, kind=kind, title=title, by=make_steward(portfolio), at=AT, values=values)

    assert not Decision.objects.exists()


def test_owner_follows_up_and_changes_nothing_else() -> None:
    portfolio, owner = make_portfolio(), make_user()
    taken = decisions.take(
        portfolio=portfolio, kind="stop", title="x", by=make_steward(portfolio), at=AT, values={"owner": owner}
    )

    decisions.edit(decision=taken, values={"state": "done", "outcome": "It helped."}, by=owner, at=AT)

    assert Decision.objects.get().outcome == "It helped."
    with pytest.raises(NotAllowedError):
        decisions.edit(decision=taken, values={"title": "y"}, by=owner, at=AT)
    with pytest.raises(NotAllowedError):
        decisions.edit(decision=taken, values={"state": "open"}, by=make_user(), at=AT)


def test_delete_is_the_stewards() -> None:
    portfolio = make_portfolio()
    steward = make_steward(portfolio)
    taken = decisions.take(portfolio=portfolio, kind="stop", title="x", by=steward, at=AT)

    decisions.delete(decision=taken, by=steward, at=AT)

    assert not Decision.objects.visible_to(steward).exists()
