"""How a resource declares its routes: the path, who may, how the record is found, what is answered.

    routes = Routes("Networks", "Organisations that change something together.")

    @routes.get("/networks/{slug}", find=networks.find)
    def show(request: ApiRequest, network: Network) -> NetworkShape: ...

    @routes.patch("/networks/{slug}", whoever_may("network.change_network"), find=networks.find)
    def change(request: OurRequest, network: Network, given: NetworkGiven) -> NetworkShape: ...

    @routes.list("/networks", shape=network_row, sorts={"label": ("label",)})
    def every(request: ApiRequest, filters: Query[NetworkFilters]) -> QuerySet[Network]: ...

A view takes the request, the record where there is a `find`, what else it names of the address, and its parameters.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Router
from ninja.params.models import Path, Query
from ninja.responses import Status

from polyfolio.api.frame.conditions import conditional
from polyfolio.api.frame.gates import PUBLIC, Find, Gate, WhoMay
from polyfolio.api.frame.paging import FARTHEST, MOST_ROWS, PER_PAGE, Paging, links, page
from polyfolio.api.frame.problems import Problems
from polyfolio.api.frame.shapes import LARGEST_ID, Given, Page

View = TypeVar("View", bound=Callable[..., Any])
Sorts = Mapping[str, Sequence[str]]
Prepare = Callable[[Sequence[Any], Any], Sequence[Any]]

IN_PATH = re.compile(r"{(?:(\w+):)?(\w+)}")
READ_PROBLEMS = (400, 401, 403, 404, 422, 429)
WRITE_PROBLEMS = (400, 401, 403, 404, 409, 412, 413, 422, 429)
PATH_WORDS = {
    "slug": "The name of the record in addresses.",
    "pk": "The number of the record.",
}


@dataclass(frozen=True)
class Route:
    """One declared route, for the document and the tests that enumerate them."""

    method: str
    path: str
    who: WhoMay
    find: Find | None
    name: str
    given: type | None
    is_list: bool


declared: list[Route] = []


class Routes:
    """The routes of one kind of record, grouped under `title` in the document."""

    def __init__(self, title: str, about: str) -> None:
        self.title = title
        self.about = about
        self.router = Router(tags=[title])
        self.router.add_decorator(conditional, mode="view")

    def get(self, path: str, who: WhoMay = PUBLIC, *, find: Find | None = None) -> Callable[[View], View]:
        """One record, or one answer."""
        return self._single("GET", path, who, find)

    def post(self, path: str, who: WhoMay, *, find: Find | None = None, status: int = 201) -> Callable[[View], View]:
        return self._single("POST", path, who, find, status=status)

    def patch(self, path: str, who: WhoMay, *, find: Find | None = None) -> Callable[[View], View]:
        return self._single("PATCH", path, who, find)

    def put(self, path: str, who: WhoMay, *, find: Find | None = None) -> Callable[[View], View]:
        return self._single("PUT", path, who, find)

    def delete(self, path: str, who: WhoMay, *, find: Find | None = None) -> Callable[[View], View]:
        return self._single("DELETE", path, who, find)

    def list(
        self,
        path: str,
        who: WhoMay = PUBLIC,
        *,
        shape: Callable[..., Any],
        sorts: Sorts,
        find: Find | None = None,
        prepare: Prepare | None = None,
    ) -> Callable[[View], View]:
        """Rows of the query set that the view answers, a page at a time; `shape(row[, request])` says how one reads.

        They come in one of the orders of `sorts`, the first where none is asked for; one that is called `-name` falls.
        `prepare(rows, request)` sees the rows of a page together before each of them is shaped.
        """
        answers: Any = Page.__class_getitem__(get_type_hints(shape)["return"])

        def decorate(view: View) -> View:
            door = _listing(view, shape, sorts, answers, prepare)
            self._add(Route("GET", path, who, find, _name(view), door.given, is_list=True), view, door, {200: answers})
            return view

        return decorate

    def _single(
        self, method: str, path: str, who: WhoMay, find: Find | None, *, status: int = 200
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            door = _single(view, status)
            route = Route(method, path, who, find, _name(view), door.given, is_list=False)
            self._add(route, view, door, {status: door.hints["return"]})
            return view

        return decorate

    def _add(self, route: Route, view: Callable[..., Any], door: Door, answers: Mapping[int, Any]) -> None:
        refusals = READ_PROBLEMS if route.method == "GET" else WRITE_PROBLEMS
        self.router.add_api_operation(
            route.path,
            [route.method],
            _signed(view, door, route.path, takes_record=route.find is not None),
            auth=Gate(route.who, route.find),
            response={**answers, frozenset(refusals): Problems},
            operation_id=route.name,
            summary=_summary(view),
            description=_description(view),
            url_name=route.name,
            openapi_extra={"x-who-may": route.who.words()},
        )
        declared.append(route)


@dataclass(frozen=True)
class Door:
    """What ninja calls, the parameters it fills beside those of the address, and their types."""

    run: Callable[..., Any]
    extra: tuple[inspect.Parameter, ...]
    hints: dict[str, Any]

    @property
    def given(self) -> type | None:
        """The body's type, where the view takes one."""
        return next((each for each in self.hints.values() if _is_body(each)), None)


def _single(view: Callable[..., Any], status: int) -> Door:
    hints = get_type_hints(view, include_extras=True)

    def run(response: HttpResponse, *args: Any, **values: Any) -> Any:
        del response
        result = view(*args, **values)
        return result if isinstance(result, HttpResponse) else Status(status, result)

    return Door(run, (), hints)


def _listing(
    view: Callable[..., Any],
    shape: Callable[..., Any],
    sorts: Sorts,
    answers: type[Page[Any]],
    prepare: Prepare | None,
) -> Door:
    hints = get_type_hints(view, include_extras=True)
    first = next(iter(sorts))
    rising = {name.removeprefix("-"): [turned(name[:1], each) for each in names] for name, names in sorts.items()}
    order: Any = Literal[tuple(word for name in rising for word in (name, f"-{name}"))]
    words = "The order of the rows; a leading minus turns it round."
    takes_request = len(inspect.signature(shape).parameters) > 1

    def run(response: HttpResponse, *args: Any, limit: int, offset: int, sort: str = first, **values: Any) -> Page[Any]:
        rows: QuerySet[Any] = view(*args, **values)
        shaped = functools.partial(_shaped, shape, args[0]) if takes_request else shape
        names = [turned(sort[:1], name) for name in rising[sort.removeprefix("-")]]
        prepared = functools.partial(_prepared, prepare, args[0]) if prepare else None
        answer = page(rows.order_by(*names, "pk"), Paging(limit, offset), shaped, answers, prepared)
        response["Link"] = links(args[0], answer)
        return answer

    extra = (
        _keyword("limit", int, Query(PER_PAGE, ge=1, le=MOST_ROWS, description="How many rows to answer.")),
        _keyword("offset", int, Query(0, ge=0, le=FARTHEST, description="How many rows to pass over.")),
        _keyword("sort", order, Query(first, description=words)),
    )
    return Door(run, extra, hints)


def _shaped(shape: Callable[..., Any], request: Any, row: Any) -> Any:
    return shape(row, request)


def _prepared(prepare: Prepare, request: Any, rows: Sequence[Any]) -> Sequence[Any]:
    return prepare(rows, request)


def turned(sign: str, name: str) -> str:
    """A name for `order_by`, turned round where the sign says so."""
    if sign != "-":
        return name
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _signed(view: Callable[..., Any], door: Door, path: str, *, takes_record: bool) -> Callable[..., Any]:
    """A view as ninja takes it: a parameter for each part of the path, the view's own, and the response."""
    own = list(inspect.signature(view).parameters.values())[2 if takes_record else 1 :]
    in_path = [(name, kind) for kind, name in IN_PATH.findall(path)]
    names = {name for name, _kind in in_path}
    unwanted = names - {each.name for each in own}

    @functools.wraps(view)
    def run(request: Any, response: HttpResponse, **values: Any) -> Any:
        record = (request.found,) if takes_record else ()
        kept = {name: value for name, value in values.items() if name not in unwanted}
        return door.run(response, request, *record, **kept)

    parameters = [
        inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        _keyword("response", HttpResponse),
        *(_keyword(name, _path_type(name, kind)) for name, kind in in_path),
        *(_keyword(each.name, door.hints[each.name], each.default) for each in own if each.name not in names),
        *door.extra,
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what ninja reads
    return run


def _path_type(name: str, kind: str) -> Any:
    words = PATH_WORDS.get(name, "A part of the address.")
    if kind == "int":
        return Annotated[int, Path(..., description=words, ge=0, le=LARGEST_ID)]
    if kind == "slug":
        return Annotated[str, Path(..., description=words, pattern=r"^[-a-zA-Z0-9_]+$")]
    return Annotated[str, Path(..., description=words)]


def _keyword(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def _is_body(kind: Any) -> bool:
    return inspect.isclass(kind) and issubclass(kind, Given)


def _name(view: Callable[..., Any]) -> str:
    return f"{view.__module__.rpartition('.')[2]}_{view.__name__}"


def _summary(view: Callable[..., Any]) -> str:
    """The first sentence of what a view says of itself."""
    return inspect.cleandoc(view.__doc__ or view.__name__).splitlines()[0].strip().rstrip(".")


def _description(view: Callable[..., Any]) -> str:
    return "\n".join(inspect.cleandoc(view.__doc__ or "").splitlines()[1:]).strip()


__all__ = ["Page", "Query", "Route", "Routes", "declared"]
