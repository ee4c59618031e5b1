"""The main pages on a phone, by touch."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import OpenTab
from tests.journeys.tab import PHONE
from tests.journeys.world import World

ON_PHONE: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
PAGES = (
    "/",
    "/search/?q=repair",
    "/networks/everyday/",
    "/networks/everyday/partners/",
    "/organisations/lantern-street/",
    "/portfolios/things-that-last/",
    "/portfolios/things-that-last/mix/",
    "/portfolios/things-that-last/holes/",
    "/next-steps/",
    "/imports/new/",
)


def test_steward_reads_the_main_pages(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward, **ON_PHONE)

    for path in PAGES:
        tab.open(path).look_here()


def test_place_opens_as_a_sheet_and_leads_on(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(**ON_PHONE).open("/networks/everyday/")

    tab.page.get_by_role("button", name="Menu", exact=True).tap()
    tab.settle().look_here()
    tab.page.get_by_role("link", name="Partners", exact=True).first.tap()

    assert tab.settle().path == "/networks/everyday/partners/"


@pytest.mark.parametrize("width", [320, 768])
def test_main_pages_fit_other_screens(width: int, world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward, viewport={"width": width, "height": 900})

    for path in PAGES[:7]:
        tab.open(path).look_here()
