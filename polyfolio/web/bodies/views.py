"""Bodies of a network: programmes, boards, desks, groups; and who acts in them."""

from __future__ import annotations

from datetime import date

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.files import queries as files
from polyfolio.network.actions import bodies
from polyfolio.network.models import Body, Network, Role
from polyfolio.network.queries import networks as queries
from polyfolio.people.rules import may
from polyfolio.web.bodies.forms import BodyForm
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show


@public(find=queries.find)
def bodies_list(request: PageRequest, network: Network) -> HttpResponseBase:
    """Every body of a network, those that stand under another beneath it."""
    rows = list(queries.bodies(request.user, network))
    context = {
        "network": network,
        "tree": _tree(rows),
        "may_add": may(request.user, "network.add_body", network),
    }
    return show(request, "bodies/bodies.html", context)


def _tree(rows: list[Body]) -> list[tuple[Body, list[Body]]]:
    """Bodies at the top with all that stand below them, in list order."""
    ids = {body.pk for body in rows}
    tops = [body for body in rows if body.parent_id not in ids]
    return [(top, _below(top, rows)) for top in tops]


def _below(top: Body, rows: list[Body]) -> list[Body]:
    found: list[Body] = []
    for body in rows:
        if body.parent_id == top.pk:
            found += [body, *_below(body, rows)]
    return found


@public(find=queries.find_body)
def body(request: PageRequest, body: Body) -> HttpResponseBase:
    """What a body does, what stands under it, and who acts in it now and before."""
    today = timezone.localdate()
    roles = list(queries.roles_in(request.user, body).select_related("superseded_by"))
    current = [role for role in roles if _holds(role, today)]
    context = {
        "network": body.network,
        "body": body,
        "children": queries.bodies(request.user, body.network).filter(parent=body),
        "current": current,
        "others": [role for role in roles if role not in current],
        "files": files.of(body),
        "record": body,
        "record_type": "body",
        "may_change": may(request.user, "network.edit_body", body),
        "may_delete": may(request.user, "network.delete_body", body),
        "may_appoint": may(request.user, "network.appoint", body),
    }
    return show(request, "bodies/body.html", context)


def _holds(role: Role, on: date) -> bool:
    is_superseded = role.superseded_by is not None and role.superseded_by.since_on <= on
    return role.since_on <= on and (role.until_on is None or role.until_on >= on) and not is_superseded


@page("network.add_body", find=queries.find)
def new(request: OurRequest, network: Network) -> HttpResponseBase:
    form = BodyForm(request.POST or None, viewer=request.user, network=network)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = bodies.create(network=network, **form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("“%s” is there.") % made)
            return go(request, made)
    return show(request, "bodies/edit.html", {"form": form, "network": network})


@page("network.edit_body", find=queries.find_body)
def edit(request: OurRequest, body: Body) -> HttpResponseBase:
    form = BodyForm(
        request.POST or None,
        viewer=request.user,
        network=body.network,
        body=body,
        initial=BodyForm.initial_of(body),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = bodies.edit(body=body, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, body)
    return show(request, "bodies/edit.html", {"form": form, "network": body.network, "body": body})


@page("network.delete_body", find=queries.find_body, methods=["POST"])
def delete(request: OurRequest, body: Body) -> HttpResponseBase:
    row = bodies.delete(body=body, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % body, undo=row)
    return go(request, "bodies", slug=body.network.slug)
