"""Single initiatives on the diamond, and what people said who placed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.sensemaking.arithmetic.diamond import facets_at
from polyfolio.sensemaking.models import Placement, Standing
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.web.placements.words import DRIVER, PURPOSE, title_of
from polyfolio.web.templatetags.look import facet_name

IN_TIP = 160
VOICES_IN_TIP = 4


@dataclass(frozen=True)
class Voice:
    """The latest view of one person, or what was agreed; visitors read what was said, not who said it."""

    who: str
    purpose: str
    driver: str
    facets: Sequence[str]
    rationale: str
    is_agreed: bool

    @property
    def words(self) -> str:
        """The view as one line."""
        who = _("agreed") if self.is_agreed else self.who
        answers = _("%(purpose)s; pushed by: %(driver)s") % {"purpose": self.purpose, "driver": self.driver}
        said = answers if self.purpose else ", ".join(self.facets)
        line = f"{who}: {said}" if who else said
        return f"{line}. “{Truncator(self.rationale).chars(IN_TIP)}”" if self.rationale else line


@dataclass(frozen=True)
class PointRow:
    """An initiative on the diamond, as the table beside it shows it."""

    standing: Standing
    facets: Sequence[str]
    voices: Sequence[Voice]


def rows_of(held: Holding, standings: Sequence[Standing], viewer: Viewer) -> list[PointRow]:
    """The points with what was said about each. One query."""
    is_named = bool(viewer is not None and viewer.is_authenticated)
    voices = _voices(held, standings, is_named=is_named)
    return [
        PointRow(
            standing=each,
            facets=each.facets.split() or ["mixed"],
            voices=voices.get((each.portfolio_id, each.initiative_id), ()),
        )
        for each in standings
    ]


def tips(rows: Sequence[PointRow]) -> Mapping[int, str]:
    """By initiative what hovering a contested one says: who placed it where, and why."""
    found = {}
    for row in rows:
        if row.standing.is_contested:
            lines = [voice.words for voice in row.voices[:VOICES_IN_TIP]]
            more = len(row.voices) - len(lines)
            found[row.standing.initiative_id] = "\n".join(
                ["", *lines, *([_("and %s more") % more] if more > 0 else [])]
            )
    return found


def table_rows(rows: Sequence[PointRow]) -> SafeString:
    """The body of the table of points. By hand: a template of four hundred rows took a tenth of a second."""
    yes, agreed = _("yes"), _("agreed")
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td><td>{}</td><td class="number">{}, {}</td>'
        "<td>{}</td></tr>",
        (
            (
                row.standing.initiative.get_absolute_url(),
                row.standing.initiative.label,
                format_html_join("", "<div>{}</div>", ((voice.words,) for voice in row.voices)),
                ", ".join([*map(facet_name, row.facets), *([agreed] if row.standing.is_agreed else [])]),
                f"{row.standing.x:.2f}",
                f"{row.standing.y:.2f}",
                yes if row.standing.is_contested else "",
            )
            for row in rows
        ),
    )


def _voices(held: Holding, standings: Sequence[Standing], *, is_named: bool) -> dict[tuple[int, int], list[Voice]]:
    """The latest view of each person by (portfolio, initiative)."""
    ids = [each.initiative_id for each in standings]
    rows = Placement.objects.filter(portfolio__in=held.portfolio_ids, frame=held.facet_frame, initiative__in=ids)
    latest: dict[tuple[int, int], dict[Any, Placement]] = defaultdict(dict)
    for each in rows.order_by("placed_at", "pk"):
        who = (each.is_agreed, None if each.is_agreed else each.assessor_id or each.assessor_label)
        latest[each.portfolio_id, each.initiative_id][who] = each
    return {key: [_voice(each, is_named=is_named) for each in found.values()] for key, found in latest.items()}


def _voice(placement: Placement, *, is_named: bool) -> Voice:
    return Voice(
        who=placement.assessor_label if is_named else "",
        purpose=str(title_of(PURPOSE, placement.purpose)),
        driver=str(title_of(DRIVER, placement.driver)),
        facets=[facet.value for facet in facets_at(placement.x, placement.y)] or ["mixed"],
        rationale=placement.rationale if is_named else "",
        is_agreed=placement.is_agreed,
    )
