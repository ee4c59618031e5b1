"""An exploration's results to take along: the table, the diamond as a drawing, and a report to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from polyfolio.lib.pdf import pdf
from polyfolio.lib.tables import Column
from polyfolio.sensemaking.exploration.scoring import Spread
from polyfolio.sensemaking.models import Exploration
from polyfolio.sensemaking.queries import explorations as queries
from polyfolio.web.explorations import pictures, results
from polyfolio.web.lists import file_of
from polyfolio.web.pages import PageRequest, public
from polyfolio.web.templatetags.look import percent, signed


@dataclass(frozen=True)
class Line:
    """A facet or an ability with what is told of it."""

    about: str
    name: str
    spread: Spread | None


def _percent(read: Callable[[Spread], Any]) -> Callable[[Line], float | None]:
    return lambda line: None if line.spread is None else round(float(read(line.spread)), 1)


COLUMNS: list[Column[Line]] = [
    Column("about", gettext_lazy("About"), lambda line: line.about),
    Column("name", gettext_lazy("Facet or ability"), lambda line: line.name),
    Column("count", gettext_lazy("People"), lambda line: line.spread.count if line.spread else None, is_number=True),
    Column("median", gettext_lazy("Median"), _percent(lambda each: each.median), is_number=True),
    Column("lower", gettext_lazy("Lower quartile"), _percent(lambda each: each.lower), is_number=True),
    Column("upper", gettext_lazy("Upper quartile"), _percent(lambda each: each.upper), is_number=True),
    Column("high", gettext_lazy("Percent at 50 or more"), _percent(lambda each: each.share_high * 100), is_number=True),
]


def lines(group: Any) -> list[Line]:
    """The rows of the table: four facets, eight abilities and their mean."""
    names = dict(pictures.ability_names())
    support, ability = _("support"), _("ability")
    rows = [Line(support, str(facet.label), spread) for facet, spread in group.facets.items()]
    rows += [Line(ability, names[key], spread) for key, spread in group.abilities.items()]
    return [*rows, Line(ability, _("all eight together"), group.capability)]


def table(exploration: Exploration, context: dict[str, Any], *, form: str) -> HttpResponseBase:
    """The results as a file; empty figures before five have answered."""
    return file_of(COLUMNS, lines(context["group"]), name=f"{exploration.title} {exploration.opens_on}", form=form)


@public(find=queries.find)
def drawing(request: PageRequest, exploration: Exploration) -> HttpResponseBase:
    """The diamond as an SVG file that needs nothing of the page around it."""
    context = _told(request, exploration)
    return _file(svg(context["diamond"]).encode(), exploration, "image/svg+xml", "svg")


@public(find=queries.find)
def report(request: PageRequest, exploration: Exploration) -> HttpResponseBase:
    """The results as a report to print."""
    context = _told(request, exploration)
    made = pdf("explorations/report.typ", report_data(exploration, context), at=timezone.now())
    return _file(made, exploration, "application/pdf", "pdf")


def svg(picture: Any) -> str:
    return render_to_string("explorations/diamond.svg", {"picture": picture})


def report_data(exploration: Exploration, context: dict[str, Any]) -> dict[str, Any]:
    """The words and figures of the report, all of them plain text."""
    count = context["group"].count
    data: dict[str, Any] = {
        "title": exploration.title,
        "kicker": exploration.organisation_name,
        "language": get_language() or "en",
        "made": _("%(count)s people had answered by %(day)s.")
        % {"count": count, "day": date_format(timezone.localdate(), "j F Y")},
        "footer": _("Facets: OECD Observatory of Public Sector Innovation. Wording and scoring: Polyfolio."),
        "page_of": _("Page {page} of {pages}"),
        "svg": svg(context["diamond"]),
        "alt": _("The diamond of support: %s") % "; ".join(_said(row) for row in context["rows"]),
        "support_heading": _("What finds support"),
        "support_heads": [_("Facet"), _("Median"), _("Middle half"), _("People at 50 % or more")],
        "support": [_cells(str(row.facet.label), row.spread, with_high=True) for row in context["rows"]],
        "reading_heading": _("How it can be read"),
        "reading": context["reading"],
        "ability_heading": _("Ability to innovate"),
        "ability_heads": [_("Ability"), _("Median"), _("Middle half")],
        "abilities": [
            _cells(line.name, line.spread, with_high=False)
            for line in lines(context["group"])
            if line.about == _("ability")
        ],
        "gaps": [],
    }
    if context.get("gaps"):
        data |= {
            "gap_heading": _("Support beside activity"),
            "gap_lead": _("How support is shared out among the facets, and how the portfolio “%s” is.")
            % exploration.portfolio,
            "gap_heads": [_("Facet"), _("Support"), _("Activity"), _("Difference, points")],
            "gaps": [
                [str(row.facet.label), percent(row.support), percent(row.activity), signed(row.points)]
                for row in context["gaps"]
            ],
        }
    return data


def _told(request: PageRequest, exploration: Exploration) -> dict[str, Any]:
    """The results; 404 before five have answered."""
    context = results.shown(exploration, request.user)
    if not context["group"].is_shown:
        raise Http404
    return context


def _cells(name: str, spread: Spread | None, *, with_high: bool) -> list[str]:
    if spread is None:
        return [name, *["–"] * (3 if with_high else 2)]
    cells = [name, percent(round(spread.median)), f"{round(spread.lower)}–{percent(round(spread.upper))}"]
    return [*cells, percent(round(spread.share_high * 100))] if with_high else cells


def _said(row: pictures.Row) -> str:
    return f"{row.facet.label} {percent(row.median)}"


def _file(content: bytes, exploration: Exploration, content_type: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    name = slugify(f"{exploration.title} {exploration.opens_on}") or "exploration"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
