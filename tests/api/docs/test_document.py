from __future__ import annotations

from collections import Counter

import pytest

from polyfolio.api.frame.routes import declared
from polyfolio.api.frame.shapes import Given, Shape
from polyfolio.api.service import service
from tests.api.conftest import Caller


def below(kind: type) -> set[type]:
    return {found for each in kind.__subclasses__() for found in (each, *below(each))}


def test_every_shape_has_a_name_of_its_own() -> None:
    ours = [each for each in below(Shape) | below(Given) if each.__module__.startswith("polyfolio.")]
    twice = [
        name for name, count in Counter(each.__name__ for each in ours if "[" not in each.__name__).items() if count > 1
    ]

    assert twice == []


def test_document_is_at_its_fixed_address(anybody: Caller) -> None:
    answered = anybody.get("/openapi.json")

    assert (answered.status, answered.body["openapi"], answered.body["info"]["title"]) == (200, "3.1.0", "Polyfolio")


def test_document_names_every_route() -> None:
    document = service.get_openapi_schema()
    named = {operation["operationId"] for path in document["paths"].values() for operation in path.values()}

    assert named == {route.name for route in declared}


@pytest.mark.parametrize("status", ["401", "404", "422", "429"])
def test_document_says_each_refusal_once(status: str) -> None:
    document = service.get_openapi_schema()
    said = {
        str(operation["responses"][status])
        for path in document["paths"].values()
        for operation in path.values()
        if status in operation["responses"]
    }

    assert said == {str({"$ref": f"#/components/responses/Refused{status}"})}


def test_document_explains_every_call_and_parameter() -> None:
    document = service.get_openapi_schema()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    dumb = [each["operationId"] for each in operations if not each["summary"] or "Who may" not in each["description"]]
    unexplained = [
        f"{each['operationId']} {parameter['name']}"
        for each in operations
        for parameter in each["parameters"]
        if "name" in parameter and not parameter.get("description")
    ]

    assert (dumb, unexplained) == ([], [])


def test_start_leads_everywhere(anybody: Caller) -> None:
    start = anybody.get("/").body

    assert start["document"] == "/api/v1/openapi.json"
    assert start["lists"]["initiatives"] == "/api/v1/initiatives"
    assert [anybody.get(where).status in {200, 401} for where in start["lists"].values()] == [True] * len(
        start["lists"]
    )
