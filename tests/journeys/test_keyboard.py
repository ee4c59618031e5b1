"""Everything by keyboard: getting to search and to the content, menus, suggestions, marks in pictures."""

from __future__ import annotations

from tests.journeys.conftest import OpenTab
from tests.journeys.tab import Tab
from tests.journeys.world import World

FOCUSED = """
() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  return [at.tagName.toLowerCase(), at.innerText || at.getAttribute("aria-label") || at.id,
          style.outlineStyle !== "none" || style.boxShadow !== "none"];
}
"""


def keys(tab: Tab, *pressed: str) -> Tab:
    for key in pressed:
        tab.page.keyboard.press(key)
    return tab.settle()


def test_skip_link_comes_first_and_leads_to_the_content(world: World, open_tab: OpenTab) -> None:
    tab = keys(open_tab().open("/"), "Tab")
    assert tab.page.evaluate(FOCUSED)[:2] == ["a", "Skip to the content"]
    assert tab.page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]

    keys(tab, "Enter", "Tab")

    assert tab.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
    assert tab.page.evaluate(FOCUSED)[2]


def test_search_by_keyboard_alone(world: World, open_tab: OpenTab) -> None:
    tab = keys(open_tab().open("/networks/everyday/"), "/")
    tab.page.keyboard.type("deposit cof")
    tab.page.locator("[data-suggestions] a").first.wait_for()
    tab.look_here()

    keys(tab, "Escape")
    assert tab.page.locator("[data-suggestions] a").count() == 0
    tab.page.keyboard.type("f")
    tab.page.locator("[data-suggestions] a").first.wait_for()
    keys(tab, "ArrowDown", "Enter")

    assert tab.heading == "A deposit for coffee cups"


def test_menus_open_close_and_give_the_focus_back(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward).open("/")
    menu = tab.page.locator("details[data-menu]", has=tab.page.get_by_text("Sign out"))
    menu.locator("summary").focus()

    keys(tab, "Enter", "Tab")
    assert menu.evaluate("menu => menu.open && menu.contains(document.activeElement)")
    tab.look_here()
    keys(tab, "Escape")

    assert menu.evaluate("menu => [menu.open, document.activeElement === menu.querySelector('summary')]") == [
        False,
        True,
    ]


def test_every_stop_on_a_page_shows_where_one_is(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward).open(f"/initiatives/{world.initiatives[0].slug}/")

    unseen = []
    for _number in range(40):
        keys(tab, "Tab")
        tag, words, is_seen = tab.page.evaluate(FOCUSED)
        if tag == "body":
            break
        if not is_seen:
            unseen.append(f"{tag} {words}")

    assert unseen == []
