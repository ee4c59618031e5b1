"""`polyfolio search` and `polyfolio reindex`: what scripts read, and what people read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from polyfolio.cli.commands import app
from polyfolio.search.actions import index
from polyfolio.search.storage import reader
from polyfolio.search.storage.store import store
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member
from tests.factories.portfolios import make_initiative

pytestmark = pytest.mark.django_db
runner = CliRunner()


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.POLYFOLIO_INDEX = tmp_path / "index"
    yield
    reader.forget()


def read(*arguments: str) -> dict[str, Any]:
    ended = runner.invoke(app, ["search", *arguments, "--json"])
    assert ended.exit_code == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_search_as_json() -> None:
    initiative = make_initiative(title={"en": "Water tanks"}, summary={"en": "Tanks on lease."})
    index.rebuild()

    found = read("water")

    [hit] = found.pop("results")
    assert (found.pop("took_ms") > 0, hit.pop("score") > 0) == (True, True)
    assert found == {"words": "water", "total": 1, "did_you_mean": None}
    assert hit == {
        "type": "initiative",
        "id": initiative.pk,
        "title": "Water tanks",
        "address": f"/initiatives/{initiative.slug}/",
        "excerpt": "Tanks on lease.",
    }


def test_search_says_what_was_meant() -> None:
    make_initiative(title={"en": "Water tanks"})
    index.rebuild()

    found = read("watre")

    assert (found["did_you_mean"], found["total"]) == ("water", 1)


def test_search_by_type_and_limit() -> None:
    make_initiative(title={"en": "Water tanks"})
    make_organisation(title={"en": "Water works"})
    make_organisation(title={"en": "Water guild"})
    index.rebuild()

    found = read("water", "--type", "organisation", "--limit", "1")

    assert (found["total"], [hit["type"] for hit in found["results"]]) == (2, ["organisation"])


def test_search_as_somebody_sees_what_they_see() -> None:
    network = make_network()
    member = make_member(network)
    make_initiative(network, title={"en": "Water tanks"}, visibility="network")
    index.rebuild()

    assert (read("water")["total"], read("water", "--as", member.email.upper())["total"]) == (0, 1)


def test_search_for_people() -> None:
    make_initiative(title={"en": "Water [tanks]"})
    index.rebuild()

    ended = runner.invoke(app, ["search", "watre"])

    assert ended.exit_code == 0
    assert "Water [tanks]" in ended.stdout
    assert "1 of 1 results." in ended.stdout
    assert "Did you mean: water" in ended.stdout


def test_search_refuses_an_unknown_account() -> None:
    ended = runner.invoke(app, ["search", "water", "--as", "nobody@example.org"])

    assert (ended.exit_code, "no account with the address nobody@example.org" in ended.stderr) == (1, True)


def test_search_without_an_index_says_what_to_run() -> None:
    ended = runner.invoke(app, ["search", "water"])

    assert (ended.exit_code, "polyfolio reindex" in ended.stderr) == (1, True)


def test_reindex_builds() -> None:
    make_initiative(title={"en": "Water tanks"})

    ended = runner.invoke(app, ["reindex"])

    assert (ended.exit_code, "The index is built." in ended.stdout, read("water")["total"]) == (0, True, 1)


def test_reindex_leaves_it_to_whoever_is_at_it() -> None:
    with store().rebuilding():
        ended = runner.invoke(app, ["reindex"])

    assert (ended.exit_code, "Another process is building the index" in ended.stderr) == (1, True)
