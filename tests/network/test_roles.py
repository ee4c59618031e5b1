from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from polyfolio.audit.actions.undo import take_back
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.actions import roles
from polyfolio.network.choices import BodyKind, Capacity
from polyfolio.network.models import Role
from polyfolio.network.tasks import settle_roles
from polyfolio.people.models import User
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
TODAY = AT.date()
LATER = AT + timedelta(days=400)


def held(user: User) -> set[tuple[str, str, int]]:
    return set(user.grants.values_list("role", "scope_type", "scope_id"))


@pytest.fixture
def place():
    network = make_network()
    user = make_user()
    organisation = make_organisation(network)
    return {
        "network": network,
        "body": make_body(network),
        "organisation": organisation,
        "user": user,
        "person": make_person(organisation, user=user),
        "steward": make_steward(network),
    }


def appoint(place, **more) -> Role:
    given = {"body": place["body"], "person": place["person"], "by": place["steward"], "at": AT}
    return roles.appoint(**(given | more))


def test_focal_point_speaks_for_the_organisation_and_is_a_member(place):
    role = appoint(place, capacity=Capacity.FOCAL_POINT, organisation=place["organisation"], pledge="a day a week")

    assert (role.since_on, role.pledge) == (TODAY, "a day a week")
    assert held(place["user"]) == {
        ("member", "network", place["network"].pk),
        ("focal_point", "organisation", place["organisation"].pk),
    }
    assert all(place["user"].grants.values_list("is_derived", flat=True))
    assert AuditRecord.objects.filter(verb="role.create").count() == 1


@pytest.mark.parametrize("capacity", [Capacity.PARTNER, Capacity.LEAD, Capacity.FOCAL_POINT_IN_COPY])
def test_other_capacities_make_a_member(place, capacity):
    appoint(place, capacity=capacity, organisation=place["organisation"])

    assert held(place["user"]) == {("member", "network", place["network"].pk)}


@pytest.mark.parametrize(
    ("kind", "has_parent", "scope"),
    [
        (BodyKind.PROGRAMME, False, "body"),
        (BodyKind.SECRETARIAT, False, "network"),
        (BodyKind.COORDINATION_DESK, False, "network"),
        (BodyKind.COORDINATION_DESK, True, "parent"),
        (BodyKind.WORKING_GROUP, True, "body"),
    ],
)
@pytest.mark.parametrize("given", [(Capacity.STEWARD, "steward"), (Capacity.DESK_MEMBER, "desk")])
def test_stewards_and_desks_look_after_their_scope(place, kind, has_parent, scope, given):
    capacity, role = given
    body = make_body(place["network"], kind=kind, parent=place["body"] if has_parent else None)

    appoint(place, body=body, capacity=capacity)

    expected = {
        "body": (role, "body", body.pk),
        "parent": (role, "body", place["body"].pk),
        "network": (role, "network", place["network"].pk),
    }
    assert held(place["user"]) == {("member", "network", place["network"].pk), expected[scope]}


def test_role_of_an_organisation_gives_nobody_anything(place):
    role = appoint(place, person=None, organisation=place["organisation"], capacity=Capacity.PARTNER)

    assert role.person is None
    assert held(place["user"]) == set()


def test_role_to_come_gives_nothing_yet(place):
    appoint(place, capacity=Capacity.LEAD, since_on=TODAY + timedelta(days=1))

    assert held(place["user"]) == set()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"person": None, "capacity": Capacity.LEAD}, "person"),
        ({"capacity": Capacity.LEAD, "until_on": TODAY - timedelta(days=1)}, "until_on"),
        ({"person": None, "organisation": "own", "capacity": Capacity.FOCAL_POINT}, "person"),
        ({"organisation": "stranger", "capacity": Capacity.FOCAL_POINT}, "organisation"),
    ],
)
def test_appoint_refuses(place, more, field):
    organisations = {"own": place["organisation"], "stranger": make_organisation()}
    more = more | {"organisation": organisations.get(more.get("organisation"))}

    with pytest.raises(RefusedError) as refusal:
        appoint(place, **more)

    assert refusal.value.field == field
    assert not Role.objects.exists()


def test_appoint_is_refused_to_those_who_may_not(place):
    with pytest.raises(NotAllowedError):
        appoint(place, capacity=Capacity.LEAD, by=make_member(place["network"]))


def test_nobody_appoints_to_more_than_they_might_give(place):
    secretariat = make_body(place["network"], kind=BodyKind.SECRETARIAT)
    steward_of_body = make_steward(secretariat)

    appoint(place, body=secretariat, capacity=Capacity.LEAD, by=steward_of_body)
    with pytest.raises(NotAllowedError):
        appoint(place, body=secretariat, capacity=Capacity.STEWARD, by=steward_of_body)

    lead = Role.objects.get()
    with pytest.raises(NotAllowedError):
        roles.edit(role=lead, values={"capacity": Capacity.STEWARD}, by=steward_of_body, at=AT)


def test_end_takes_back_what_came_with_it(place):
    role = appoint(place, capacity=Capacity.FOCAL_POINT, organisation=place["organisation"])

    row = roles.end(role=role, on=TODAY, by=place["steward"], at=AT)
    assert row is not None
    assert held(place["user"]) != set()

    roles.settle_due(at=AT + timedelta(days=1))
    assert held(place["user"]) == set()


def test_end_refuses_a_day_before_it_began(place):
    role = appoint(place, capacity=Capacity.LEAD)

    with pytest.raises(RefusedError):
        roles.end(role=role, on=TODAY - timedelta(days=1), by=place["steward"], at=AT)


def test_what_another_role_brings_stays(place):
    role = appoint(place, capacity=Capacity.LEAD, since_on=date(2026, 1, 1))
    appoint(place, capacity=Capacity.PARTNER)

    roles.end(role=role, on=date(2026, 2, 1), by=place["steward"], at=AT)

    assert held(place["user"]) == {("member", "network", place["network"].pk)}


def test_what_was_given_by_hand_stays(place):
    network = place["network"]
    user = make_member(network)
    role = appoint(place, person=make_person(user=user), capacity=Capacity.LEAD)

    roles.delete(role=role, by=place["steward"], at=AT)

    assert held(user) == {("member", "network", network.pk)}


def test_nomination_supersedes(place):
    old = appoint(place, capacity=Capacity.FOCAL_POINT, organisation=place["organisation"], since_on=date(2025, 1, 1))
    successor = make_user()

    new = appoint(
        place,
        person=make_person(user=successor),
        capacity=Capacity.FOCAL_POINT,
        organisation=place["organisation"],
        supersedes=old,
    )

    old.refresh_from_db()
    assert (old.until_on, old.superseded_by) == (TODAY - timedelta(days=1), new)
    assert held(place["user"]) == set()
    assert ("focal_point", "organisation", place["organisation"].pk) in held(successor)


def test_nomination_of_the_same_day_takes_the_place_at_once(place):
    old = appoint(place, capacity=Capacity.LEAD)

    appoint(place, person=make_person(), capacity=Capacity.LEAD, supersedes=old)

    old.refresh_from_db()
    assert old.until_on == TODAY
    assert held(place["user"]) == set()


def test_nomination_supersedes_only_its_like(place):
    old = appoint(place, capacity=Capacity.LEAD)

    with pytest.raises(RefusedError, match="same capacity"):
        appoint(place, capacity=Capacity.PARTNER, supersedes=old)


def test_edit(place):
    role = appoint(place, capacity=Capacity.PARTNER)

    row = roles.edit(role=role, values={"capacity": Capacity.STEWARD}, by=place["steward"], at=AT, reason="elected")

    assert row is not None
    assert (row.before, row.after, row.reason) == ({"capacity": "partner"}, {"capacity": "steward"}, "elected")
    assert ("steward", "body", place["body"].pk) in held(place["user"])


def test_edit_keeps_to_what_may_be_changed(place):
    role = appoint(place, capacity=Capacity.PARTNER)

    with pytest.raises(KeyError, match="person"):
        roles.edit(role=role, values={"person": None}, by=place["steward"], at=AT)
    with pytest.raises(NotAllowedError):
        roles.edit(role=role, values={}, by=make_user(), at=AT)
    with pytest.raises(NotAllowedError):
        roles.delete(role=role, by=make_user(), at=AT)


def test_undo_of_a_deleted_role_gives_back_what_it_brought(place):
    role = appoint(place, capacity=Capacity.STEWARD)
    row = roles.delete(role=role, by=place["steward"], at=AT)
    assert held(place["user"]) == set()

    take_back(row=row, by=place["steward"], at=AT)

    assert ("steward", "body", place["body"].pk) in held(place["user"])


def test_sweep_follows_the_calendar(place):
    make_role(
        place["body"],
        person=place["person"],
        capacity=Capacity.STEWARD,
        since_on=date(2020, 1, 1),
        until_on=date(2027, 1, 1),
    )
    gone = make_user()
    make_role(
        place["body"],
        person=make_person(user=gone, deleted_at=AT),
        capacity=Capacity.STEWARD,
        since_on=date(2020, 1, 1),
    )

    assert roles.settle_due(at=AT) == 2
    assert ("steward", "body", place["body"].pk) in held(place["user"])
    assert held(gone) == set()

    assert roles.settle_due(at=LATER) >= 1
    assert held(place["user"]) == set()


def test_sweep_runs_as_a_task(place):
    make_role(place["body"], person=place["person"], capacity=Capacity.STEWARD, since_on=date(2020, 1, 1))

    settle_roles.call_local()

    assert ("steward", "body", place["body"].pk) in held(place["user"])


def test_current(place):
    current = make_role(place["body"], since_on=TODAY)
    make_role(place["body"], since_on=TODAY + timedelta(days=1))
    make_role(place["body"], since_on=date(2020, 1, 1), until_on=TODAY - timedelta(days=1))
    replaced = make_role(place["body"], since_on=date(2020, 1, 1), superseded_by=current)

    assert list(Role.objects.kept().current(TODAY)) == [current]
    assert str(replaced).endswith(f"partner of {place['body']}")


def test_administrator_appoints_anywhere(place):
    role = appoint(place, capacity=Capacity.STEWARD, by=make_admin())

    assert role.pk
