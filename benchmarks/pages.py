"""Pages at their promised size: signed in, with mixed visibility, nothing of the page cached.

Makes its own SQLite database in a temporary folder, asks for each page as somebody with several kinds of grants, and
prints what the server took. Refuses to print a figure for fewer rows than it claims.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any

FOLDER = tempfile.mkdtemp(prefix="polyfolio-benchmark-")
os.environ["POLYFOLIO_DATA"] = FOLDER
os.environ["POLYFOLIO_PUBLIC_URL"] = "http://127.0.0.1:8000"
os.environ["POLYFOLIO_LOG_LEVEL"] = "ERROR"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polyfolio.config.settings")
os.environ.pop("DATABASE_URL", None)

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from benchmarks.pages_data import World, make_world
from polyfolio.lib.memory import settle
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.models import Entry

ROUNDS = 40
MOST_QUERIES = 15
HOLES = 200
MATRICES = (
    ("sdg_target", "country"),
    ("organisation_kind", "facet"),
    ("indicator", "programme"),
    ("lever", "field"),
    ("sector", "sdg_goal"),
)


@dataclass(frozen=True)
class Page:
    """A page with its promise: at most so many milliseconds, and queries where they are promised."""

    name: str
    address: str
    milliseconds: int | None = None
    queries: int | None = None


@dataclass(frozen=True)
class Measured:
    page: Page
    who: str
    median: float
    p95: float
    queries: int

    @property
    def is_kept(self) -> bool:
        in_time = self.page.milliseconds is None or self.p95 <= self.page.milliseconds
        return in_time and (self.page.queries is None or self.queries <= self.page.queries)


def matrix(portfolio: str, row: str, column: str) -> str:
    return f"/portfolios/{portfolio}/holes/?row={row}&column={column}"


def pages_of(world: World) -> list[Page]:
    big, small = world.big.slug, world.small.slug
    return [
        Page("portfolio overview", f"/portfolios/{big}/", 150, MOST_QUERIES),
        Page("the same with ten initiatives", f"/portfolios/{small}/", 150, MOST_QUERIES),
        Page("one portfolio over both", f"/portfolios/{world.parent.slug}/"),
        Page("initiative", f"/initiatives/{world.initiative.slug}/", 60, MOST_QUERIES),
        Page("list of the portfolio", f"/portfolios/{big}/initiatives/?dormant=with"),
        Page("list, one zone and theme", f"/portfolios/{big}/initiatives/?zone=green&theme=t3&dormant=with"),
        Page("the diamond", f"/portfolios/{big}/mix/?points=none", 200),
        Page("the diamond with points", f"/portfolios/{big}/mix/", 200),
        Page("mix by money", f"/portfolios/{big}/mix/?by=money"),
        Page("mix of one theme", f"/portfolios/{big}/mix/?theme=t3"),
        Page("replay, one step", f"/portfolios/{big}/replay/?on=2025-06-30", 150),
        Page("scenario", f"/portfolios/{big}/scenarios/{world.scenario.pk}/"),
        Page("holes", f"/portfolios/{big}/holes/", HOLES),
        *(Page(f"holes, {row} by {column}", matrix(big, row, column), HOLES) for row, column in MATRICES),
        Page("what is wanted", f"/portfolios/{big}/wanted/"),
        Page("who could be connected", f"/portfolios/{big}/synergies/?row=indicator&column=country"),
        Page("money", f"/portfolios/{big}/money/"),
    ]


def measure(page: Page, user: User, rounds: int) -> Measured:
    """Each round is a whole request; two first ones warm what a server keeps anyway (templates, code)."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(2):
        answer = client.get(page.address)
        if answer.status_code != 200:
            sys.exit(f"{page.address} answered {answer.status_code}.")
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.get(page.address)
        taken.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(page.address)
    p95 = statistics.quantiles(taken, n=20)[-1]
    return Measured(page, user.name, statistics.median(taken), p95, len(queries))


def show(rows: list[Measured]) -> None:
    print("| page | as | median, ms | p95, ms | queries | promise |")
    print("| --- | --- | --: | --: | --: | --- |")
    for row in rows:
        limits = [f"≤ {row.page.milliseconds} ms"] if row.page.milliseconds else []
        limits += [f"≤ {row.page.queries} queries"] if row.page.queries else []
        kept = f"{', '.join(limits)}: {'kept' if row.is_kept else 'NOT KEPT'}" if limits else ""
        print(f"| {row.page.name} | {row.who} | {row.median:.0f} | {row.p95:.0f} | {row.queries} | {kept} |")


def check_size(world: World, count: int) -> None:
    held = Entry.objects.filter(portfolio=world.big).count()
    if held < count:
        sys.exit(f"The portfolio holds {held} initiatives, not the {count} that were asked for.")
    grades = set(Entry.objects.filter(portfolio=world.big).values_list("initiative__visibility", flat=True))
    if len(grades) < len(Visibility):
        sys.exit("Not every grade of visibility is among them.")


def run(count: int, rounds: int) -> list[Measured]:
    call_command("migrate", verbosity=0)
    world = make_world(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    check_size(world, count)
    settle()
    people: list[Any] = [world.member, world.steward]
    return [measure(page, user, rounds) for page in pages_of(world) for user in people]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--initiatives", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    given = asked.parse_args()
    count, rounds = given.initiatives, max(given.rounds, 20)
    try:
        with override_settings(ALLOWED_HOSTS=["testserver"]):
            rows = run(count, rounds)
    finally:
        connection.close()
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"\n{count:,} initiatives in the portfolio, as many outside it; {rounds} requests each, one at a time.\n")
    show(rows)
    counts = {row.who: {each.queries for each in rows[:4] if each.who == row.who} for row in rows[:2]}
    same = all(len(numbers) == 1 for numbers in counts.values())
    print(f"\nThe overview costs {'the same' if same else 'NOT the same'} number of queries for 10 and {count:,}.")
    return 0 if same and all(row.is_kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
