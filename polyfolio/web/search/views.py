"""Search over everything: the page, its filters, what is suggested while typing, and the file of what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from polyfolio.people.access import STEWARDING, access_of
from polyfolio.search import queries
from polyfolio.search.building import SearchQuery
from polyfolio.search.queries import Hit, SearchResults
from polyfolio.web.lists import EXPORTS, file_of
from polyfolio.web.pages import PageRequest, is_fragment, public, show
from polyfolio.web.search import filters
from polyfolio.web.search.addresses import MOST_PAGES, PER_PAGE, SORTS, VIEWS, Asked, asked
from polyfolio.web.search.hits import shown
from polyfolio.web.search.labels import KIND_ICONS, KIND_LABELS, seen_filters
from polyfolio.web.search.rows import COLUMNS, columns, rows

SHORTEST_BEGINNING = 2
BEGINNING_THAT_TELLS = 3
SORT_LABELS = {"relevance": _("best match"), "title": _("title"), "newest": _("newest change"), "start": _("start")}
VIEW_LABELS = {"list": _("list"), "table": _("table")}


@public()
def search(request: PageRequest) -> HttpResponseBase:
    """Results first; the filters with their counts come a moment later in their own fragment."""
    wanted = _asked(request)
    query = _query(request, wanted)
    if request.GET.get("export") in EXPORTS:
        return _export(request, wanted, query)
    found, page = _page(query, wanted)
    context = {
        "asked": wanted,
        "search_words": wanted.words,
        "found": found,
        "page": page,
        "is_cut": found.total > MOST_PAGES * PER_PAGE and page.number == MOST_PAGES,
        "chips": filters.chips(wanted, request.user),
        "bare_query": wanted.bare(),
        "sorts": _sorts(wanted),
        "views": [(name, VIEW_LABELS[name], replace(wanted, view=name).query()) for name in VIEWS],
        "same_query": wanted.query(),
        "wide_query": wanted.query(filters="1"),
        "did_you_mean_query": wanted.query(q=found.did_you_mean) if found.did_you_mean else "",
        "columns": columns(wanted.columns),
        "choosable": COLUMNS,
        "may_make_portfolio": bool(found.total) and _may_make_portfolio(request),
        "groups": filters.groups(wanted, query, request.user) if wanted.is_wide else None,
        **_rows(request, wanted, found),
    }
    return _with_address(request, wanted, show(request, "search/search.html", context, fragment="search/_results.html"))


@public()
def facets(request: PageRequest) -> HttpResponseBase:
    """The filters of a search with their counts; `filters=1` gives every one, `all=country` every value of one."""
    wanted = _asked(request)
    context = {
        "asked": wanted,
        "groups": filters.groups(wanted, _query(request, wanted), request.user),
        "wide_query": wanted.query(filters="1"),
        "same_query": wanted.query(),
    }
    return show(request, "search/_facets.html", context)


@public()
def suggest(request: PageRequest) -> HttpResponseBase:
    """The best few records by kind while somebody types, the kind of the best one first."""
    words = asked(request.GET).words
    words = words if len(words) >= SHORTEST_BEGINNING else ""
    tokens = access_of(request.user).tokens()
    found = queries.suggest(words, tokens, languages=_languages())
    begun = words.rpartition(" ")
    if not found and len(begun[-1]) < BEGINNING_THAT_TELLS:
        found = queries.suggest(begun[0], tokens, languages=_languages())
    groups = [
        (
            KIND_LABELS.get(kind, kind),
            [{"title": hit.title, "href": hit.address, "icon": KIND_ICONS.get(kind, "file-text")} for hit in hits],
        )
        for kind, hits in found.items()
    ]
    return show(request, "_suggestions.html", {"groups": groups, "words": words})


def _asked(request: PageRequest) -> Asked:
    """The search of the address, with the table's own columns, none of them named where they are the usual ones."""
    wanted = asked(request.GET)
    names = tuple(column.name for column in columns(wanted.columns))
    return replace(wanted, columns=() if names == tuple(column.name for column in columns(())) else names)


def _with_address(request: PageRequest, wanted: Asked, answer: HttpResponse) -> HttpResponse:
    """A part of the page tells the browser the address of the whole; each choice can be gone back from, not each
    letter.
    """
    if is_fragment(request):
        is_typing = "search-words" in request.headers.get("HX-Source", "")
        answer["HX-Replace-Url" if is_typing else "HX-Push-Url"] = f"{request.path}?{wanted.query()}"
    return answer


def _query(request: PageRequest, wanted: Asked) -> SearchQuery:
    return SearchQuery(
        words=wanted.words,
        filters=seen_filters(wanted.filters, request.user),
        visible_to=access_of(request.user).tokens(),
        languages=_languages(),
        sort=wanted.sort,
        offset=(wanted.page - 1) * PER_PAGE,
        limit=PER_PAGE,
    )


def _languages() -> tuple[str, ...]:
    return ((get_language() or "en").split("-")[0],)


def _page(query: SearchQuery, wanted: Asked) -> tuple[SearchResults, Page[Any]]:
    """The asked-for page; where there is none of that number, the last one."""
    found = queries.search(query)
    page = Paginator(range(min(found.total, MOST_PAGES * PER_PAGE)), PER_PAGE).get_page(wanted.page)
    if page.number != wanted.page and found.total:
        found = queries.search(replace(query, offset=(page.number - 1) * PER_PAGE))
    return found, page


def _rows(request: PageRequest, wanted: Asked, found: SearchResults) -> dict[str, Any]:
    """What was found as a list or as a table."""
    if wanted.view == "table":
        return {"rows": list(rows(map(_record, found.hits), columns(wanted.columns), request.user))}
    return {"hits": shown(found.hits, request.user)}


def _record(hit: Hit) -> tuple[str, int]:
    return hit.kind, hit.object_id


def _sorts(wanted: Asked) -> list[tuple[str, Any, str]]:
    usable = [name for name in SORTS if name != "relevance" or wanted.words]
    return [(name, SORT_LABELS[name], replace(wanted, sort=name).query()) for name in usable]


def _may_make_portfolio(request: PageRequest) -> bool:
    """Whether there is a network in which this person may begin a portfolio with what was found."""
    access = access_of(request.user)
    return access.is_admin or bool(access.ids("network", STEWARDING))


def _export(request: PageRequest, wanted: Asked, query: SearchQuery) -> HttpResponseBase:
    """Exactly what was found, in its order, with the shown columns."""
    shown_columns = columns(wanted.columns)
    found = rows(queries.matching_ids(query), shown_columns, request.user)
    return file_of(shown_columns, found, name=wanted.words or "polyfolio", form=request.GET["export"])
