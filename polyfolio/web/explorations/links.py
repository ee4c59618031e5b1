"""Handing out links to an exploration, and taking them back."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.sensemaking.actions import explorations as actions
from polyfolio.sensemaking.models import Exploration, ExplorationInvitation
from polyfolio.web.explorations.views import FRESH_LINK, RUN, find
from polyfolio.web.pages import OurRequest, go, page, say


@page(RUN, find=find, methods=["POST"])
def links(request: OurRequest, exploration: Exploration) -> HttpResponseBase:
    """A link for everybody, shown once on the next page; or with an address one for one person, sent by mail."""
    at = timezone.now()
    try:
        if "email" in request.POST:
            link = actions.invite(exploration=exploration, email=request.POST["email"], by=request.user, at=at)
            say(request, _("A link goes to %s.") % link.invitation.email)
        else:
            request.session[FRESH_LINK] = actions.share(exploration=exploration, by=request.user, at=at).path
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    return go(request, exploration)


@page(RUN, find=find, methods=["POST"])
def withdraw(request: OurRequest, exploration: Exploration) -> HttpResponseBase:
    """Let the link of `link=pk` open nothing any more."""
    asked = request.POST.get("link", "")
    if not asked.isdecimal():
        raise ExplorationInvitation.DoesNotExist
    invitation = exploration.invitations.select_related("exploration").get(pk=int(asked), withdrawn_at=None)
    actions.withdraw(invitation=invitation, by=request.user, at=timezone.now())
    say(request, _("The link opens nothing any more. Answers that came through it stay."))
    return go(request, exploration)
