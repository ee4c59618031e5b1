"""Every page that links lead to, two clicks from the front page, for a visitor and for a steward."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import OpenTab
from tests.journeys.tab import Tab
from tests.journeys.world import World

MOST = 45
MOST_OF_A_KIND = 2
CLICKS = 2
FILES = re.compile(r"^/(static|files|account/export|api)/|[?&]export=")
LINKS = """
() => [...document.querySelectorAll("a[href]")].map((each) =>
  [new URL(each.getAttribute("href"), location.href).href, each.hasAttribute("download")])
"""


def links(tab: Tab) -> list[str]:
    """Addresses of this site's pages, each once, in their order; downloads left out."""
    found: dict[str, None] = {}
    for href, is_file in tab.page.evaluate(LINKS):
        parts = urlsplit(href)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if href.startswith(tab.site) and not is_file and not FILES.search(path):
            found[path] = None
    return list(found)


def kind_of(path: str) -> str:
    """Pages of the same kind look alike: what stands for a record's name is left out, and so are values."""
    parts = urlsplit(path)
    words = [word for word in parts.path.strip("/").split("/") if word]
    shape = "/".join("…" if number % 2 else word for number, word in enumerate(words))
    if words[:1] == ["account"]:
        shape = parts.path
    tail = words[-1] if len(words) > 2 else ""
    names = "&".join(sorted(re.findall(r"(\w+)=", parts.query)))
    return f"{shape} {tail} {names}"


@pytest.mark.parametrize(("who", "scheme"), [("visitor", "light"), ("steward", "dark")])
def test_links_lead_to_sound_pages(who: str, scheme: str, world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward if who == "steward" else None, color_scheme=scheme)
    waiting, kinds, seen = deque([("/", 0)]), {kind_of("/"): 1}, {"/"}
    opened = []

    while waiting and len(opened) < MOST:
        path, clicks = waiting.popleft()
        tab.open(path).look()
        opened.append(path)
        for link in links(tab) if clicks < CLICKS else ():
            kind = kind_of(link)
            if link not in seen and kinds.get(kind, 0) < MOST_OF_A_KIND:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(link)
                waiting.append((link, clicks + 1))

    assert len(opened) >= 20
