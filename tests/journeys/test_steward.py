"""A steward brings a file in, finds what is in it, makes a portfolio of it, and sees what is missing."""

from __future__ import annotations

import re
from base64 import b64encode

from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.search.actions import index
from polyfolio.sensemaking.models import Standing, WantedCell, ZoneStay
from tests.journeys.activities import file_of_six
from tests.journeys.conftest import OpenTab
from tests.journeys.tab import Tab
from tests.journeys.world import World

DROP = """
([zone, content]) => {
  const data = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  data.items.add(new File([bytes], "menders.xml", { type: "text/xml" }));
  for (const name of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
}
"""


def test_steward_from_a_file_to_the_holes(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward)

    bring_in(tab)
    portfolio = make_portfolio(tab)
    place(tab, portfolio)
    set_zone(tab, portfolio)
    mark_wanted(tab, portfolio, world.theme.slug)

    tab.open(f"/portfolios/{portfolio.slug}/holes/").sees("Circular economy", "Somebody should begin to mend").look()
    tab.open(f"/portfolios/{portfolio.slug}/").look()
    visitor = open_tab().open(f"/portfolios/{portfolio.slug}/", status=404)
    visitor.look()


def bring_in(tab: Tab) -> None:
    tab.open("/imports/new/").look()
    zone = tab.page.locator("[data-island=upload]")
    zone.evaluate_handle("each => each")
    tab.page.evaluate(DROP, [zone.element_handle(), b64encode(file_of_six()).decode()])
    assert "menders.xml" in zone.inner_text()
    tab.press("Import")
    tab.page.wait_for_url(re.compile(r"/imports/\d+/"))
    tab.settle().look()
    tab.sees("The file holds 6 activities", "The activity has no identifier")
    assert figures(tab) == {"added": 5, "changed": 0, "unchanged": 0, "failed": 1}
    tab.page.locator(".grid-figures a[href*='outcome=added']").first.click()
    tab.settle().sees("Mending bicycles in Nakuru").look()


def figures(tab: Tab) -> dict[str, int]:
    """What the report says became of the activities."""
    shown = tab.page.locator(".grid-figures").first.inner_text()
    found = re.findall(r"([\d,. \u202f]+)\s+(added|changed|unchanged|failed)\b", shown)
    return {word: int(re.sub(r"\D", "", number)) for number, word in found}


def make_portfolio(tab: Tab) -> Portfolio:
    index.catch_up()
    tab.open("/search/?q=mending+nakuru&kind=initiative").sees("2 results")
    tab.click("Make a portfolio from these").look()
    tab.sees("2 initiatives of your search go into it")
    tab.page.get_by_label("Name").fill("Mending in Nakuru")
    tab.press("Begin").look()
    made = Portfolio.objects.get(label="Mending in Nakuru")
    assert sorted(made.entries.values_list("initiative__label", flat=True)) == [
        "Mending bicycles in Nakuru",
        "Mending radios in Nakuru",
    ]
    return made


def place(tab: Tab, portfolio: Portfolio) -> None:
    """Answer the two questions for one initiative after the other."""
    tab.open(f"/portfolios/{portfolio.slug}/place/").look()
    for _number in range(2):
        for answer in ("[name=purpose][value=mis]", "[name=driver][value=enh]"):
            tab.page.locator(f"button{answer}").click()
            tab.settle().look()
    assert Standing.objects.filter(portfolio=portfolio).count() == 2
    tab.open(f"/portfolios/{portfolio.slug}/mix/").look()


def set_zone(tab: Tab, portfolio: Portfolio) -> None:
    for initiative in Initiative.objects.filter(entries__portfolio=portfolio):
        tab.open(f"/portfolios/{portfolio.slug}/initiatives/{initiative.slug}/zone/").look()
        tab.page.locator("[name=zone][value=yellow]").check()
        tab.press("Record the zone")
    assert ZoneStay.objects.filter(portfolio=portfolio, zone__code="yellow").count() == 2


def mark_wanted(tab: Tab, portfolio: Portfolio, theme: str) -> None:
    tab.open(f"/portfolios/{portfolio.slug}/holes/").look()
    tab.click("Mark what is wanted").look()
    tab.open(f"/portfolios/{portfolio.slug}/holes/want/?row=theme&row_key={theme}&column=zone&column_key=green").look()
    tab.page.get_by_label("Why is it wanted?").fill("Somebody should begin to mend clothes.")
    tab.press("It is wanted")
    assert WantedCell.objects.filter(portfolio=portfolio, row=theme, column="green").count() == 1
