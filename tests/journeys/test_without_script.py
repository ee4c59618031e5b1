"""Pages work where no script runs."""

from __future__ import annotations

from tests.journeys.conftest import OpenTab
from tests.journeys.world import World


def test_visitor_searches_and_reads(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(java_script_enabled=False).open("/")
    tab.page.get_by_role("searchbox", name="Search everything").fill("uniforms")
    tab.page.keyboard.press("Enter")
    tab.settle().click("Show the filters").sees("One result")

    tab.click("Second-hand uniforms")

    assert tab.heading == "Second-hand uniforms"


def test_focal_point_edits(world: World, open_tab: OpenTab) -> None:
    own = world.initiatives[2]
    tab = open_tab(world.focal_point, java_script_enabled=False).open(f"/initiatives/{own.slug}/edit/")
    tab.page.get_by_label("Objectives").fill("Nine of ten cups come back.")

    tab.press("Save").sees("Saved.", "Nine of ten cups come back.")
    tab.press("Undo")

    own.refresh_from_db()
    assert own.objectives == {}


def test_menus_open(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward, java_script_enabled=False).open("/next-steps/")
    tab.page.locator("summary", has_text="Account").click()

    tab.press("Sign out")

    assert tab.page.get_by_role("link", name="Sign in").first.is_visible()
