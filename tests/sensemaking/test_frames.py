"""A frame that a steward makes keeps the same promises as the ones that come with Polyfolio."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.notify.models import Notice
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import axes, frames, zones
from polyfolio.sensemaking.actions.frames import FrameGiven, RegionGiven
from polyfolio.sensemaking.actions.zones import Change
from polyfolio.sensemaking.models import Frame, Placement, Standing, ZoneStay
from polyfolio.sensemaking.queries.frames import crosswalk, frame_named, frame_of
from polyfolio.sensemaking.queries.holdings import holding
from tests.factories.people import make_admin, make_member, make_steward
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_axes, make_frame, make_placement, make_stay, zone

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
BUILT_IN = ("yellow", "green", "blue")


def zones_given(*names: str, **more: Any) -> FrameGiven:
    return FrameGiven(title={"en": "Seasons"}, regions=[RegionGiven({"en": name}) for name in names], **more)


def axes_given(**more: Any) -> FrameGiven:
    ends = {name: {"en": name} for name in frames.AXIS_ENDS}
    return FrameGiven(**{"title": {"en": "Reach"}, "kind": "axes", "ends": ends} | more)


@pytest.fixture(params=["built-in", "own"])
def frame(request: pytest.FixtureRequest) -> tuple[Portfolio, Frame]:
    portfolio = make_portfolio(core=[make_initiative(title={"en": "Repair counters"})])
    own = make_frame(portfolio)
    return portfolio, own if request.param == "own" else frame_of(portfolio, "zones")


def test_moving_in_a_frame_leaves_the_other_frames_alone(frame: tuple[Portfolio, Frame]) -> None:
    portfolio, through = frame
    initiative, steward = portfolio.entries.get().initiative, make_steward(portfolio)
    first, second, _third = through.regions.all()
    other = make_frame(portfolio, code="other")
    make_stay(portfolio, initiative, zone=other.regions.all()[0])

    for code, day, driver in ((first.code, 1, ""), (second.code, 2, "learning")):
        zones.change(
            initiative=initiative,
            portfolio=portfolio,
            change=Change(code, date(2025, 1, day), driver, "Minutes"),
            frame=through,
            by=steward,
            at=NOW,
        )

    stays = ZoneStay.objects.filter(frame=through).values_list("zone__code", "since_on", "until_on", "driver")
    assert list(stays) == [
        (first.code, date(2025, 1, 1), date(2025, 1, 2), ""),
        (second.code, date(2025, 1, 2), None, "learning"),
    ]
    assert ZoneStay.objects.get(frame=other).until_on is None
    assert list(AuditRecord.objects.filter(verb="initiative.zone").values_list("after__frame", flat=True)) == [
        str(through),
        str(through),
    ]


def test_two_who_move_one_token_are_both_kept_and_both_told(frame: tuple[Portfolio, Frame]) -> None:
    portfolio, through = frame
    initiative = portfolio.entries.get().initiative
    one, two = make_steward(portfolio, name="One"), make_steward(portfolio, name="Two")
    first, second, third = through.regions.all()
    seen = make_stay(portfolio, initiative, zone=first, since_on=date(2025, 1, 1))

    def move(code: str, by: Any) -> zones.Moved:
        return zones.move(
            initiative=initiative,
            portfolio=portfolio,
            change=Change(code, date(2026, 3, 4), "political"),
            saw=seen.pk,
            frame=through,
            by=by,
            at=NOW,
        )

    before, after = move(second.code, one), move(third.code, two)

    assert (before.overtaken, after.overtaken) == (None, before.stay)
    assert [stay.zone.code for stay in ZoneStay.objects.filter(frame=through)] == [
        first.code,
        second.code,
        third.code,
    ]
    told = Notice.objects.get()
    assert (told.user, told.text) == (
        one,
        f"Two moved “Repair counters” on to {third}, right after you moved it to {second}.",
    )
    assert AuditRecord.objects.filter(verb="initiative.zone").count() == 2


def test_a_move_is_taken_back_until_somebody_moves_on(frame: tuple[Portfolio, Frame]) -> None:
    portfolio, through = frame
    initiative, admin = portfolio.entries.get().initiative, make_admin()
    first, second, _third = through.regions.all()
    begun = make_stay(portfolio, initiative, zone=first, since_on=date(2025, 1, 1))
    moved = zones.change(
        initiative=initiative,
        portfolio=portfolio,
        change=Change(second.code, date(2025, 2, 1), "crisis"),
        frame=through,
        by=admin,
        at=NOW,
    )

    with pytest.raises(RefusedError):
        zones.take_back(stay=begun, by=admin, at=NOW)
    zones.take_back(stay=moved, by=admin, at=NOW)

    assert list(ZoneStay.objects.filter(frame=through).values_list("zone__code", "until_on")) == [(first.code, None)]
    row = AuditRecord.objects.get(verb="initiative.zone_back")
    assert (row.before["zone"], row.after["zone"]) == (str(second), str(first))
    with pytest.raises(NotAllowedError):
        zones.take_back(stay=begun, by=make_member(portfolio), at=NOW)


def test_nothing_moves_in_an_archived_or_foreign_frame() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    archived, foreign = make_frame(portfolio, archived_at=NOW), make_frame(make_portfolio())
    refused = []

    for through in (archived, foreign, make_axes(portfolio)):
        with pytest.raises(RefusedError) as error:
            zones.change(
                initiative=initiative,
                portfolio=portfolio,
                change=Change("meadow", date(2025, 1, 1)),
                frame=through,
                by=make_admin(),
                at=NOW,
            )
        refused.append(error.value.field)

    assert (refused, ZoneStay.objects.count()) == (["zone"] * 3, 0)


def test_a_steward_makes_and_changes_a_frame_of_zones() -> None:
    portfolio, admin = make_portfolio(), make_admin()
    made = frames.define(portfolio=portfolio, given=zones_given("Spring", "Summer"), by=admin, at=NOW)
    codes = [region.code for region in made.regions.all()]

    frames.redefine(
        frame=made,
        given=FrameGiven(
            title={"en": "The year"},
            regions=[RegionGiven({"en": "Winter"}), RegionGiven({"en": "High summer"}, code="summer")],
        ),
        by=admin,
        at=NOW,
    )

    made.refresh_from_db()
    assert (made.code, codes, str(made)) == ("seasons", ["spring", "summer"], "The year")
    assert [(each.code, each.label) for each in made.regions.all()] == [
        ("winter", "Winter"),
        ("summer", "High summer"),
    ]
    assert AuditRecord.objects.filter(verb="portfolio.frame").count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (zones_given("Alone"), "regions"),
        (zones_given(*map(str, range(10))), "regions"),
        (zones_given("Same", "same"), "regions"),
        (zones_given("Spring", ""), "regions"),
        (FrameGiven(title={}, regions=[]), "title"),
        (FrameGiven(title={"en": "F"}, kind="facets"), "kind"),
        (FrameGiven(title={"en": "F"}, regions=[RegionGiven({"en": n}, token="url(x)") for n in "ab"]), "regions"),
        (zones_given("Spring", "Summer", contested_from=0), "contested_from"),
        (axes_given(ends={}), "x_low"),
        (axes_given(x_thresholds=()), "x_thresholds"),
        (axes_given(y_thresholds=(0.3, -0.3)), "y_thresholds"),
        (axes_given(y_thresholds=(float("nan"),)), "y_thresholds"),
        (axes_given(x_thresholds=(1.0,)), "x_thresholds"),
    ],
)
def test_frames_that_cannot_be(given: FrameGiven, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        frames.define(portfolio=make_portfolio(), given=given, by=make_admin(), at=NOW)

    assert (refused.value.field, Frame.objects.filter(portfolio__isnull=False).count()) == (field, 0)


def test_a_zone_in_which_something_stood_is_renamed_not_removed() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    made = make_frame(portfolio)
    make_stay(portfolio, initiative, zone=made.regions.get(code="meadow"))
    without = [RegionGiven({"en": name.title()}, code=name) for name in ("hedge", "orchard")]

    with pytest.raises(RefusedError, match="cannot be taken away"):
        frames.redefine(frame=made, given=FrameGiven(title={"en": "F"}, regions=without), by=make_admin(), at=NOW)

    assert made.regions.count() == 3


def test_a_frame_in_use_is_archived_and_an_unused_one_deleted() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    used, unused = make_frame(portfolio, is_default=True), make_frame(portfolio, code="unused")
    make_stay(portfolio, initiative, zone=used.regions.all()[0])
    admin = make_admin()

    gone = [frames.delete(frame=each, by=admin, at=NOW) for each in (used, unused)]

    used.refresh_from_db()
    assert (gone, used.archived_at, used.is_default) == ([False, True], NOW, False)
    assert list(portfolio.frames.all()) == [used]
    frames.restore(frame=used, by=admin, at=NOW)
    assert frame_named(portfolio, "fields").archived_at is None


def test_built_in_frames_stay_as_they_are() -> None:
    portfolio = make_portfolio()

    for act in (frames.archive, frames.restore, frames.delete):
        with pytest.raises(RefusedError):
            act(frame=frame_of(portfolio, "zones"), by=make_admin(), at=NOW)


def test_frames_are_the_stewards() -> None:
    portfolio = make_portfolio()
    own, member = make_frame(portfolio), make_member(portfolio)

    with pytest.raises(NotAllowedError):
        frames.define(portfolio=portfolio, given=zones_given("A", "B"), by=member, at=NOW)
    with pytest.raises(NotAllowedError):
        frames.archive(frame=own, by=member, at=NOW)


def test_the_default_is_chosen_and_given_back() -> None:
    portfolio, admin = make_portfolio(), make_admin()
    one, two, built_in = make_frame(portfolio), make_frame(portfolio, code="two"), frame_of(portfolio, "zones")

    seen = []
    for each in (one, two, built_in):
        frames.make_default(portfolio=portfolio, frame=each, by=admin, at=NOW)
        seen.append((frame_of(portfolio, "zones"), holding(portfolio, admin).zone_frame))

    assert seen == [(one, one.pk), (two, two.pk), (built_in, built_in.pk)]
    for each in (make_axes(portfolio), make_frame(portfolio, code="old", archived_at=NOW)):
        with pytest.raises(RefusedError):
            frames.make_default(portfolio=portfolio, frame=each, by=admin, at=NOW)


def test_a_crosswalk_keeps_what_was_written_and_invents_nothing() -> None:
    portfolio, admin = make_portfolio(), make_admin()
    own, built_in = make_frame(portfolio), frame_of(portfolio, "zones")
    regions = {each.code: each.pk for each in own.regions.all()}
    given = {"meadow": "yellow", "hedge": "yellow", "orchard": ""}

    frames.write_crosswalk(portfolio=portfolio, source=own, target=built_in, pairs=given, by=admin, at=NOW)

    yellow = zone("yellow").pk
    assert crosswalk(portfolio, own, built_in) == {regions["meadow"]: yellow, regions["hedge"]: yellow}
    assert crosswalk(portfolio, built_in, own) == {}
    for pairs, target in (({"meadow": "pink"}, built_in), ({"lawn": "yellow"}, built_in), ({}, own)):
        with pytest.raises(RefusedError):
            frames.write_crosswalk(portfolio=portfolio, source=own, target=target, pairs=pairs, by=admin, at=NOW)


def test_between_axes_the_median_counts_and_thresholds_may_move() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    admin = make_admin()
    frame = frames.define(portfolio=portfolio, given=axes_given(), by=admin, at=NOW)
    make_placement(portfolio, initiative, "mis")
    for member, x in ((make_member(portfolio), 0.2), (make_member(portfolio), 0.6), (make_steward(portfolio), 0.4)):
        axes.place(initiative=initiative, portfolio=portfolio, frame=frame, spot=axes.At(x, -0.5), by=member, at=NOW)

    first = Standing.objects.select_related("region").get(frame=frame)
    frames.redefine(frame=frame, given=axes_given(x_thresholds=(-0.5, 0.5)), by=admin, at=NOW)
    second = Standing.objects.get(frame=frame)

    assert (first.x, first.y, str(first.region), first.assessors) == (0.4, -0.5, "x_high, y_low", 3)
    assert (second.x, str(second.region), frame.regions.count()) == (0.4, "between, y_low", 6)
    assert Standing.objects.exclude(frame=frame).get().facets == "mis"


@pytest.mark.parametrize(("x", "y"), [(1.5, 0), (0, -2), (float("nan"), 0), (0, float("inf"))])
def test_points_beyond_the_axes_are_refused(x: float, y: float) -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    frame, admin = make_axes(portfolio), make_admin()

    with pytest.raises(RefusedError):
        axes.place(initiative=initiative, portfolio=portfolio, frame=frame, spot=axes.At(x, y), by=admin, at=NOW)

    assert not Placement.objects.exists()


def test_axes_of_another_portfolio_and_archived_ones_are_refused() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    given = {"initiative": initiative, "portfolio": portfolio, "spot": axes.At(0, 0), "by": make_admin(), "at": NOW}

    for frame in (make_axes(make_portfolio()), make_axes(portfolio, archived_at=NOW), make_frame(portfolio)):
        with pytest.raises(RefusedError):
            axes.place(frame=frame, **given)
