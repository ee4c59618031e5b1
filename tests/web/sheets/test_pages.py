"""Bringing a table of placements by the pages: template, preview, taking over, undo, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from polyfolio.lib import sheets as reading
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.models import Placement, PlacementSheet
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    network = make_network()
    return make_portfolio(network, core=[make_initiative(network, slug="apples", title={"en": "=Apples"})])


def at(portfolio: Portfolio, what: str = "import/") -> str:
    return f"/portfolios/{portfolio.slug}/placements/{what}"


def bring(client: Client, portfolio: Portfolio, content: bytes, name: str = "table.csv") -> Any:
    return client.post(at(portfolio), {"file": SimpleUploadedFile(name, content)}, follow=True)


def body(answer: Any) -> bytes:
    found: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found


def test_table_from_preview_to_undo(client: Client, portfolio: Portfolio) -> None:
    client.force_login(make_steward(portfolio))
    content = b"Slug;Purpose;Driver;Why\napples;mis;mis;<b>So</b>\npears;mis;mis;\n"

    preview = bring(client, portfolio, content).content.decode()
    sheet = PlacementSheet.objects.get()
    counts = [Placement.objects.count()]
    client.post(at(portfolio, f"import/{sheet.pk}/take-over/"))
    counts.append(Placement.objects.count())
    again = client.post(at(portfolio, f"import/{sheet.pk}/take-over/"), follow=True).content.decode()
    undone = client.post(at(portfolio, f"import/{sheet.pk}/undo/"), follow=True).content.decode()
    twice = client.post(at(portfolio, f"import/{sheet.pk}/undo/"), follow=True).content.decode()

    assert ("pears" in preview, "&lt;b&gt;So" in preview, "Take over this row" in preview) == (True, True, True)
    assert [*counts, Placement.objects.count()] == [0, 1, 0]
    assert "taken over already" in again
    assert "This table is taken back" in undone
    assert "Only a table that was taken over" in twice


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_template_brought_back_changes_nothing(kind: str, client: Client, portfolio: Portfolio) -> None:
    steward = make_steward(portfolio)
    initiative = portfolio.entries.get().initiative
    make_placement(portfolio, initiative, "mis", assessor=steward, rationale="+ it works", shares={"mis": 100.0})
    make_stay(portfolio, initiative)
    client.force_login(steward)

    template = body(client.get(at(portfolio, f"template/?export={kind}")))
    bring(client, portfolio, template, f"t.{kind}")

    found = PlacementSheet.objects.get()
    assert (found.rows, found.problems, found.unchanged) == ([], [], 1)
    if kind == "csv":
        assert b"'=Apples" in template
        assert b"'+ it works" in template


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\x00\x00", "cannot be read as a table"),
        (b"PK\x03\x04 broken", "cannot be read as a table"),
        (b"a;b\n" * 10_002, "more than 10,000 rows"),
        (b"x" * (reading.MOST_BYTES + 1), "larger than 5 MB"),
    ],
    ids=["empty", "picture", "broken", "rows", "bytes"],
)
def test_what_is_no_table_is_refused(content: bytes, words: str, client: Client, portfolio: Portfolio) -> None:
    client.force_login(make_steward(portfolio))

    answer = bring(client, portfolio, content)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not PlacementSheet.objects.exists()


def test_no_file_and_a_huge_one_are_refused(client: Client, portfolio: Portfolio, settings: Any) -> None:
    client.force_login(make_steward(portfolio))
    nothing = client.post(at(portfolio), {})
    settings.POLYFOLIO_UPLOAD_LIMIT_MB = 0
    huge = bring(client, portfolio, b"Slug\napples\n")

    assert (nothing.status_code, huge.status_code) == (422, 422)
    assert "Choose a file first." in nothing.content.decode()
    assert "larger than" in huge.content.decode()


def test_who_may_bring_and_see(client: Client, portfolio: Portfolio) -> None:
    brought = PlacementSheet.objects.create(
        portfolio=portfolio, name="a.csv", brought_by=make_member(portfolio), rows=[]
    )
    found = []
    for person in (None, make_user(), make_member(portfolio), make_steward(portfolio)):
        client.logout()
        if person is not None:
            client.force_login(person)
        found.append([client.get(at(portfolio, what)).status_code for what in ("import/", f"import/{brought.pk}/")])

    assert found == [[302, 302], [403, 403], [200, 403], [200, 200]]


def test_pages_cost_the_same_for_much_as_for_little(
    client: Client, portfolio: Portfolio, queries_of: Callable[[str], int]
) -> None:
    client.force_login(make_steward(portfolio))
    few = [queries_of(at(portfolio, what)) for what in ("import/", "template/?export=csv")]
    for number in range(20):
        make_entry(portfolio, make_initiative(portfolio.network))
        PlacementSheet.objects.create(portfolio=portfolio, name=f"{number}.csv", brought_by=make_user())

    assert [queries_of(at(portfolio, what)) for what in ("import/", "template/?export=csv")] == few
