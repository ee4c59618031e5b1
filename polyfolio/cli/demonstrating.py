"""`polyfolio demo`: the example networks, ready in a browser."""

from __future__ import annotations

import os
import time
from typing import Annotated

import typer
from django.conf import settings

from polyfolio.cli.console import err, fail, say
from polyfolio.cli.serving import Port, prepare, require_free_port, run_together, web_command, worker_command
from polyfolio.demo import loading
from polyfolio.people import queries


def demo(
    *,
    port: Port = 8000,
    with_server: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve after loading.")] = True,
) -> None:
    """Load the example networks, unless they are here, and serve them with one-click sign-ins."""
    host = "127.0.0.1"
    if not settings.POLYFOLIO_DEMO:
        fail("POLYFOLIO_DEMO is set to off. Unset it to run the demonstration.")
    if with_server:
        require_free_port(host, port)
    began = time.monotonic()
    with err.status("Preparing the database…") as status:
        prepare()
        is_new = loading.load(lambda name: status.update(f"Loading the example networks: {name}…"))
    if is_new:
        say(f"The example networks are loaded ({time.monotonic() - began:.0f} s). Everybody in them is invented.")
    if not with_server:
        return
    say(f"\nPolyfolio is on http://{host}:{port}  (Ctrl+C stops it)\n")
    say(f"Sign in with one click at http://{host}:{port}/account/login/ as:")
    for user in queries.demo_users():
        say(f"  · {user.name}")
    os.environ.setdefault("POLYFOLIO_PUBLIC_URL", f"http://{host}:{port}")
    raise typer.Exit(run_together([web_command(host, port, 2), worker_command()]))
