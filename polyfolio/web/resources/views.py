"""Resources: their page, recording, editing and deleting them."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.files import queries as files
from polyfolio.network.models import Network
from polyfolio.network.queries import networks
from polyfolio.people.rules import may
from polyfolio.portfolios.actions import resources as actions
from polyfolio.portfolios.models import Resource
from polyfolio.portfolios.queries import resources as queries
from polyfolio.web.forms import RowsFormSet
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.resources.forms import InitiativeRows, OrganisationRows, ResourceForm, let_choose


@public(find=queries.find)
def resource(request: PageRequest, resource: Resource) -> HttpResponseBase:
    """What it is, who made it, and which initiatives it belongs to."""
    user = request.user
    may_edit = may(user, "portfolios.edit_resource", resource)
    context = {
        "resource": resource,
        "organisations": queries.organisations(user, resource),
        "initiatives": queries.initiatives(user, resource),
        "files": files.of(resource),
        "record_type": "resource",
        "may_change": may_edit,
        "may_edit": may_edit,
        "may_delete": may(user, "portfolios.delete_resource", resource),
    }
    return show(request, "resources/resource.html", context)


@page("portfolios.create_resource", find=networks.find)
def new(request: OurRequest, network: Network) -> HttpResponseBase:
    """Add a resource to a network."""
    form = ResourceForm(request.POST or None, network=network)
    rows = _rows(request)
    if request.method == "POST" and _are_valid(form, rows):
        with refusals_in(form):
            made = actions.create(
                network=network,
                title=form.cleaned_data["title"],
                kind=form.cleaned_data["kind"],
                values=form.values(),
                related=_related(form, rows),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("“%s” is recorded.") % made)
            return go(request, made)
    return _shown(request, {"form": form, **rows, "network": network})


@page("portfolios.edit_resource", find=queries.find)
def edit(request: OurRequest, resource: Resource) -> HttpResponseBase:
    form = ResourceForm(request.POST or None, network=resource.network, initial=ResourceForm.initial_of(resource))
    rows = _rows(request, resource)
    if request.method == "POST" and _are_valid(form, rows):
        with refusals_in(form):
            values = form.values() | {"title": form.cleaned_data["title"], "kind": form.cleaned_data["kind"]}
            row = actions.edit(
                resource=resource,
                values=values,
                related=_related(form, rows) | _unseen(request, resource, _related(form, rows)),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, resource)
    return _shown(request, {"form": form, **rows, "network": resource.network, "resource": resource})


@page("portfolios.delete_resource", find=queries.find, methods=["POST"])
def delete(request: OurRequest, resource: Resource) -> HttpResponseBase:
    """Delete at once; the toast takes it back."""
    row = actions.delete(resource=resource, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % resource, undo=row)
    return go(request, resource.network)


def _rows(request: OurRequest, resource: Resource | None = None) -> dict[str, RowsFormSet]:
    """The rows of the form: what the person sees of who made it and where it belongs."""
    user, given = request.user, request.POST or None
    makers = [{"organisation": each} for each in queries.organisations(user, resource)] if resource else []
    belongs = [{"initiative": each} for each in queries.initiatives(user, resource)] if resource else []
    return {
        "organisations": let_choose(
            OrganisationRows(given, prefix="organisations", initial=makers), "organisation", user
        ),
        "initiatives": let_choose(InitiativeRows(given, prefix="initiatives", initial=belongs), "initiative", user),
    }


def _are_valid(form: ResourceForm, rows: dict[str, RowsFormSet]) -> bool:
    """Every part is checked, so that all mistakes are named at once."""
    return all([form.is_valid(), *(each.is_valid() for each in rows.values())])


def _related(form: ResourceForm, rows: dict[str, RowsFormSet]) -> dict[str, list[Any]]:
    return form.related() | {
        "organisations": [row["organisation"] for row in rows["organisations"].rows()],
        "initiatives": [row["initiative"] for row in rows["initiatives"].rows()],
    }


def _unseen(request: OurRequest, resource: Resource, given: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """What the form could not show, because the person does not see it, stays."""
    seen = {
        "organisations": queries.organisations(request.user, resource),
        "initiatives": queries.initiatives(request.user, resource),
    }
    return {
        name: given[name] + list(getattr(resource, name).exclude(pk__in=rows.values("pk")))
        for name, rows in seen.items()
    }


def _shown(request: OurRequest, context: dict[str, Any]) -> HttpResponseBase:
    parts = (context["organisations"], context["initiatives"])
    has_errors = request.method == "POST" and any(part.total_error_count() for part in parts)
    return show(request, "resources/edit.html", context, status=422 if has_errors else 200)
