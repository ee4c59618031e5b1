"""A portfolio's lists: filtered, sorted, linked to, and exported exactly as filtered."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http.response import HttpResponseBase
from django.utils import timezone

from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.queries.sums import YearSum, by_currency, by_year
from polyfolio.network.choices import BodyKind
from polyfolio.network.models import Body
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios as queries
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Frame
from polyfolio.sensemaking.queries import figures
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.frames import frames_of, regions_of
from polyfolio.sensemaking.queries.holdings import Holding, holding
from polyfolio.vocabulary.countries import country_name
from polyfolio.vocabulary.models import Theme
from polyfolio.web.lists import EXPORTS, export, file_of, listing
from polyfolio.web.pages import PageRequest, public, show
from polyfolio.web.portfolios import filters as list_filters
from polyfolio.web.portfolios.columns import (
    COUNTRY_COLUMNS,
    MONEY_COLUMNS,
    ORGANISATION_COLUMNS,
    CountryRow,
    MoneyRow,
    initiative_columns,
    with_columns,
)
from polyfolio.web.portfolios.filters import ListFilters, Surroundings
from polyfolio.web.portfolios.pictures import YEAR_NOT_KNOWN, list_of
from polyfolio.web.portfolios.pictures import money as money_picture


@public(find=queries.find)
def initiatives(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """The initiatives that meet the address's filters; every figure of the portfolio opens this list."""
    now = timezone.now()
    held = holding(portfolio, request.user)
    asked = list_filters.asked(request.GET)
    frame = _frame(portfolio, asked)
    seen = held.through(frame) if frame is not None else held
    held = seen if frame is not None and frame.kind == FrameKind.ZONES else held
    rows = narrowed(seen, asked, at=now)
    listed = listing(request, with_columns(rows, held), initiative_columns(now), sort="title")
    file = export(request, listed, name=f"{portfolio.slug}-initiatives")
    if file is not None:
        return file
    around = _surroundings(request, portfolio, held, frame)
    context = {
        "portfolio": portfolio,
        "listing": listed,
        "form": ListFilters(list_filters.completed(request.GET, asked), surroundings=around),
        "chips": list_filters.chips(request.GET, asked, request.user, around),
        "hidden": [(name, value) for name, value in asked.items() if name not in SHOWN],
        "dormant_left_out": _dormant_left_out(seen, asked, listed.total) if asked["dormant"] == "without" else 0,
        "today": now.date(),
    }
    return show(request, "portfolios/initiatives.html", context, fragment="portfolios/_initiatives.html")


SHOWN = frozenset({*ListFilters.base_fields, "class"})


def _dormant_left_out(held: Holding, asked: dict[str, str], shown: int) -> int:
    """How many dormant initiatives the list would show besides. One query."""
    total: int = narrowed(held, asked | {"dormant": "with"}, at=timezone.now()).count()
    return total - shown


def _frame(portfolio: Portfolio, asked: dict[str, str]) -> Frame | None:
    """The frame that the address looks through; one that the portfolio has not is left out of the filters."""
    code = asked.pop("frame", "")
    found = (
        next((each for each in frames_of(portfolio, has_archived=True) if each.code == code), None) if code else None
    )
    if found is not None and found.kind != FrameKind.FACETS:
        asked["frame"] = code
        return found
    return None


def _surroundings(request: PageRequest, portfolio: Portfolio, held: Holding, frame: Frame | None) -> Surroundings:
    programmes = Body.objects.visible_to(request.user).filter(network=portfolio.network_id, kind=BodyKind.PROGRAMME)
    return Surroundings(
        zones=list(frame.regions.all()) if frame is not None else regions_of(portfolio, FrameKind.ZONES),
        themes=list(Theme.objects.order_by("label", "pk")),
        programmes=list(programmes.order_by("position", "label")),
        countries=list(figures.countries(held)),
        frame=frame,
    )


@public(find=queries.find)
def organisations(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Who takes part, each organisation once however many roles it holds."""
    held = holding(portfolio, request.user)
    members = held.members().order_by().values("pk")
    counted = Count("participations__initiative", filter=Q(participations__initiative__in=members), distinct=True)
    rows = figures.organisations(held).annotate(held_count=counted)
    listed = listing(request, rows, ORGANISATION_COLUMNS, sort="name")
    file = export(request, listed, name=f"{portfolio.slug}-organisations")
    context = {"portfolio": portfolio, "listing": listed}
    return file or show(request, "portfolios/organisations.html", context, fragment="lists/_table.html")


@public(find=queries.find)
def countries(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """The countries that the initiatives name, each with its list."""
    held = holding(portfolio, request.user)
    counts = figures.countries(held)
    rows = [
        CountryRow(code, country_name(code), count, list_of(portfolio, country=code))
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    if request.GET.get("export") in EXPORTS:
        return file_of(COUNTRY_COLUMNS, rows, name=f"{portfolio.slug}-countries", form=request.GET["export"])
    context = {"portfolio": portfolio, "rows": rows, "unknown": list_of(portfolio, country="-")}
    return show(request, "portfolios/countries.html", context)


@public(find=queries.find)
def money(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Every flow of money by year and currency; flows are never added to one another."""
    held = holding(portfolio, request.user)
    members = held.members()
    sums = by_year(members)
    rows = [_money_row(portfolio, each) for each in sums]
    if request.GET.get("export") in EXPORTS:
        return file_of(MONEY_COLUMNS, rows, name=f"{portfolio.slug}-money", form=request.GET["export"])
    totals = by_currency(members)
    known = list(dict.fromkeys(each.flow for each in sums))
    context: dict[str, Any] = {
        "portfolio": portfolio,
        "total": members.count(),
        "today": timezone.localdate(),
        "flows": [_flow(portfolio, flow, sums, totals) for flow in MoneyFlow if flow in known],
    }
    return show(request, "portfolios/money.html", context)


def _money_row(portfolio: Portfolio, found: YearSum) -> MoneyRow:
    return MoneyRow(
        flow=str(found.flow.label),
        currency=found.currency,
        year=found.year if found.year != YEAR_NOT_KNOWN else None,
        amount=found.amount,
        initiatives=found.initiatives,
        href=list_of(portfolio, flow=found.flow.value, currency=found.currency, money_year=found.year),
    )


def _flow(portfolio: Portfolio, flow: MoneyFlow, sums: list[YearSum], totals: list[Any]) -> dict[str, Any]:
    """One flow: its picture, its rows by year, and its totals by currency with how many initiatives carry them."""
    own = [each for each in sums if each.flow == flow]
    return {
        "flow": flow,
        "picture": money_picture(own),
        "rows": [_money_row(portfolio, each) for each in own],
        "totals": [
            (each, list_of(portfolio, flow=flow.value, currency=each.currency)) for each in totals if each.flow == flow
        ],
    }
