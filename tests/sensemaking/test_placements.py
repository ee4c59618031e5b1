from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.sensemaking.actions import frames, intentions, placements, zones
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.sensemaking.actions.zones import Change
from polyfolio.sensemaking.models import Frame, Placement, Region, TargetMix, WantedCell, ZoneStay
from polyfolio.sensemaking.queries.frames import frame_of, regions_of
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay, standing_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_builtin_frames_are_there_and_stay_as_they_are() -> None:
    frames.ensure_builtin()

    assert list(Region.objects.order_by("frame__code", "position").values_list("frame__code", "code")) == [
        ("facets", "mis"),
        ("facets", "enh"),
        ("facets", "ada"),
        ("facets", "ant"),
        ("zones", "yellow"),
        ("zones", "green"),
        ("zones", "blue"),
    ]


def test_the_default_frame_goes_first_and_others_stand_beside_it() -> None:
    portfolio = make_portfolio()
    Frame.objects.create(code="beside", kind="zones", portfolio=portfolio, title={"en": "Beside"})
    own = Frame.objects.create(
        code="fields", kind="zones", portfolio=portfolio, title={"en": "Fields"}, is_default=True
    )
    region = Region.objects.create(frame=own, code="meadow", title={"en": "Meadow"})

    assert frame_of(portfolio, "zones") == own
    assert regions_of(portfolio, "zones") == [region]
    assert [each.code for each in regions_of(make_portfolio(), "zones")] == ["yellow", "green", "blue"]


def test_place_keeps_the_view_and_derives_the_standing() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    member = make_member(portfolio)

    placement = placements.place(
        initiative=initiative,
        portfolio=portfolio,
        answers=Answers("mis", "ant", rationale="It reaches for 2030."),
        by=member,
        at=NOW,
    )

    standing = standing_of(portfolio, initiative)
    row = AuditRecord.objects.get(verb="initiative.place")
    assert (placement.x, placement.y, placement.assessor_label) == (0.5, 0.5, str(member))
    assert (standing.mis, standing.enh, standing.ada, standing.ant, standing.is_mixed) == (0.5, 0, 0, 0.5, False)
    assert (row.subject_id, row.after["purpose"], row.reason) == (initiative.pk, "mis", "It reaches for 2030.")


def test_placements_follow_and_never_replace() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    member = make_member(portfolio)
    for answer in ("mis", "enh"):
        placements.place(initiative=initiative, portfolio=portfolio, answers=Answers(answer, answer), by=member, at=NOW)

    standing = standing_of(portfolio, initiative)
    assert (Placement.objects.count(), standing.enh, standing.assessors, standing.is_contested) == (2, 1.0, 1, False)


def test_opposite_assessors_contest_and_an_agreement_overrides() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    make_placement(portfolio, initiative, "mis")
    make_placement(portfolio, initiative, "ada", assessor=None, assessor_label="A guest")
    contested = standing_of(portfolio, initiative)

    placements.place(
        initiative=initiative,
        portfolio=portfolio,
        answers=Answers("ada", "ada"),
        by=make_steward(portfolio),
        at=NOW,
        is_agreed=True,
    )

    agreed = standing_of(portfolio, initiative)
    assert (contested.is_mixed, contested.is_contested, contested.spread) == (True, True, 1.0)
    assert (agreed.ada, agreed.is_agreed, agreed.is_contested, agreed.assessors) == (1.0, True, True, 3)


def test_shares_say_the_point() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])

    placement = placements.place(
        initiative=initiative,
        portfolio=portfolio,
        answers=Answers(shares={"mis": 50, "enh": 10, "ant": 40}),
        by=make_steward(portfolio),
        at=NOW,
    )

    assert (placement.x, placement.y, placement.purpose) == (0.3, 0.5, "")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (Answers(), "purpose"),
        (Answers("mis"), "driver"),
        (Answers("joy", "mis"), "purpose"),
        (Answers(shares={"mis": 120}), "shares"),
        (Answers(shares={"joy": 20}), "shares"),
        (Answers(shares={"mis": 0}), "shares"),
    ],
)
def test_answers_that_say_nothing_are_refused(answers: Answers, field: str) -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])

    with pytest.raises(RefusedError) as refused:
        placements.place(initiative=initiative, portfolio=portfolio, answers=answers, by=make_admin(), at=NOW)

    assert refused.value.field == field


def test_only_what_is_in_the_portfolio_is_placed() -> None:
    with pytest.raises(RefusedError):
        placements.place(
            initiative=make_initiative(),
            portfolio=make_portfolio(),
            answers=Answers("mis", "mis"),
            by=make_admin(),
            at=NOW,
        )


def test_what_a_portfolio_below_holds_may_be_placed() -> None:
    top = make_portfolio()
    make_portfolio(core=[initiative := make_initiative()], parents=[top])

    placements.place(initiative=initiative, portfolio=top, answers=Answers("mis", "mis"), by=make_steward(top), at=NOW)

    assert standing_of(top, initiative).mis == 1.0


@pytest.mark.parametrize("is_agreed", [True, False])
def test_strangers_place_nothing(is_agreed: bool) -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    people = [make_user(), make_member(portfolio)] if is_agreed else [make_user()]

    for user in people:
        with pytest.raises(NotAllowedError):
            placements.place(
                initiative=initiative,
                portfolio=portfolio,
                answers=Answers("mis", "mis"),
                by=user,
                at=NOW,
                is_agreed=is_agreed,
            )


def test_place_many_needs_a_part_in_the_portfolio() -> None:
    with pytest.raises(NotAllowedError):
        placements.place_many(portfolio=make_portfolio(), answers={}, by=make_user(), at=NOW)


def test_place_many_refuses_what_is_not_there() -> None:
    with pytest.raises(RefusedError):
        placements.place_many(
            portfolio=make_portfolio(), answers={make_initiative().pk: Answers("mis", "mis")}, by=make_admin(), at=NOW
        )


def _queries(action: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def test_many_are_placed_and_moved_at_the_cost_of_one() -> None:
    initiatives = [make_initiative() for _ in range(51)]
    portfolio, admin = make_portfolio(core=initiatives), make_admin()
    groups = [initiatives[:1], initiatives[1:]]
    assert admin.access

    placed = [
        _queries(
            lambda group=group: placements.place_many(
                portfolio=portfolio, answers={each.pk: Answers("mis", "mis") for each in group}, by=admin, at=NOW
            )
        )
        for group in groups
    ]
    moved = [
        _queries(
            lambda group=group: zones.change_many(
                portfolio=portfolio,
                given={each.pk: Change("green", date(2025, 1, 1)) for each in group},
                by=admin,
                at=NOW,
            )
        )
        for group in groups
    ]

    assert (placed[0], moved[0]) == (placed[1], moved[1])
    assert (Placement.objects.count(), ZoneStay.objects.count()) == (51, 51)


def test_a_transition_ends_one_stay_and_begins_another() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    make_stay(portfolio, initiative, "yellow", since_on=date(2024, 1, 1))
    steward = make_steward(portfolio)

    zones.change(
        initiative=initiative,
        portfolio=portfolio,
        change=Change("green", date(2025, 6, 1), "funding", "The grant letter."),
        by=steward,
        at=NOW,
    )

    row = AuditRecord.objects.get(verb="initiative.zone")
    stays = ZoneStay.objects.values_list("zone__code", "since_on", "until_on", "driver")
    assert list(stays) == [
        ("yellow", date(2024, 1, 1), date(2025, 6, 1), ""),
        ("green", date(2025, 6, 1), None, "funding"),
    ]
    assert (row.before["zone"], row.after["zone"], row.reason) == (
        "Yellow: exploring",
        "Green: between us",
        "The grant letter.",
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change("pink", date(2025, 1, 1), "crisis"), "zone"),
        (Change("green", date(2030, 1, 1), "crisis"), "since_on"),
        (Change("green", date(2023, 1, 1), "crisis"), "since_on"),
        (Change("green", date(2025, 1, 1), "boredom"), "driver"),
        (Change("green", date(2025, 1, 1)), "driver"),
        (Change("yellow", date(2025, 1, 1), "crisis"), "zone"),
    ],
)
def test_transitions_that_cannot_be(change: Change, field: str) -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    make_stay(portfolio, initiative, "yellow", since_on=date(2024, 1, 1))

    with pytest.raises(RefusedError) as refused:
        zones.change(initiative=initiative, portfolio=portfolio, change=change, by=make_admin(), at=NOW)

    assert (refused.value.field, ZoneStay.objects.get().until_on) == (field, None)


def test_zones_are_the_stewards() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])

    with pytest.raises(NotAllowedError):
        zones.change(
            initiative=initiative,
            portfolio=portfolio,
            change=Change("green", date(2025, 1, 1)),
            by=make_member(portfolio),
            at=NOW,
        )


def test_a_target_mix_supersedes_the_earlier_one() -> None:
    portfolio, admin = make_portfolio(), make_admin()
    intentions.set_target_mix(portfolio=portfolio, shares={"mis": 1}, reason="At first.", by=admin, at=NOW)

    intentions.set_target_mix(
        portfolio=portfolio, shares={"mis": 0.4, "enh": 0.2, "ada": 0.2, "ant": 0.2}, reason="Now.", by=admin, at=NOW
    )

    assert TargetMix.objects.count() == 2
    assert portfolio.target_mixes.first().shares == {"mis": 0.4, "enh": 0.2, "ada": 0.2, "ant": 0.2}


@pytest.mark.parametrize(
    ("shares", "reason", "field"),
    [
        ({"mis": 0.5}, "Why.", "shares"),
        ({"mis": 2, "enh": -1}, "Why.", "shares"),
        ({"joy": 1}, "Why.", "shares"),
        ({"mis": 1}, " ", "reason"),
    ],
)
def test_target_mixes_that_cannot_be(shares: dict[str, float], reason: str, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        intentions.set_target_mix(portfolio=make_portfolio(), shares=shares, reason=reason, by=make_admin(), at=NOW)

    assert refused.value.field == field


def test_a_wanted_cell_is_the_same_whichever_side_it_is_named_from() -> None:
    portfolio, steward = make_portfolio(), make_user()
    steward = make_steward(portfolio)
    theme, zone = ("theme", "textiles"), ("zone", "blue")
    intentions.mark_wanted(portfolio=portfolio, row=theme, column=zone, reason="None yet.", by=steward, at=NOW)

    cell = intentions.mark_wanted(
        portfolio=portfolio, row=zone, column=theme, reason="Two are needed.", threshold=2, by=steward, at=NOW
    )

    assert WantedCell.objects.get() == cell
    assert (cell.row, cell.column, cell.threshold, cell.reason) == ("textiles", "blue", 2, "Two are needed.")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"threshold": 0}, "threshold"),
        ({"column": ("theme", "tourism")}, "column_dimension"),
        ({"column": ("mood", "glad")}, "row"),
        ({"column": ("zone", "")}, "row"),
    ],
)
def test_wanted_cells_that_cannot_be(given: dict[str, Any], field: str) -> None:
    wish = {"row": ("theme", "textiles"), "column": ("zone", "blue"), "reason": "None yet."} | given

    with pytest.raises(RefusedError) as refused:
        intentions.mark_wanted(portfolio=make_portfolio(), by=make_admin(), at=NOW, **wish)

    assert refused.value.field == field


def test_no_longer_wanted() -> None:
    portfolio, admin = make_portfolio(), make_admin()
    cell = intentions.mark_wanted(
        portfolio=portfolio, row=("theme", "a"), column=("zone", "blue"), reason="None.", by=admin, at=NOW
    )

    intentions.no_longer_wanted(cell=cell, by=admin, at=NOW)

    assert WantedCell.objects.count() == 0


def test_intentions_are_the_stewards() -> None:
    portfolio = make_portfolio()

    with pytest.raises(NotAllowedError):
        intentions.set_target_mix(portfolio=portfolio, shares={}, reason="", by=make_member(portfolio), at=NOW)
