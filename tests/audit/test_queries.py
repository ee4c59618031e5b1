"""History is seen by whoever sees the record; what happened since is one line a record."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from polyfolio.audit import queries
from polyfolio.audit.actions import changes, records
from polyfolio.audit.models import AuditRecord
from polyfolio.people.choices import Visibility
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def note(record, verb="organisation.change", by=None, at=AT, **more):
    return changes.write(record=record, verb=verb, by=by, at=at, **more)


def test_history_is_newest_first():
    organisation = make_organisation()
    first, second = note(organisation), note(organisation)
    note(make_organisation())

    found = queries.history(None, "organisation", organisation.pk)

    assert (found.record, list(found.rows)) == (organisation, [second, first])


def test_history_of_what_nobody_may_see_is_not_there():
    network = make_network()
    organisation = make_organisation(network, visibility=Visibility.STEWARDS)

    assert queries.history(make_steward(network), "organisation", organisation.pk).record == organisation
    for user in (None, make_user(), make_member(network)):
        with pytest.raises(AuditRecord.DoesNotExist):
            queries.history(user, "organisation", organisation.pk)


def test_history_of_a_deleted_record_is_for_those_who_may_bring_it_back():
    network = make_network()
    organisation = make_organisation(network)
    records.delete(organisation, by=None, at=AT)

    assert queries.history(make_steward(network), "organisation", organisation.pk).record == organisation
    with pytest.raises(AuditRecord.DoesNotExist):
        queries.history(make_member(network), "organisation", organisation.pk)


@pytest.mark.parametrize(("subject_type", "subject_id"), [("dragon", 1), ("organisation", 0)])
def test_history_of_nothing(subject_type, subject_id):
    with pytest.raises(AuditRecord.DoesNotExist):
        queries.history(None, subject_type, subject_id)


def test_accounts_are_seen_by_themselves():
    user = make_user()
    note(user, verb="user.change")

    assert queries.history(user, "user", user.pk).record == user
    with pytest.raises(AuditRecord.DoesNotExist):
        queries.history(make_user(), "user", user.pk)


def test_row_asks_for_its_record():
    hidden = note(make_organisation(visibility=Visibility.PRIVATE))
    shown = note(make_organisation())

    assert queries.row(None, shown.pk) == shown
    with pytest.raises(AuditRecord.DoesNotExist):
        queries.row(None, hidden.pk)


def test_since_groups_by_record_and_batch():
    me = make_user()
    one, two, three, hidden = (
        make_organisation(),
        make_organisation(),
        make_organisation(),
        make_organisation(visibility=Visibility.PRIVATE),
    )
    batch = uuid.uuid4()
    note(one, at=AT - timedelta(days=1))
    note(hidden)
    note(one, by=me)
    changes.write_many(
        changes.prepare(record=each, verb="organisation.import", by=None, at=AT, batch=batch) for each in (two, three)
    )
    note(one)
    newest = note(one)

    found = queries.since(me, AT - timedelta(hours=1), types=["organisation"])

    assert [(each.row.pk, each.record, each.count) for each in found] == [
        (newest.pk, one, 2),
        (AuditRecord.objects.filter(batch=batch).latest("pk").pk, None, 2),
    ]


def test_since_costs_the_same_for_one_and_fifty(django_assert_num_queries):
    for _number in range(50):
        note(make_organisation())

    with django_assert_num_queries(2):
        found = queries.since(None, AT - timedelta(hours=1), types=["organisation", "network"])

    assert len(found) == 20
