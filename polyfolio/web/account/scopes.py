"""Who may do what for one network, body, portfolio or organisation; inviting people, and taking roles back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.lib.refusals import RefusedError
from polyfolio.people import queries, scopes
from polyfolio.people.actions import grants, invitations
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import Grant, Invitation
from polyfolio.people.rules import may_give, roles_to_give
from polyfolio.web.forms import PageForm
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show


class InviteForm(PageForm):
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    role = forms.ChoiceField(label=gettext_lazy("As"))

    def __init__(self, *args: Any, roles: list[GrantRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role.label) for role in roles]


def find_scope(user: Any, scope_type: str, scope_id: int) -> Any:
    """The record that roles are bound to, where `user` sees it; raises Grant.DoesNotExist."""
    record = scopes.record_of(scope_type, scope_id)
    if record is None:
        raise Grant.DoesNotExist(scope_type)
    return type(record)._default_manager.visible_to(user).get(pk=scope_id)


@page("people.see_roles", find=find_scope)
def scope_roles(request: OurRequest, record: Any) -> HttpResponseBase:
    """Everybody who holds a role on a record, who was invited, and a form to invite somebody."""
    form = InviteForm(request.POST or None, roles=roles_to_give(request.user, record))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            invitations.invite(**form.cleaned_data, record=record, by=request.user, at=timezone.now())
            say(request, _("The invitation to %s is on its way.") % form.cleaned_data["email"])
            return _back(request, record)
    rows = [(grant, may_give(request.user, grant.role, record)) for grant in queries.grants_on(record)]
    context = {
        "record": record,
        "network": _network_of(record),
        "form": form,
        "grants": rows,
        "invitations": queries.open_invitations(record, at=timezone.now()),
    }
    return show(request, "account/scope_roles.html", context)


def find_grant(user: Any, pk: int) -> Grant:
    """A role on a record that `user` sees; raises DoesNotExist."""
    grant = Grant.objects.select_related("user").get(pk=pk)
    find_scope(user, grant.scope_type, grant.scope_id)
    return grant


def find_invitation(user: Any, pk: int) -> Invitation:
    """An open invitation to a record that `user` sees; raises DoesNotExist."""
    invitation = Invitation.objects.get(pk=pk, accepted_at=None)
    find_scope(user, invitation.scope_type, invitation.scope_id)
    return invitation


@page("people.take_back_role", find=find_grant, methods=["POST"])
def withdraw_role(request: OurRequest, grant: Grant) -> HttpResponseBase:
    record = scopes.record_of(grant.scope_type, grant.scope_id)
    try:
        grants.withdraw(grant=grant, by=request.user, at=timezone.now())
    except RefusedError as refusal:
        say(request, refusal, is_problem=True)
    else:
        say(request, _("%s does not hold that role any more.") % grant.user)
    return _back(request, record)


@page("people.take_back_role", find=find_invitation, methods=["POST"])
def withdraw_invitation(request: OurRequest, invitation: Invitation) -> HttpResponseBase:
    record = scopes.record_of(invitation.scope_type, invitation.scope_id)
    invitations.withdraw(invitation=invitation, by=request.user, at=timezone.now())
    say(request, _("The invitation opens nothing any more."))
    return _back(request, record)


def _back(request: OurRequest, record: Any) -> HttpResponseBase:
    scope_type, scope_id = grants.scope_of(record)
    return go(request, "scope_roles", scope_type=scope_type, scope_id=scope_id)


def _network_of(record: Any) -> Any:
    """The network whose side bar the page shows; None where the record stands in several or none."""
    return record if grants.scope_of(record)[0] == "network" else getattr(record, "network", None)
