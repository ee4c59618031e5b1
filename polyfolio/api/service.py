"""The REST API under /api/v1/: every resource's routes, one way to refuse, one document."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from polyfolio.api.docs.document import tidied
from polyfolio.api.docs.pages import Guide
from polyfolio.api.frame.codec import Renderer, StrictParser
from polyfolio.api.frame.problems import HANDLERS
from polyfolio.api.frame.routes import Routes
from polyfolio.api.records import (
    changes,
    entries,
    figures,
    home,
    imports,
    initiatives,
    links,
    me,
    money,
    networks,
    organisations,
    persons,
    portfolios,
    resources,
    search,
    sensemaking,
    start,
    statements,
    vocabulary,
)

ABOUT = """\
Everything that the pages show and do, as JSON: networks and their organisations, initiatives, resources and
portfolios, what is missing in them, and how they changed.

**Who asks.** Send `Authorization: Bearer …` with a token of your account. Without one you see what is public.
A token may do what its person may do; one that is read-only may not write.

**Texts** that exist in several languages are one object, language → text. Dates are `2025-11-03`, instants are in
UTC, amounts are text with their currency beside them. What is not known is `null` or empty, never 0.

**Lists** answer `limit` rows (at most 200) from `offset` on, with the `total`; the `Link` header leads on.

**Conditions.** Each answer has an `ETag`. Send it as `If-None-Match` to get 304 where nothing changed, or as
`If-Match` with a write to get 412 where somebody changed the record since you read it.

**Refusals** all have one body: `detail` lists where something is wrong, what, and what to do. Nothing was changed then.

**Undo.** A write names in `Link` (`rel="undo"`), a deletion in its body, the address that takes it back.
"""

ROUTES: tuple[Routes, ...] = tuple(
    room.routes
    for room in (
        start,
        me,
        home,
        search,
        networks,
        organisations,
        persons,
        initiatives,
        money,
        links,
        resources,
        portfolios,
        statements,
        entries,
        sensemaking,
        figures,
        imports,
        changes,
        vocabulary,
    )
)


class Service(NinjaAPI):
    """ninja's API with our document."""

    _document: dict[str, Any] | None = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document; it is the same for everybody and made once per process."""
        if self._document is None:
            made = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            self._document = tidied(made, ROUTES)
        return self._document  # type: ignore[return-value]  # ninja only renders it


service = Service(
    title="Polyfolio",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api",
    docs=Guide(),
    parser=StrictParser(),
    renderer=Renderer(),
)
for _kind, _handler in HANDLERS:
    service.add_exception_handler(_kind, _handler)
for _routes in ROUTES:
    service.add_router("", _routes.router)
