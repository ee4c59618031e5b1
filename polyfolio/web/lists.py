"""A list that can be filtered, sorted, linked to, and exported exactly as filtered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from polyfolio.lib.tables import Column, csv_lines, xlsx_file
from polyfolio.web.pages import PER_PAGE, paginate

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTS = ("csv", "xlsx")


@dataclass(frozen=True)
class ColumnChoice:
    """A column, whether it is shown, and the address that shows or hides it."""

    column: Column[Any]
    is_shown: bool
    query: str


@dataclass(frozen=True)
class Listing:
    """What a list page shows: the page of rows, the columns chosen, and the order. `export` answers as a file.

    `choices` are all columns of the list, each with the address that shows or hides it.
    """

    rows: Page[Any]
    columns: Sequence[Column[Any]]
    sort: str
    choices: Sequence[ColumnChoice] = ()

    @property
    def total(self) -> int:
        return self.rows.paginator.count


def chosen_columns(request: HttpRequest, columns: Sequence[Column[Any]]) -> list[Column[Any]]:
    """The columns of `?columns=name,kind`, in the list's own order; the default ones where none is named."""
    wanted = set(",".join(request.GET.getlist("columns")).split(","))
    chosen = [column for column in columns if column.name in wanted]
    return chosen or [column for column in columns if column.is_default]


def order(request: HttpRequest, columns: Sequence[Column[Any]], default: str) -> tuple[str, list[str]]:
    """The order of `?sort=name` or `?sort=-name`, and its names for `order_by`; rows that tie keep one order."""
    by_name = {column.name: column for column in columns if column.sort}
    asked = request.GET.get("sort", default)
    sort = asked if asked.removeprefix("-") in by_name else default
    names = by_name[sort.removeprefix("-")].sort
    sign = "-" if sort.startswith("-") else ""
    return sort, [f"{sign}{name}" for name in names] + ["pk"]


def listing(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Sequence[Column[Any]],
    *,
    sort: str,
    per_page: int = PER_PAGE,
) -> Listing:
    """The asked-for page of `rows`, sorted by the request or by `sort`."""
    sort, names = order(request, columns, sort)
    return Listing(
        rows=paginate(request, rows.order_by(*names), per_page=per_page),
        columns=chosen_columns(request, columns),
        sort=sort,
        choices=_choices(request, columns),
    )


def _choices(request: HttpRequest, columns: Sequence[Column[Any]]) -> list[ColumnChoice]:
    """Links instead of a form: a list stands inside the form of its filters, and forms do not nest."""
    shown = [column.name for column in chosen_columns(request, columns)]
    made = []
    for column in columns:
        is_shown = column.name in shown
        wanted = [name for name in shown if name != column.name] if is_shown else [*shown, column.name]
        query = request.GET.copy()
        query["columns"] = ",".join(wanted)
        for gone in ("page", "export"):
            query.pop(gone, None)
        made.append(ColumnChoice(column, is_shown, query.urlencode(safe=",")))
    return made


def export(request: HttpRequest, listed: Listing, *, name: str) -> HttpResponseBase | None:
    """The whole filtered list as the file that `?export=csv|xlsx` asks for, else None."""
    form = request.GET.get("export")
    if form not in EXPORTS:
        return None
    every: Any = listed.rows.paginator.object_list
    return file_of(listed.columns, _in_chunks(every), name=name, form=form)


def file_of(columns: Sequence[Column[Any]], rows: Iterable[Any], *, name: str, form: str) -> HttpResponseBase:
    """A table as a download named after `name`."""
    file_name = f"{slugify(name) or 'polyfolio'}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx_file(columns, rows), as_attachment=True, filename=file_name, content_type=XLSX)
    answer = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


def _in_chunks(rows: Any) -> Iterable[Any]:
    return rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else rows
