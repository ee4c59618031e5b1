"""Preparing and running an installation: database, static files, web server and worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command

from polyfolio.cli.console import err, fail, say

Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="The address to listen on.")]


def migrate() -> None:
    """Bring the database and the static files up to date."""
    prepare()
    say("The database and the static files are up to date.")


def prepare() -> None:
    """Migrate, and collect the static files where the front end was built anew."""
    call_command("migrate", interactive=False, verbosity=0)
    built = Path(settings.BASE_ASSETS) / "manifest.json"
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if not built.exists():
        err.print(
            "The front end is not built yet: run `make build`. Pages work without its styles and pictures.",
            soft_wrap=True,
        )
    elif not stamp.exists() or stamp.stat().st_mtime < built.stat().st_mtime:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.touch()


def serve(
    *,
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Web processes.", min=1)] = 2,
    with_worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Run a job worker beside.")] = True,
) -> None:
    """Run the web server and a job worker until interrupted."""
    require_free_port(host, port)
    prepare()
    commands = [web_command(host, port, workers)]
    if with_worker:
        commands.append(worker_command())
    say(f"Polyfolio is on http://{host}:{port} (Ctrl+C stops it).")
    sys.exit(run_together(commands))


def worker() -> None:
    """Run a job worker alone, beside web servers on this or other machines."""
    sys.exit(run_together([worker_command()]))


def require_free_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            fail(f"Port {port} needs special rights. Choose one above 1023, for example: make serve PORT=8001")
        except OSError:
            fail(f"Port {port} is taken by another program. Choose another, for example: make demo PORT={port + 1}")


def web_command(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--respawn-failed-workers",
        "--log-level",
        "warning",
        "polyfolio.config.wsgi:application",
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "django", "run_huey", "--quiet", "--max-delay", "0.2", "--workers", "2"]


def run_together(commands: list[list[str]]) -> int:
    """Run the commands until one ends or a signal comes, then stop all; the exit code of the first to end.

    The worker is stopped with SIGINT, so that it finishes the task in hand.
    """
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "polyfolio.config.settings"}
    children = [subprocess.Popen(command, env=environment, start_new_session=True) for command in commands]  # noqa: S603
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: stopped.append(received))
    while not stopped and all(child.poll() is None for child in children):
        time.sleep(0.1)
    ended = next((child.returncode for child in children if child.poll() is not None), 0)
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
    for child in children:
        _wait(child)
    return 0 if stopped else ended


def _wait(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(timeout=15)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
