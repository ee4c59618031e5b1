from __future__ import annotations

from datetime import UTC, datetime

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.actions import grants
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import Grant
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_network
from tests.factories.people import make_admin, make_grant, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def log() -> list[tuple]:
    return list(AuditRecord.objects.order_by("pk").values_list("verb", "before", "after"))


def test_give_lets_act_and_is_logged():
    network, user = make_network(title={"en": "Hub"}), make_user()
    steward = make_steward(network)
    assert not user.access.ids("network")

    grant = grants.give(user=user, role=GrantRole.EDITOR, record=network, by=steward, at=AT)

    assert (grant.user, grant.given_by, grant.given_at, grant.is_derived) == (user, steward, AT, False)
    assert user.access.ids("network", {"editor"}) == {network.pk}
    assert log() == [("user.grant", {}, {"role": "editor", "scope": "network: Hub"})]


def test_give_twice_changes_nothing():
    network, user, admin = make_network(), make_user(), make_admin()
    grants.give(user=user, role=GrantRole.EDITOR, record=network, by=admin, at=AT)

    grants.give(user=user, role=GrantRole.EDITOR, record=network, by=admin, at=AT)

    assert Grant.objects.filter(user=user).count() == 1
    assert len(log()) == 1


def test_give_is_refused_to_those_who_may_not():
    network = make_network()

    with pytest.raises(NotAllowedError):
        grants.give(user=make_user(), role=GrantRole.EDITOR, record=network, by=make_member(network), at=AT)


def test_give_needs_a_record_that_roles_can_be_bound_to():
    with pytest.raises(LookupError):
        grants.give(user=make_user(), role=GrantRole.EDITOR, record=make_user(), by=make_admin(), at=AT)


def test_give_by_hand_what_was_derived_stays_when_the_role_ends():
    network, user = make_network(), make_user()
    grants.derive(user=user, wanted=[("member", "network", network.pk)], by=None, at=AT)

    grants.give(user=user, role=GrantRole.MEMBER, record=network, by=make_admin(), at=AT)
    grants.derive(user=user, wanted=[], by=None, at=AT)

    assert user.access.ids("network") == {network.pk}


def test_withdraw():
    network = make_network(title={"en": "Hub"})
    user = make_member(network)

    grants.withdraw(grant=user.grants.get(), by=make_steward(network), at=AT, reason="left")

    assert not user.grants.exists()
    assert log() == [("user.withdraw", {"role": "member", "scope": "network: Hub"}, {})]


def test_withdraw_is_refused_to_those_who_may_not():
    network = make_network()
    user = make_member(network)

    with pytest.raises(NotAllowedError):
        grants.withdraw(grant=user.grants.get(), by=make_member(network), at=AT)


def test_anybody_lays_down_their_own():
    user = make_steward(make_network())

    grants.withdraw(grant=user.grants.get(), by=user, at=AT)

    assert not user.grants.exists()


def test_withdraw_of_what_was_derived_points_to_the_role():
    network, user = make_network(), make_user()
    grants.derive(user=user, wanted=[("member", "network", network.pk)], by=None, at=AT)

    with pytest.raises(RefusedError, match="End that role"):
        grants.withdraw(grant=user.grants.get(), by=make_admin(), at=AT)


def test_last_administrator_stays():
    admin = make_user()
    grant = make_grant(admin, GrantRole.ADMIN)

    with pytest.raises(RefusedError, match="administrator"):
        grants.withdraw(grant=grant, by=admin, at=AT)


def test_one_of_two_administrators_may_go():
    one, other = make_user(), make_user()
    grant = make_grant(one, GrantRole.ADMIN)
    make_grant(other, GrantRole.ADMIN)

    grants.withdraw(grant=grant, by=one, at=AT)

    assert list(Grant.objects.values_list("user", flat=True)) == [other.pk]


def test_derive_gives_and_takes_back_exactly():
    one, two, user = make_network(), make_network(), make_user()
    grants.derive(user=user, wanted=[("member", "network", one.pk)], by=None, at=AT)

    grants.derive(user=user, wanted=[("member", "network", two.pk), ("steward", "network", two.pk)], by=None, at=AT)

    assert set(user.grants.values_list("role", "scope_id", "is_derived")) == {
        ("member", two.pk, True),
        ("steward", two.pk, True),
    }


def test_derive_leaves_what_was_given_by_hand():
    network = make_network()
    user = make_member(network)

    grants.derive(user=user, wanted=[("member", "network", network.pk)], by=None, at=AT)
    grants.derive(user=user, wanted=[], by=None, at=AT)

    assert list(user.grants.values_list("role", "is_derived")) == [("member", False)]
