"""An initiative's page, reviving and deleting it, and its links to others."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.portfolios.actions import initiatives as actions
from polyfolio.portfolios.actions import links
from polyfolio.portfolios.models import Initiative
from polyfolio.portfolios.queries import initiatives as queries
from polyfolio.web.initiatives import pages
from polyfolio.web.initiatives.forms import LinkForm
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show


@public(find=queries.find)
def initiative(request: PageRequest, initiative: Initiative) -> HttpResponseBase:
    """What it is for in daily life first; then who, where, when, with which money and results."""
    return show(request, "initiatives/initiative.html", pages.shown(request.user, initiative, timezone.now()))


@page("portfolios.edit_initiative", find=queries.find, methods=["POST"])
def revive(request: OurRequest, initiative: Initiative) -> HttpResponseBase:
    """One click says that it still lives."""
    row = actions.revive(initiative=initiative, by=request.user, at=timezone.now())
    say(request, _("“%s” is active again.") % initiative, undo=row)
    return go(request, initiative)


@page("portfolios.delete_initiative", find=queries.find, methods=["POST"])
def delete(request: OurRequest, initiative: Initiative) -> HttpResponseBase:
    """Delete at once; the toast takes it back."""
    row = actions.delete(initiative=initiative, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % initiative, undo=row)
    return go(request, initiative.network)


@page("portfolios.edit_initiative", find=queries.find)
def link(request: OurRequest, initiative: Initiative) -> HttpResponseBase:
    """Say how this initiative relates to another one."""
    form = LinkForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            links.claim(source=initiative, by=request.user, at=timezone.now(), **form.cleaned_data)
            say(request, _("The link is recorded."))
            return go(request, initiative)
    return show(request, "initiatives/link.html", {"form": form, "initiative": initiative})


@page("portfolios.edit_initiative", find=queries.find, methods=["POST"])
def unlink(request: OurRequest, initiative: Initiative) -> HttpResponseBase:
    """Take a link away again."""
    found = get_object_or_404(queries.links(request.user, initiative), pk=request.POST.get("link"))
    links.remove(link=found, by=request.user, at=timezone.now())
    say(request, _("The link was taken away."))
    return go(request, initiative)
