"""The caller's own account."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from polyfolio.api.frame.shapes import Given, Shape
from polyfolio.people.models import ApiToken


class GrantShape(Shape):
    """What you may act as, and for what."""

    role: str = Field(examples=["steward"])
    scope_type: str = Field(examples=["network"])
    scope_id: int
    scope: str = Field(description="What the role is bound to, by name.", examples=["One Planet network"])


class MeShape(Shape):
    """You, as the installation knows you."""

    id: int
    name: str
    email: str
    language: str
    is_admin: bool
    may_write: bool = Field(description="False where the token you sent is read-only.")
    grants: list[GrantShape]


class MeGiven(Given):
    """How you are called, and what you read."""

    name: str = Field(max_length=150)
    language: str = Field("", max_length=10, description="A language of the installation; empty: as your browser asks.")


class TokenShape(Shape):
    """A key to the API, without its secret."""

    id: int
    name: str
    is_read_only: bool
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewTokenShape(TokenShape):
    """A new key. Its secret is shown now and never again."""

    secret: str = Field(examples=["pf_…"])


class TokenGiven(Given):
    name: str = Field(max_length=100, examples=["Nightly export"])
    is_read_only: bool = False
    expires_at: datetime | None = None


def token_values(token: ApiToken) -> dict[str, object]:
    return {
        "id": token.pk,
        "name": token.name,
        "is_read_only": token.is_read_only,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "last_used_at": token.last_used_at,
    }


def token_shape(token: ApiToken) -> TokenShape:
    return TokenShape.model_validate(token_values(token))
