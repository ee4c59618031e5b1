"""Taking up an invitation, and choosing the language of the pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.people import queries, scopes
from polyfolio.people.actions import accounts, invitations
from polyfolio.people.models import Invitation, User
from polyfolio.web.account.forms import JoinForm
from polyfolio.web.account.views import sign_in
from polyfolio.web.pages import PageRequest, go, public, refusals_in, say, show


def find_invitation(_user: Any, secret: str) -> Invitation:
    return queries.open_invitation(secret, at=timezone.now())


@public(find=find_invitation, methods=["GET", "POST"])
def invitation(request: PageRequest, invitation: Invitation) -> HttpResponseBase:
    """What is offered, and by whom; then one button, or the two fields that make an account."""
    if request.user.is_authenticated:
        return _accept(request, invitation)
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    form = None if has_account else JoinForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form is not None and form.is_valid():
        with refusals_in(form):
            user = invitations.join(invitation=invitation, **form.cleaned_data, at=timezone.now())
            sign_in(request, user)
            return _welcome(request, invitation)
    address = f"{reverse(settings.LOGIN_URL)}?next={quote(request.path)}"
    return _private(request, {"invitation": invitation, "form": form, "sign_in": address})


def _accept(request: PageRequest, invitation: Invitation) -> HttpResponseBase:
    if request.method == "POST":
        assert isinstance(request.user, User)
        try:
            invitations.accept(invitation=invitation, user=request.user, at=timezone.now())
        except RefusedError as refusal:
            say(request, refusal, is_problem=True)
            return go(request, "next_steps")
        return _welcome(request, invitation)
    return _private(request, {"invitation": invitation, "is_signed_in": True})


def _private(request: PageRequest, context: dict[str, Any]) -> HttpResponseBase:
    """The address holds a secret: nobody keeps the page, and no link tells it on."""
    response = show(request, "account/invitation.html", context)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _welcome(request: PageRequest, invitation: Invitation) -> HttpResponseBase:
    say(
        request,
        _("You are now %(role)s of %(what)s.")
        % {"role": invitation.get_role_display(), "what": invitation.scope_label},
    )
    record = scopes.record_of(invitation.scope_type, invitation.scope_id)
    return go(request, record) if hasattr(record, "get_absolute_url") else go(request, "next_steps")


@public(methods=["POST"])
def set_language(request: PageRequest) -> HttpResponseBase:
    """Speak the chosen language on this device, and for the account of whoever is signed in."""
    language = request.POST.get("language", "")
    wanted = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=False)
    answer = go(request, wanted if is_ours else "/")
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        if isinstance(request.user, User):
            accounts.set_language(user=request.user, language=language)
    return answer
