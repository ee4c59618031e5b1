"""Taking an import back leaves what was there before, whatever people did meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.actions import imports, running
from polyfolio.exchange.choices import RunState
from polyfolio.exchange.iati.writing.undoing import undo_batch
from polyfolio.exchange.models import ImportRun, SourceRecord
from polyfolio.lib.lifecycles import TransitionError
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.models import Network, Organisation
from polyfolio.portfolios.models import Initiative, Participation
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.iati.writing.test_adding import WHOLE
from tests.exchange.running import NOW, clock_from, counts, database, import_file, rows, the_initiative, undo
from tests.factories.network import make_membership, make_network, make_organisation
from tests.factories.people import make_steward
from tests.factories.portfolios import make_initiative

pytestmark = pytest.mark.django_db

CHANGED = (
    WHOLE.replace("Clean rivers", "Cleaner rivers")
    .replace('percentage="60"', 'percentage="55"')
    .replace("1000.5", "2000")
    .replace("about 9", "9")
    .replace("a.pdf", "b.pdf")
    .replace('code="13"', 'code="14"')
    .replace("River University", "River Institute")
    .replace("-12.345", "-13")
)


@pytest.fixture
def network() -> Network:
    return make_network()


def later(hours: int) -> ImportRun:
    return NOW + timedelta(hours=hours)


def test_undo_takes_what_was_added(network: Network) -> None:
    make_initiative(network, owners=[make_organisation()])
    before = database()
    run = import_file(file_of(activity(WHOLE, "A"), activity(identifier="B")), network=network)

    undone = undo(run)

    assert database() == before
    assert undone.state == RunState.UNDONE
    assert SourceRecord.objects.count() == 0


def test_undo_puts_back_what_was_changed(network: Network) -> None:
    import_file(file_of(activity(WHOLE, "A")), network=network)
    before = database()
    run = import_file(file_of(activity(CHANGED, "A")), network=network, at=later(1))
    assert database() != before

    undo(run, at=later(2))

    assert database() == before


def test_undo_brings_back_what_people_had_edited_before(network: Network) -> None:
    import_file(file_of(activity(WHOLE, "A")), network=network)
    Initiative.objects.update(title={"en": "Ours"}, label="Ours")
    before = database()
    run = import_file(file_of(activity(CHANGED, "A")), network=network, at=later(1))
    assert the_initiative().label == "Cleaner rivers"

    undo(run, at=later(2))

    assert database() == before


def test_undo_leaves_what_people_edited_elsewhere_since(network: Network) -> None:
    import_file(file_of(activity(WHOLE, "A")), network=network)
    run = import_file(
        file_of(activity(WHOLE.replace("Clean rivers", "Cleaner rivers"), "A")), network=network, at=later(1)
    )
    Initiative.objects.update(summary={"en": "Ours"})

    undo(run, at=later(2))

    assert (the_initiative().label, the_initiative().summary) == ("Clean rivers", {"en": "Ours"})


def test_undo_keeps_organisations_that_something_else_uses(network: Network) -> None:
    run = import_file(file_of(activity(WHOLE, "A")), network=network)
    make_membership(network, Organisation.objects.get(label="UNESCO"))
    own = make_initiative(network)
    Participation.objects.create(
        initiative=own, organisation=Organisation.objects.get(label="Reporter"), role="supporter"
    )

    undo(run)

    assert rows(Organisation.objects.kept(), "label") == ["Reporter", "UNESCO"]


def test_undo_keeps_an_organisation_that_a_person_edited(network: Network) -> None:
    run = import_file(file_of(activity(WHOLE, "A")), network=network)
    unesco = Organisation.objects.get(label="UNESCO")
    AuditRecord.objects.create(
        at=later(1), verb="organisation.change", subject_type="organisation", subject_id=unesco.pk
    )

    undo(run, at=later(2))

    assert rows(Organisation.objects.kept(), "label") == ["UNESCO"]


def test_undo_forgets_other_names_that_the_import_learnt(network: Network) -> None:
    import_file(file_of(activity(identifier="A")), network=network)
    before = database()
    run = import_file(
        file_of(activity(identifier="A"), activity(COMPLETE.replace("Partner", "The Partner"), "B")),
        network=network,
        at=later(1),
    )
    partner = Organisation.objects.get(identifiers__value="XM-2")
    assert partner.other_names == []

    run = import_file(file_of(activity(COMPLETE.replace("Partner", "Other name"), "C")), network=network, at=later(2))
    partner.refresh_from_db()
    assert partner.other_names == ["Other name"]
    undo(run, at=later(3))

    partner.refresh_from_db()
    assert partner.other_names == []
    assert before["organisations"] == database()["organisations"]


def test_undo_is_in_the_log(network: Network) -> None:
    person = make_steward(network)
    run = import_file(file_of(activity(identifier="A")), network=network, by=person)

    undo(run, by=person)

    log = AuditRecord.objects.filter(batch=undo_batch(run)).order_by("pk")
    assert [(row.verb, row.subject_label) for row in log] == [
        ("initiative.delete", "Title"),
        ("organisation.delete", "Reporter"),
        ("organisation.delete", "Partner"),
    ]
    assert person.notices.count() == 2


def test_import_after_undo_brings_the_same_records_back(network: Network) -> None:
    content = file_of(activity(WHOLE, "A"))
    run = import_file(content, network=network)
    before, pk = database(), the_initiative().pk
    undo(run)

    again = import_file(content, network=network, at=later(5))

    assert counts(again) == (1, 0, 0, 0)
    assert (database(), the_initiative().pk) == (before, pk)


def test_undo_of_what_an_import_brought_back_takes_it_again(network: Network) -> None:
    content = file_of(activity(WHOLE, "A"))
    undo(import_file(content, network=network))
    before = database()
    again = import_file(content, network=network, at=later(5))

    undo(again, at=later(6))

    assert database() == before
    assert Initiative.objects.kept().count() == 0


def test_undo_refuses_what_a_later_import_built_upon(network: Network) -> None:
    run = import_file(file_of(activity(identifier="A")), network=network)
    second = import_file(file_of(activity(COMPLETE.replace("Title", "New"), "A")), network=network, at=later(1))
    ImportRun.objects.filter(pk=second.pk).update(name="second.xml")

    with pytest.raises(RefusedError, match=r"“second.xml” of 2024-06-30 changed 1 of the same"):
        imports.undo(run=run, by=None)

    undo(second, at=later(2))
    undo(run, at=later(3))
    assert Initiative.objects.kept().count() == 0


def test_undo_refuses_a_run_that_is_not_at_its_end(network: Network) -> None:
    run = undo(import_file(file_of(activity(identifier="A")), network=network))

    with pytest.raises(TransitionError, match="undo"):
        imports.undo(run=run, by=None)


def test_undo_goes_on_where_it_broke_off(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    before = database()
    content = file_of(*(activity(identifier=f"A{number}") for number in range(9)))
    run = import_file(content, network=network)
    monkeypatch.setattr("polyfolio.exchange.iati.writing.undoing.CHUNK", 2)
    imports.undo(run=run, by=None)
    clock = clock_from(later(1))
    answers = iter([clock(), clock(), clock()])

    with pytest.raises(StopIteration):
        running.carry_on(run.pk, clock=lambda: next(answers))
    half = Initiative.objects.kept().count()
    running.carry_on(run.pk, clock=clock_from(later(2)))

    assert 0 < half < 9
    assert database() == before


def test_undo_follows_organisations_that_were_merged_since(network: Network) -> None:
    import_file(file_of(activity(WHOLE, "A")), network=network)
    run = import_file(file_of(activity(CHANGED, "A")), network=network, at=later(1))
    old, new = Organisation.objects.get(label="River University"), make_organisation(title={"en": "New"})
    Organisation.objects.filter(pk=old.pk).update(merged_into=new, deleted_at=NOW)

    undo(run, at=later(2))

    assert "New" in rows(the_initiative().participations, "organisation__label")
