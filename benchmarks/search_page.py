"""The search page at size: server time of the results and of the filters with their counts.

    python -m benchmarks.search_page --records 1000000

Requests go through every middleware, view and template in one process, signed in as a member, a steward and an
administrator in turn, over records of mixed visibility; nothing is cached between requests. One of four searches has
filters, one of eight another order. Prints rows of a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.search import Timed, require, timed, to_document
from benchmarks.search_records import Generator, questions

SEARCHES = 400
WARM = 60
NETWORKS, PROGRAMMES, THEMES, ORGANISATIONS = 6, 30, 24, 5000
STATUSES = ("pipeline", "implementation", "closed")
ZONES = ("yellow", "green", "blue")
FACETS = ("mis", "enh", "ada", "ant")
REACH = {"/search/": 80, "/search/facets/": 150}


@dataclass(frozen=True)
class Visit:
    """One search as one person makes it: who, and the query string."""

    who: int
    query: str


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=100_000)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="polyfolio-bench-") as folder:
        os.environ |= {
            "POLYFOLIO_DATA": folder,
            "POLYFOLIO_INDEX": f"{folder}/index",
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "POLYFOLIO_PUBLIC_URL": "http://127.0.0.1:8000",
            "POLYFOLIO_LOG_LEVEL": "ERROR",
        }
        Path(folder, "static").mkdir()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polyfolio.config.settings")
        run(given.records)
    return 0


def run(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    readers = make_world()
    build(count)
    clients = [signed_in(reader) for reader in readers]
    visits = make_visits(len(readers))
    rows = [measure(address, count, clients, visits) for address in REACH]
    require(count)
    print("| what | how | machine | date | result | reach |\n| --- | --- | --- | --- | --- | --- |")
    print("\n".join(rows))


def make_world() -> list[Any]:
    """The records that the facets' codes name, a third of them not for everybody; a member, a steward, an administrator
    with the rights of the engine benchmark's readers.
    """
    from polyfolio.network.models import Body, Network, Organisation
    from polyfolio.people.models import User
    from polyfolio.vocabulary.models import Theme

    networks = Network.objects.bulk_create(
        [Network(pk=n + 1, slug=f"network-{n}", title={"en": f"Network {n}"}) for n in range(NETWORKS)]
    )
    Body.objects.bulk_create(
        Body(network=networks[n % NETWORKS], slug=str(n), kind="programme", title={"en": f"Programme {n}"})
        for n in range(PROGRAMMES)
    )
    Theme.objects.bulk_create(Theme(slug=str(n), title={"en": f"Theme {n}"}, label=str(n)) for n in range(THEMES))
    Organisation.objects.bulk_create(
        (
            Organisation(
                slug=str(n),
                title={"en": f"Organisation {n}"},
                label=f"Organisation {n}",
                visibility="network" if n % 3 == 2 else "public",
            )
            for n in range(ORGANISATIONS)
        ),
        batch_size=1000,
    )
    member, steward, admin = (User.objects.create_user(f"{name}@example.org", None, name=name) for name in "abc")
    grant(member, [("member", "network", 1), ("focal_point", "organisation", 77)])
    grant(steward, [("steward", "network", 2), *(("focal_point", "organisation", n) for n in range(1, 31))])
    grant(admin, [("admin", "installation", 0)])
    return [member, steward, admin]


def grant(user: Any, grants: Sequence[tuple[str, str, int]]) -> None:
    from polyfolio.people.models import Grant

    at = datetime.now(UTC)
    Grant.objects.bulk_create(
        Grant(user=user, role=role, scope_type=kind, scope_id=pk, given_at=at) for role, kind, pk in grants
    )


class Generated:
    """A source of the engine benchmark's records, of every kind, with what the list shows of each beside its title."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._generator = Generator()

    def all_ids(self) -> Iterable[int]:
        return range(self._count)

    def documents(self, ids: Sequence[int]) -> Iterable[Any]:
        for record in map(self._generator.record, ids):
            document: Any = to_document(record)
            yield replace(document, extra=extra(record.number, record.facets))


def build(count: int) -> None:
    """An index of that many records and nothing else."""
    from polyfolio.search import documents
    from polyfolio.search.actions import index

    for kind in documents.sources():
        documents.unregister(kind)
    documents.register("initiative", Generated(count))
    index.rebuild(progress=lambda done: print(f"\r{done:,} records", end="", file=sys.stderr, flush=True))
    print(file=sys.stderr)
    require(count)


def extra(number: int, facets: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        "type": "project",
        "status": STATUSES[number % len(STATUSES)],
        "country": " ".join(facets["country"]),
        "facet": FACETS[number % len(FACETS)],
        "zone": ZONES[number % len(ZONES)],
        "portfolio_class": "core",
    }


def make_visits(readers: int) -> list[Visit]:
    visits = []
    for number, question in enumerate(questions(SEARCHES)):
        query: dict[str, Any] = {"q": question.words}
        if number % 4 == 1:
            query |= {"kind": "initiative", "theme": [str(number % THEMES), str((number + 5) % THEMES)]}
        if number % 8 == 2:
            query |= {"sort": "newest", "organisation": str(number % 60)}
        visits.append(Visit(number // 4 % readers, urlencode(query, doseq=True)))
    return visits


def signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def measure(address: str, count: int, clients: Sequence[Any], visits: Sequence[Visit]) -> str:
    def visit(one: Visit) -> None:
        answer = clients[one.who].get(f"{address}?{one.query}")
        if answer.status_code != 200:
            sys.exit(f"{address}?{one.query} answered {answer.status_code}: no figure is printed.")

    for one in visits[:WARM]:
        visit(one)
    spent = Timed([timed(_calling(visit, one)) for one in visits])
    what = {"/search/": "search page with its first 20 results", "/search/facets/": "its filters, five exact counts"}
    return (
        f"| {what[address]}, {count:,} records, signed in, mixed visibility, {len(visits)} searches | "
        f"`python -m benchmarks.search_page --records {count}` | {machine()} | {date.today():%Y-%m-%d} | "
        f"p50 {spent.at(0.5):.0f} ms, p95 {spent.at(0.95):.0f} ms, longest {spent.at(1):.0f} ms | "
        f"p95 ≤ {REACH[address]} ms |"
    )


def _calling(work: Callable[[Visit], None], one: Visit) -> Callable[[], None]:
    return lambda: work(one)


def machine() -> str:
    """The processor's name and how many of its cores there are."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} cores, {next(iter(names), 'unknown processor')}"


if __name__ == "__main__":
    sys.exit(main())
