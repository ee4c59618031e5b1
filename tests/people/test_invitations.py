from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people import queries
from polyfolio.people.actions import invitations
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import Invitation, User
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_network, make_person
from tests.factories.people import make_admin, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def network():
    return make_network(title={"en": "Hub"})


@pytest.fixture
def steward(network):
    return make_steward(network, name="Ilse")


def invite(network, steward, **more):
    given = {"email": " New@Example.org ", "role": GrantRole.EDITOR, "record": network, "by": steward, "at": AT}
    return invitations.invite(**(given | more))


def secret_of(invited) -> str:
    return invited.path.rstrip("/").rpartition("/")[2]


def test_invite_keeps_a_digest_and_sends_a_mail(network, steward, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invited = invite(network, steward)

    invitation = invited.invitation
    assert (invitation.email, invitation.role, invitation.scope_type, invitation.scope_id, invitation.scope_label) == (
        "new@example.org",
        "editor",
        "network",
        network.pk,
        "Hub",
    )
    assert invitation.expires_at == AT + timedelta(days=14)
    assert secret_of(invited) not in invitation.digest
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["new@example.org"], "You are invited: editor of Hub")
    assert "Ilse invites you as editor of Hub." in sent.body
    assert f"http://127.0.0.1:8000{invited.path}" in sent.body


def test_invite_speaks_the_chosen_language(network, steward, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invite(network, steward, language="fr")

    assert len(mail.outbox) == 1


def test_invite_again_replaces_the_open_one(network, steward):
    first = invite(network, steward)

    second = invite(network, steward)

    assert list(Invitation.objects.all()) == [second.invitation]
    with pytest.raises(Invitation.DoesNotExist):
        queries.open_invitation(secret_of(first), at=AT)


def test_invite_keeps_the_address_out_of_the_log(network, steward):
    invite(network, steward)

    row = AuditRecord.objects.get()
    assert (row.verb, row.subject_label, row.after) == (
        "invitation.send",
        "editor of Hub",
        {"role": "editor", "scope": "Hub"},
    )


def test_invite_is_refused_to_those_who_may_not(network):
    with pytest.raises(NotAllowedError):
        invite(network, make_member(network))


def test_invite_refuses_what_is_no_address(network, steward):
    with pytest.raises(ValidationError):
        invite(network, steward, email="nobody")


def test_invite_refuses_who_holds_the_role_already(network, steward):
    with pytest.raises(RefusedError, match="already"):
        invite(network, steward, email=steward.email, role=GrantRole.STEWARD)


def test_invite_to_the_installation():
    invited = invite(None, make_admin(), role=GrantRole.ADMIN)

    assert (invited.invitation.scope_type, invited.invitation.scope_label) == ("installation", "installation")


def test_withdraw(network, steward):
    invited = invite(network, steward)

    invitations.withdraw(invitation=invited.invitation, by=steward, at=AT)

    assert not Invitation.objects.exists()
    assert AuditRecord.objects.latest("pk").verb == "invitation.withdraw"


def test_withdraw_is_refused_to_those_who_may_not(network, steward):
    invited = invite(network, steward)

    with pytest.raises(NotAllowedError):
        invitations.withdraw(invitation=invited.invitation, by=make_user(), at=AT)


def test_accept_gives_the_role_once(network, steward):
    invitation, user = invite(network, steward).invitation, make_user()

    invitations.accept(invitation=invitation, user=user, at=AT)

    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (AT, user)
    assert user.access.ids("network", {"editor"}) == {network.pk}
    with pytest.raises(RefusedError, match="new one"):
        invitations.accept(invitation=invitation, user=make_user(), at=AT)


def test_accept_refuses_what_is_too_old(network, steward):
    invitation = invite(network, steward).invitation

    with pytest.raises(RefusedError, match="new one"):
        invitations.accept(invitation=invitation, user=make_user(), at=AT + timedelta(days=14))


def test_join_makes_the_account_with_a_confirmed_address(network, steward):
    invitation = invite(network, steward).invitation

    user = invitations.join(invitation=invitation, name=" Ada ", password="long enough words", at=AT)

    assert (user.email, user.name, user.check_password("long enough words")) == ("new@example.org", "Ada", True)
    assert EmailAddress.objects.filter(user=user, email=user.email, verified=True, primary=True).exists()
    assert user.access.ids("network", {"editor"}) == {network.pk}


def test_join_refuses_an_address_that_has_an_account(network, steward):
    make_user(email="new@example.org")

    with pytest.raises(RefusedError, match="Sign in"):
        invitations.join(invitation=invite(network, steward).invitation, name="x", password="y", at=AT)

    assert User.objects.filter(email="new@example.org").count() == 1


def test_open_invitations(network, steward):
    open_one = invite(network, steward).invitation
    used = invite(network, steward, email="b@example.org").invitation
    invitations.accept(invitation=used, user=make_user(), at=AT)
    invite(make_network(), make_admin(), email="c@example.org")

    assert list(queries.open_invitations(network, at=AT)) == [open_one]
    assert list(queries.open_invitations(network, at=AT + timedelta(days=20))) == []


def test_invited_person_is_recognised_by_their_address(network, steward, django_capture_on_commit_callbacks):
    person = make_person(email="new@example.org")
    invitation = invite(network, steward).invitation

    with django_capture_on_commit_callbacks(execute=True):
        user = invitations.join(invitation=invitation, name="Ada", password="long enough words", at=AT)

    person.refresh_from_db()
    assert person.user == user


@pytest.mark.parametrize("others", [0, 2])
def test_invited_person_is_nobody_or_somebody_unclear(network, steward, others, django_capture_on_commit_callbacks):
    for _number in range(others):
        make_person(email="new@example.org")
    invitation = invite(network, steward).invitation

    with django_capture_on_commit_callbacks(execute=True):
        user = invitations.join(invitation=invitation, name="Ada", password="long enough words", at=AT)

    assert not hasattr(User.objects.get(pk=user.pk), "person")


def test_account_with_a_person_takes_no_second_one(network, steward, django_capture_on_commit_callbacks):
    user = make_user()
    own, other = make_person(user=user), make_person(email="new@example.org")
    invitation = invite(network, steward).invitation

    with django_capture_on_commit_callbacks(execute=True):
        invitations.accept(invitation=invitation, user=user, at=AT)

    other.refresh_from_db()
    assert (own.user, other.user) == (user, None)
