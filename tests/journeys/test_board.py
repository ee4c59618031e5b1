"""Moving tokens on the board: by pointer, by keyboard and by the form that a click opens; nothing lost on the way."""

from __future__ import annotations

from playwright.sync_api import Locator

from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.models import ZoneStay
from tests.journeys.conftest import OpenTab
from tests.journeys.tab import Tab
from tests.journeys.world import World


def token(tab: Tab, initiative: Initiative) -> Locator:
    return tab.page.locator(f"[data-token='{initiative.slug}']")


def field(tab: Tab, code: str) -> Locator:
    return tab.page.locator(f"[data-field='{code}']")


def zone_of(initiative: Initiative) -> str:
    return ZoneStay.objects.get(initiative=initiative, until_on=None).zone.code


def board(world: World, open_tab: OpenTab) -> tuple[Tab, Initiative]:
    """A steward before the board, and an initiative that stands in the first zone."""
    stay = ZoneStay.objects.filter(zone__code="yellow", until_on=None).order_by("pk")[0]
    tab = open_tab(world.steward).open(f"/portfolios/{world.portfolio.slug}/board/")
    tab.page.locator("[data-token][tabindex='0']").first.wait_for()
    return tab, stay.initiative


def drag(tab: Tab, initiative: Initiative, code: str) -> None:
    start, target = token(tab, initiative).bounding_box(), field(tab, code).bounding_box()
    assert start is not None
    assert target is not None
    mouse = tab.page.mouse
    mouse.move(start["x"] + 10, start["y"] + 10)
    mouse.down()
    mouse.move(target["x"] + 40, target["y"] + 60, steps=8)
    mouse.up()


def record(tab: Tab) -> None:
    """Fill in the form that came where the token was dropped, and send it."""
    form = tab.page.locator("dialog[open] form")
    form.wait_for()
    tab.look_here()
    form.locator("[name=driver]").select_option("learning")
    form.locator("[name=evidence]").fill("Minutes of the spring meeting")
    with tab.page.expect_navigation():
        form.get_by_role("button", name="Record the zone").click()
    tab.settle()


def test_a_token_is_dragged_recorded_and_taken_back(world: World, open_tab: OpenTab) -> None:
    tab, initiative = board(world, open_tab)
    tab.look()

    drag(tab, initiative, "green")
    record(tab)

    assert zone_of(initiative) == "green"
    assert field(tab, "green").locator(f"[data-token='{initiative.slug}']").count() == 1
    tab.sees("stands in Green")
    tab.press("Undo")
    assert zone_of(initiative) == "yellow"


def test_what_is_refused_stays_in_the_form_and_closing_puts_the_token_back(world: World, open_tab: OpenTab) -> None:
    tab, initiative = board(world, open_tab)
    drag(tab, initiative, "blue")
    form = tab.page.locator("dialog[open] form")
    form.locator("[name=evidence]").fill("Typed and kept")

    with tab.expecting(422):
        form.get_by_role("button", name="Record the zone").click()
        tab.page.get_by_text("Say what drove it from one zone to the other.", exact=True).wait_for()
    kept = tab.page.locator("dialog[open] [name=evidence]").input_value()
    tab.page.keyboard.press("Escape")

    assert kept == "Typed and kept"
    assert tab.page.locator(".is-lifted, .board-image").count() == 0
    assert zone_of(initiative) == "yellow"


def test_by_keyboard_alone(world: World, open_tab: OpenTab) -> None:
    tab, initiative = board(world, open_tab)
    token(tab, initiative).focus()
    said = tab.page.locator("[data-say]")

    tab.page.keyboard.press("ArrowRight")
    carried = said.inner_text()
    tab.page.keyboard.press("Escape")
    back = said.inner_text()
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("Enter")
    record(tab)

    assert (carried, back) == (
        f"You carry {initiative}, over Green: between us, 2 of 3. Enter drops it, Escape puts it back.",
        f"{initiative} is back in its place.",
    )
    assert zone_of(initiative) == "green"


def test_a_click_opens_the_same_form(world: World, open_tab: OpenTab) -> None:
    tab, initiative = board(world, open_tab)

    token(tab, initiative).click()
    tab.page.locator("dialog[open] [name=zone][value=blue]").check()
    record(tab)

    assert zone_of(initiative) == "blue"


def test_without_script_a_token_leads_to_its_form(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward, java_script_enabled=False)
    stay = ZoneStay.objects.filter(zone__code="yellow", until_on=None).order_by("pk")[0]

    tab.page.goto(f"{tab.site}/portfolios/{world.portfolio.slug}/board/")
    token(tab, stay.initiative).click()
    tab.page.locator("[name=zone][value=green]").check()
    tab.page.locator("[name=driver]").select_option("funding")
    tab.page.get_by_role("button", name="Record the zone").click()

    assert tab.path == f"/portfolios/{world.portfolio.slug}/board/"
    assert zone_of(stay.initiative) == "green"
