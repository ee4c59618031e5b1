"""Creating, changing, deleting and restoring a record, with its own parts and its log row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.network.models import Organisation
from tests.factories.network import make_organisation
from tests.factories.people import make_user
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
ROR = {"scheme": "ROR", "value": "05abc"}
LEI = {"scheme": "LEI", "value": "LEI1"}


def last_row() -> AuditRecord:
    row = AuditRecord.objects.order_by("-pk").first()
    assert row is not None
    return row


def test_create_writes_record_parts_and_row():
    user, theme = make_user(name="Ada"), make_theme(title={"en": "Waste"})

    made = records.create(
        Organisation(slug="x", title={"en": "X"}, country="VN"),
        fields=["title", "country"],
        related={"themes": [theme]},
        parts={"identifiers": [ROR]},
        by=user,
        at=AT,
    )

    row = last_row()
    assert (made.created_by, made.created_at, made.updated_at, made.label) == (user, AT, AT, "X")
    assert list(made.identifiers.values("scheme", "value")) == [ROR]
    assert (row.verb, row.actor_id, row.actor_label, row.subject_type, row.subject_id, row.subject_label, row.at) == (
        "organisation.create",
        user.pk,
        "Ada",
        "organisation",
        made.pk,
        "X",
        AT,
    )
    assert row.after == {
        "title": {"en": "X"},
        "country": "VN",
        "themes": [{"id": theme.pk, "label": "Waste"}],
        "identifiers": [ROR],
    }


def test_create_refuses_wrong_values():
    with pytest.raises(ValidationError):
        records.create(Organisation(slug="x", title={"en": "X"}, kind="dragon"), fields=["kind"], by=None, at=AT)

    assert not Organisation.objects.exists()


def test_change_keeps_only_what_differs():
    organisation = make_organisation(country="VN", acronym="A")

    row = records.change(organisation, {"country": "LA", "acronym": "A"}, by=None, at=AT, reason="moved")

    assert row is not None
    assert (row.before, row.after, row.reason, row.actor_label) == (
        {"country": "VN"},
        {"country": "LA"},
        "moved",
        "Polyfolio",
    )
    assert Organisation.objects.get(pk=organisation.pk).updated_at == AT


def test_change_without_difference_writes_nothing():
    organisation = make_organisation(country="VN")
    organisation.identifiers.create(**ROR)

    row = records.change(organisation, {"country": "VN"}, parts={"identifiers": [ROR]}, by=None, at=AT)

    assert row is None
    assert not AuditRecord.objects.exists()


def test_change_of_parts_keeps_rows_that_stay():
    organisation = make_organisation()
    kept = organisation.identifiers.create(**ROR)
    organisation.identifiers.create(scheme="X", value="1")

    row = records.change(organisation, {}, parts={"identifiers": [LEI, ROR]}, by=None, at=AT)

    assert row is not None
    assert set(organisation.identifiers.values_list("scheme", flat=True)) == {"ROR", "LEI"}
    assert organisation.identifiers.get(scheme="ROR").pk == kept.pk
    assert (row.before, row.after) == (
        {"identifiers": [ROR, {"scheme": "X", "value": "1"}]},
        {"identifiers": [LEI, ROR]},
    )


def test_change_of_parts_in_another_order_is_none():
    organisation = make_organisation()
    organisation.identifiers.create(**ROR)
    organisation.identifiers.create(**LEI)

    row = records.change(organisation, {}, parts={"identifiers": [LEI, ROR]}, by=None, at=AT)

    assert row is None


def test_change_refuses_wrong_parts_and_changes_nothing():
    organisation = make_organisation()

    with pytest.raises(ValidationError):
        records.change(organisation, {}, parts={"identifiers": [{"scheme": "x" * 99, "value": "1"}]}, by=None, at=AT)

    assert not organisation.identifiers.exists()


def test_unknown_parts_are_named():
    with pytest.raises(LookupError, match="dragons"):
        records.change(make_organisation(), {}, parts={"dragons": []}, by=None, at=AT)


def test_delete_and_restore():
    organisation = make_organisation()

    deleted = records.delete(organisation, by=None, at=AT, reason="double")
    restored = records.restore(organisation, by=None, at=AT)

    assert (deleted.verb, deleted.reason, restored.verb) == ("organisation.delete", "double", "organisation.restore")
    assert Organisation.objects.get(pk=organisation.pk).deleted_at is None


def test_deleted_record_is_in_no_list():
    organisation = make_organisation()

    records.delete(organisation, by=None, at=AT)

    assert not Organisation.objects.visible_to(None).exists()
    assert Organisation.objects.get(pk=organisation.pk).is_deleted


def test_lock_reads_the_row_anew():
    organisation = make_organisation(country="VN")
    Organisation.objects.filter(pk=organisation.pk).update(country="LA")

    assert records.lock(organisation).country == "LA"
