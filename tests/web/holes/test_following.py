"""What becomes of a hole: a need, a call, a question, or a decision to leave it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import subscribe, unsubscribe
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.events import HoleFollowedUp
from polyfolio.sensemaking.models import Decision, HoleFollowUp, WantedCell
from polyfolio.sensemaking.queries.intentions import wanted
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_wanted
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio() -> Portfolio:
    theme = make_theme(slug="looms", title={"en": "Looms"})
    network = make_network()
    return make_portfolio(network, core=[make_initiative(network, themes=[theme])])


@pytest.fixture
def cell(portfolio: Portfolio) -> WantedCell:
    return make_wanted(portfolio, "looms", "blue")


def address(cell: WantedCell, step: str = "") -> str:
    return f"/portfolios/{cell.portfolio.slug}/holes/{cell.pk}/{step}"


def listed(client: Client, portfolio: Portfolio, query: str = "") -> str:
    answer: Any = client.get(f"/portfolios/{portfolio.slug}/wanted/{query}")
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("kind", ["need", "call", "question"])
def test_something_is_made_of_a_hole_and_told(
    kind: str, client: Client, cell: WantedCell, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[HoleFollowedUp] = []
    subscribe(HoleFollowedUp, heard.append)
    steward = make_steward(cell.portfolio)
    client.force_login(steward)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address(cell), {"kind": kind, "note": "Who mends looms in <b>blue</b>?"})
    unsubscribe(HoleFollowedUp, heard.append)

    assert heard == [HoleFollowedUp(cell.pk, kind)]
    made = HoleFollowUp.objects.get()
    assert (answer.status_code, made.kind, made.followed_by, made.wanted) == (302, kind, steward, cell)
    row = AuditRecord.objects.get(verb="portfolio.follow_hole")
    assert (row.subject_id, row.reason) == (cell.portfolio_id, "Who mends looms in <b>blue</b>?")
    page = listed(client, cell.portfolio)
    assert ("1 open hole" in page, "Who mends looms in &lt;b&gt;blue&lt;/b&gt;?" in page) == (True, True)


def test_leaving_a_hole_takes_it_off_the_open_ones_until_it_is_opened_again(client: Client, cell: WantedCell) -> None:
    client.force_login(make_steward(cell.portfolio))

    client.post(address(cell), {"kind": "leave", "note": "The neighbours do it."})

    decision = Decision.objects.get()
    assert (decision.kind, decision.origin_type, decision.origin_id) == ("leave", "hole", cell.pk)
    assert (decision.title, wanted(cell.portfolio)) == ("Leave it empty: Looms, Blue: carried out", [])
    page = listed(client, cell.portfolio)
    assert ("Left empty on purpose: 1" in page, "The neighbours do it." in page) == (True, True)
    matrix = client.get(f"/portfolios/{cell.portfolio.slug}/holes/").content.decode()
    assert "is-hole" not in matrix

    again = client.post(address(cell), {"kind": "leave", "note": "Again."})
    assert (again.status_code, "decided already" in again.content.decode()) == (422, True)
    client.post(address(cell, "reopen/"))

    decision.refresh_from_db()
    assert (decision.state, wanted(cell.portfolio)) == ("dropped", [cell])


def test_marking_a_left_cell_again_makes_it_wanted(client: Client, cell: WantedCell) -> None:
    client.force_login(make_steward(cell.portfolio))
    client.post(address(cell), {"kind": "leave", "note": "Later."})

    given = {"row": "theme", "row_key": "looms", "column": "zone", "column_key": "blue"}
    client.post(f"/portfolios/{cell.portfolio.slug}/holes/want/", given | {"threshold": 2, "reason": "After all."})

    assert [each.threshold for each in wanted(cell.portfolio)] == [2]


@pytest.mark.parametrize(
    "wrong", [{"kind": "prayer", "note": "x"}, {"kind": "need", "note": " "}, {"kind": "leave", "note": ""}, {}]
)
def test_what_says_nothing_is_refused(wrong: dict[str, str], client: Client, cell: WantedCell) -> None:
    client.force_login(make_steward(cell.portfolio))

    answer = client.post(address(cell), wrong or {"kind": ""})

    assert (answer.status_code, HoleFollowUp.objects.count(), Decision.objects.count()) == (422, 0, 0)


def test_only_stewards_make_something_of_it(client: Client, cell: WantedCell) -> None:
    found = [client.post(address(cell), {"kind": "need", "note": "x"}).status_code]
    client.force_login(make_member(cell.portfolio))
    found += [client.post(address(cell), {"kind": "need", "note": "x"}).status_code]
    found += [client.post(address(cell, "reopen/")).status_code]

    assert (found, "Record it" in client.get(address(cell)).content.decode()) == ([302, 403, 403], False)
    assert not HoleFollowUp.objects.exists()


def test_cell_on_a_row_that_is_gone_is_shown_to_stewards_alone(client: Client, portfolio: Portfolio) -> None:
    cell = make_wanted(portfolio, "felt", "blue")

    as_visitor = client.get(address(cell)).status_code, "felt" in listed(client, portfolio)
    client.force_login(make_steward(portfolio))

    assert as_visitor == (404, False)
    assert "its row or column is no longer there" in listed(client, portfolio)
    assert client.get(address(cell)).status_code == 200


def test_list_of_holes_is_a_file(client: Client, cell: WantedCell) -> None:
    client.force_login(make_steward(cell.portfolio))
    client.post(address(cell), {"kind": "call", "note": "Open until May."})

    lines = listed(client, cell.portfolio, "?export=csv").splitlines()

    assert len(lines) == 2
    assert lines[1].startswith("Looms,Blue: carried out,open,0,1,Nobody works on it yet.,")
    assert "open a call: Open until May." in lines[1]
