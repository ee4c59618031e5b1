"""A steward hands out a link, five people answer it each in their own browser, and the results appear."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from polyfolio.sensemaking.exploration.items import ItemKind, all_items
from polyfolio.sensemaking.models import Exploration, ExplorationResponse
from tests.journeys.conftest import OpenTab
from tests.journeys.tab import PHONE, Tab
from tests.journeys.world import World

PEOPLE = 5
SHOWN = ("focus", "leaders", "risks", "methods", "need")
"""One step of each kind is looked at closely."""


def test_five_people_answer_and_results_appear(world: World, open_tab: OpenTab) -> None:
    steward = open_tab(world.steward)
    way = begin(steward)
    assert "0 of 5" in steward.page.locator("body").inner_text()

    for number in range(PEOPLE):
        options = {"viewport": PHONE} if number == 0 else {"java_script_enabled": False}
        answer(open_tab(**options), way, number)

    exploration = Exploration.objects.get()
    steward.open(f"/explorations/{exploration.pk}/").sees("5 people answered", "Facet by facet", "Together: 50%").look()
    assert ExplorationResponse.objects.filter(submitted_at__isnull=False).count() == PEOPLE


def begin(tab: Tab) -> str:
    """The path of a link that the steward made."""
    today = timezone.now().date()
    tab.open("/explorations/").look()
    tab.page.get_by_role("link", name="Begin").first.click()
    tab.settle().look()
    tab.page.get_by_label("Title").fill("How we support new work")
    tab.page.get_by_label("or its name").fill("Ministry of Repair")
    tab.page.get_by_label("First day").fill(str(today))
    tab.page.get_by_label("Last day").fill(str(today + timedelta(days=14)))
    tab.press("Begin").sees("0 of 5")
    tab.press("Make a link for everybody").sees("Here is the link").look()
    return tab.page.locator("#fresh-link").input_value().removeprefix(tab.site)


def answer(tab: Tab, way: str, number: int) -> None:
    """Go through every step; the first person by script on a phone, which keeps each choice as it is made."""
    is_first = number == 0
    tab.open(way)
    if is_first:
        tab.look_here()
    tab.press("Begin")
    for asked in all_items():
        if is_first and asked.key in SHOWN:
            tab.look_here()
        choose(tab, asked.key)
        tab.press("To the overview" if asked.key == "people" else "Next")
    tab.sees("Everything is answered.")
    if is_first:
        kept = ExplorationResponse.objects.get()
        assert len(kept.answers) == len(all_items())
        tab.open(way).sees("You have answered 24 of 24.").open(f"{way}overview/").look_here()
    tab.press("Hand in").sees("Your result")
    if is_first:
        tab.sees("1 of 5 people have answered so far").look_here()
    if number == PEOPLE - 1:
        tab.sees("What the group says", "5 people answered")


def choose(tab: Tab, key: str) -> None:
    """The middle of every scale, an order from first to fourth, and the first tick."""
    asked = next(each for each in all_items() if each.key == key)
    if asked.kind is ItemKind.RANKING:
        for place, statement in enumerate(asked.statements, start=1):
            tab.page.locator(f"[name=s-{statement.key}]").select_option(str(place))
    elif asked.kind is ItemKind.TICKS:
        tab.page.locator(f"[name=ticked][value={asked.statements[0].key}]").check()
    else:
        for statement in asked.statements:
            tab.page.locator(f"[name=s-{statement.key}][value='{statement.most // 2}']").check()
    tab.settle()


def test_a_choice_is_kept_at_once_and_a_tie_is_refused(world: World, open_tab: OpenTab) -> None:
    steward = open_tab(world.steward)
    tab = open_tab(viewport=PHONE)
    tab.open(begin(steward)).press("Begin")

    tab.page.locator("[name=s-mis][value='3']").check()
    tab.page.get_by_text("Saved at").wait_for()
    assert ExplorationResponse.objects.get().answers == {"focus": {"mis": 3}}

    tab.press("Next")
    for facet, place in (("mis", "1"), ("enh", "1"), ("ada", "2"), ("ant", "3")):
        tab.page.locator(f"[name=s-{facet}]").select_option(place)
    tab.settle()
    with tab.expecting(422):
        tab.press("Next").sees("Two sentences have the same place").look_here()
    assert tab.page.locator("[name=s-ant]").input_value() == "3"
    tab.press("Leave it open")
    assert tab.heading == "How projects are run"
    assert ExplorationResponse.objects.get().answers == {"focus": {"mis": 3}}
