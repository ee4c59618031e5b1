"""Recording and editing an organisation, with those that look like it shown while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.network.actions import organisations
from polyfolio.network.models import Network, Organisation
from polyfolio.network.queries import networks
from polyfolio.network.queries import organisations as queries
from polyfolio.network.queries.look_alikes import LookAlike, look_alikes
from polyfolio.people.models import User
from polyfolio.web.forms import RowsFormSet
from polyfolio.web.organisations.forms import IdentifierRows, OrganisationForm, PlaceRows
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show

SURE = 0.9


@page("network.create_organisation")
def new(request: OurRequest) -> HttpResponseBase:
    """Record an organisation; with `?network=slug`, as its partner. Likely doubles are asked about once."""
    network = _network(request)
    form = OrganisationForm(request.POST or None, viewer=request.user, initial={"title": _given_name(request)})
    identifiers, places = _rows(request)
    alike: list[LookAlike] = []
    if request.method == "POST" and _are_valid(form, identifiers, places):
        alike = [each for each in _alike(request.user, form, identifiers) if each.score >= SURE]
        if not alike or request.POST.get("is_another"):
            with refusals_in(form):
                organisation = organisations.create(
                    **form.values(),
                    themes=list(form.cleaned_data["themes"]),
                    identifiers=identifiers.rows(),
                    places=places.rows(),
                    member_of=network,
                    by=request.user,
                    at=timezone.now(),
                )
                say(request, _("“%s” is recorded.") % organisation)
                return go(request, organisation)
    context = _context(form, identifiers, places) | {"network": network, "alike": alike, "asks": bool(alike)}
    return show(request, "organisations/edit.html", context)


@page("network.edit_organisation", find=queries.find)
def edit(request: OurRequest, organisation: Organisation) -> HttpResponseBase:
    form = OrganisationForm(
        request.POST or None, viewer=request.user, initial=OrganisationForm.initial_of(organisation)
    )
    identifiers, places = _rows(request, organisation)
    if request.method == "POST" and _are_valid(form, identifiers, places):
        with refusals_in(form):
            row = organisations.edit(
                organisation=organisation,
                values=form.values(),
                themes=list(form.cleaned_data["themes"]),
                parts={"identifiers": identifiers.rows(), "places": places.rows()},
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, "organisation", slug=organisation.slug)
    context = _context(form, identifiers, places) | {"organisation": organisation}
    return show(request, "organisations/edit.html", context)


@page("network.create_organisation", methods=["POST"])
def alike(request: OurRequest) -> HttpResponseBase:
    """Organisations that look like what stands in the form so far; asked for while somebody types."""
    form = OrganisationForm(request.POST, viewer=request.user)
    title = clean_texts(form.fields["title"].widget.value_from_datadict(request.POST, {}, "title"))
    found = look_alikes(
        request.user,
        best_text(title),
        acronym=request.POST.get("acronym", ""),
        website=request.POST.get("website", ""),
    )
    return show(request, "organisations/_alike.html", {"alike": found if best_text(title) else []})


def _alike(user: User, form: OrganisationForm, identifiers: RowsFormSet) -> list[LookAlike]:
    values = form.cleaned_data
    return look_alikes(
        user,
        best_text(values["title"]),
        acronym=values["acronym"],
        website=values["website"],
        identifiers=[(row["scheme"], row["value"]) for row in identifiers.rows()],
    )


def _rows(request: OurRequest, organisation: Organisation | None = None) -> tuple[RowsFormSet, RowsFormSet]:
    given = request.POST or None
    identifiers = list(organisation.identifiers.values("scheme", "value")) if organisation else []
    places = (
        list(organisation.places.values("name", "country", "region", "latitude", "longitude")) if organisation else []
    )
    return (
        IdentifierRows(given, prefix="identifiers", initial=identifiers),
        PlaceRows(given, prefix="places", initial=places),
    )


def _are_valid(form: OrganisationForm, identifiers: RowsFormSet, places: RowsFormSet) -> bool:
    """Every part is checked, so that all mistakes are named at once."""
    return all([form.is_valid(), identifiers.is_valid(), places.is_valid()])


def _context(form: OrganisationForm, identifiers: RowsFormSet, places: RowsFormSet) -> dict[str, Any]:
    return {"form": form, "identifiers": identifiers, "places": places}


def _network(request: OurRequest) -> Network | None:
    """The network that the new organisation joins, if the address names one that the person sees."""
    slug = request.GET.get("network")
    if not slug:
        return None
    try:
        return networks.find(request.user, slug)
    except Network.DoesNotExist:
        raise Http404 from None


def _given_name(request: OurRequest) -> dict[str, str]:
    name = request.GET.get("name", "").strip()
    return {"en": name} if name else {}
