"""A facilitator and a participant, each in a browser of their own: join, place, reveal, lose the line, propose, end."""

from __future__ import annotations

import re

from polyfolio.sensemaking.models import Decision, WorkshopAct
from tests.factories.sensemaking import make_workshop
from tests.journeys.conftest import OpenTab
from tests.journeys.tab import PHONE, Tab
from tests.journeys.world import World


def wait(tab: Tab, words: str) -> None:
    tab.page.get_by_text(words).first.wait_for()


def tap(tab: Tab, across: float, down: float) -> None:
    board = tab.page.locator(".room-board")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    assert box is not None
    board.click(position={"x": box["width"] * across, "y": box["height"] * down})


def test_two_people_hold_a_workshop(world: World, open_tab: OpenTab) -> None:
    workshop = make_workshop(world.portfolio, "What do we have?", facilitator=world.steward)
    workshop.initiatives.set(world.initiatives[:3])
    leader = open_tab(world.steward).open(workshop.get_absolute_url()).look().press("Lead it")
    guest = open_tab(viewport=PHONE).open("/w/").look_here()
    guest.page.fill("[name=code]", workshop.code.lower())
    guest.page.fill("[name=name]", "Amina")
    guest.press("Sit down")
    wait(guest, "The workshop has not begun.")
    wait(leader, "2 people here")

    leader.page.get_by_role("button", name="Start").click()
    for step in ("What is innovation for us?", "What do we have?"):
        leader.page.get_by_role("button", name="Next step").click()
        wait(guest, step)
    guest.page.get_by_role("button", name=re.compile("Repair counters")).click()
    tap(guest, 0.5, 0.25)
    guest.page.locator(".room-token").first.wait_for()
    wait(leader, "1 have done something in this step")
    assert leader.page.locator(".room-token").count() == 0
    leader.page.get_by_role("button", name="Reveal to all").click()
    leader.page.locator(".room-token").first.wait_for()
    guest.look_here()
    leader.look_here()

    leader.page.get_by_role("button", name="Next step").click()
    wait(guest, "Why is it so?")
    without_a_line(guest, leader)
    for _step in range(2):
        leader.page.get_by_role("button", name="Next step").click()
        leader.page.wait_for_timeout(300)
    wait(guest, "What would we change?")
    guest.page.get_by_label("What do you propose?").fill("Open on Saturdays")
    guest.page.get_by_role("button", name="Propose it").click()
    wait(leader, "Open on Saturdays")
    leader.page.get_by_role("button", name="Three minutes to pitch").click()
    wait(guest, "Pitching now: Open on Saturdays")

    leader.page.get_by_role("link", name="End the workshop").click()
    leader.page.get_by_label(re.compile("Open on Saturdays")).check()
    leader.look().press("End it")
    assert leader.path.startswith("/portfolios/things-that-last/stocktakes/")
    leader.sees("Open on Saturdays", "Rent is cheap.").look()
    wait(guest, "The workshop has ended.")
    assert Decision.objects.get().title == "Open on Saturdays"


def without_a_line(guest: Tab, leader: Tab) -> None:
    """What is noted while there is no connection arrives later, once."""
    guest.page.context.set_offline(True)
    guest.page.get_by_label("Your note").fill("Rent is cheap.")
    guest.page.get_by_role("button", name="Add it").click()
    wait(guest, "No connection.")
    assert WorkshopAct.objects.filter(kind="note").count() == 0
    guest.page.context.set_offline(False)
    wait(leader, "Rent is cheap.")
    wait(guest, "Rent is cheap.")
    assert WorkshopAct.objects.filter(kind="note").count() == 1
    guest.problems[:] = [each for each in guest.problems if "ERR_INTERNET_DISCONNECTED" not in each]


def test_decisions_and_tracking_can_be_read_and_used(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward)
    start = f"/portfolios/{world.portfolio.slug}"
    for page in (
        "decisions",
        "stocktakes",
        "workshops",
        "tracking",
        "decisions/new",
        "stocktakes/new",
        "workshops/new",
    ):
        tab.open(f"{start}/{page}/").look()
    tab.open(f"{start}/decisions/new/")
    tab.page.fill("[name=title]", "Give repair a second year")
    tab.press("It is decided").sees("Give repair a second year").look()
