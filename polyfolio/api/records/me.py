"""The caller: account and tokens."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.api.frame.gates import SIGNED_IN, whoever_may
from polyfolio.api.frame.problems import ProblemError
from polyfolio.api.frame.requests import OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, removed
from polyfolio.api.schemas.me import (
    GrantShape,
    MeGiven,
    MeShape,
    NewTokenShape,
    TokenGiven,
    token_shape,
    token_values,
)
from polyfolio.people.actions import accounts, grants, tokens
from polyfolio.people.models import ApiToken, User
from polyfolio.people.queries import tokens_of
from polyfolio.people.scopes import record_of

routes = Routes("Me", "Who you are here, what you may act as, and your tokens.")


def find_token(user: User, pk: int) -> ApiToken:
    if not user.is_authenticated:
        raise ApiToken.DoesNotExist
    return tokens_of(user).select_related("user").get(pk=pk)


@routes.get("/me", SIGNED_IN)
def show(request: OurRequest) -> MeShape:
    """You, as the installation knows you."""
    return _me(request)


@routes.put("/me", SIGNED_IN)
def change(request: OurRequest, given: MeGiven) -> MeShape:
    """Change how you are called, and the language you read."""
    accounts.change(user=request.user, name=given.name, language=given.language, by=request.user, at=timezone.now())
    return _me(request)


@routes.list("/me/tokens", SIGNED_IN, shape=token_shape, sorts={"-created_at": ("-created_at",), "name": ("name",)})
def every_token(request: OurRequest) -> QuerySet[ApiToken]:
    """Your tokens."""
    return tokens_of(request.user)


@routes.post("/me/tokens", SIGNED_IN)
def make_token(request: OurRequest, given: TokenGiven) -> NewTokenShape:
    """Make a token; its secret is in this answer and never again.

    Only for somebody signed in with a session: a token makes no tokens, so that a lost one opens nothing for longer.
    """
    if request.token is not None:
        raise ProblemError(403, _("A token makes no tokens."), _("Sign in, and make it on the page of your account."))
    token, secret = tokens.create(
        user=request.user,
        name=given.name,
        is_read_only=given.is_read_only,
        expires_at=given.expires_at,
        by=request.user,
        at=timezone.now(),
    )
    return NewTokenShape.model_validate(token_values(token) | {"secret": secret})


@routes.delete("/me/tokens/{int:pk}", whoever_may("people.manage_account"), find=find_token)
def revoke_token(request: OurRequest, token: ApiToken) -> Removed:
    """Take a token back; whatever uses it is refused from now on."""
    tokens.revoke(token=token, by=request.user, at=timezone.now())
    return removed(token.name)


def _me(request: OurRequest) -> MeShape:
    user = request.user
    return MeShape(
        id=user.pk,
        name=user.name,
        email=user.email,
        language=user.language,
        is_admin=user.access.is_admin,
        may_write=request.token is None or not request.token.is_read_only,
        grants=[
            GrantShape(
                role=grant.role,
                scope_type=grant.scope_type,
                scope_id=grant.scope_id,
                scope=grants.label_of(record_of(grant.scope_type, grant.scope_id)),
            )
            for grant in user.grants.order_by("pk")
        ],
    )
