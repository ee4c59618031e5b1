"""Making, changing and archiving frames, and writing crosswalks, on their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.models import Crosswalk, Frame
from tests.factories.people import make_member, make_steward
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_axes, make_frame, make_stay

pytestmark = pytest.mark.django_db


@pytest.fixture
def portfolio(client: Client) -> Portfolio:
    made = make_portfolio(core=[make_initiative(title={"en": "Work A"})])
    client.force_login(make_steward(made))
    return made


def rows(*given: dict[str, str], initial: int = 0) -> dict[str, Any]:
    sent: dict[str, Any] = {"regions-TOTAL_FORMS": len(given), "regions-INITIAL_FORMS": initial}
    for number, row in enumerate(given):
        sent |= {f"regions-{number}-{name}": value for name, value in row.items()}
    return sent


def test_a_steward_makes_a_frame_of_zones(client: Client, portfolio: Portfolio) -> None:
    address = f"/portfolios/{portfolio.slug}/frames/new/"
    empty = client.get(address).content.decode()
    two = rows(
        {"title": "Spring", "description": "It begins", "token": "zone-rose"},
        {"title": "Summer", "token": "zone-violet"},
        {"token": "zone-blue"},
    )

    answer = client.post(address, {"title__en": "Seasons", **two}, follow=True)

    made = Frame.objects.get(portfolio=portfolio)
    assert empty.count("regions-") > 10
    assert "“Seasons” is saved." in answer.content.decode()
    assert [(each.code, each.token, each.description) for each in made.regions.all()] == [
        ("spring", "zone-rose", {"en": "It begins"}),
        ("summer", "zone-violet", {}),
    ]
    assert "Seasons" in client.get(f"/portfolios/{portfolio.slug}/board/?frame=seasons").content.decode()


def test_what_is_refused_keeps_what_was_typed(client: Client, portfolio: Portfolio) -> None:
    address = f"/portfolios/{portfolio.slug}/frames/new/"

    one = client.post(address, {"title__en": "Alone", **rows({"title": "Kept zone", "token": "zone-blue"})})
    wrong = client.post(address, {"title__en": "", **rows({"title": "Kept too", "token": "javascript:"})})

    assert (one.status_code, wrong.status_code, Frame.objects.filter(portfolio=portfolio).count()) == (422, 422, 0)
    assert "from 2 to 9 zones" in one.content.decode()
    assert 'value="Kept zone"' in one.content.decode()
    assert 'value="Kept too"' in wrong.content.decode()


def test_a_zone_in_use_cannot_be_emptied_and_other_languages_stay(client: Client, portfolio: Portfolio) -> None:
    made = make_frame(portfolio)
    meadow = made.regions.get(code="meadow")
    meadow.title = {"en": "Meadow", "fr": "Pré"}
    meadow.save()
    make_stay(portfolio, portfolio.entries.get().initiative, zone=meadow)
    address = f"/portfolios/{portfolio.slug}/frames/fields/edit/"

    def post(*titles: str) -> Any:
        codes = ("meadow", "hedge", "orchard")
        given = [
            {"code": code, "title": title, "token": "zone-rose"} for code, title in zip(codes, titles, strict=True)
        ]
        return client.post(address, {"title__en": "Fields", **rows(*given, initial=3)})

    emptied, renamed = post("", "Hedge", "Orchard"), post("Big meadow", "", "Orchard")

    assert (emptied.status_code, renamed.status_code) == (422, 302)
    assert "cannot be taken away" in emptied.content.decode()
    assert [(each.code, each.title) for each in made.regions.all()] == [
        ("meadow", {"en": "Big meadow", "fr": "Pré"}),
        ("orchard", {"en": "Orchard"}),
    ]


def test_a_steward_makes_axes_and_moves_their_thresholds(client: Client, portfolio: Portfolio) -> None:
    given = {"title__en": "Reach", "x_low": "near", "x_high": "far", "y_low": "small", "y_high": "large"}
    given |= {"x_thresholds": "0", "y_thresholds": "0", "contested_from": "0.5"}

    made = client.post(f"/portfolios/{portfolio.slug}/frames/new/?kind=axes", given)
    wrong = client.post(f"/portfolios/{portfolio.slug}/frames/reach/edit/", {**given, **rows(), "x_thresholds": "a; b"})
    thirds = client.post(
        f"/portfolios/{portfolio.slug}/frames/reach/edit/", {**given, **rows(), "x_thresholds": "−0,3; 0.3"}
    )

    frame = Frame.objects.get(portfolio=portfolio)
    assert (made.status_code, wrong.status_code, thirds.status_code) == (302, 422, 302)
    assert (frame.x_thresholds, frame.regions.count()) == ([-0.3, 0.3], 6)
    assert str(frame.regions.get(code="x2y1")) == "far, large"


def test_archive_restore_delete_and_default_say_what_they_did(client: Client, portfolio: Portfolio) -> None:
    used = make_frame(portfolio)
    make_frame(portfolio, code="unused", title={"en": "Unused"})
    make_stay(portfolio, portfolio.entries.get().initiative, zone=used.regions.all()[0])

    def post(code: str, what: str) -> str:
        return client.post(f"/portfolios/{portfolio.slug}/frames/{code}/{what}/", follow=True).content.decode()

    assert "is now looked at through “Fields”" in post("fields", "default")
    assert "so it is archived instead of deleted" in post("fields", "delete")
    assert "Restore it first" in post("fields", "default")
    assert "“Fields” is back." in post("fields", "restore")
    assert "“Fields” is archived." in post("fields", "archive")
    assert "“Unused” is deleted." in post("unused", "delete")
    assert "stays as it is" in post("zones", "delete")
    assert (
        "stays as it is" in client.get(f"/portfolios/{portfolio.slug}/frames/zones/edit/", follow=True).content.decode()
    )
    assert client.post(f"/portfolios/{portfolio.slug}/frames/unused/archive/").status_code == 404


def test_a_crosswalk_is_written_and_its_gaps_are_said(client: Client, portfolio: Portfolio) -> None:
    make_frame(portfolio)
    address = f"/portfolios/{portfolio.slug}/frames/fields/crosswalk/zones/"

    saved = client.post(f"{address}edit/", {"from-meadow": "yellow", "from-hedge": "", "from-orchard": "blue"})
    wrong = client.post(f"{address}edit/", {"from-meadow": "pink"})
    page = client.get(address).content.decode()

    assert (saved.status_code, wrong.status_code, Crosswalk.objects.count()) == (302, 422, 2)
    assert "One row is missing." in page
    assert "not written down" in page


@pytest.mark.parametrize("pair", [("fields", "fields"), ("facets", "zones"), ("fields", "none-such")])
def test_crosswalks_that_cannot_be_are_not_found(client: Client, portfolio: Portfolio, pair: tuple[str, str]) -> None:
    make_frame(portfolio)

    assert client.get(f"/portfolios/{portfolio.slug}/frames/{pair[0]}/crosswalk/{pair[1]}/").status_code == 404


def test_others_read_frames_and_change_none(client: Client, portfolio: Portfolio) -> None:
    make_axes(portfolio)
    make_frame(portfolio)
    client.force_login(make_member(portfolio))
    base = f"/portfolios/{portfolio.slug}/frames/"

    listed = client.get(base).content.decode()
    forms = [
        client.get(f"{base}{what}").status_code for what in ("new/", "fields/edit/", "fields/crosswalk/zones/edit/")
    ]

    assert ("Fields" in listed, "Reach" in listed, "/archive/" in listed) == (True, True, False)
    assert forms == [403, 403, 403]
