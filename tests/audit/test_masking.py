"""A person is masked in the log; what was done, when and to what stays readable."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from polyfolio.audit.actions import changes
from polyfolio.audit.actions.masking import Erasure, mask, without
from polyfolio.audit.models import AuditRecord, Masking
from tests.factories.network import make_body, make_organisation, make_person, make_role
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def read(row: AuditRecord) -> AuditRecord:
    return AuditRecord.objects.get(pk=row.pk)


def erasure(person, **more) -> Erasure:
    return Erasure(
        record=person,
        words=frozenset({person.name, person.email}),
        fields=frozenset({"name", "email"}),
        kinds=frozenset({"person"}),
        **more,
    )


def test_own_rows_are_masked():
    person = make_person(name="Zoë Ångström", email="zoe@example.org")
    row = changes.write(
        record=person,
        verb="person.change",
        by=None,
        at=AT,
        before={"name": "Zoe A.", "email": "", "languages": ["sv"]},
        after={"name": person.name, "email": person.email, "languages": []},
        reason="Zoë Ångström asked for it",
    )

    changed = mask(erasure(person), at=AT)

    found = read(row)
    assert changed == 1
    assert found.subject_label == "[erased]"
    assert found.before == {"name": "[erased]", "email": "", "languages": ["sv"]}
    assert found.after == {"name": "[erased]", "email": "[erased]", "languages": []}
    assert found.reason == "[erased] asked for it"


def test_rows_of_others_that_name_the_person_are_masked():
    person = make_person(name="Zoë Ångström")
    role = make_role(make_body(title={"en": "Desk"}), person=person, organisation=make_organisation())
    row = changes.write(
        record=role, verb="role.create", by=None, at=AT, after={"person": {"id": person.pk, "label": person.name}}
    )

    mask(erasure(person), at=AT)

    found = read(row)
    assert found.after == {"person": {"id": person.pk, "label": "[erased]"}}
    assert found.subject_label == "[erased], partner of Desk"


def test_persons_of_the_same_name_keep_theirs():
    person, other = make_person(name="Anna Bell"), make_person(name="Anna Bell")
    row = changes.write(record=other, verb="person.create", by=None, at=AT, after={"name": "Anna Bell"})

    mask(erasure(person), at=AT)

    assert (read(row).subject_label, read(row).after) == ("Anna Bell", {"name": "Anna Bell"})


def test_what_the_account_did_stays_without_its_name():
    user = make_user(name="Anna Bell")
    row = changes.write(record=make_organisation(), verb="organisation.create", by=user, at=AT)

    mask(Erasure(record=user, words=frozenset({"Anna Bell"}), actor_id=user.pk), at=AT)

    found = read(row)
    assert (found.actor_label, found.actor_id, found.verb) == ("[erased]", user.pk, "organisation.create")


def test_lists_of_parts_are_masked():
    person = make_person(name="Anna Bell")
    fact = {"roles": [{"person": {"id": person.pk, "label": "Anna Bell"}, "capacity": "lead"}]}
    row = changes.write(record=make_organisation(), verb="organisation.change", by=None, at=AT, after=fact)

    mask(erasure(person), at=AT)

    assert read(row).after == {"roles": [{"person": {"id": person.pk, "label": "[erased]"}, "capacity": "lead"}]}


def test_masking_is_recorded_and_closed():
    person = make_person(name="Anna Bell")
    changes.write(record=person, verb="person.create", by=None, at=AT)

    mask(erasure(person), at=AT)

    assert list(Masking.objects.values("subject_type", "subject_id", "rows", "is_open", "masked_at")) == [
        {"subject_type": "person", "subject_id": person.pk, "rows": 1, "is_open": False, "masked_at": AT}
    ]


def test_only_whole_words_are_masked():
    assert without("Li, Lisbon and li", ["Li"]) == "[erased], Lisbon and [erased]"
