"""Journeys walk through the real site in a real browser: its own server, database, index and folders for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from polyfolio.search.actions import index
from polyfolio.search.storage import reader
from tests.journeys.tab import WIDE, Tab, new_tab
from tests.journeys.world import World, make_world

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parents[1]
AXE = HOUSE / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
BUILT = HOUSE / "polyfolio" / "web" / "assets" / "manifest.json"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

OpenTab = Callable[..., Tab]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, without anything it would ask the outside for."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium is found: install Debian's chromium package (apt install chromium)")
    if not BUILT.exists() or not AXE.exists():
        pytest.skip("the front end is not built: run `make build`")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def empty_database(browser: Browser, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A migrated database in a file, to be copied."""
    made = tmp_path_factory.mktemp("journeys") / "empty.sqlite3"
    with django_db_blocker.unblock():
        before = connect(made)
        call_command("migrate", verbosity=0)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
        disconnect(before)
    return made


def connect(file: Path) -> tuple[dict[str, Any], Any]:
    """Have this thread and every new one use `file`. Several threads cannot share the suite's database in memory."""
    before = connections.settings["default"], connections["default"]
    connections.settings["default"] = before[0] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "TEST": {**before[0]["TEST"], "NAME": None},
    }
    connections["default"] = connections.create_connection("default")
    return before


def disconnect(before: tuple[dict[str, Any], Any]) -> None:
    connections["default"].close()
    connections.settings["default"], connections["default"] = before


@pytest.fixture
def site(
    empty_database: Path, tmp_path: Path, settings: Any, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a server whose whole state is this test's own."""
    file = tmp_path / "polyfolio.sqlite3"
    shutil.copy(empty_database, file)
    settings.POLYFOLIO_DATA = tmp_path
    settings.POLYFOLIO_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    reader.forget()
    with django_db_blocker.unblock():
        before = connect(file)
        server = LiveServer("127.0.0.1")
        server._live_server_modified_settings.enable()
        settings.POLYFOLIO_PUBLIC_URL = server.url
        yield server.url
        server.stop()
        server._live_server_modified_settings.disable()
        disconnect(before)
    reader.forget()


@pytest.fixture
def world(site: str) -> World:
    """A small network with people, work and a portfolio, which search finds."""
    made = make_world()
    index.catch_up()
    return made


@pytest.fixture
def open_tab(browser: Browser, site: str) -> Iterator[OpenTab]:
    """Opens a person's window. When the journey ends, nothing may have gone wrong in any of them."""
    tabs: list[Tab] = []
    axe = AXE.read_text(encoding="utf-8")

    def opened(user: Any = None, **options: Any) -> Tab:
        given = {"viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce", "timezone_id": "UTC"} | options
        tab = new_tab(browser.new_context(**given), site, axe)
        tabs.append(tab)
        return tab.as_person(user) if user is not None else tab

    yield opened
    for tab in tabs:
        tab.page.context.close()
    if problems := [problem for tab in tabs for problem in tab.problems]:
        pytest.fail("\n".join(dict.fromkeys(problems)), pytrace=False)
