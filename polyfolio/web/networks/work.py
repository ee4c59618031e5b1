"""What is done in a network: its initiatives and resources as lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.lib.texts import best_text
from polyfolio.network.models import Body, Network
from polyfolio.network.queries import networks as queries
from polyfolio.people.rules import may
from polyfolio.portfolios.choices import InitiativeKind, InitiativeStatus, ResourceKind
from polyfolio.portfolios.models import Initiative, Resource
from polyfolio.portfolios.queries.dormancy import dormant
from polyfolio.vocabulary import countries
from polyfolio.vocabulary.models import Theme
from polyfolio.web.forms import FilterForm
from polyfolio.web.lists import export, listing
from polyfolio.web.networks.filters import Chip, without
from polyfolio.web.pages import PageRequest, public, show

ANY = ("", _("any"))
DORMANCY = [("", _("left out")), ("with", _("among the others")), ("only", _("only these"))]


def _reading(texts: Mapping[str, str]) -> str:
    return best_text(texts, (get_language() or "en",))


class InitiativeFilters(FilterForm):
    """What narrows the initiatives of a network."""

    q = forms.CharField(label=_("Words in the title"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *InitiativeKind.choices])
    status = forms.ChoiceField(label=_("Status"), choices=[ANY, *InitiativeStatus.choices])
    programme = forms.ChoiceField(label=_("Programme"))
    theme = forms.ChoiceField(label=_("Theme"))
    country = forms.ChoiceField(label=_("Country"), choices=lambda: [ANY, *countries.choices()])
    dormant = forms.ChoiceField(label=_("Dormant ones"), choices=DORMANCY)

    def __init__(self, *args: Any, programmes: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("programme", programmes), ("theme", Theme.objects.order_by("label"))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *((row.slug, _reading(row.title)) for row in rows)]


CONDITIONS: dict[str, Callable[[str], Q]] = {
    "q": lambda value: Q(label__icontains=value),
    "kind": lambda value: Q(kind=value),
    "status": lambda value: Q(status=value),
    "programme": lambda value: Q(
        pk__in=Initiative.programmes.through.objects.filter(body__slug=value).values("initiative")
    ),
    "theme": lambda value: Q(pk__in=Initiative.themes.through.objects.filter(theme__slug=value).values("initiative")),
    "country": lambda value: Q(territories__country=value),
}

INITIATIVE_COLUMNS: list[Column[Initiative]] = [
    Column(
        "title",
        _("Initiative"),
        lambda row: _reading(row.title),
        sort=("label",),
        href=lambda row: row.get_absolute_url(),
    ),
    Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort=("kind", "label")),
    Column("status", _("Status"), lambda row: row.get_status_display(), sort=("status", "label")),
    Column("programmes", _("Programmes"), lambda row: [_reading(body.title) for body in row.programmes.all()]),
    Column("themes", _("Themes"), lambda row: [_reading(theme.title) for theme in row.themes.all()], is_default=False),
    Column(
        "countries",
        _("Countries"),
        lambda row: list(
            dict.fromkeys(countries.country_name(each.country) for each in row.territories.all() if each.country)
        ),
    ),
    Column("starts", _("Start"), lambda row: row.starts_on, sort=("starts_on", "label")),
    Column("ends", _("End"), lambda row: row.ends_on, sort=("ends_on", "label"), is_default=False),
    Column("changed", _("Last change"), lambda row: row.updated_at, sort=("updated_at",)),
]
RESOURCE_COLUMNS: list[Column[Resource]] = [
    Column(
        "title",
        _("Resource"),
        lambda row: _reading(row.title),
        sort=("label",),
        href=lambda row: row.get_absolute_url(),
    ),
    Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort=("kind", "label")),
    Column("themes", _("Themes"), lambda row: [_reading(theme.title) for theme in row.themes.all()]),
    Column("changed", _("Last change"), lambda row: row.updated_at, sort=("updated_at",)),
]


@public(find=queries.find)
def initiatives(request: PageRequest, network: Network) -> HttpResponseBase:
    """The initiatives of a network: filtered, sorted, exported exactly as shown."""
    programmes = list(queries.programmes(request.user, network))
    form = InitiativeFilters(request.GET, programmes=programmes)
    rows = _narrowed(Initiative.objects.visible_to(request.user).filter(network=network), form.chosen())
    rows = rows.prefetch_related("programmes", "themes", "territories")
    listed = listing(request, rows, INITIATIVE_COLUMNS, sort="title")
    file = export(request, listed, name=f"{network.slug}-initiatives")
    context = {
        "network": network,
        "listing": listed,
        "form": form,
        "chips": _chips(request, form),
        "may_add": may(request.user, "portfolios.create_initiative", network),
    }
    return file or show(request, "networks/initiatives.html", context, fragment="networks/_initiatives.html")


def _narrowed(rows: QuerySet[Any], chosen: Mapping[str, str]) -> QuerySet[Any]:
    for name, value in chosen.items():
        if name in CONDITIONS:
            rows = rows.filter(CONDITIONS[name](value))
    if chosen.get("dormant") == "with":
        return rows.distinct()
    is_dormant = dormant(timezone.now())
    return rows.filter(is_dormant if chosen.get("dormant") == "only" else ~is_dormant).distinct()


def _chips(request: PageRequest, form: FilterForm) -> list[Chip]:
    """What is filtered now, in words; dormancy has a filter of its own and no chip."""
    chips = []
    for name, value in form.chosen().items():
        field = form.fields[name]
        if name == "dormant":
            continue
        choices: Any = getattr(field, "choices", None)
        words = dict(choices).get(value, value) if choices is not None else f"“{value}”"
        chips.append(Chip(f"{field.label}: {words}", without(request.GET, name, value)))
    return chips


class ResourceFilters(FilterForm):
    """What narrows the resources of a network."""

    q = forms.CharField(label=_("Words in the title"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *ResourceKind.choices])


@public(find=queries.find)
def resources(request: PageRequest, network: Network) -> HttpResponseBase:
    """What there is to read, use and learn from in a network."""
    form = ResourceFilters(request.GET)
    rows = Resource.objects.visible_to(request.user).filter(network=network).prefetch_related("themes")
    for name, value in form.chosen().items():
        rows = rows.filter(CONDITIONS[name](value))
    listed = listing(request, rows, RESOURCE_COLUMNS, sort="title")
    file = export(request, listed, name=f"{network.slug}-resources")
    context = {
        "network": network,
        "listing": listed,
        "form": form,
        "chips": _chips(request, form),
        "may_add": may(request.user, "portfolios.create_resource", network),
    }
    return file or show(request, "networks/resources.html", context, fragment="networks/_resources.html")
