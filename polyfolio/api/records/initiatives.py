"""Initiatives."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel, Field

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.history import add_history
from polyfolio.api.frame.naming import all_named, asked, fresh, themes_named
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, Slug, removed
from polyfolio.api.schemas.around import ParticipationGiven, around
from polyfolio.api.schemas.initiatives import (
    ChangedInitiativeGiven,
    InitiativeGiven,
    InitiativeRow,
    InitiativeShape,
    NewInitiativeGiven,
    initiative_values,
    own_values,
)
from polyfolio.network.models import Body, Network, Organisation
from polyfolio.network.queries import networks
from polyfolio.portfolios.actions import initiatives as actions
from polyfolio.portfolios.choices import AdmissionState, InitiativeKind, InitiativeStatus, Priority
from polyfolio.portfolios.models import (
    Entry,
    Initiative,
    InitiativeSdg,
    InitiativeTerritory,
    Participation,
    Portfolio,
)
from polyfolio.portfolios.queries.dormancy import dormant, is_dormant
from polyfolio.vocabulary.models import Theme

routes = Routes("Initiatives", "What organisations do on purpose, from an idea to a programme.")

PARTS = ("participations", "territories", "places", "sectors", "sdgs", "identifiers", "documents", "contacts")
LISTS = (*PARTS, "themes", "programmes")
FOR_ROWS = ("themes", "programmes", "territories", "sdgs")
SORTS = {
    "label": ("label",),
    "updated_at": ("updated_at",),
    "starts_on": ("starts_on", "label"),
    "ends_on": ("ends_on", "label"),
    "status": ("status", "label"),
}
Dormancy = Literal["with", "without", "only"]


def find(user: Any, slug: str) -> Initiative:
    found: Initiative = Initiative.objects.visible_to(user).select_related("network").get(slug=slug)
    return found


class InitiativeFilters(BaseModel):
    """Which initiatives; several values of one filter widen it, filters together narrow."""

    q: str = Field("", max_length=200, description="Letters of a title. For words anywhere, use the search.")
    network: Slug | None = Field(None, description="The network that they are recorded in.")
    kind: list[InitiativeKind] = Field([], description="Kinds.")
    status: list[InitiativeStatus] = Field([], description="Statuses.")
    priority: list[Priority] = Field([], description="Priorities.")
    theme: list[Slug] = Field([], description="Themes.")
    programme: list[Slug] = Field([], description="Programmes.")
    country: list[str] = Field([], description="Countries that they benefit, as two letters.")
    goal: list[Annotated[int, Field(ge=1, le=17)]] = Field([], description="SDG goals, main or other.")
    organisation: Slug | None = Field(None, description="An organisation that takes part.")
    portfolio: Slug | None = Field(None, description="A portfolio that holds them itself.")
    updated_since: datetime | None = Field(None, description="Written since this instant.")
    dormant: Dormancy = Field(
        "without", description="Whether dormant ones are among them: as in all public lists, not unless asked for."
    )


def initiative_row(initiative: Initiative) -> InitiativeRow:
    dormant_now = is_dormant(initiative, timezone.now())
    return InitiativeRow.model_validate(initiative_values(initiative, is_dormant=dormant_now))


def for_rows(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """The same with what a row shows, in a query for each kind of it."""
    return rows.select_related("network").prefetch_related(*FOR_ROWS)


@routes.list("/initiatives", shape=initiative_row, sorts=SORTS)
def every(request: ApiRequest, filters: Query[InitiativeFilters]) -> QuerySet[Initiative]:
    """All initiatives."""
    rows: QuerySet[Initiative] = Initiative.objects.visible_to(request.user)
    return for_rows(_narrowed(rows, filters, request))


@routes.post("/networks/{slug:slug}/initiatives", whoever_may("portfolios.create_initiative"), find=networks.find)
def add(request: OurRequest, network: Network, given: NewInitiativeGiven) -> InitiativeShape:
    """Add an initiative to a network, with everything around it."""
    initiative = actions.create(
        network=network,
        title=given.title,
        values=given.given("title", *LISTS),
        parts=_parts(request, given),
        related=_related(request, network, given),
        by=request.user,
        at=timezone.now(),
    )
    request.found = initiative
    return whole(request, initiative)


@routes.get("/initiatives/{slug:slug}", find=find)
def show(request: ApiRequest, initiative: Initiative) -> InitiativeShape:
    """One initiative, with everything around it."""
    return whole(request, initiative)


@routes.patch("/initiatives/{slug:slug}", whoever_may("portfolios.edit_initiative"), find=find)
def change(request: OurRequest, initiative: Initiative, given: ChangedInitiativeGiven) -> InitiativeShape:
    """Change an initiative: its fields, and the lists around it."""
    request.change = actions.edit(
        initiative=initiative,
        values=given.given("reason", *LISTS),
        parts=_parts(request, given, initiative),
        related=_related(request, initiative.network, given),
        reason=given.reason,
        by=request.user,
        at=timezone.now(),
    )
    return whole(request, fresh(initiative))


@routes.post("/initiatives/{slug:slug}/revive", whoever_may("portfolios.edit_initiative"), find=find, status=200)
def revive(request: OurRequest, initiative: Initiative) -> InitiativeShape:
    """Say that a dormant initiative still lives."""
    request.change = actions.revive(initiative=initiative, by=request.user, at=timezone.now())
    return whole(request, fresh(initiative))


@routes.delete("/initiatives/{slug:slug}", whoever_may("portfolios.delete_initiative"), find=find)
def delete(request: OurRequest, initiative: Initiative) -> Removed:
    """Take an initiative out of every list and count."""
    return removed(initiative, actions.delete(initiative=initiative, by=request.user, at=timezone.now()))


def whole(request: ApiRequest, initiative: Initiative) -> InitiativeShape:
    """An initiative with what stands around it, as far as the reader sees it."""
    participations = Participation.objects.select_related("organisation")
    rows = Initiative.objects.select_related("network").prefetch_related(
        *FOR_ROWS,
        Prefetch("participations", queryset=participations),
        *(name for name in PARTS if name != "participations" and name not in FOR_ROWS),
    )
    filled: Initiative = rows.get(pk=initiative.pk)
    held = Entry.objects.filter(
        initiative=initiative,
        state=AdmissionState.ADMITTED,
        portfolio__in=Portfolio.objects.visible_to(request.user),
    )
    return InitiativeShape.model_validate(
        initiative_values(filled, is_dormant=is_dormant(filled, timezone.now()))
        | own_values(filled)
        | around(
            filled,
            seen=_seen(request, [each.organisation_id for each in filled.participations.all()]),
            entries=list(held.select_related("portfolio").order_by("portfolio__label", "pk")),
        )
    )


def _seen(request: ApiRequest, organisation_ids: Collection[int]) -> set[int]:
    rows = Organisation.objects.visible_to(request.user).filter(pk__in=organisation_ids)
    return set(rows.order_by().values_list("pk", flat=True))


def _narrowed(rows: QuerySet[Initiative], filters: InitiativeFilters, request: ApiRequest) -> QuerySet[Initiative]:
    for name in ("kind", "status", "priority"):
        if chosen := getattr(filters, name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if filters.q:
        rows = rows.filter(label__icontains=filters.q)
    if filters.network:
        rows = rows.filter(network=asked(Network.objects.visible_to(request.user), filters.network, "network"))
    if filters.updated_since:
        rows = rows.filter(updated_at__gte=filters.updated_since)
    if filters.dormant != "with":
        dormant_now = dormant(timezone.now())
        rows = rows.filter(dormant_now if filters.dormant == "only" else ~dormant_now)
    for condition in _conditions(filters, request):
        rows = rows.filter(condition)
    return rows


def _conditions(filters: InitiativeFilters, request: ApiRequest) -> list[Q]:
    """What is asked of the rows around them, each as ids, so that none is listed twice."""
    found: list[QuerySet[Any, Any]] = []
    if filters.theme:
        themes = [asked(Theme.objects.all(), slug, "theme") for slug in filters.theme]
        found.append(Initiative.objects.filter(themes__in=themes).values("pk"))
    if filters.programme:
        found.append(Initiative.objects.filter(programmes__slug__in=filters.programme).values("pk"))
    if filters.country:
        found.append(InitiativeTerritory.objects.filter(country__in=filters.country).values("initiative_id"))
    if filters.goal:
        found.append(InitiativeSdg.objects.filter(goal__in=filters.goal).values("initiative_id"))
    if filters.organisation:
        taking_part = asked(Organisation.objects.visible_to(request.user), filters.organisation, "organisation")
        found.append(Participation.objects.filter(organisation=taking_part).values("initiative_id"))
    if filters.portfolio:
        portfolio = asked(Portfolio.objects.visible_to(request.user), filters.portfolio, "portfolio")
        entries = Entry.objects.filter(portfolio=portfolio, state=AdmissionState.ADMITTED)
        found.append(entries.values("initiative_id"))
    return [Q(pk__in=ids) for ids in found]


def _related(request: OurRequest, network: Network, given: InitiativeGiven) -> dict[str, list[Any]]:
    sent = given.model_fields_set
    related: dict[str, list[Any]] = {}
    if "themes" in sent:
        related["themes"] = themes_named(given.themes)
    if "programmes" in sent:
        bodies: QuerySet[Body] = networks.bodies(request.user, network)
        related["programmes"] = all_named(bodies, given.programmes, "programmes")
    return related


def _parts(
    request: OurRequest, given: InitiativeGiven, initiative: Initiative | None = None
) -> dict[str, list[dict[str, Any]]]:
    sent = given.model_fields_set
    plain = [name for name in PARTS if name in sent and name != "participations"]
    parts = {name: [row.model_dump() for row in getattr(given, name)] for name in plain}
    if "participations" in sent:
        parts["participations"] = _participations(request, given.participations) + _unseen(request, initiative)
    return parts


def _participations(request: OurRequest, rows: list[ParticipationGiven]) -> list[dict[str, Any]]:
    seen = Organisation.objects.visible_to(request.user)
    named = {each.slug: each for each in all_named(seen, [row.organisation for row in rows], "participations")}
    return [row.model_dump() | {"organisation": named[row.organisation]} for row in rows]


def _unseen(request: OurRequest, initiative: Initiative | None) -> list[dict[str, Any]]:
    """Participations of organisations that the caller does not see: a list given whole leaves them as they are."""
    if initiative is None:
        return []
    rows = initiative.participations.exclude(organisation__in=Organisation.objects.visible_to(request.user))
    return [
        {name: getattr(each, name) for name in ("organisation", "role", "name_given", "ref_given")}
        for each in rows.select_related("organisation")
    ]


add_history(routes, "/initiatives/{slug:slug}", find)
