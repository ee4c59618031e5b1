"""The filters beside the partners list, with how many partners each value would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from polyfolio.network.choices import Level, MembershipState, OrganisationKind, OrganisationSector
from polyfolio.network.models import Body, Membership
from polyfolio.network.queries.networks import filtered
from polyfolio.vocabulary.countries import country_name

MANY = ("state", "kind", "sector", "level", "country")
GAPS = {
    "focal_point": _("without a focal point"),
    "alternate": _("focal point without an alternate"),
    "ending": _("a role ends within six months"),
}
LABELS = {
    "state": _("Standing"),
    "programme": _("Programme"),
    "kind": _("Kind"),
    "sector": _("Sector"),
    "level": _("Level"),
    "country": _("Country"),
    "gap": _("To see to"),
}


@dataclass(frozen=True)
class Value:
    """One choice of a filter."""

    value: str
    label: str
    count: Any
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """A filter with its choices."""

    name: str
    label: Any
    values: list[Value]
    type: str = "checkbox"


def chosen(query: QueryDict, programmes: Mapping[str, Body]) -> dict[str, Any]:
    """What the address asks for; values that mean nothing are left out."""
    known: dict[str, Callable[[str], bool]] = {
        "state": MembershipState.values.__contains__,
        "kind": OrganisationKind.values.__contains__,
        "sector": OrganisationSector.values.__contains__,
        "level": Level.values.__contains__,
        "country": lambda code: len(code) == 2 and code.isalpha(),
    }
    found: dict[str, Any] = {name: [value for value in query.getlist(name) if known[name](value)] for name in MANY}
    found["programme"] = [programmes[slug].pk for slug in query.getlist("programme") if slug in programmes]
    found["words"] = query.get("q", "").strip()
    found["gap"] = query.get("gap") if query.get("gap") in GAPS else ""
    return {name: value for name, value in found.items() if value}


def groups(
    rows: QuerySet[Membership],
    asked: Mapping[str, Any],
    programmes: Mapping[str, Body],
    *,
    sees_gaps: bool,
    on: date,
) -> list[Group]:
    """Every filter with its counts, each counted as if its own choice were open. One query a filter."""
    made = [
        Group(name, LABELS[name], _values(name, _counts(rows, asked, name, on), asked.get(name, []))) for name in MANY
    ]
    held = set(asked.get("programme", []))
    values = [Value(slug, body.label, "", body.pk in held) for slug, body in programmes.items()]
    made.insert(1, Group("programme", LABELS["programme"], values))
    if sees_gaps:
        gaps = [Value(name, str(label), "", asked.get("gap") == name) for name, label in GAPS.items()]
        made.append(Group("gap", LABELS["gap"], gaps, type="radio"))
    return [group for group in made if group.values]


def _counts(rows: QuerySet[Membership], asked: Mapping[str, Any], name: str, on: date) -> Counter[str]:
    others = {key: value for key, value in asked.items() if key != name}
    column = "state" if name == "state" else f"organisation__{name}"
    counted = filtered(rows, others, on=on).order_by().values_list(column).annotate(count=Count("pk"))
    return Counter({value: count for value, count in counted if value})


def _values(name: str, counts: Counter[str], held: list[str]) -> list[Value]:
    label = _labeller(name)
    values = dict.fromkeys([*held, *(value for value, _count in counts.most_common())])
    return [Value(value, label(value), counts[value], value in held) for value in values]


def _labeller(name: str) -> Callable[[str], str]:
    if name == "country":
        return country_name
    kinds: dict[str, Any] = {
        "state": MembershipState,
        "kind": OrganisationKind,
        "sector": OrganisationSector,
        "level": Level,
    }
    return lambda value: str(kinds[name](value).label)


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    query: str


def chips(query: QueryDict, made: list[Group]) -> list[Chip]:
    """What is filtered now, each with the address that leaves it out."""
    on = [
        Chip(f"{group.label}: {value.label}", without(query, group.name, value.value))
        for group in made
        for value in group.values
        if value.is_chosen
    ]
    words = query.get("q", "").strip()
    return [Chip(f"“{words}”", without(query, "q", query.get("q", ""))), *on] if words else on


def without(query: QueryDict, name: str, value: str) -> str:
    """The address's query with one value of one filter taken out, and from the first page."""
    rest = query.copy()
    rest.setlist(name, [each for each in rest.getlist(name) if each != value])
    rest.pop("page", None)
    return rest.urlencode()
