"""Files that are whole or not there, and locks that a killed process cannot leave behind."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_PAUSE_S = 0.02


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by `content` at one instant, on disk when this returns."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def try_lock(path: Path, *, wait_s: float = 0.0) -> Iterator[bool]:
    """Whether this process and thread now hold the lock at `path`; the system frees it when the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait_s
    with path.open("a") as file:
        while not (is_held := _take(file.fileno())) and time.monotonic() < until:
            time.sleep(LOCK_PAUSE_S)
        yield is_held


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock at `path` right now."""
    with try_lock(path) as is_free:
        return not is_free


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
