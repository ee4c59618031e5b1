"""Adding and editing an initiative: one form, with rows for who, where and which documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.lib.texts import best_text
from polyfolio.network.models import Network, Organisation
from polyfolio.network.queries import networks
from polyfolio.people.models import User
from polyfolio.portfolios.actions import initiatives as actions
from polyfolio.portfolios.models import Initiative
from polyfolio.portfolios.queries import initiatives as queries
from polyfolio.web.forms import RowsFormSet
from polyfolio.web.initiatives.forms import (
    DocumentRows,
    GoalsForm,
    InitiativeForm,
    ParticipationRows,
    PlaceRows,
    TerritoryRows,
)
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show

ROWS = {
    "participations": gettext_lazy("Who takes part"),
    "territories": gettext_lazy("Countries"),
    "places": gettext_lazy("Places"),
    "documents": gettext_lazy("Documents elsewhere"),
}


@dataclass
class Forms:
    """Every part of the page's form."""

    main: InitiativeForm
    goals: GoalsForm
    participations: RowsFormSet
    territories: RowsFormSet
    places: RowsFormSet
    documents: RowsFormSet

    @cached_property
    def are_valid(self) -> bool:
        """Every part is checked, so that all mistakes are named at once: those of rows above the form as well."""
        wrong = [part for part in self._parts() if not part.is_valid()]
        for name, title in ROWS.items():
            for said in getattr(self, name).said(str(title)):
                self.main.add_error(None, said)
        return not wrong

    def _parts(self) -> list[InitiativeForm | GoalsForm | RowsFormSet]:
        return [self.main, self.goals, *(getattr(self, name) for name in ROWS)]

    def parts(self, kept: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
        """The rows to write; `kept` are rows that this form does not show (regions, titles in other languages)."""
        documents = [{"url": row["url"], "title": kept_title(kept["documents"], row)} for row in self.documents.rows()]
        return {
            "participations": self.participations.rows(),
            "territories": [row for row in self.territories.rows() if row["country"]] + kept["regions"],
            "places": self.places.rows(),
            "sdgs": self.goals.rows(),
            "documents": documents,
        }


def kept_title(documents: list[dict[str, Any]], row: dict[str, Any]) -> dict[str, str]:
    """The title given, without losing the other languages of a document that was there before."""
    before: dict[str, str] = next((each["title"] for each in documents if each["url"] == row["url"]), {})
    if not row["name"] or row["name"] == best_text(before):
        return before
    return {**before, "en": row["name"]}


@page("portfolios.create_initiative", find=networks.find)
def new(request: OurRequest, network: Network) -> HttpResponseBase:
    """Add an initiative to a network."""
    forms = _forms(request, network)
    if request.method == "POST" and forms.are_valid:
        with refusals_in(forms.main):
            initiative = actions.create(
                network=network,
                title=forms.main.cleaned_data["title"],
                values=forms.main.values(),
                parts=forms.parts({"regions": [], "documents": []}),
                related=forms.main.related(),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("“%s” is recorded.") % initiative)
            return go(request, initiative)
    return _shown(request, {"forms": forms, "form": forms.main, "network": network, "draft": f"new-{network.slug}"})


@page("portfolios.edit_initiative", find=queries.find)
def edit(request: OurRequest, initiative: Initiative) -> HttpResponseBase:
    forms = _forms(request, initiative.network, initiative)
    if request.method == "POST" and forms.are_valid:
        with refusals_in(forms.main):
            row = actions.edit(
                initiative=initiative,
                values=forms.main.values(),
                parts=forms.parts(_kept(initiative)),
                related=forms.main.related(),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, initiative)
    context = {
        "forms": forms,
        "form": forms.main,
        "network": initiative.network,
        "initiative": initiative,
        "draft": f"initiative-{initiative.pk}",
    }
    return _shown(request, context)


def _shown(request: OurRequest, context: dict[str, Any]) -> HttpResponseBase:
    forms = context["forms"]
    has_errors = request.method == "POST" and not forms.are_valid
    return show(request, "initiatives/edit.html", context, status=422 if has_errors else 200)


def _forms(request: OurRequest, network: Network, initiative: Initiative | None = None) -> Forms:
    given = request.POST or None
    before = _initial(initiative) if initiative else {"main": {}, "goals": {}}
    participations = ParticipationRows(
        given, prefix="participations", initial=before.get("participations", _own_organisation(request.user))
    )
    for row in participations.forms:
        row.fields["organisation"].viewer = request.user
    return Forms(
        main=InitiativeForm(given, network=network, initial=before["main"]),
        goals=GoalsForm(given, initial=before["goals"]),
        participations=participations,
        territories=TerritoryRows(given, prefix="territories", initial=before.get("territories", [])),
        places=PlaceRows(given, prefix="places", initial=before.get("places", [])),
        documents=DocumentRows(given, prefix="documents", initial=before.get("documents", [])),
    )


def _initial(initiative: Initiative) -> dict[str, Any]:
    rows = initiative.participations.select_related("organisation")
    documents = initiative.documents.all()
    return {
        "main": InitiativeForm.initial_of(initiative),
        "goals": GoalsForm.initial_of(initiative),
        "participations": [{"organisation": row.organisation, "role": row.role} for row in rows],
        "territories": list(initiative.territories.exclude(country="").values("country", "percentage")),
        "places": list(initiative.places.values("name", "country", "latitude", "longitude")),
        "documents": [{"url": row.url, "name": best_text(row.title)} for row in documents],
    }


def _kept(initiative: Initiative) -> dict[str, list[dict[str, Any]]]:
    names = ("country", "region", "region_vocabulary", "name", "percentage")
    return {
        "regions": list(initiative.territories.filter(country="").values(*names)),
        "documents": list(initiative.documents.values("url", "title")),
    }


def _own_organisation(user: User) -> list[dict[str, Any]]:
    """Whoever speaks for one organisation adds its initiatives; that row is filled in already."""
    own = user.access.ids("organisation")
    if len(own) != 1:
        return []
    organisation = Organisation.objects.kept().filter(pk__in=own).first()
    return [{"organisation": organisation, "role": "accountable"}] if organisation else []
