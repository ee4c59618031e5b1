"""Taking changes back: strictly from a toast, at will from the history."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from polyfolio.audit.actions import changes, records
from polyfolio.audit.actions.undo import NotUndoableError, take_back
from polyfolio.audit.models import AuditRecord
from polyfolio.network.models import Organisation, Role
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_body, make_network, make_organisation, make_role
from tests.factories.people import make_admin, make_user
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
ROR = {"scheme": "ROR", "value": "05abc"}


@pytest.fixture
def admin():
    return make_admin()


def fresh(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


def test_delete_is_taken_back(admin):
    organisation = make_organisation()
    row = records.delete(organisation, by=admin, at=AT)

    written = take_back(row=row, by=admin, at=AT)

    assert written.verb == "organisation.restore"
    assert not fresh(organisation).is_deleted


def test_delete_is_taken_back_once(admin):
    row = records.delete(make_organisation(), by=admin, at=AT)
    take_back(row=row, by=admin, at=AT)

    with pytest.raises(NotUndoableError, match="back already"):
        take_back(row=row, by=admin, at=AT)


@pytest.mark.parametrize("verb", ["organisation.create", "organisation.restore"])
def test_create_is_taken_back_by_deleting(admin, verb):
    organisation = make_organisation()
    row = changes.write(record=organisation, verb=verb, by=admin, at=AT)

    take_back(row=row, by=admin, at=AT)

    assert fresh(organisation).is_deleted
    with pytest.raises(NotUndoableError, match="deleted already"):
        take_back(row=row, by=admin, at=AT)


def test_change_of_fields_links_and_parts_is_taken_back(admin):
    waste, water = make_theme(title={"en": "Waste"}), make_theme(title={"en": "Water"})
    parent = make_organisation()
    organisation = make_organisation(country="VN", title={"en": "Old"}, parent=parent)
    organisation.themes.set([waste])
    organisation.identifiers.create(**ROR)
    row = records.change(
        records.lock(organisation),
        {"country": "LA", "title": {"en": "New"}, "parent": None},
        related={"themes": [water]},
        parts={"identifiers": []},
        by=admin,
        at=AT,
    )
    assert row is not None

    take_back(row=row, by=admin, at=AT)

    found = fresh(organisation)
    assert (found.country, found.title, found.label, found.parent) == ("VN", {"en": "Old"}, "Old", parent)
    assert list(found.themes.all()) == [waste]
    assert list(found.identifiers.values("scheme", "value")) == [ROR]


def test_dates_come_back_as_dates(admin):
    role = make_role(make_body(), since_on=date(2026, 1, 1), until_on=date(2027, 1, 1))
    row = records.change(records.lock(role), {"until_on": None}, by=admin, at=AT)
    assert row is not None

    take_back(row=row, by=admin, at=AT)

    assert Role.objects.get(pk=role.pk).until_on == date(2027, 1, 1)


def test_strictly_what_was_changed_since_stays(admin):
    organisation = make_organisation(country="VN")
    row = records.change(records.lock(organisation), {"country": "LA"}, by=admin, at=AT)
    records.change(records.lock(organisation), {"country": "TH"}, by=admin, at=AT)
    assert row is not None

    with pytest.raises(NotUndoableError, match="country"):
        take_back(row=row, by=admin, at=AT)

    assert fresh(organisation).country == "TH"


def test_at_will_earlier_values_win(admin):
    organisation = make_organisation(country="VN")
    row = records.change(records.lock(organisation), {"country": "LA"}, by=admin, at=AT)
    records.change(records.lock(organisation), {"country": "TH"}, by=admin, at=AT)
    assert row is not None

    take_back(row=row, by=admin, at=AT, is_strict=False)

    assert fresh(organisation).country == "VN"


def test_nothing_to_bring_back(admin):
    organisation = make_organisation(country="VN")
    row = records.change(records.lock(organisation), {"country": "LA"}, by=admin, at=AT)
    records.change(records.lock(organisation), {"country": "VN"}, by=admin, at=AT)
    assert row is not None

    with pytest.raises(NotUndoableError, match="already"):
        take_back(row=row, by=admin, at=AT, is_strict=False)


def test_what_was_kept_only_in_words_is_not_brought_back(admin):
    organisation = make_organisation()
    words = {"identifiers": ["ROR 05abc"], "themes": ["Waste"], "membership: X": "active"}
    row = changes.write(record=organisation, verb="organisation.change", by=admin, at=AT, before=words)

    with pytest.raises(NotUndoableError, match="no earlier values"):
        take_back(row=row, by=admin, at=AT)


def test_link_to_what_is_gone_is_not_brought_back(admin):
    parent = make_organisation(title={"en": "Gone"})
    organisation = make_organisation(parent=parent)
    row = records.change(records.lock(organisation), {"parent": None}, by=admin, at=AT)
    Organisation.objects.filter(pk=parent.pk).delete()
    assert row is not None

    with pytest.raises(NotUndoableError, match="Gone"):
        take_back(row=row, by=admin, at=AT)


def test_record_that_is_gone_for_good(admin):
    organisation = make_organisation()
    row = records.delete(organisation, by=admin, at=AT)
    Organisation.objects.filter(pk=organisation.pk).delete()

    with pytest.raises(NotUndoableError, match="gone for good"):
        take_back(row=row, by=admin, at=AT)


@pytest.mark.parametrize("subject_type", ["user", "dragon"])
def test_other_kinds_cannot_be_taken_back(admin, subject_type):
    row = AuditRecord(subject_type=subject_type, subject_id=1, verb="user.change", before={"name": "x"})

    with pytest.raises(NotUndoableError, match="kind"):
        take_back(row=row, by=admin, at=AT)


@pytest.mark.parametrize("verb", ["delete", "create", "change"])
def test_only_who_may_change_may_take_back(verb):
    organisation = make_organisation(make_network(), country="VN")
    row = changes.write(record=organisation, verb=f"organisation.{verb}", by=None, at=AT, before={"country": "LA"})

    with pytest.raises(NotAllowedError):
        take_back(row=row, by=make_user(), at=AT)
