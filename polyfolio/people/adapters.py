"""How sign-in behaves here: by invitation, except where the installation says that anybody may register."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's own signature
        """Open registration is a setting; an invitation makes its account on its own page."""
        return bool(settings.POLYFOLIO_OPEN_REGISTRATION)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  # allauth's own
        """Whom the installation's own identity provider lets in has an account here; roles are given as to anybody."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Take the person's name as the provider says it."""
        user = super().populate_user(request, sociallogin, data)
        user.name = (data.get("name") or f"{data.get('first_name', '')} {data.get('last_name', '')}").strip()[:150]
        return user
