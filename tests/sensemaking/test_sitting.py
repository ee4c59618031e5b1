"""A running workshop: acts count once, private ones stay private, crossings are told, ending keeps what was found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.actions.meeting import finishing, sitting
from polyfolio.sensemaking.models import Decision, Placement, Workshop, WorkshopAct, WorkshopSeat
from polyfolio.sensemaking.queries.looking_back import workshops as queries
from polyfolio.sensemaking.workshops.acting import Given, given_from
from polyfolio.sensemaking.workshops.agendas import DOTS
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_workshop

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
WHAT, HAVE, WHY, CONTENT, CHANGE, MOVES = 1, 2, 3, 4, 5, 6


class Room:
    """A running exploration with one initiative, its facilitator and two others."""

    def __init__(self) -> None:
        self.initiative: Initiative = make_initiative()
        self.portfolio = make_portfolio(core=[self.initiative])
        self.steward: User = make_steward(self.portfolio)
        self.workshop: Workshop = make_workshop(self.portfolio, facilitator=self.steward)
        self.workshop.initiatives.add(self.initiative)
        self.leader = self.sit("Lea", is_facilitator=True)
        self.one, self.other = self.sit("Amina"), self.sit("Bo")
        self.lead("start")
        self.count = 0

    def sit(self, name: str, **more: Any) -> WorkshopSeat:
        return sitting.sit(workshop=self.workshop, name=name, user=None, at=AT, **more)[0]

    def lead(self, kind: str, **given: Any) -> Workshop:
        return sitting.lead(seat=self.leader, kind=kind, given=given, by=self.steward, at=AT)

    def act(self, seat: WorkshopSeat, kind: str, step: int, target: str = "", /, **payload: Any) -> sitting.Answer:
        self.count += 1
        given = Given(f"c{self.count}", kind, step, target, payload)
        return sitting.act(seat=seat, given=[given], at=AT)[0]

    def sees(self, seat: WorkshopSeat) -> list[tuple[str, Any]]:
        fresh = WorkshopSeat.objects.select_related("workshop").get(pk=seat.pk)
        return [
            (act[3], act[5]) for act in queries.shown_to(fresh, 0) if act[3] in ("note", "place", "move", "propose")
        ]


@pytest.fixture
def room() -> Room:
    return Room()


def test_an_act_counts_once_however_often_it_comes(room: Room) -> None:
    room.lead("step", step=WHY)
    given = [Given("same", "note", WHY, "", {"text": "Rent is cheap.", "layer": "levers"})]

    first = sitting.act(seat=room.one, given=given, at=AT)
    again = sitting.act(seat=room.one, given=[*given, *given], at=AT)

    assert [each.sequence for each in again] == [first[0].sequence] * 2
    assert WorkshopAct.objects.filter(kind="note").count() == 1


def test_sequences_have_no_gap_and_people_may_choose_the_same_names_for_acts(room: Room) -> None:
    room.lead("step", step=WHY)
    for seat in (room.one, room.other):
        sitting.act(seat=seat, given=[Given("a", "note", WHY, "", {"text": "x", "layer": ""})], at=AT)

    sequences = list(WorkshopAct.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))
    assert Workshop.objects.get().last_sequence == len(sequences)


def test_what_is_private_is_shown_to_its_author_alone_until_it_is_revealed(room: Room) -> None:
    room.lead("step", step=WHAT)
    room.act(room.one, "note", WHAT, text="Daring.", layer="")

    assert room.sees(room.one) == [("note", {"text": "Daring.", "layer": ""})]
    assert room.sees(room.other) == room.sees(room.leader) == []
    assert queries.acted(room.workshop, WHAT) == 1

    room.lead("reveal", step=WHAT)
    assert room.sees(room.other) == room.sees(room.one)


def test_two_who_move_one_token_at_once_both_count_and_the_later_one_names_the_other(room: Room) -> None:
    room.lead("step", step=HAVE)
    room.lead("reveal")
    token = str(room.initiative.pk)
    first = room.act(room.one, "move", HAVE, token, x=0.5, y=0, seen=0)
    second = room.act(room.other, "move", HAVE, token, x=0, y=0.5, seen=0)
    third = room.act(room.one, "move", HAVE, token, x=-0.5, y=0, seen=second.sequence)

    moves = {act.sequence: act.payload for act in WorkshopAct.objects.filter(kind="move")}
    assert moves == {
        first.sequence: {"x": 0.5, "y": 0.0, "seen": 0},
        second.sequence: {"x": 0.0, "y": 0.5, "seen": 0, "crossed": room.one.pk},
        third.sequence: {"x": -0.5, "y": 0.0, "seen": second.sequence},
    }


def test_dots_are_few_and_can_be_taken_back(room: Room) -> None:
    room.lead("step", step=CONTENT)
    notes = [room.act(room.other, "note", CONTENT, text=f"n{number}", layer="") for number in range(DOTS + 1)]
    targets = [f"note-{each.sequence}" for each in notes]
    for target in targets[:DOTS]:
        assert room.act(room.one, "vote", CONTENT, target, on=True).refused == ""

    assert "dots" in room.act(room.one, "vote", CONTENT, targets[-1], on=True).refused
    room.act(room.one, "vote", CONTENT, targets[0], on=False)
    assert room.act(room.one, "vote", CONTENT, targets[-1], on=True).refused == ""


@pytest.mark.parametrize(
    ("kind", "step", "target", "payload"),
    [
        ("note", CHANGE, "", {"text": "too early"}),
        ("note", WHAT, "", {"text": " "}),
        ("note", WHAT, "", {"text": "x" * 1001}),
        ("note", WHAT, "", {"text": "x", "layer": "weather"}),
        ("note", HAVE, "", {"text": "not in this step"}),
        ("place", HAVE, "0", {"x": 0, "y": 0}),
        ("place", HAVE, "token", {"x": "far", "y": 0}),
        ("place", HAVE, "token", {"x": float("nan"), "y": 0}),
        ("move", HAVE, "token", {"x": 0, "y": 0}),
        ("reveal", HAVE, "", {}),
        ("dance", HAVE, "", {}),
        ("note", 99, "", {"text": "x"}),
        ("note", -1, "", {"text": "x"}),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    kind: str, step: int, target: str, payload: dict[str, Any], room: Room
) -> None:
    room.lead("step", step=HAVE)
    before = WorkshopAct.objects.count()

    answer = room.act(room.one, kind, step, str(room.initiative.pk) if target == "token" else target, **payload)

    assert (bool(answer.refused), answer.sequence, WorkshopAct.objects.count()) == (True, None, before)


@pytest.mark.parametrize("told", [None, [], {"client_id": ""}, {"client_id": "x" * 41, "step": 0}, {"client_id": "x"}])
def test_what_has_no_shape_is_refused(told: Any) -> None:
    with pytest.raises(RefusedError):
        given_from(told)


def test_a_point_too_far_out_is_drawn_back_onto_the_diamond(room: Room) -> None:
    room.lead("step", step=HAVE)
    room.act(room.one, "place", HAVE, str(room.initiative.pk), x=3, y=-1)

    assert room.sees(room.one) == [("place", {"x": 0.75, "y": -0.25})]


def test_the_timer_runs_stops_and_goes_on(room: Room) -> None:
    assert room.lead("timer", seconds="90").timer_ends_at == AT + timedelta(seconds=90)
    held = room.lead("timer")
    assert (held.timer_ends_at, held.timer_seconds) == (None, 90)
    assert room.lead("timer").timer_ends_at == AT + timedelta(seconds=90)
    for bad in ("0", "-3", "soon", "999999"):
        with pytest.raises(RefusedError):
            room.lead("timer", seconds=bad)


def test_only_those_who_may_run_it_lead(room: Room) -> None:
    with pytest.raises(NotAllowedError):
        sitting.lead(seat=room.one, kind="step", given={"step": 1}, by=make_user(), at=AT)
    for kind, given in (("step", {"step": "99"}), ("note", {}), ("reveal", {"step": -1})):
        with pytest.raises(RefusedError):
            room.lead(kind, **given)


def test_nobody_acts_before_it_starts_or_after_it_ended(room: Room) -> None:
    planned = make_workshop(room.portfolio)
    seat, _key = sitting.sit(workshop=planned, name="Early", user=None, at=AT)
    assert "begun" in sitting.act(seat=seat, given=[Given("a", "note", 1, "", {"text": "x"})], at=AT)[0].refused

    finishing.end(seat=room.leader, by=room.steward, at=AT)

    assert "ended" in room.act(room.one, "note", WHAT, text="late").refused
    with pytest.raises(RefusedError):
        room.sit("Late")
    with pytest.raises(RefusedError):
        finishing.end(seat=room.leader, by=room.steward, at=AT)


def test_ending_keeps_notes_by_layer_decisions_and_what_each_seat_placed(room: Room) -> None:
    room.lead("step", step=CHANGE)
    token = str(room.initiative.pk)
    room.act(room.one, "note", WHY, text="Rent is cheap.", layer="levers")
    room.act(room.one, "note", WHAT, text="Daring.", layer="")
    room.act(room.one, "place", HAVE, token, x=1, y=0)
    room.act(room.other, "place", HAVE, token, x=0, y=1)
    chosen = room.act(room.one, "propose", CHANGE, token, text="Boost repair\nIt is full every week.", kind="boost")
    room.act(room.other, "propose", CHANGE, "", text="Stop everything", kind="stop")

    stocktake = finishing.end(seat=room.leader, by=room.steward, at=AT, chosen={chosen.sequence or 0}, is_placing=True)

    assert (stocktake.state, stocktake.notes) == ("closed", {"levers": "– Rent is cheap."})
    assert stocktake.insights == "What is innovation for us?:\n– Daring."
    assert (stocktake.figures["total"], stocktake.open_figures["total"]) == (1, 1)
    decision = Decision.objects.get()
    assert (decision.title, decision.reason, decision.kind) == ("Boost repair", "It is full every week.", "boost")
    assert (decision.origin_type, decision.origin_id) == ("workshop", room.workshop.pk)
    assert list(decision.initiatives.all()) == [room.initiative]
    placed = [(each.assessor_id, each.assessor_label.rpartition(", ")[2], each.x, each.y) for each in _placements()]
    assert placed == [(None, "seat 2", 1.0, 0.0), (None, "seat 3", 0.0, 1.0)]


def _placements() -> Any:
    return Placement.objects.order_by("pk")


def test_a_facilitator_who_stewards_nothing_ends_without_deciding(room: Room) -> None:
    guest = make_user()
    Workshop.objects.filter(pk=room.workshop.pk).update(facilitator=guest)
    seat = WorkshopSeat.objects.select_related("workshop__portfolio").get(pk=room.leader.pk)
    with pytest.raises(NotAllowedError):
        finishing.end(seat=seat, by=guest, at=AT, chosen={1})

    assert finishing.end(seat=seat, by=guest, at=AT).state == "closed"
