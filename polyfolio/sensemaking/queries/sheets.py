"""What is known of a portfolio when somebody brings a table of placements, and the tables that were brought."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import QuerySet

from polyfolio.people.models import User
from polyfolio.people.rules import may
from polyfolio.portfolios.models import InitiativeIdentifier, Portfolio
from polyfolio.sensemaking.choices import Facet, FrameKind
from polyfolio.sensemaking.models import Placement, PlacementSheet
from polyfolio.sensemaking.queries.frames import regions_of
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.sensemaking.texts import sheet_words
from polyfolio.sensemaking.texts.sheet_rows import Known, plain


def of_portfolio(user: User, portfolio: Portfolio) -> QuerySet[PlacementSheet]:
    """The tables that the person may look at: their own, and for stewards everybody's."""
    rows = PlacementSheet.objects.filter(portfolio=portfolio).select_related("brought_by", "portfolio")
    return rows if may(user, "sensemaking.agree", portfolio) else rows.filter(brought_by=user)


def known_of(portfolio: Portfolio, user: User, *, today: date) -> Known:
    """Eight queries, whatever the portfolio holds."""
    held = holding(portfolio, user)
    labels, names = _names(held)
    zones = {region.code: region for region in regions_of(portfolio, FrameKind.ZONES)}
    codes = {region.pk: code for code, region in zones.items()}
    stays = held.stays().filter(portfolio=portfolio).values_list("initiative_id", "zone_id", "since_on")
    zone_words = {plain(word): code for code in zones for word in (code, *sheet_words.ZONES.get(code, ()))}
    for code, region in zones.items():
        zone_words |= {plain(title): code for title in (region.label, *region.title.values())}
    answers = {plain(word): code for code, each in sheet_words.ANSWERS.items() for word in (code, *each)}
    for region in regions_of(portfolio, FrameKind.FACETS):
        if region.code in Facet.values:
            answers |= {plain(title): region.code for title in region.title.values()}
    return Known(
        labels=labels,
        names=names,
        own=own_of(held, user),
        stays={pk: (codes[zone], since) for pk, zone, since in stays if zone in codes},
        zones=zone_words,
        answers=answers,
        may_change_zone=may(user, "sensemaking.change_zone", portfolio),
        today=today,
    )


def own_of(held: Holding, user: User) -> dict[int, dict[str, Any]]:
    """What the person said last of each initiative. One query."""
    rows = Placement.objects.filter(
        portfolio=held.portfolio, frame=held.facet_frame, assessor=user, is_agreed=False
    ).order_by("placed_at", "pk")
    fields = ("purpose", "driver", "shares", "rationale")
    return {pk: dict(zip(fields, values, strict=True)) for pk, *values in rows.values_list("initiative_id", *fields)}


def _names(held: Holding) -> tuple[dict[int, str], dict[str, dict[str, list[int]]]]:
    labels: dict[int, str] = {}
    names: dict[str, dict[str, list[int]]] = {kind: defaultdict(list) for kind in ("title", "slug", "identifier")}
    members = held.members().order_by("label", "pk")
    for pk, slug, label, title in members.values_list("pk", "slug", "label", "title"):
        labels[pk] = label
        names["slug"][slug.casefold()] = [pk]
        for form in {plain(each) for each in title.values()}:
            names["title"][form].append(pk)
    rows = InitiativeIdentifier.objects.filter(initiative__in=members.order_by().values("pk"))
    for pk, value in rows.values_list("initiative_id", "value").order_by("pk"):
        if pk not in names["identifier"][value.strip().casefold()]:
            names["identifier"][value.strip().casefold()].append(pk)
    return labels, {kind: dict(each) for kind, each in names.items()}
