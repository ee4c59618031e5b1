"""Somebody who was never here finds an initiative and reads it."""

from __future__ import annotations

from tests.journeys.conftest import OpenTab
from tests.journeys.world import World


def test_visitor_finds_an_initiative_in_spite_of_a_slip(world: World, open_tab: OpenTab) -> None:
    tab = open_tab().open("/").look()
    tab.sees("Everyday Repair Network", "Things that last")

    tab.page.get_by_role("searchbox", name="Search everything").fill("repiar countres")
    tab.page.keyboard.press("Enter")
    tab.settle().look()
    tab.click("repair counters", exact=False)
    tab.page.get_by_role("link", name="Repair counters in libraries").click()

    assert tab.settle().heading == "Repair counters in libraries"
    tab.sees("mend your kettle", "Lantern Street Repairers", "Kenya", "Kettles mended").look()


def test_visitor_narrows_down_with_filters_and_shares_the_address(world: World, open_tab: OpenTab) -> None:
    tab = open_tab().open("/search/?q=school")
    tab.page.get_by_role("checkbox", name="Initiative").check()
    tab.settle().look()

    again = open_tab().open(tab.page.url.removeprefix(tab.site))

    assert "kind=initiative" in tab.page.url
    assert again.page.locator(".records h3, .records a").first.inner_text() == "School kitchens buy from nearby"
