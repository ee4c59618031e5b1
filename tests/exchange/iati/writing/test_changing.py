"""A second file: what the source changed follows it, what people edited stays, and where both did a person is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.models import ImportItem, ImportProblem, SourceRecord
from polyfolio.network.models import Network
from polyfolio.portfolios.models import (
    Initiative,
    InitiativeIdentifier,
    InitiativeSdg,
    InitiativeSector,
    Participation,
)
from polyfolio.reporting.models import Result
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW, codes, counts, database, import_file, rows, the_initiative
from tests.factories.network import make_network, make_organisation
from tests.factories.portfolios import make_initiative

pytestmark = pytest.mark.django_db

BUDGET = """<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
  <value value-date="2020-01-01">{amount}</value></budget>"""
RESULT = '<result type="1"><title><narrative>{title}</narrative></title></result>'


@pytest.fixture
def network() -> Network:
    return make_network()


def one(inner: str = COMPLETE) -> str:
    return file_of(activity(inner, "A"))


def other(old: str, new: str) -> str:
    """The same file with something in it changed."""
    return one(COMPLETE.replace(old, new))


def test_second_run_of_the_same_file_changes_nothing(network: Network) -> None:
    content = file_of(activity(identifier="A"), activity(identifier="B"))
    import_file(content, network=network)
    before = database()

    run = import_file(content, network=network)

    assert counts(run) == (0, 0, 2, 0)
    assert database() == before
    assert AuditRecord.objects.filter(batch=run.batch).count() == 0


def test_second_run_takes_what_the_source_changed(network: Network) -> None:
    import_file(one(), network=network)

    run = import_file(other("Title", "New title"), network=network)

    initiative = the_initiative()
    assert counts(run) == (0, 1, 0, 0)
    assert (initiative.title, initiative.label, initiative.slug) == ({"en": "New title"}, "New title", "title")
    log = AuditRecord.objects.get(batch=run.batch)
    assert (log.verb, log.before, log.after) == (
        "initiative.change",
        {"title": {"en": "Title"}},
        {"title": {"en": "New title"}},
    )
    assert codes(run) == []


def test_second_run_counts_a_change_that_touches_no_field_of_ours(network: Network) -> None:
    import_file(one(), network=network)
    changed_at = the_initiative().updated_at

    run = import_file(one(COMPLETE + "<!-- a remark -->"), network=network)

    assert counts(run) == (0, 1, 0, 0)
    assert the_initiative().updated_at == changed_at
    assert AuditRecord.objects.filter(batch=run.batch).count() == 0
    assert run.items.get().before is not None


def test_edit_stays_where_the_source_did_not_change_it(network: Network) -> None:
    import_file(one(), network=network)
    Initiative.objects.update(title={"en": "Ours"}, summary={"en": "Ours"})

    run = import_file(other("Title", "New title").replace('code="2"', 'code="3"'), network=network)

    initiative = the_initiative()
    assert (initiative.summary, initiative.status) == ({"en": "Ours"}, "finalisation")
    assert counts(run) == (0, 1, 0, 0)


def test_edit_gives_way_where_the_source_changed_the_same(network: Network) -> None:
    import_file(one(), network=network)
    Initiative.objects.update(title={"en": "Ours"})

    run = import_file(other("Title", "New title"), network=network)

    problem = ImportProblem.objects.get(run=run)
    assert the_initiative().title == {"en": "New title"}
    assert (problem.code, problem.element, problem.value) == ("edited-here", "title", "Ours")
    assert AuditRecord.objects.get(batch=run.batch).before == {"title": {"en": "Ours"}}


def test_edit_of_another_language_stays(network: Network) -> None:
    import_file(one(), network=network)
    Initiative.objects.update(title={"en": "Title", "fr": "Titre"})

    run = import_file(other("Title", "New title"), network=network)

    assert the_initiative().title == {"en": "New title", "fr": "Titre"}
    assert codes(run) == []


def test_rows_that_people_added_stay(network: Network) -> None:
    import_file(one(), network=network)
    owner = make_organisation()
    Participation.objects.create(initiative=the_initiative(), organisation=owner, role="co_owner")
    InitiativeSector.objects.create(initiative=the_initiative(), vocabulary="99", code="ours")

    run = import_file(one(COMPLETE.replace("</title>", "</title>") + '<sector code="11220"/>'), network=network)

    assert rows(the_initiative().participations, "role") == ["reporting", "funding", "co_owner"]
    assert rows(the_initiative().sectors, "code") == ["11110", "ours", "11220"]
    assert "edited-here" not in codes(run)


def test_rows_that_people_removed_stay_away(network: Network) -> None:
    import_file(one(COMPLETE + BUDGET.format(amount=1) + BUDGET.format(amount=2)), network=network)
    the_initiative().budgets.filter(amount=1).delete()
    budgets = BUDGET.format(amount=1) + BUDGET.format(amount=2) + BUDGET.format(amount=3)

    import_file(one(COMPLETE + budgets), network=network)

    assert rows(the_initiative().budgets, "amount") == [Decimal(2), Decimal(3)]


def test_row_that_both_changed_becomes_the_sources(network: Network) -> None:
    import_file(one(COMPLETE + BUDGET.format(amount=1)), network=network)
    the_initiative().budgets.update(amount=5)

    run = import_file(one(COMPLETE + BUDGET.format(amount=7)), network=network)

    problem = ImportProblem.objects.get(run=run)
    assert rows(the_initiative().budgets, "amount") == [Decimal(7)]
    assert (problem.code, problem.element) == ("edited-here", "budget")


def test_rows_that_stay_keep_their_keys(network: Network) -> None:
    import_file(one(COMPLETE + BUDGET.format(amount=1)), network=network)
    kept = rows(the_initiative().budgets, "pk")

    import_file(one(COMPLETE + BUDGET.format(amount=1) + BUDGET.format(amount=2)), network=network)

    assert rows(the_initiative().budgets, "pk")[:1] == kept


def test_money_years_follow_the_money(network: Network) -> None:
    import_file(one(COMPLETE + BUDGET.format(amount=1)), network=network)

    import_file(one(COMPLETE + BUDGET.format(amount=8)), network=network)

    assert rows(the_initiative().money_years, "year", "amount") == [(2020, Decimal(8))]


def test_results_are_replaced_only_where_they_differ(network: Network) -> None:
    import_file(one(COMPLETE + RESULT.format(title="A") + RESULT.format(title="B")), network=network)
    first = rows(Result.objects, "pk")[0]

    run = import_file(one(COMPLETE + RESULT.format(title="A") + RESULT.format(title="C")), network=network)

    assert rows(Result.objects, "label") == ["A", "C"]
    assert rows(Result.objects, "pk")[0] == first
    assert AuditRecord.objects.get(batch=run.batch).after == {"results": ["A", "C"]}


def test_result_that_people_added_stays(network: Network) -> None:
    import_file(one(COMPLETE + RESULT.format(title="A")), network=network)
    Result.objects.create(initiative=the_initiative(), level="impact", title={"en": "Ours"}, position=1)

    import_file(one(COMPLETE + RESULT.format(title="B")), network=network)

    assert sorted(rows(Result.objects, "label")) == ["B", "Ours"]


def test_chosen_goals_stay(network: Network) -> None:
    tags = '<tag vocabulary="2" code="1"/><tag vocabulary="2" code="2"/>'
    import_file(one(COMPLETE + tags), network=network)
    InitiativeSdg.objects.filter(goal=1).update(standing="main")
    InitiativeSdg.objects.filter(goal=2).update(standing="other")

    import_file(one(COMPLETE + tags + '<tag vocabulary="2" code="3"/>'), network=network)

    assert sorted(rows(the_initiative().sdgs, "goal", "standing")) == [(1, "main"), (2, "other"), (3, "imported")]


def test_source_is_the_newest(network: Network) -> None:
    import_file(one(), network=network)

    run = import_file(other("Title", "New title"), network=network)

    assert SourceRecord.objects.count() == 1
    assert counts(import_file(other("Title", "New title"), network=network)) == (0, 0, 1, 0)
    assert run.items.get().initiative == the_initiative()


def test_initiative_that_people_recorded_is_adopted_by_its_identifier(network: Network) -> None:
    ours = make_initiative(network, title={"en": "Ours"}, summary={}, status="implementation", languages=["en"])
    InitiativeIdentifier.objects.create(initiative=ours, network=network, scheme="iati", value="A")
    Participation.objects.create(initiative=ours, organisation=make_organisation(), role="co_owner")

    run = import_file(one(), network=network)

    initiative = the_initiative()
    problem = ImportProblem.objects.get(run=run)
    assert (counts(run), initiative.pk) == ((0, 1, 0, 0), ours.pk)
    assert (initiative.label, initiative.summary) == ("Title", {"en": "Description"})
    assert rows(initiative.participations, "role") == ["co_owner", "reporting", "funding"]
    assert (problem.element, problem.value) == ("title", "Ours")


def test_initiative_that_people_deleted_stays_deleted(network: Network) -> None:
    import_file(one(), network=network)
    Initiative.objects.update(deleted_at=NOW)

    same = import_file(one(), network=network)
    run = import_file(other("Title", "New title"), network=network)

    assert (counts(same), codes(same)) == ((0, 0, 1, 0), [])
    assert (counts(run), codes(run)) == ((0, 0, 1, 0), ["deleted-here"])
    assert Initiative.objects.kept().count() == 0


def test_recorded_initiative_that_people_deleted_stays_deleted(network: Network) -> None:
    ours = make_initiative(network, deleted_at=NOW)
    InitiativeIdentifier.objects.create(initiative=ours, network=network, scheme="iati", value="A")

    run = import_file(one(), network=network)

    assert (counts(run), codes(run)) == ((0, 0, 1, 0), ["deleted-here"])


def test_same_file_in_another_network_is_imported_apart(network: Network) -> None:
    import_file(one(), network=network)

    run = import_file(one())

    assert counts(run) == (1, 0, 0, 0)
    assert Initiative.objects.count() == 2
    assert ImportItem.objects.filter(outcome="added").count() == 2


def test_language_of_the_file_counts_when_the_source_is_read_again(network: Network) -> None:
    content = one().replace('xml:lang="en" ', "")
    import_file(content.replace("<iati-activities ", '<iati-activities xml:lang="pt" '), network=network)
    Initiative.objects.update(status="closed")

    changed = content.replace("Title", "Outro").replace("<iati-activities ", '<iati-activities xml:lang="pt" ')
    run = import_file(changed, network=network)

    assert (the_initiative().title, the_initiative().status) == ({"pt": "Outro"}, "closed")
    assert codes(run) == []


def test_version_one_is_compared_with_what_it_was_upgraded_to(network: Network) -> None:
    old = """<iati-activities version="1.05"><iati-activity xml:lang="en"><iati-identifier>OLD</iati-identifier>
      <title>{title}</title><activity-status code="2"/></iati-activity></iati-activities>"""
    import_file(old.format(title="One"), network=network)
    Initiative.objects.update(status="closed")

    run = import_file(old.format(title="Two"), network=network)

    assert (the_initiative().label, the_initiative().status) == ("Two", "closed")
    assert "edited-here" not in codes(run)
