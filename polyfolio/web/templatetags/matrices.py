"""The cells of a hole matrix, of which a page may have hundreds: written at once, not by a template each."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polyfolio.lib.pictures.holes import Cell, CellKind, Row
from polyfolio.web.templatetags.look import number

register = template.Library()


@register.simple_tag
def cells(row: Row) -> SafeString:
    """Every cell of a row, each a link to its list (where it has one) with its place and count in words."""
    name, wanted = escape(row.heading.label), escape(_("wanted"))
    return SafeString("".join(f"<td>{_cell(cell, name, wanted)}</td>" for cell in row.cells))


def _cell(cell: Cell, row: str, wanted: str) -> str:
    is_hole = cell.kind is CellKind.HOLE
    count = number(cell.count) if cell.count or is_hole else "·"
    tone = "is-hole" if is_hole else f"heat-{cell.level}" if cell.level else "is-none"
    shown = f"<span>{count}</span> <small>{wanted}</small>" if is_hole else f"<span>{count}</span>"
    if not cell.href:
        return f'<span class="cell number {tone}">{shown}</span>'
    said = f"{row}, {escape(cell.column.label)}: {count}"
    if is_hole:
        said += f" {wanted}: {escape(cell.reason)}" if cell.reason else f" {wanted}"
    return f'<a href="{escape(cell.href)}" class="cell number {tone}" data-item aria-label="{said}">{shown}</a>'
