"""A focal point keeps their own initiative in order and cannot touch another's."""

from __future__ import annotations

import re

from tests.journeys.conftest import OpenTab
from tests.journeys.world import World


def test_focal_point_edits_their_own_and_takes_it_back(world: World, open_tab: OpenTab) -> None:
    own = world.initiatives[0]
    tab = open_tab(world.focal_point).open(f"/initiatives/{own.slug}/").click("Edit").look()

    tab.page.get_by_label("What changes in daily life").fill("A kettle lives twice as long.")
    tab.press("Save").look().sees("Saved.", "A kettle lives twice as long.")
    tab.press("Undo").look()

    assert tab.heading == "Repair counters in libraries"
    tab.open(f"/initiatives/{own.slug}/").sees("Somebody shows you how to mend your kettle")
    tab.click("History").look().sees("What changes in daily life", "Fola Focal")


def test_focal_point_cannot_touch_anothers(world: World, open_tab: OpenTab) -> None:
    other = world.initiatives[1]
    tab = open_tab(world.focal_point).open(f"/initiatives/{other.slug}/")
    assert tab.page.get_by_role("link", name="Edit", exact=True).count() == 0

    tab.open(f"/initiatives/{other.slug}/edit/", status=403).look()
    answer = tab.page.context.request.post(
        f"{tab.site}/initiatives/{other.slug}/delete/",
        headers={"X-CSRFToken": csrf_token(tab.open("/account/").page.content())},
    )

    assert answer.status == 403
    other.refresh_from_db()
    assert other.deleted_at is None


def test_what_was_typed_survives_a_lost_session(world: World, open_tab: OpenTab) -> None:
    own = world.initiatives[0]
    tab = open_tab(world.focal_point).open(f"/initiatives/{own.slug}/edit/")
    typed = "Nobody throws a toaster away before somebody looked at it."
    tab.page.get_by_label("Summary").fill(typed)
    tab.page.get_by_text("Kept on this device").wait_for()

    tab.page.context.clear_cookies(name="sessionid")
    with tab.expecting(403):
        tab.press("Save")
    assert tab.page.get_by_label("Summary").count() == 0
    tab.as_person(world.focal_point).open(f"/initiatives/{own.slug}/edit/").look()
    tab.press("Take it up again")
    tab.press("Save").sees("Saved.", typed)

    again = tab.open(f"/initiatives/{own.slug}/edit/")
    assert again.page.get_by_role("button", name="Take it up again").count() == 0


def csrf_token(content: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', content)
    assert found is not None
    return found[1]
