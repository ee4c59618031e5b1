"""A person's own account: how they are called, what they may do, their tokens, their data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people import queries, scopes
from polyfolio.people.actions import accounts, grants, tokens
from polyfolio.people.models import ApiToken, Grant, User
from polyfolio.web.account.forms import ProfileForm, TokenForm
from polyfolio.web.pages import OurRequest, PageRequest, go, public, refusals_in, say, show, signed_in

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@signed_in()
def account(request: OurRequest) -> HttpResponseBase:
    """Name, language, roles, and where to change how one signs in."""
    user = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            accounts.change(user=user, **form.cleaned_data, by=user, at=timezone.now())
            say(request, _("Your account is saved."))
            return go(request, "account")
    return show(request, "account/account.html", {"form": form, "held": _held(user)})


def _held(user: User) -> list[tuple[Grant, Any]]:
    """Each role with the record it is bound to."""
    rows = user.grants.order_by("scope_type", "scope_id", "role")
    return [(grant, scopes.record_of(grant.scope_type, grant.scope_id)) for grant in rows]


def find_grant(user: Any, pk: int) -> Grant:
    """One of the person's own roles; raises DoesNotExist for anybody else's."""
    return Grant.objects.select_related("user").get(pk=pk, user_id=user.pk or 0)


@signed_in(find=find_grant, methods=["POST"])
def lay_down(request: OurRequest, grant: Grant) -> HttpResponseBase:
    """Give back a role of one's own."""
    try:
        grants.withdraw(grant=grant, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    else:
        say(request, _("You have laid down that role."))
    return go(request, "account")


@signed_in()
def api_tokens(request: OurRequest) -> HttpResponseBase:
    """Keys to the API: a new one is shown here once, and never again."""
    form = TokenForm(request.POST or None)
    shown = None
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _token, shown = tokens.create(
                user=request.user,
                name=form.cleaned_data["name"],
                is_read_only=form.cleaned_data["is_read_only"],
                expires_at=_end_of(form.cleaned_data["expires_on"]),
                by=request.user,
                at=timezone.now(),
            )
            form = TokenForm()
    response = show(
        request,
        "account/tokens.html",
        {"form": form, "shown": shown, "tokens": queries.tokens_of(request.user), "now": timezone.now()},
    )
    response["Cache-Control"] = "no-store"
    return response


def _end_of(day: Any) -> datetime | None:
    return datetime.combine(day, time.max, tzinfo=UTC) if day else None


def find_token(user: Any, pk: int) -> ApiToken:
    """One of the person's own tokens; raises DoesNotExist for anybody else's."""
    return ApiToken.objects.select_related("user").get(pk=pk, user_id=user.pk or 0)


@signed_in(find=find_token, methods=["POST"])
def revoke_token(request: OurRequest, token: ApiToken) -> HttpResponseBase:
    tokens.revoke(token=token, by=request.user, at=timezone.now())
    say(request, _("“%s” opens nothing any more.") % token.name)
    return go(request, "account_tokens")


@signed_in(methods=["GET"])
def export(request: OurRequest) -> HttpResponseBase:
    """Everything held about the person, as a JSON file."""
    held = accounts.export(user=request.user, by=request.user)
    answer = HttpResponse(
        json.dumps(held, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in()
def erase(request: OurRequest) -> HttpResponseBase:
    """Says what erasing does to how many things; then does it, once the person has typed their address."""
    problem = ""
    if request.method == "POST":
        if request.POST.get("email", "").strip().lower() != request.user.email.lower():
            problem = _("Type your e-mail address as it stands in your account.")
        else:
            try:
                accounts.erase(user=request.user, by=request.user, at=timezone.now())
            except RefusedError as refusal:
                problem = str(refusal)
            else:
                logout(request)
                say(request, _("Your account is erased. Nothing here names you any more."))
                return go(request, "/")
    context = {"problem": problem, "held": accounts.export(user=request.user, by=request.user)}
    return show(request, "account/erase.html", context, status=422 if problem else 200)


def find_demo_user(_user: Any, pk: int) -> User:
    return accounts.demo_user(pk)


@public(find=find_demo_user, methods=["POST"])
def demo_sign_in(request: PageRequest, user: User) -> HttpResponseBase:
    """One click on a demo: only where the installation says so, and only for accounts that the demo made."""
    sign_in(request, user)
    return go(request, "next_steps")


def sign_in(request: PageRequest, user: User) -> None:
    """Sign somebody in who has shown otherwise who they are; it stands among the places where they are signed in."""
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
