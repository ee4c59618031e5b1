"""Where a program begins."""

from __future__ import annotations

from pydantic import Field

from polyfolio.api.frame.requests import ApiRequest
from polyfolio.api.frame.routes import Routes, declared
from polyfolio.api.frame.shapes import Shape, address

routes = Routes("Start", "Where a program begins.")


class StartShape(Shape):
    """What there is, and where it is explained."""

    document: str = Field(description="The OpenAPI document.", examples=["/api/v1/openapi.json"])
    guide: str = Field(description="The same for people.", examples=["/api/v1/docs"])
    lists: dict[str, str] = Field(description="Every list that needs nothing else named, by what it lists.")


@routes.get("/")
def start(_request: ApiRequest) -> StartShape:
    """What there is."""
    lists = {route.path.strip("/"): address(route.path.strip("/")) for route in declared if route.is_list}
    return StartShape(
        document=address("openapi.json"),
        guide=address("docs"),
        lists={name: where for name, where in sorted(lists.items()) if "{" not in name},
    )
