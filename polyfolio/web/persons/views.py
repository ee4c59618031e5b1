"""Persons: their page, and looking after what is recorded of them."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.network.actions import persons
from polyfolio.network.models import Person
from polyfolio.network.queries import persons as queries
from polyfolio.people.rules import may
from polyfolio.web.forms import RowsFormSet
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.persons.forms import AffiliationRows, PersonForm

PARTS = ("organisation", "title", "since_on", "until_on")


@public(find=queries.find)
def person(request: PageRequest, person: Person) -> HttpResponseBase:
    """Where somebody works and in which roles; their address only for those who may see it."""
    user = request.user
    context = {
        "person": person,
        "works_at": person.affiliations.select_related("organisation").filter(organisation__deleted_at=None),
        "roles": queries.roles_of(user, person),
        "sees_contact": may(user, "network.see_contact", person),
        "may_change": may(user, "network.edit_person", person),
        "may_delete": may(user, "network.delete_person", person),
    }
    return show(request, "persons/person.html", context)


@page("network.create_person")
def new(request: OurRequest) -> HttpResponseBase:
    form = PersonForm(request.POST or None)
    works_at = _rows(request)
    if request.method == "POST" and all([form.is_valid(), works_at.is_valid()]):
        with refusals_in(form):
            made = persons.create(**form.cleaned_data, affiliations=works_at.rows(), by=request.user, at=timezone.now())
            say(request, _("“%s” is recorded.") % made)
            return go(request, made)
    return show(request, "persons/edit.html", {"form": form, "works_at": works_at})


@page("network.edit_person", find=queries.find)
def edit(request: OurRequest, person: Person) -> HttpResponseBase:
    form = PersonForm(request.POST or None, initial=PersonForm.initial_of(person))
    works_at = _rows(request, person)
    if request.method == "POST" and all([form.is_valid(), works_at.is_valid()]):
        with refusals_in(form):
            row = persons.edit(
                person=person,
                values=form.cleaned_data,
                affiliations=works_at.rows(),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, person)
    return show(request, "persons/edit.html", {"form": form, "works_at": works_at, "person": person})


@page("network.delete_person", find=queries.find, methods=["POST"])
def delete(request: OurRequest, person: Person) -> HttpResponseBase:
    row = persons.delete(person=person, by=request.user, at=timezone.now())
    say(request, _("“%s” was deleted.") % person, undo=row)
    return go(request, "next_steps")


@page("network.delete_person", find=queries.find)
def forget(request: OurRequest, person: Person) -> HttpResponseBase:
    """Says what is forgotten; then does it, which cannot be taken back."""
    if request.method == "POST":
        persons.erase(person=person, by=request.user, at=timezone.now())
        say(request, _("They are forgotten: no name and no address is left, here or in the log."))
        return go(request, "next_steps")
    role_count = person.roles.filter(deleted_at=None).count()
    return show(request, "persons/forget.html", {"person": person, "role_count": role_count})


def _rows(request: OurRequest, person: Person | None = None) -> RowsFormSet:
    there = person.affiliations.select_related("organisation") if person is not None else []
    initial = [{name: getattr(each, name) for name in PARTS} for each in there]
    return AffiliationRows(
        request.POST or None, prefix="works_at", initial=initial, form_kwargs={"viewer": request.user}
    )
