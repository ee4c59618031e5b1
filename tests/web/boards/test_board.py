"""The board: what it shows of whom, through which frame, and what its numbers open."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polyfolio.notify.models import Notice
from polyfolio.portfolios.models import Initiative, Portfolio, PortfolioRole
from polyfolio.sensemaking.models import Crosswalk, Frame, ZoneStay
from polyfolio.sensemaking.queries.frames import frame_of
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_axes, make_frame, make_placement, make_stay, zone
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["built-in", "own"])
def frame(request: pytest.FixtureRequest) -> tuple[Portfolio, Frame]:
    network = make_network()
    owner = make_organisation(network)
    portfolio = make_portfolio(
        network, core=[make_initiative(network, owners=[owner], title={"en": f"Work {name}"}) for name in "ABC"]
    )
    own = make_frame(portfolio)
    return portfolio, own if request.param == "own" else frame_of(portfolio, "zones")


def at(portfolio: Portfolio, query: str = "") -> str:
    return f"/portfolios/{portfolio.slug}/board/?{query}"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(html: str) -> dict[str, list[str]]:
    """By the code of a field the labels of the tokens in it."""
    parts = re.split(r'data-field="([\w-]*)"', html.partition('id="stays"')[0])
    return {
        code: re.findall(r'data-label="([^"]*)"', part) for code, part in zip(parts[1::2], parts[2::2], strict=True)
    }


def csv(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def work(portfolio: Portfolio) -> list[Initiative]:
    return list(Initiative.objects.filter(entries__portfolio=portfolio).order_by("label"))


def test_tokens_stand_in_the_fields_of_the_frame(client: Client, frame: Any) -> None:
    portfolio, through = frame
    first, second, third = through.regions.all()
    a, b, _c = work(portfolio)
    make_stay(portfolio, a, zone=first, since_on=date(2024, 1, 1), until_on=date(2024, 5, 1))
    make_stay(portfolio, a, zone=third, since_on=date(2024, 5, 1), driver="crisis", evidence="A contract")
    make_stay(portfolio, b, zone=first)

    html = page(client, at(portfolio, f"frame={through.code}"))

    assert drawn(html) == {first.code: ["Work B"], second.code: [], third.code: ["Work A"], "": ["Work C"]}
    assert f'data-trail="{first.code}"' in html
    for words in ("A contract", "scandal or crisis", "before: "):
        assert words in html
    assert "data-moves" not in html
    assert f'href="/initiatives/{a.slug}/"' in html


def test_each_number_opens_exactly_its_list(client: Client, frame: Any) -> None:
    portfolio, through = frame
    first, second, third = through.regions.all()
    a, b, c = work(portfolio)
    keeper = make_organisation(portfolio.network)
    PortfolioRole.objects.create(portfolio=portfolio, organisation=keeper)
    c.participations.create(organisation=keeper, role="funding")
    for each in (a, c):
        make_stay(portfolio, each, zone=first, since_on=date(2024, 1, 1), until_on=date(2024, 5, 1))
        make_stay(portfolio, each, zone=third, since_on=date(2024, 5, 1), driver="crisis")
    make_stay(portfolio, b, zone=second)

    html = page(client, at(portfolio, f"frame={through.code}"))

    numbers = re.findall(r'<td class="number"[^>]*><a href="([^"]+)">(\d+)</a>', html)
    numbers += re.findall(r'<a href="([^"]+)"><strong>(\d+) handed over', html)
    fields = re.findall(r'<a href="([^"]+)" class="zone-head"><span class="zone-count number">(\d+)', html)
    assert [int(number) for _href, number in numbers] == [2, 2, 1, 0, 2, 1]
    assert [int(number) for _href, number in fields] == [0, 1, 2]
    for href, number in (*numbers, *fields):
        listed = csv(client, href.replace("&amp;", "&") + "&export=csv")
        assert (href, listed.count("Work ")) == (href, int(number))


def test_a_move_by_form_comes_back_to_the_board_and_can_be_undone(client: Client, frame: Any) -> None:
    portfolio, through = frame
    first, second, _third = through.regions.all()
    a = work(portfolio)[0]
    stay = make_stay(portfolio, a, zone=first)
    client.force_login(make_steward(portfolio))
    html = page(client, at(portfolio, f"frame={through.code}&colour=class"))
    href = next(each for each in re.findall(r'href="([^"]+/zone/[^"]+)"', html) if a.slug in each)
    href = href.replace("&amp;", "&")

    form = client.get(f"{href}&zone={second.code}", headers={"HX-Request": "true"}).content.decode()
    refused = client.post(href, {"zone": second.code, "since_on": "2025-01-01", "evidence": "Kept", "seen": stay.pk})
    moved = client.post(href, {"zone": second.code, "since_on": "2025-01-01", "driver": "learning", "seen": stay.pk})
    after = page(client, moved["Location"])

    assert f'value="{second.code}" checked' in form
    assert "<html" not in form
    assert (refused.status_code, "Kept" in refused.content.decode()) == (422, True)
    assert "Say what drove it" in refused.content.decode()
    assert moved["Location"] == at(portfolio, f"frame={through.code}&colour=class")
    assert drawn(after)[second.code] == ["Work A"]
    undo = re.search(r'action="(/portfolios/[^"]+/undo/)"', after)
    assert undo is not None
    client.post(undo[1])
    assert list(ZoneStay.objects.filter(frame=through).values_list("pk", "until_on")) == [(stay.pk, None)]
    assert "is as it was" not in page(client, f"/history/initiative/{a.pk}/")
    assert "Move to a zone taken back" in page(client, f"/history/initiative/{a.pk}/")
    again = client.post(undo[1])
    assert again.status_code == 404


def test_the_second_of_two_movers_reads_who_was_first(client: Client, frame: Any) -> None:
    portfolio, through = frame
    first, second, third = through.regions.all()
    a = work(portfolio)[0]
    seen = make_stay(portfolio, a, zone=first, since_on=date(2024, 1, 1), until_on=date(2025, 1, 1))
    faster = make_steward(portfolio, name="Fast Steward")
    make_stay(portfolio, a, zone=second, since_on=date(2025, 1, 1), driver="crisis", decided_by=faster)
    client.force_login(make_steward(portfolio, name="Slow Steward"))
    address = f"/portfolios/{portfolio.slug}/initiatives/{a.slug}/zone/?frame={through.code}&board="
    given = {"since_on": "2025-02-01", "driver": "funding", "seen": seen.pk}

    same = client.post(address, given | {"zone": second.code}).content.decode()
    other = client.post(address, given | {"zone": third.code}, follow=True).content.decode()

    assert "stands in this zone already" in same
    assert f"Fast Steward moved it to {second} a moment ago." in same
    assert f"Fast Steward moved “Work A” to {second} a moment ago." in other
    assert [stay.zone.code for stay in ZoneStay.objects.filter(frame=through)] == [
        first.code,
        second.code,
        third.code,
    ]
    assert Notice.objects.get().user == faster


def test_filters_colour_and_legend(client: Client, frame: Any) -> None:
    portfolio, through = frame
    a, b, c = work(portfolio)
    theme = make_theme(title={"en": "<script>Tides</script>"})
    a.themes.add(theme)
    make_entry(portfolio, d := make_initiative(portfolio.network, title={"en": "Work D"}), portfolio_class="affiliated")

    by_theme = page(client, at(portfolio, f"frame={through.code}&theme={theme.slug}"))
    by_class = page(client, at(portfolio, f"frame={through.code}&class=affiliated&colour=class"))
    sectors = page(client, at(portfolio, f"frame={through.code}&colour=sector&class=core"))

    assert [drawn(each)[""] for each in (by_theme, by_class, sectors)] == [
        ["Work A"],
        [d.label],
        [a.label, b.label, c.label],
    ]
    assert "group-1" in by_theme
    assert "<script>Tides" not in by_theme
    assert "&lt;script&gt;Tides" in by_theme
    assert 'value="theme" selected' in page(client, at(portfolio, "colour=nonsense"))
    assert "None of this portfolio’s initiatives" in page(client, at(portfolio, "theme=none-such"))


def test_what_one_may_not_see_is_not_on_the_board(client: Client, frame: Any) -> None:
    portfolio, through = frame
    hidden = make_initiative(portfolio.network, visibility="private", title={"en": "Work Hidden"})
    make_entry(portfolio, hidden)
    make_stay(portfolio, hidden, zone=through.regions.all()[0])
    steward = make_steward(portfolio)
    move = f"/portfolios/{portfolio.slug}/initiatives/{hidden.slug}/zone/?frame={through.code}"

    seen = page(client, at(portfolio, f"frame={through.code}"))
    client.force_login(steward)
    form = client.post(move, {"zone": "green", "since_on": "2025-01-01"}).status_code
    client.force_login(make_member(portfolio))
    a = work(portfolio)[0]
    member = client.post(move.replace(hidden.slug, a.slug), {"zone": "green", "since_on": "2025-01-01"}).status_code

    assert "Work Hidden" not in seen
    assert sum(len(each) for each in drawn(seen).values()) == 3
    assert (form, member, ZoneStay.objects.count()) == (404, 403, 1)


@pytest.mark.parametrize("query", ["frame=nonsense", "frame=zones&through=nonsense", "frame=facets", "frame=foreign"])
def test_unknown_frames_are_not_found(client: Client, query: str) -> None:
    portfolio = make_portfolio()
    make_frame(make_portfolio(), code="foreign")

    assert client.get(at(portfolio, query)).status_code == 404


@pytest.mark.parametrize(
    ("day", "words"), [("2030-01-01", "in the future"), ("2020-01-01", "say a later day"), ("x", "")]
)
def test_days_that_cannot_be_are_refused_beside_the_field(client: Client, frame: Any, day: str, words: str) -> None:
    portfolio, through = frame
    first, second, _third = through.regions.all()
    a = work(portfolio)[0]
    make_stay(portfolio, a, zone=first)
    client.force_login(make_steward(portfolio))

    answer = client.post(
        f"/portfolios/{portfolio.slug}/initiatives/{a.slug}/zone/?frame={through.code}",
        {"zone": second.code, "since_on": day, "driver": "crisis", "evidence": "<script>alert(1)</script>"},
    )

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert "<script>alert" not in answer.content.decode()


def test_an_archived_frame_is_read_and_not_moved_in(client: Client) -> None:
    portfolio = make_portfolio(core=[a := make_initiative(title={"en": "Work A"})])
    own = make_frame(portfolio, archived_at="2026-01-01T00:00Z")
    make_stay(portfolio, a, zone=own.regions.all()[0])
    client.force_login(make_steward(portfolio))

    html = page(client, at(portfolio, "frame=fields"))
    move = client.post(
        f"/portfolios/{portfolio.slug}/initiatives/{a.slug}/zone/?frame=fields",
        {"zone": "hedge", "since_on": "2025-01-01", "driver": "crisis"},
    )

    assert ("This frame is archived" in html, "data-moves" in html, drawn(html)["meadow"]) == (True, False, ["Work A"])
    assert (move.status_code, "is archived" in move.content.decode()) == (422, True)


def test_a_board_read_through_a_crosswalk_says_so_and_invents_nothing(client: Client) -> None:
    portfolio = make_portfolio(core=[make_initiative(title={"en": f"Work {name}"}) for name in "AB"])
    own = make_frame(portfolio)
    meadow, hedge, _orchard = own.regions.all()
    a, b = work(portfolio)
    make_stay(portfolio, a, zone=meadow)
    make_stay(portfolio, b, zone=hedge)
    yellow = zone("yellow")
    Crosswalk.objects.create(portfolio=portfolio, source=meadow, target=yellow, target_frame=yellow.frame)
    client.force_login(make_steward(portfolio))

    html = page(client, at(portfolio, "frame=fields&through=zones"))

    assert drawn(html) == {"yellow": ["Work A"], "green": [], "blue": [], "": ["Work B"]}
    assert "nobody placed it there" in html
    assert "data-moves" not in html


def test_a_board_of_axes_shows_fields_and_leads_to_the_form(client: Client) -> None:
    portfolio = make_portfolio(core=[a := make_initiative(title={"en": "Work A"})])
    make_axes(portfolio)
    make_placement(portfolio, a, "mis")
    member = make_member(portfolio)
    client.force_login(member)
    form = f"/portfolios/{portfolio.slug}/initiatives/{a.slug}/axes/reach/"

    wrong = client.post(form, {"x": "400", "y": "0", "rationale": "Kept"})
    right = client.post(form, {"x": "40", "y": "-20", "rationale": "<b>Because</b>"})
    html = page(client, right["Location"])
    opened = client.get(f"/portfolios/{portfolio.slug}/initiatives/?frame=reach&region=x1y0").content.decode()

    assert (wrong.status_code, "Kept" in wrong.content.decode()) == (422, True)
    assert urlsplit(right["Location"]).query == "frame=reach"
    assert drawn(html) == {"x0y1": [], "x1y1": [], "x0y0": [], "x1y0": ["Work A"]}
    assert form in html
    assert "&lt;b&gt;Because" in page(client, form)
    assert "Work A" in opened
    assert client.get(form.replace("reach", "zones")).status_code == 404


def test_the_stays_leave_as_a_file(client: Client, frame: Any) -> None:
    portfolio, through = frame
    make_stay(portfolio, work(portfolio)[0], zone=through.regions.all()[0], evidence="=1+1")

    answer = csv(client, at(portfolio, f"frame={through.code}&export=csv"))

    lines = answer.strip().splitlines()
    assert (len(lines), lines[1].startswith("Work A,"), ",=1+1" in lines[1]) == (2, True, False)


@pytest.mark.parametrize("amount", [1, 50])
def test_board_costs_the_same_for_much_as_for_little(
    amount: int, client: Client, frame: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    portfolio, through = frame
    for _number in range(amount):
        make_entry(portfolio, each := make_initiative(portfolio.network))
        make_stay(portfolio, each, zone=through.regions.all()[0])
    client.force_login(make_steward(portfolio))
    address = at(portfolio, f"frame={through.code}")
    client.get(address)

    with django_assert_max_num_queries(32) as counted:
        client.get(address)

    assert len(counted) > 5


def test_a_child_portfolios_stay_is_shown_and_named(client: Client) -> None:
    network = make_network()
    whole = make_portfolio(network)
    a = make_initiative(network, title={"en": "Work A"})
    part = make_portfolio(network, core=[a], parents=[whole], title={"en": "The part"})
    make_stay(part, a, "green")
    client.force_login(make_steward(whole))

    html = page(client, at(whole))
    form = page(client, f"/portfolios/{whole.slug}/initiatives/{a.slug}/zone/")

    assert drawn(html)["green"] == ["Work A"]
    assert "“The part”, which is part of this one, has seen it in" in form
    client.force_login(make_user())
    assert client.get(f"/portfolios/{whole.slug}/initiatives/{a.slug}/zone/").status_code == 403
