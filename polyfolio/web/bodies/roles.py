"""Appointing people and organisations to a body, changing and ending their roles."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.files import queries as files
from polyfolio.network.actions import roles
from polyfolio.network.models import Body, Role
from polyfolio.network.queries import networks as queries
from polyfolio.web.bodies.forms import AppointForm, RoleForm
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show


@page("network.appoint", find=queries.find_body)
def appoint(request: OurRequest, body: Body) -> HttpResponseBase:
    """A new role; with `?supersedes=id`, a nomination that takes the place of an earlier one."""
    earlier = _superseded(request, body)
    initial = {"capacity": earlier.capacity, "organisation": earlier.organisation} if earlier else {}
    form = AppointForm(request.POST or None, viewer=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            role = roles.appoint(body=body, **form.cleaned_data, supersedes=earlier, by=request.user, at=timezone.now())
            say(request, _("%s.") % role)
            return go(request, body)
    return show(request, "bodies/role.html", {"form": form, "network": body.network, "body": body, "earlier": earlier})


def _superseded(request: OurRequest, body: Body) -> Role | None:
    pk = request.GET.get("supersedes", "")
    if not pk:
        return None
    found: Role | None = queries.roles_in(request.user, body).filter(pk=pk).first() if pk.isdigit() else None
    if found is None:
        raise Http404
    return found


def find_role(user: Any, slug: str, body: str, pk: int) -> Role:
    """A role in that body, where `user` sees it; raises DoesNotExist."""
    return queries.roles_in(user, queries.find_body(user, slug, body)).get(pk=pk)


@page("network.appoint", find=find_role)
def edit(request: OurRequest, role: Role) -> HttpResponseBase:
    names = list(RoleForm.base_fields)
    form = RoleForm(request.POST or None, initial={name: getattr(role, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = roles.edit(role=role, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, role.body)
    context = {
        "form": form,
        "network": role.body.network,
        "body": role.body,
        "role": role,
        "record": role,
        "record_type": "role",
        "files": files.of(role),
        "may_change": True,
    }
    return show(request, "bodies/role.html", context)


@page("network.appoint", find=find_role, methods=["POST"])
def end(request: OurRequest, role: Role) -> HttpResponseBase:
    """End a role today."""
    row = roles.end(role=role, on=timezone.localdate(), by=request.user, at=timezone.now())
    say(request, _("The role of %s ends today.") % (role.person or role.organisation), undo=row)
    return go(request, role.body)


@page("network.appoint", find=find_role, methods=["POST"])
def delete(request: OurRequest, role: Role) -> HttpResponseBase:
    row = roles.delete(role=role, by=request.user, at=timezone.now())
    say(request, _("The role was taken out."), undo=row)
    return go(request, role.body)
