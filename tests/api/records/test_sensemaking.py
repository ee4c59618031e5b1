from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from polyfolio.portfolios.models import Initiative, Portfolio
from tests.api.conftest import Caller
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, make_stay


@pytest.fixture
def initiative(db: None) -> Initiative:
    return make_initiative()


@pytest.fixture
def portfolio(initiative: Initiative) -> Portfolio:
    return make_portfolio(core=[initiative])


def test_placements_follow_one_another(
    caller: Callable[..., Caller], portfolio: Portfolio, initiative: Initiative
) -> None:
    call = caller(make_steward(portfolio, name="Ada"))
    where = f"/portfolios/{portfolio.slug}"
    first = call.post(f"{where}/placements", {"initiative": initiative.slug, "purpose": "mis", "driver": "ant"})

    second = call.post(
        f"{where}/placements", {"initiative": initiative.slug, "shares": {"ant": 100}, "is_agreed": True}
    )

    assert (first.status, first.body["x"], first.body["y"], first.body["assessor"]) == (201, 0.5, 0.5, "Ada")
    assert (second.body["x"], second.body["is_agreed"], second.body["shares"]) == (1.0, True, {"ant": 100.0})
    assert call.get(f"{where}/placements?initiative={initiative.slug}").body["total"] == 2
    (standing,) = call.get(f"{where}/standings").body["items"]
    assert (standing["shares"], standing["is_agreed"]) == ({"mis": 0.0, "enh": 0.0, "ada": 0.0, "ant": 1.0}, True)


@pytest.mark.parametrize(
    ("body", "loc"),
    [
        ({"purpose": "mis"}, ["body", "driver"]),
        ({}, ["body", "purpose"]),
        ({"shares": {"mis": 101}}, ["body", "shares", "mis"]),
        ({"shares": {"mis": 0}}, ["body", "shares"]),
        ({"shares": {"all": 10}}, ["body", "shares", "all"]),
        ({"initiative": "nothing", "purpose": "mis", "driver": "mis"}, ["body", "initiative"]),
    ],
)
def test_placement_that_says_nothing_is_refused(
    caller: Callable[..., Caller], portfolio: Portfolio, initiative: Initiative, body: dict, loc: list
) -> None:
    refused = caller(make_steward(portfolio)).post(
        f"/portfolios/{portfolio.slug}/placements", {"initiative": initiative.slug} | body
    )

    assert (refused.status, refused.body["detail"][0]["loc"][: len(loc)]) == (422, loc)


def test_stranger_places_nothing(caller: Callable[..., Caller], portfolio: Portfolio, initiative: Initiative) -> None:
    body = {"initiative": initiative.slug, "purpose": "mis", "driver": "mis"}

    assert caller(make_user()).post(f"/portfolios/{portfolio.slug}/placements", body).status == 403


def test_placements_name_people_and_are_for_who_is_known(
    caller: Callable[..., Caller], anybody: Caller, portfolio: Portfolio, initiative: Initiative
) -> None:
    make_placement(portfolio, initiative)
    where = f"/portfolios/{portfolio.slug}/placements"

    assert (anybody.get(where).status, caller(make_user()).get(where).body["total"]) == (401, 1)


def test_zone_changes_with_its_driver(
    caller: Callable[..., Caller], portfolio: Portfolio, initiative: Initiative
) -> None:
    make_stay(portfolio, initiative, "yellow")
    call = caller(make_steward(portfolio))
    where = f"/portfolios/{portfolio.slug}/zone-stays"
    body = {"initiative": initiative.slug, "zone": "green", "since_on": "2025-03-01"}

    silent = call.post(where, body)
    moved = call.post(where, body | {"driver": "learning", "evidence": "The pilot ended."})

    assert (silent.status, silent.body["detail"][0]["loc"]) == (422, ["body", "driver"])
    assert (moved.status, moved.body["zone"], moved.body["driver"]) == (201, "green", "learning")
    assert [each["zone"] for each in call.get(f"{where}?is_current=true").body["items"]] == ["green"]
    assert (
        call.get(f"{where}?is_current=false&initiative={initiative.slug}").body["items"][0]["until_on"] == "2025-03-01"
    )


def test_zone_in_the_future_is_refused(
    caller: Callable[..., Caller], portfolio: Portfolio, initiative: Initiative
) -> None:
    later = (timezone.now() + timedelta(days=2)).date().isoformat()

    refused = caller(make_steward(portfolio)).post(
        f"/portfolios/{portfolio.slug}/zone-stays", {"initiative": initiative.slug, "zone": "green", "since_on": later}
    )

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["body", "since_on"])


def test_target_mix_adds_to_a_whole(caller: Callable[..., Caller], portfolio: Portfolio) -> None:
    call = caller(make_steward(portfolio))
    where = f"/portfolios/{portfolio.slug}/target-mixes"

    half = call.post(where, {"shares": {"mis": 0.5}, "reason": "Remit."})
    whole = call.post(where, {"shares": {"mis": 0.5, "ant": 0.5}, "reason": "Remit."})

    assert (half.status, half.body["detail"][0]["loc"]) == (422, ["body", "shares"])
    assert (whole.status, whole.body["shares"]) == (201, {"mis": 0.5, "enh": 0.0, "ada": 0.0, "ant": 0.5})
    assert call.get(where).body["items"] == [whole.body]


def test_cell_is_wanted_until_it_is_not(caller: Callable[..., Caller], portfolio: Portfolio) -> None:
    call = caller(make_steward(portfolio))
    where = f"/portfolios/{portfolio.slug}/wanted-cells"
    cell = {"row_dimension": "theme", "row": "water", "column_dimension": "zone", "column": "green", "reason": "Yes."}

    wanted, more = call.put(where, cell), call.put(where, cell | {"threshold": 3})
    same = call.put(where, cell | {"column_dimension": "theme"})

    assert (wanted.body["threshold"], more.body["threshold"], more.body["id"]) == (1, 3, wanted.body["id"])
    assert (same.status, same.body["detail"][0]["loc"]) == (422, ["body", "column_dimension"])
    assert (call.delete(wanted.body["href"]).body["label"], call.get(where).body["total"]) == ("water × green", 0)


def test_frames_are_named(anybody: Caller, portfolio: Portfolio) -> None:
    frames = anybody.get(f"/portfolios/{portfolio.slug}/frames").body

    assert [each["code"] for each in frames["zones"]] == ["yellow", "green", "blue"]
    assert len(frames["facets"]) == 4
