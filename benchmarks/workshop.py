"""A live workshop: forty people act twice a second against a real server; how soon everybody sees everything.

    python -m benchmarks.workshop [--people 40] [--seconds 20] [--database postgresql://…]

Starts `polyfolio serve` with an empty installation on the loopback, lets simulated people join, act and ask as the
browser's island does (a post with acts brings news, else one question a second), and prints one row of Markdown for
each database. Refuses to print a row where an act is missing on anybody's screen. Stops by itself.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
EACH = 0.5
POLL = 1.0
PROMISED = 1.5
WAITS_FOR_SERVER = 90
WAITS_AFTER = 60
SETUP = """
import django; django.setup()
from django.utils import timezone
from polyfolio.network.models import Network
from polyfolio.people.models import User
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.models import Workshop
from polyfolio.sensemaking.workshops.agendas import agenda
network = Network.objects.create(slug="bench", title={"en": "Bench"}, visibility="public")
portfolio = Portfolio.objects.create(network=network, slug="bench", title={"en": "Bench"}, visibility="public")
Workshop.objects.create(portfolio=portfolio, title="Bench", held_on=timezone.localdate(), code="BENCH2",
    steps=agenda("exploration"), state="running", current_step=3)
"""


@dataclass
class Person:
    """One browser: a connection, a seat, and when each act was first seen."""

    number: int
    port: int
    people: int
    seconds: float
    sent: dict[str, float] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    sequence: int = 0
    problems: list[str] = field(default_factory=list)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes, Any]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()), **headers}
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _is, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, content, answer.headers

    def join(self) -> None:
        _status, page, _headers = self.ask("GET", "/w/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1].decode(), "code": "BENCH2", "name": f"Person {self.number}"}
        encoded = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _page, _headers = self.ask("POST", "/w/", urllib.parse.urlencode(form), **encoded)
        assert status == 302, status
        self.hear(json.loads(self.ask("GET", "/w/BENCH2/since/0/")[1]))

    def live(self, begins: float) -> None:
        """Act twice a second until the time is over, then only ask until everything has arrived."""
        time.sleep(max(0.0, begins + self.number * EACH / 40 - time.monotonic()))
        due = time.monotonic()
        for _act in range(round(self.seconds / EACH)):
            time.sleep(max(0.0, due - time.monotonic()))
            self.act()
            due += EACH
        until = time.monotonic() + WAITS_AFTER
        wanted = round(self.seconds / EACH) * self.people
        while len(self.seen) < wanted and time.monotonic() < until:
            began = time.monotonic()
            self.poll()
            time.sleep(max(0.0, began + POLL - time.monotonic()))

    def act(self) -> None:
        name = f"{self.number}-{len(self.sent)}"
        act = {"client_id": name, "kind": "note", "step": 3, "target": "", "payload": {"text": name, "layer": ""}}
        self.sent[name] = time.monotonic()
        token = {"X-CSRFToken": self.cookies["csrftoken"], "Content-Type": "application/json"}
        status, content, _headers = self.ask(
            "POST", "/w/BENCH2/acts/", json.dumps({"acts": [act], "since": self.sequence}), **token
        )
        if status == 200:
            news = json.loads(content)
            self.problems += [answer["refused"] for answer in news["answers"] if answer["refused"]]
            self.hear(news)
        else:
            self.problems.append(f"{status} {content[:200]!r}")

    def poll(self) -> None:
        status, content, _headers = self.ask("GET", f"/w/BENCH2/since/{self.sequence}/")
        if status == 200:
            self.hear(json.loads(content))

    def hear(self, news: Mapping[str, Any]) -> None:
        now = time.monotonic()
        for sequence, _seat, _step, kind, _target, payload in news["acts"]:
            if kind == "note":
                self.seen.setdefault(sequence, now)
                self.named[sequence] = payload["text"]
        self.sequence = max(self.sequence, news["sequence"])


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def measure(people: int, seconds: float, database: str) -> str:
    """One row: database, people, acts, how long until everybody saw them, what was lost."""
    with tempfile.TemporaryDirectory(prefix="polyfolio-benchmark-") as folder:
        port = free_port()
        environment = os.environ | {
            "POLYFOLIO_DATA": folder,
            "POLYFOLIO_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "POLYFOLIO_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "polyfolio.config.settings",
            "PYTHONPATH": str(REPOSITORY),
        }
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        polyfolio = str(Path(sys.executable).parent / "polyfolio")
        command = [polyfolio, "serve", "--port", str(port)]
        with (Path(folder) / "server.log").open("w") as log:
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_for(port)
            subprocess.run([sys.executable, "-c", SETUP], env=environment, cwd=REPOSITORY, check=True)
            return row("PostgreSQL" if database else "SQLite", simulate(port, people, seconds))
        finally:
            os.killpg(server.pid, signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def wait_for(port: int) -> None:
    until = time.monotonic() + WAITS_FOR_SERVER
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("The server did not start.")


def simulate(port: int, people: int, seconds: float) -> list[Person]:
    crowd = [Person(number, port, people, seconds) for number in range(people)]
    for person in crowd:
        person.join()
    begins = time.monotonic() + 1
    threads = [threading.Thread(target=person.live, args=(begins,)) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return crowd


def row(database: str, crowd: list[Person]) -> str:
    sent = {name: at for person in crowd for name, at in person.sent.items()}
    delays, lost, twice = [], 0, 0
    for person in crowd:
        seen = [(person.named[sequence], at) for sequence, at in person.seen.items()]
        lost += len(set(sent) - {name for name, _at in seen})
        twice += len(seen) - len({name for name, _at in seen})
        delays += [at - sent[name] for name, at in seen]
    problems = [problem for person in crowd for problem in person.problems]
    if lost or twice or problems:
        raise SystemExit(f"{database}: {lost} acts missing, {twice} twice, {len(problems)} refused {problems[:3]}")
    delays.sort()
    p50, p95 = (delays[math.ceil(len(delays) * share) - 1] for share in (0.5, 0.95))
    kept = "yes" if p95 <= PROMISED else "no"
    return (
        f"| {database} | {len(crowd)} | {len(sent)} | {len(delays)} | {p50:.2f} s | {p95:.2f} s |"
        f" {delays[-1]:.2f} s | {lost} | {kept} |"
    )


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=40)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--database", default="")
    given = asked.parse_args()
    print("| database | people | acts | seen in all | median | p95 | slowest | lost | within 1.5 s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for database in dict.fromkeys(["", given.database]):
        print(measure(given.people, given.seconds, database), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
