from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import subscribe, unsubscribe
from polyfolio.lib.lifecycles import TransitionError
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions import admissions, entries
from polyfolio.portfolios.actions.admissions import ChecklistOpenError
from polyfolio.portfolios.actions.entries import Added
from polyfolio.portfolios.checklists import BUILT_IN, Question
from polyfolio.portfolios.choices import AdmissionState as State
from polyfolio.portfolios.choices import PortfolioClass
from polyfolio.portfolios.events import EntryChanged
from polyfolio.portfolios.models import Entry, Position
from polyfolio.portfolios.queries.admissions import checked_questions, questions_for, queue, waiting_for
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio, make_proposal

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def answer_all(entry: Entry, by: Any) -> None:
    for question in questions_for(entry):
        admissions.answer(entry=entry, code=question.code, is_met=True, by=by, at=NOW)


def test_add_core_enters_at_once(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    portfolio = make_portfolio()
    steward, initiative = make_steward(portfolio.network), make_initiative(portfolio.network)
    heard: list[EntryChanged] = []
    subscribe(EntryChanged, heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        entry = entries.add_core(portfolio=portfolio, initiative=initiative, by=steward, at=NOW)

    unsubscribe(EntryChanged, heard.append)
    row = AuditRecord.objects.get(verb="initiative.enter")
    assert (entry.state, entry.portfolio_class, entry.entered_on) == (
        State.ADMITTED,
        PortfolioClass.CORE,
        date(2026, 3, 4),
    )
    assert (row.subject_id, row.after["portfolio"]["id"]) == (initiative.pk, portfolio.pk)
    assert heard == [EntryChanged(portfolio.pk, initiative.pk, State.ADMITTED)]


def test_add_core_twice_is_refused() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])

    with pytest.raises(RefusedError):
        entries.add_core(portfolio=portfolio, initiative=initiative, by=make_admin(), at=NOW)


def test_add_core_again_after_leaving() -> None:
    portfolio = make_portfolio(core=[initiative := make_initiative()])
    admin = make_admin()
    entries.remove(entry=portfolio.entries.get(), by=admin, at=NOW, reason="A mistake.")

    entry = entries.add_core(portfolio=portfolio, initiative=initiative, by=admin, at=NOW)

    assert (entry.state, entry.left_on, Entry.objects.count()) == (State.ADMITTED, None, 1)


def test_a_portfolio_steward_cannot_make_a_partners_initiative_core() -> None:
    portfolio = make_portfolio()

    with pytest.raises(NotAllowedError):
        entries.add_core(portfolio=portfolio, initiative=make_initiative(), by=make_steward(portfolio), at=NOW)


def test_remove_keeps_the_entry_as_withdrawn() -> None:
    portfolio = make_portfolio(core=[make_initiative()])

    entry = entries.remove(entry=portfolio.entries.get(), by=make_steward(portfolio), at=NOW, reason="It ended.")

    assert (entry.state, entry.left_on, entry.reason) == (State.WITHDRAWN, date(2026, 3, 4), "It ended.")


def test_remove_what_is_not_there_is_refused() -> None:
    entry = make_proposal(make_portfolio(), make_initiative())

    with pytest.raises(RefusedError):
        entries.remove(entry=entry, by=make_admin(), at=NOW)


def test_add_many_takes_ours_as_core_and_proposes_the_rest() -> None:
    network = make_network()
    portfolio, steward = make_portfolio(network), make_steward(network)
    ours, there, left = (make_initiative(network) for _ in range(3))
    make_entry(portfolio, there)
    make_entry(portfolio, left, state=State.WITHDRAWN)
    theirs, hidden = make_initiative(), make_initiative(visibility="private")
    given = [ours.pk, there.pk, left.pk, theirs.pk, hidden.pk, 10**9]

    added = entries.add_many(portfolio=portfolio, initiative_ids=given, by=steward, at=NOW)

    assert added == Added(core=2, proposed=1, already=1)
    assert dict(Entry.objects.values_list("initiative", "state")) == {
        ours.pk: State.ADMITTED,
        there.pk: State.ADMITTED,
        left.pk: State.ADMITTED,
        theirs.pk: State.DRAFT,
    }
    assert AuditRecord.objects.filter(verb="initiative.enter").count() == 2


def test_drafts_are_submitted_together() -> None:
    network = make_network()
    portfolio, steward = make_portfolio(network), make_steward(network)
    ours, theirs = make_initiative(network), [make_initiative() for _ in range(3)]
    ids = [each.pk for each in (ours, *theirs)]
    assert entries.core_among(ids, steward) == 1
    entries.add_many(portfolio=portfolio, initiative_ids=ids, by=steward, at=NOW)

    count = admissions.submit_drafts(portfolio=portfolio, by=steward, at=NOW)

    assert (count, Entry.objects.filter(state=State.SUBMITTED).count()) == (3, 3)
    assert admissions.submit_drafts(portfolio=portfolio, by=steward, at=NOW) == 0
    assert admissions.submit_drafts(portfolio=portfolio, by=make_user(), at=NOW) == 0


def test_add_many_costs_the_same_for_one_and_for_fifty() -> None:
    network = make_network()
    steward = make_steward(network)
    assert steward.access
    counts = []
    for number in (1, 50):
        portfolio, ids = make_portfolio(network), [make_initiative(network).pk for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            entries.add_many(portfolio=portfolio, initiative_ids=ids, by=steward, at=NOW)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_add_many_needs_a_steward() -> None:
    with pytest.raises(NotAllowedError):
        entries.add_many(portfolio=make_portfolio(), initiative_ids=[], by=make_user(), at=NOW)


def test_set_position() -> None:
    portfolio = make_portfolio(core=[make_initiative()])
    position = Position.objects.create(portfolio=portfolio, title={"en": "Markets"})
    entry = portfolio.entries.get()

    entries.set_position(entry=entry, position=position, by=make_steward(portfolio), at=NOW)

    entry.refresh_from_db()
    assert entry.position == position


def test_set_position_of_another_portfolio_is_refused() -> None:
    portfolio = make_portfolio(core=[make_initiative()])
    position = Position.objects.create(portfolio=make_portfolio(), title={"en": "Markets"})

    with pytest.raises(RefusedError):
        entries.set_position(entry=portfolio.entries.get(), position=position, by=make_admin(), at=NOW)


def test_an_affiliated_initiative_goes_its_whole_way() -> None:
    portfolio, owner = make_portfolio(), make_organisation()
    initiative = make_initiative(owners=[owner])
    focal, steward = make_member(owner, "focal_point"), make_steward(portfolio)

    entry = entries.propose(portfolio=portfolio, initiative=initiative, by=focal, at=NOW)
    admissions.take(entry=entry, verb="submit", by=focal, at=NOW)
    admissions.take(entry=entry, verb="return", by=steward, at=NOW, reason="Which city?")
    admissions.take(entry=entry, verb="submit", by=focal, at=NOW)
    admissions.take(entry=entry, verb="begin_review", by=steward, at=NOW)
    answer_all(entry, steward)
    admitted = admissions.take(entry=entry, verb="admit", by=steward, at=NOW)

    assert (admitted.state, admitted.entered_on, admitted.decided_by) == (State.ADMITTED, date(2026, 3, 4), steward)
    assert (admitted.proposed_by, admitted.submitted_at, admitted.checked_at) == (focal, NOW, NOW)
    gone = admissions.take(entry=entry, verb="withdraw", by=focal, at=NOW)
    assert (gone.state, gone.left_on) == (State.WITHDRAWN, date(2026, 3, 4))


@pytest.mark.parametrize("missing", [question.code for question in BUILT_IN])
def test_no_affiliated_initiative_is_admitted_without_its_completed_checklist(missing: str) -> None:
    portfolio = make_portfolio()
    entry, steward = make_proposal(portfolio, make_initiative(), State.UNDER_REVIEW), make_steward(portfolio)
    for question in BUILT_IN:
        if question.code != missing:
            admissions.answer(entry=entry, code=question.code, is_met=True, by=steward, at=NOW)

    with pytest.raises(ChecklistOpenError):
        admissions.take(entry=entry, verb="admit", by=steward, at=NOW)

    entry.refresh_from_db()
    assert (entry.state, entry.checked_at) == (State.UNDER_REVIEW, None)


def test_a_question_answered_with_no_keeps_it_out() -> None:
    portfolio = make_portfolio()
    entry, steward = make_proposal(portfolio, make_initiative(), State.UNDER_REVIEW), make_steward(portfolio)
    answer_all(entry, steward)
    admissions.answer(entry=entry, code="no_duplicate", is_met=False, by=steward, at=NOW, evidence="See number 7.")

    with pytest.raises(ChecklistOpenError):
        admissions.take(entry=entry, verb="admit", by=steward, at=NOW)


def test_the_database_refuses_affiliation_without_a_checklist() -> None:
    with pytest.raises(IntegrityError):
        make_entry(make_portfolio(), make_initiative(), portfolio_class=PortfolioClass.AFFILIATED, checked_at=None)


def test_a_question_added_later_is_asked_before_admission() -> None:
    portfolio = make_portfolio()
    entry, steward = make_proposal(portfolio, make_initiative(), State.UNDER_REVIEW), make_steward(portfolio)
    answer_all(entry, steward)
    more = [*BUILT_IN, Question("open_data", {"en": "Is its data open?"})]
    admissions.set_questions(network=portfolio.network, questions=more, by=make_admin(), at=NOW)

    with pytest.raises(ChecklistOpenError, match="Is its data open"):
        admissions.take(entry=entry, verb="admit", by=steward, at=NOW)


def test_optional_questions_may_stay_open() -> None:
    portfolio = make_portfolio()
    entry, steward = make_proposal(portfolio, make_initiative(), State.UNDER_REVIEW), make_steward(portfolio)
    optional = Question("nice", {"en": "Is it nice?"}, is_required=False)
    admissions.set_questions(network=portfolio.network, questions=[optional], by=make_admin(), at=NOW)

    assert admissions.take(entry=entry, verb="admit", by=steward, at=NOW).state == State.ADMITTED


def test_a_programmes_checklist_goes_before_the_networks() -> None:
    portfolio = make_portfolio()
    network, programme = portfolio.network, make_body(portfolio.network)
    entry = make_proposal(portfolio, make_initiative(network, programmes=[programme]))
    admin = make_admin()
    admissions.set_questions(network=network, questions=[Question("a", {"en": "A?"})], by=admin, at=NOW)
    admissions.set_questions(
        network=network, programme=programme, questions=[Question("b", {"en": "B?"})], by=admin, at=NOW
    )

    assert [each.question.code for each in checked_questions(entry)] == ["b"]


@pytest.mark.parametrize(
    "questions",
    [[], [Question("a", {"en": ""})], [Question("a", {"en": "A?"}), Question("a", {"en": "B?"})]],
)
def test_set_questions_refuses_what_nobody_can_answer(questions: list[Question]) -> None:
    network = make_network()

    with pytest.raises(RefusedError):
        admissions.set_questions(network=network, questions=questions, by=make_steward(network), at=NOW)


def test_set_questions_refuses_a_programme_of_another_network() -> None:
    network = make_network()

    with pytest.raises(RefusedError):
        admissions.set_questions(
            network=network, programme=make_body(), questions=BUILT_IN, by=make_steward(network), at=NOW
        )


def test_take_refuses_steps_that_do_not_leave_from_there() -> None:
    entry = make_proposal(make_portfolio(), make_initiative(), State.DRAFT)

    with pytest.raises(TransitionError):
        admissions.take(entry=entry, verb="admit", by=make_admin(), at=NOW)


def test_take_refuses_those_who_may_not() -> None:
    owner = make_organisation()
    entry = make_proposal(make_portfolio(), make_initiative(owners=[owner]))

    with pytest.raises(NotAllowedError):
        admissions.take(entry=entry, verb="begin_review", by=make_member(owner, "focal_point"), at=NOW)


@pytest.mark.parametrize("verb", ["return", "decline"])
def test_take_asks_for_the_reason(verb: str) -> None:
    entry = make_proposal(make_portfolio(), make_initiative())

    with pytest.raises(RefusedError):
        admissions.take(entry=entry, verb=verb, by=make_admin(), at=NOW, reason=" ")


def test_take_is_not_for_core() -> None:
    portfolio = make_portfolio(core=[make_initiative()])

    with pytest.raises(RefusedError):
        admissions.take(entry=portfolio.entries.get(), verb="withdraw", by=make_admin(), at=NOW)


def test_answer_refuses_unknown_questions() -> None:
    entry = make_proposal(make_portfolio(), make_initiative())

    with pytest.raises(RefusedError):
        admissions.answer(entry=entry, code="mood", is_met=True, by=make_admin(), at=NOW)


def test_answer_only_while_it_waits() -> None:
    entry = make_proposal(make_portfolio(), make_initiative(), State.DRAFT)

    with pytest.raises(RefusedError):
        admissions.answer(entry=entry, code="evidence", is_met=True, by=make_admin(), at=NOW)


def test_propose_again_after_it_was_declined_begins_anew() -> None:
    portfolio = make_portfolio()
    entry, admin = make_proposal(portfolio, make_initiative()), make_admin()
    answer_all(entry, admin)
    admissions.take(entry=entry, verb="decline", by=admin, at=NOW, reason="Out of scope.")

    again = entries.propose(portfolio=portfolio, initiative=entry.initiative, by=admin, at=NOW)

    kept = Entry.objects.get()
    assert (again.pk, kept.state, kept.checked_at, kept.answers.count()) == (entry.pk, State.DRAFT, None, 0)


def test_propose_twice_is_refused() -> None:
    entry = make_proposal(make_portfolio(), make_initiative())

    with pytest.raises(RefusedError):
        entries.propose(portfolio=entry.portfolio, initiative=entry.initiative, by=make_admin(), at=NOW)


def test_propose_refuses_strangers() -> None:
    with pytest.raises(NotAllowedError):
        entries.propose(portfolio=make_portfolio(), initiative=make_initiative(), by=make_user(), at=NOW)


def test_waiting_for_those_who_decide() -> None:
    portfolio = make_portfolio()
    entry = make_proposal(portfolio, make_initiative())
    make_proposal(portfolio, make_initiative(), State.DRAFT)
    people = [make_steward(portfolio), make_steward(portfolio.network), make_admin(), make_member(portfolio), None]

    assert [list(waiting_for(user)) for user in people] == [[entry], [entry], [entry], [], []]


def test_queue_holds_what_is_not_admitted() -> None:
    portfolio = make_portfolio(core=[make_initiative()])
    waiting = make_proposal(portfolio, make_initiative())
    make_proposal(portfolio, make_initiative(deleted_at=NOW))

    assert list(queue(portfolio)) == [waiting]
