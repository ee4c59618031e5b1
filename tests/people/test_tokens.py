from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.actions import tokens
from polyfolio.people.models import ApiToken
from polyfolio.people.queries import digest, tokens_of
from polyfolio.people.rules import NotAllowedError
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def user():
    return make_user()


def test_create_shows_the_secret_once_and_keeps_its_digest(user):
    token, secret = tokens.create(user=user, name=" export ", by=user, at=AT, is_read_only=True)

    assert (token.name, token.is_read_only, token.digest, token.created_at) == ("export", True, digest(secret), AT)
    assert secret.startswith("pf_")
    assert not ApiToken.objects.filter(digest__contains=secret).exists()
    assert list(AuditRecord.objects.values_list("verb", "after")) == [("user.create_token", {"token": "export"})]
    assert list(tokens_of(user)) == [token]


def test_create_is_refused_for_others(user):
    with pytest.raises(NotAllowedError):
        tokens.create(user=user, name="x", by=make_user(), at=AT)


@pytest.mark.parametrize(("given", "field"), [({"name": " "}, "name"), ({"name": "x", "expires_at": AT}, "expires_at")])
def test_create_refuses(user, given, field):
    with pytest.raises(RefusedError) as refusal:
        tokens.create(user=user, by=user, at=AT, **given)

    assert refusal.value.field == field


def test_create_refuses_more_than_twenty(user):
    for number in range(20):
        tokens.create(user=user, name=str(number), by=user, at=AT)

    with pytest.raises(RefusedError, match="20"):
        tokens.create(user=user, name="one more", by=user, at=AT)


def test_authenticate_knows_its_own(user):
    token, secret = tokens.create(user=user, name="x", by=user, at=AT, expires_at=AT + timedelta(days=1))

    found = tokens.authenticate(secret, at=AT)

    assert found == token
    assert found.user == user
    assert found.last_used_at == AT


def test_authenticate_refuses(user):
    _token, secret = tokens.create(user=user, name="x", by=user, at=AT, expires_at=AT + timedelta(days=1))

    assert tokens.authenticate("pf_other", at=AT) is None
    assert tokens.authenticate(secret.removeprefix("pf_"), at=AT) is None
    assert tokens.authenticate(secret, at=AT + timedelta(days=1)) is None

    user.is_active = False
    user.save()
    assert tokens.authenticate(secret, at=AT) is None


def test_authenticate_notes_its_use_every_five_minutes(user, django_assert_num_queries):
    _token, secret = tokens.create(user=user, name="x", by=user, at=AT)
    tokens.authenticate(secret, at=AT)

    with django_assert_num_queries(1):
        found = tokens.authenticate(secret, at=AT + timedelta(minutes=4))
    assert found is not None
    assert found.last_used_at == AT

    later = tokens.authenticate(secret, at=AT + timedelta(minutes=5))
    assert later is not None
    assert later.last_used_at == AT + timedelta(minutes=5)


def test_revoke(user):
    token, secret = tokens.create(user=user, name="x", by=user, at=AT)

    tokens.revoke(token=token, by=user, at=AT)

    assert tokens.authenticate(secret, at=AT) is None
    assert AuditRecord.objects.latest("pk").verb == "user.revoke_token"


def test_revoke_is_refused_for_others(user):
    token, _secret = tokens.create(user=user, name="x", by=user, at=AT)

    with pytest.raises(NotAllowedError):
        tokens.revoke(token=token, by=make_user(), at=AT)
