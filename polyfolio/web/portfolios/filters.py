"""The filters beside a portfolio's list, and the words for what an address filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from polyfolio.audit.visibility import Viewer
from polyfolio.funding.choices import MoneyFlow
from polyfolio.network.choices import OrganisationKind
from polyfolio.network.models import Body, Organisation
from polyfolio.portfolios.choices import InitiativeKind, InitiativeStatus, PortfolioClass, Priority
from polyfolio.portfolios.models import Portfolio, Position
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import Frame, Region
from polyfolio.sensemaking.queries.dimensions import NONE
from polyfolio.sensemaking.queries.filters import NAMES
from polyfolio.vocabulary.countries import country_name
from polyfolio.vocabulary.models import Theme
from polyfolio.vocabulary.sdgs import goals, target_label
from polyfolio.web.forms import FilterForm
from polyfolio.web.portfolios.pictures import in_language

ANY = ("", _("any"))
LABELS: dict[str, Any] = {
    "words": _("Words in the title"),
    "zone": _("Zone"),
    "facet": _("Facet"),
    "theme": _("Theme"),
    "status": _("Status"),
    "kind": _("Kind"),
    "class": _("Class"),
    "country": _("Country"),
    "goal": _("SDG goal"),
    "main_goal": _("Main SDG goal"),
    "target": _("SDG target"),
    "programme": _("Programme"),
    "sector": _("Sector"),
    "organisation_kind": _("Kind of organisation"),
    "lever": _("Lever"),
    "field": _("Field"),
    "own_theme": _("Own theme"),
    "indicator": _("Indicator"),
    "began": _("Began in"),
    "horizon": _("Horizon"),
    "links": _("Links to others"),
    "owner": _("Organisation that answers for it"),
    "focal_point": _("Somebody who speaks for its owner"),
    "method": _("Method"),
    "quantities": _("Money or results"),
    "organisation": _("Organisation"),
    "position": _("Position"),
    "part": _("Portfolio under it"),
    "priority": _("Priority"),
    "year": _("Under way in"),
    "flow": _("Money"),
    "currency": _("Currency"),
    "money_year": _("Year of the money"),
    "dormant": _("Dormant ones"),
    "stood": _("Stands or stood in"),
    "went_on": _("Went on from"),
    "handed_over": _("Handed over"),
    "region": _("Between the axes"),
    "frame": _("Seen through"),
}
FACET_EXTRAS = {
    "mixed": _("mixed, purpose unclear"),
    NONE: _("not placed"),
    "in_mix": _("in any facet"),
    "contested": _("contested"),
    "agreed": _("agreed"),
    "placed": _("placed by anybody"),
}
DORMANCY = {"without": _("left out"), "with": _("among the others"), "only": _("only these")}


class ListFilters(FilterForm):
    """Choices for the list; an address may hold more filters than the form shows, and keeps them."""

    words = forms.CharField(label=LABELS["words"])
    zone = forms.ChoiceField(label=LABELS["zone"])
    facet = forms.ChoiceField(label=LABELS["facet"])
    theme = forms.ChoiceField(label=LABELS["theme"])
    country = forms.ChoiceField(label=LABELS["country"])
    goal = forms.ChoiceField(label=LABELS["goal"])
    programme = forms.ChoiceField(label=LABELS["programme"])
    status = forms.ChoiceField(label=LABELS["status"])
    kind = forms.ChoiceField(label=LABELS["kind"])
    portfolio_class = forms.ChoiceField(label=LABELS["class"])
    dormant = forms.ChoiceField(label=LABELS["dormant"])

    def __init__(self, *args: Any, surroundings: Surroundings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in surroundings.choices().items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix("class" if field_name == "portfolio_class" else field_name)


@dataclass(frozen=True)
class Surroundings:
    """What the filters of one portfolio may name. Three queries."""

    zones: list[Region]
    themes: list[Theme]
    programmes: list[Body]
    countries: list[str]
    frame: Frame | None = None

    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        none = (NONE, _("not known"))
        return {
            "zone": [ANY, *((zone.code, in_language(zone.title)) for zone in self.zones), (NONE, _("in none yet"))],
            "facet": [ANY, *Facet.choices, *FACET_EXTRAS.items()],
            "theme": [ANY, *((theme.slug, in_language(theme.title)) for theme in self.themes), none],
            "country": [ANY, *sorted(((code, country_name(code)) for code in self.countries), key=_second), none],
            "goal": [ANY, *((goal.code, str(goal)) for goal in goals()), none],
            "programme": [ANY, *((body.slug, in_language(body.title)) for body in self.programmes), none],
            "status": [ANY, ("under_way", _("under way")), *InitiativeStatus.choices],
            "kind": [ANY, *InitiativeKind.choices],
            "portfolio_class": [ANY, *PortfolioClass.choices],
            "dormant": [*DORMANCY.items()],
        }


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


def asked(query: QueryDict) -> dict[str, str]:
    """Every filter that the address sets; dormant ones are left out unless it says otherwise."""
    given = {name: str(query.get(name, "")).strip() for name in (*NAMES, "frame")}
    return {"dormant": "without"} | {name: value for name, value in given.items() if value}


def completed(query: QueryDict, filters: Mapping[str, str]) -> QueryDict:
    """The address with what it leaves to the page, for the form that shows it."""
    whole = query.copy()
    whole["dormant"] = filters["dormant"]
    return whole


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words, and the address without it."""

    label: str
    query: str


def chips(query: QueryDict, filters: Mapping[str, str], user: Viewer, surroundings: Surroundings) -> list[Chip]:
    """What is filtered now; dormancy has words of its own beside the list. A query for each named record."""
    return [
        Chip(f"{LABELS[name]}: {_words(name, value, user, surroundings)}", _without(query, name))
        for name, value in filters.items()
        if name != "dormant"
    ]


def _words(name: str, value: str, user: Viewer, surroundings: Surroundings) -> str:
    if name == "frame" and surroundings.frame is not None:
        return in_language(surroundings.frame.title)
    field = {"class": "portfolio_class", "stood": "zone", "went_on": "zone", "region": "zone"}.get(name, name)
    choices = surroundings.choices().get(field)
    if choices is not None:
        return str(dict(choices).get(value, value))
    named = _NAMED.get(name)
    return str(named(user, value)) if named is not None else value


def _organisation(user: Viewer, value: str) -> object:
    return Organisation.objects.visible_to(user).filter(slug=value).first() or value


def _part(user: Viewer, value: str) -> object:
    return Portfolio.objects.visible_to(user).filter(slug=value).first() or value


def _position(user: Viewer, value: str) -> object:
    if not value.isdigit():
        return value
    seen = Portfolio.objects.visible_to(user)
    return Position.objects.filter(pk=int(value), portfolio__in=seen).first() or value


def _presence(_user: Viewer, value: str) -> object:
    return {"none": _("none known"), "some": _("known"), "known": _("known"), "short": _("under 6 months")}.get(
        value, value
    )


_NAMED: dict[str, Callable[[Viewer, str], object]] = {
    "organisation": _organisation,
    "part": _part,
    "position": _position,
    "main_goal": lambda _user, value: next((str(goal) for goal in goals() if goal.code == value), value),
    "target": lambda _user, value: f"{value} {target_label(value)}",
    "organisation_kind": lambda _user, value: dict(OrganisationKind.choices).get(value, value),
    **dict.fromkeys(("horizon", "links", "owner", "focal_point", "quantities"), _presence),
    "flow": lambda _user, value: MoneyFlow(value).label if value in MoneyFlow.values else value,
    "priority": lambda _user, value: Priority(value).label if value in Priority.values else _("not known"),
    "handed_over": lambda _user, _value: _("to one organisation"),
    "money_year": lambda _user, value: _("not known") if value == "0" else value,
}


def _without(query: QueryDict, name: str) -> str:
    rest = query.copy()
    for gone in (name, "page", "export"):
        rest.pop(gone, None)
    return rest.urlencode()
