"""Organisations: their page, recording and editing them, deleting, merging."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.files import queries as files
from polyfolio.network.actions import merging, organisations
from polyfolio.network.models import Organisation
from polyfolio.network.queries import organisations as queries
from polyfolio.network.queries import persons
from polyfolio.people.rules import may
from polyfolio.web.lists import Listing, export, listing
from polyfolio.web.organisations import pages
from polyfolio.web.organisations.columns import WORK_COLUMNS
from polyfolio.web.organisations.forms import MergeForm
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show


@public(find=queries.find)
def organisation(request: PageRequest, organisation: Organisation) -> HttpResponseBase:
    """Who it is, what it does and with whom: all its work, its partners, places, roles and people."""
    user = request.user
    work = pages.work(user, organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "work": work[:20],
        "initiative_count": pages.initiative_count(user, organisation),
        "partners": pages.partners(user, organisation),
        "memberships": pages.memberships(user, organisation),
        "roles": queries.roles_of(user, organisation),
        "persons": persons.at(user, organisation),
        "files": files.of(organisation),
        "record_type": "organisation",
        "may_change": may(user, "network.edit_organisation", organisation),
        "may_delete": may(user, "network.delete_organisation", organisation),
        "may_merge": may(user, "network.merge_organisation", organisation),
    } | pages.relatives(user, organisation)
    return show(request, "organisations/organisation.html", context)


@public(find=queries.find)
def work(request: PageRequest, organisation: Organisation) -> HttpResponseBase:
    """Every initiative of an organisation, by role: sorted, paged, exported as shown."""
    listed: Listing = listing(request, pages.work(request.user, organisation), WORK_COLUMNS, sort="-changed")
    file = export(request, listed, name=f"{organisation.slug}-work")
    context = {"organisation": organisation, "listing": listed}
    return file or show(request, "organisations/work.html", context, fragment="lists/_table.html")


@page("network.delete_organisation", find=queries.find, methods=["POST"])
def delete(request: OurRequest, organisation: Organisation) -> HttpResponseBase:
    """Delete at once; the toast takes it back."""
    row = organisations.delete(organisation=organisation, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % organisation, undo=row)
    return go(request, "next_steps")


@page("network.merge_organisation", find=queries.find)
def merge(request: OurRequest, organisation: Organisation) -> HttpResponseBase:
    """Make this record one with another: says first how much moves, then does it."""
    form = MergeForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            kept = form.cleaned_data["kept"]
            merging.merge(
                kept=kept,
                merged=organisation,
                by=request.user,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            say(request, _("“%(merged)s” is now one with “%(kept)s”.") % {"merged": organisation, "kept": kept})
            return go(request, kept)
    context = {
        "form": form,
        "organisation": organisation,
        "initiative_count": pages.initiative_count(request.user, organisation),
    }
    return show(request, "organisations/merge.html", context)
