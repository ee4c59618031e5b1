"""What a board shows: fields, tokens, legend, what can be asked of it, and what its stays come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.choices import PortfolioClass
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame, Region
from polyfolio.sensemaking.queries import board as queries
from polyfolio.sensemaking.queries import dimensions
from polyfolio.sensemaking.queries.board import Member
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.frames import crosswalk, default_of, frames_of
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.vocabulary.models import Theme
from polyfolio.web.boards.measures import Measures, measures
from polyfolio.web.boards.tokens import NAMED_UP_TO, REST, Field, Group, Token, grouped
from polyfolio.web.portfolios.pictures import in_language, list_of
from polyfolio.web.search.labels import labels

COLOURS = ("theme", "sector", "class")
FILTERS = ("theme", "sector", "class")
MOST_TOKENS = 600


@dataclass(frozen=True)
class Asked:
    """What the address asks of the board."""

    frame: Frame
    through: Frame | None
    filters: Mapping[str, str]
    colour: str

    def query(self, **other: str) -> str:
        """The address's query with some of it changed; empty values are left out."""
        given = {"frame": self.frame.code, "through": self.through.code if self.through else ""}
        given |= {**self.filters, "colour": self.colour} | other
        return urlencode({name: value for name, value in given.items() if value})

    def list(self, portfolio: Portfolio, **filters: str) -> str:
        """The list of what a number on this board counts."""
        return list_of(portfolio, frame=self.frame.code, **self.filters, **filters)


def asked(frames: Sequence[Frame], query: QueryDict) -> Asked:
    """Raises DoesNotExist for a frame that the portfolio has not; colours that are none give themes."""
    frame = _frame(frames, query.get("frame", "")) or default_of(frames, FrameKind.ZONES)
    through = _frame(frames, query.get("through", ""))
    filters = {name: str(query[name]) for name in FILTERS if query.get(name)}
    colour = query.get("colour", "")
    return Asked(frame, through if through != frame else None, filters, colour if colour in COLOURS else COLOURS[0])


def _frame(frames: Sequence[Frame], code: str) -> Frame | None:
    if not code:
        return None
    found = next((each for each in frames if each.code == code), None)
    if found is None:
        raise Frame.DoesNotExist
    return found


def board(user: Viewer, portfolio: Portfolio, query: QueryDict, at: datetime) -> dict[str, Any]:
    """Everything on the page; the number of queries does not grow with the portfolio."""
    every = frames_of(portfolio, FrameKind.ZONES, FrameKind.AXES, has_archived=True)
    ask = asked(every, query)
    is_zones = ask.frame.kind == FrameKind.ZONES
    held = holding(portfolio, user)
    seen = held.through(ask.frame) if is_zones else held
    chosen = narrowed(seen, ask.filters, at=at)
    members = queries.members(seen, chosen)
    where = _where(held, ask.frame, members)
    may_move = ask.frame.archived_at is None and may(
        user, "sensemaking.change_zone" if is_zones else "sensemaking.place_any", portfolio
    )
    groups, tokens = _tokens(user, portfolio, seen, ask, members, may_move=may_move and ask.through is None)
    fields = _fields(portfolio, ask, where, tokens)
    return {
        "portfolio": portfolio,
        "ask": ask,
        "frames": [each for each in every if each.archived_at is None],
        "is_zones": is_zones,
        "columns": len(ask.frame.x_thresholds) + 1,
        "total": len(members),
        "left_out": max(0, len(members) - MOST_TOKENS),
        "everything": ask.list(portfolio),
        "fields": fields,
        "rows": _rows(ask.through or ask.frame, fields),
        "in_none": fields[-1],
        "is_named": max((len(each.tokens) for each in fields), default=0) <= NAMED_UP_TO,
        "groups": groups,
        "tokens": tokens,
        "options": _options(user, held),
        "colours": ((COLOURS[0], _("theme")), (COLOURS[1], _("sector")), (COLOURS[2], _("class"))),
        "classes": PortfolioClass.choices,
        "measures": _measures(portfolio, seen, ask, members, at) if is_zones and ask.through is None else None,
        "today": at.date(),
        "may_move": may_move and ask.through is None,
        "may_define": may(user, "sensemaking.define_frame", portfolio),
        "has_facets": any(token.facet != "unplaced" for token in tokens),
        "query": ask.query(),
    }


def _where(held: Holding, frame: Frame, members: Sequence[Member]) -> dict[int, int]:
    """Initiative → region of the frame, by their ids. At most one query."""
    if frame.kind == FrameKind.ZONES:
        return {each.pk: each.stay.zone_id for each in members if each.stay is not None}
    rows = held.through(frame).standings().filter(region__isnull=False)
    return dict(rows.values_list("initiative_id", "region_id"))


def _fields(portfolio: Portfolio, ask: Asked, where: Mapping[int, int], tokens: Sequence[Token]) -> list[Field]:
    """The frame's regions, or those of the frame through which it is read, and last the place of all others."""
    regions = list((ask.through or ask.frame).regions.all())
    read = crosswalk(portfolio, ask.frame, ask.through) if ask.through else None
    standing: dict[int | None, list[Token]] = defaultdict(list)
    known = {region.pk for region in regions}
    for token in tokens:
        region = where.get(token.member.pk)
        place = read.get(region) if read is not None and region is not None else region
        standing[place if place in known else None].append(token)
    name = "zone" if ask.frame.kind == FrameKind.ZONES else "region"
    found = [
        Field(
            region=region,
            label=in_language(region.title),
            meaning=in_language(region.description),
            href="" if ask.through else ask.list(portfolio, **{name: region.code}),
            count=len(standing[region.pk]),
            tokens=standing[region.pk][:MOST_TOKENS],
        )
        for region in regions
    ]
    none = standing[None]
    words = _("Not in the crosswalk, or nowhere yet") if ask.through else _("Nowhere yet")
    href = "" if ask.through else ask.list(portfolio, **{name: dimensions.NONE})
    return [*found, Field(None, words, "", href, len(none), none[:MOST_TOKENS])]


def _rows(frame: Frame, fields: Sequence[Field]) -> list[list[Field]]:
    """The fields as they lie: zones side by side, those between axes row by row from the high end down."""
    regions = [each for each in fields if each.region is not None]
    if frame.kind == FrameKind.ZONES:
        return [regions]
    by_row: dict[int, list[Field]] = defaultdict(list)
    for each in regions:
        assert each.region is not None
        by_row[each.region.row].append(each)
    return [by_row[row] for row in sorted(by_row, reverse=True)]


def _tokens(
    user: Viewer, portfolio: Portfolio, held: Holding, ask: Asked, members: Sequence[Member], *, may_move: bool
) -> tuple[list[Group], list[Token]]:
    keys = queries.groups(ask.colour, held)
    numbers = grouped(members, keys)
    names = _names(user, ask.colour, numbers)
    board_query = ask.query()

    def href(member: Member) -> str:
        if not may_move:
            return reverse("initiative", args=[member.slug])
        if ask.frame.kind == FrameKind.AXES:
            return reverse("axes_place", args=[portfolio.slug, member.slug, ask.frame.code])
        seen = {"seen": str(member.stay.pk)} if member.stay else {}
        asks = urlencode({"frame": ask.frame.code, **seen, "board": board_query})
        return f"{reverse('zone_change', args=[portfolio.slug, member.slug])}?{asks}"

    tokens = []
    for member in members:
        key = keys.get(member.pk, "")
        facet = "unplaced" if member.facets is None else member.facets.partition(" ")[0] or "mixed"
        tokens.append(
            Token(
                member=member,
                facet=facet,
                group=numbers.get(key, 0),
                group_label=names.get(key, ""),
                zone=member.stay.zone.code if member.stay else "",
                href=href(member),
                page=reverse("initiative", args=[member.slug]),
            )
        )
    return _legend(portfolio, ask, tokens, numbers, names), tokens


def _names(user: Viewer, colour: str, numbers: Mapping[str, int]) -> dict[str, str]:
    if colour == "class":
        return {key: str(PortfolioClass(key).label) for key in numbers}
    if colour == "sector":
        return dict(labels("sector", numbers, user))
    return {each.slug: in_language(each.title) for each in Theme.objects.filter(slug__in=numbers)}


def _legend(
    portfolio: Portfolio, ask: Asked, tokens: Sequence[Token], numbers: Mapping[str, int], names: Mapping[str, str]
) -> list[Group]:
    counts = Counter(token.group for token in tokens)
    board = reverse("portfolio_board", args=[portfolio.slug])
    shown = [
        Group(number, names.get(key, key), counts[number], f"{board}?{ask.query(**{ask.colour: key})}")
        for key, number in numbers.items()
        if number < REST
    ]
    if counts[REST]:
        shown.append(Group(REST, _("all others"), counts[REST]))
    if counts[0]:
        shown.append(Group(0, _("not known"), counts[0]))
    return shown


def _options(user: Viewer, held: Holding) -> dict[str, list[tuple[str, str]]]:
    """What the board can be narrowed to: the themes and sectors that its initiatives have. Three queries."""
    themes = dimensions.count(held, "theme")
    sectors = dimensions.count(held, "sector")
    named = {each.slug: in_language(each.title) for each in Theme.objects.filter(slug__in=themes)}
    return {
        "theme": sorted(named.items(), key=lambda pair: pair[1]),
        "sector": sorted(labels("sector", sectors, user).items(), key=lambda pair: pair[1]),
    }


def _measures(portfolio: Portfolio, held: Holding, ask: Asked, members: Sequence[Member], at: datetime) -> Measures:
    regions: list[Region] = list(ask.frame.regions.all())
    ids = {each.pk for each in members}
    handed: int = narrowed(held, {**ask.filters, "handed_over": "yes"}, at=at).count()
    return measures(
        regions,
        queries.spans(held, ids),
        today=at.date(),
        platform=[str(each) for each in queries.platform(held)],
        handed_over=handed,
        href=lambda **filters: ask.list(portfolio, **filters),
    )
