"""Every call of the document with made-up parameters and bodies: nothing breaks, and every answer is as documented."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from polyfolio.config.wsgi import application
from tests.api.conftest import Caller
from tests.api.world import World
from tests.factories.people import make_admin

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
# With a number of examples in the environment, every boundary of every parameter is tried too, which takes minutes.
THOROUGH = int(os.environ.get("POLYFOLIO_API_EXAMPLES", "0"))
PHASES = [Phase.explicit, Phase.generate] if THOROUGH else [Phase.generate]

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@dataclass
class Asking:
    """An administrator's token, and a world whose records most calls are about."""

    secret: str
    world: World
    calls: count[int] = field(default_factory=count)

    def aim(self, case: schemathesis.Case) -> None:
        """Let three of four calls name records that are there, and none ask for a state that is made up."""
        case.headers.pop("If-Match", None)
        words = case.path.removeprefix("/api/v1").strip("/").split("/")
        place = self.world.places.get("/".join(words[:2])) or self.world.places.get(words[0]) or {}
        if next(self.calls) % 4 != 3:
            case.path_parameters |= {name: place[name] for name in case.path_parameters if name in place}


@pytest.fixture
def asking(public: World, caller: Callable[..., Caller]) -> Asking:
    return Asking(caller(make_admin()).secret, public)


@pytest.mark.skipif(
    os.environ.get("POLYFOLIO_TEST_ON") == "postgresql",
    reason="the in-process caller closes the connection that holds the test's transaction; it runs on SQLite",
)
@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=THOROUGH or 6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=PHASES,
    suppress_health_check=list(HealthCheck),
)
def test_call_answers_as_documented(case: schemathesis.Case, asking: Asking) -> None:
    asking.aim(case)

    case.call_and_validate(headers={"Authorization": f"Bearer {asking.secret}"}, checks=CHECKS)
