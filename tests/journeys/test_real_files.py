"""A real publisher's file, brought in through the browser as its steward would."""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys.conftest import OpenTab
from tests.journeys.test_steward import figures
from tests.journeys.world import World


def test_real_file_is_counted_to_the_last_activity(shared_data: Path, world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward).open("/imports/new/")
    tab.page.context.set_default_timeout(90_000)
    tab.page.locator("input[type=file]").set_input_files(shared_data / "iati" / "okfn" / "xml" / "who-bra.xml")

    tab.press("Import")
    tab.page.wait_for_url(re.compile(r"/imports/\d+/"))
    tab.settle().look()

    counts = figures(tab)
    assert sum(counts.values()) == 134
    assert counts["added"] > 0
