"""The database refuses to change or delete log rows, except to mask somebody's words."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from polyfolio.audit import guard
from polyfolio.audit.actions import changes
from polyfolio.audit.models import AuditRecord, Masking
from tests.factories.network import make_network

pytestmark = pytest.mark.django_db

FAR = 987_654_321


@pytest.fixture
def row() -> AuditRecord:
    return changes.write(record=make_network(), verb="network.create", by=None, at=timezone.now())


def refused(statement) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        statement()
    return str(refusal.value)


def test_update_is_refused(row):
    said = refused(lambda: AuditRecord.objects.filter(pk=row.pk).update(actor_label="somebody else"))

    assert guard.REFUSAL in said


def test_delete_is_refused(row):
    assert guard.REFUSAL in refused(row.delete)


def test_raw_sql_is_refused(row):
    def rewrite() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_auditrecord SET verb = 'network.praise'")

    assert guard.REFUSAL in refused(rewrite)


def test_emptying_is_refused_on_postgresql(row):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL can empty a table without deleting rows")

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE audit_auditrecord CASCADE")

    assert guard.REFUSAL in refused(empty)


def test_words_may_be_masked_while_masking_is_open(row):
    Masking.objects.create(subject_type="network", subject_id=1)

    AuditRecord.objects.filter(pk=row.pk).update(subject_label="[erased]")

    assert AuditRecord.objects.get(pk=row.pk).subject_label == "[erased]"


@pytest.mark.parametrize("values", [{"verb": "x.y"}, {"subject_id": FAR}, {"actor_id": FAR}, {"at": timezone.now()}])
def test_what_was_done_stays_even_while_masking_is_open(row, values):
    Masking.objects.create(subject_type="network", subject_id=1)

    said = refused(lambda: AuditRecord.objects.filter(pk=row.pk).update(**values))

    assert guard.REFUSAL in said


def test_closed_masking_opens_nothing(row):
    Masking.objects.create(subject_type="network", subject_id=1, is_open=False)

    said = refused(lambda: AuditRecord.objects.filter(pk=row.pk).update(subject_label="[erased]"))

    assert guard.REFUSAL in said


@pytest.mark.django_db(transaction=True)
def test_guard_survives_a_transactional_test(row):
    assert guard.REFUSAL in refused(row.delete)


def test_release_and_hold(row):
    guard.release(connection)
    AuditRecord.objects.filter(pk=row.pk).update(reason="while released")
    guard.hold(connection)

    assert guard.REFUSAL in refused(row.delete)
    assert AuditRecord.objects.get(pk=row.pk).reason == "while released"
