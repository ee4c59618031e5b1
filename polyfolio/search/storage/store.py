"""The folder of an index: generations beside each other, a pointer to the live one, and what each has applied."""

from __future__ import annotations

import shutil
import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import orjson
from django.conf import settings

from polyfolio.search.schema import FORMAT
from polyfolio.search.storage.applied import Applied
from polyfolio.search.storage.files import is_locked, sync_folder, try_lock, write_whole

POINTER = "current"
STATE = "state.json"
ROWS = "rows"
TANTIVY_META = "meta.json"


@dataclass
class State:
    """What one generation was made from and how far it has come."""

    origin: str
    applied: Applied
    caught_up_at: datetime
    built_at: datetime
    format: int = FORMAT
    failures: list[str] = field(default_factory=list)

    def dump(self) -> bytes:
        return orjson.dumps(
            {
                "format": self.format,
                "origin": self.origin,
                "low": self.applied.low,
                "ranges": self.applied.ranges,
                "caught_up_at": self.caught_up_at,
                "built_at": self.built_at,
                "failures": self.failures[-20:],
            }
        )

    @classmethod
    def load(cls, content: bytes) -> State:
        found = orjson.loads(content)
        return cls(
            origin=found["origin"],
            applied=Applied(found["low"], found["ranges"]),
            caught_up_at=datetime.fromisoformat(found["caught_up_at"]),
            built_at=datetime.fromisoformat(found["built_at"]),
            format=found["format"],
            failures=found["failures"],
        )


@dataclass(frozen=True)
class Generation:
    """One complete index in a folder of its own."""

    folder: Path

    @property
    def rows(self) -> Path:
        return self.folder / ROWS

    @property
    def meta(self) -> Path:
        """The file that tantivy replaces with each commit."""
        return self.rows / TANTIVY_META

    def state(self) -> State | None:
        """How far it has come; None where that cannot be read, and the index therefore not be used."""
        try:
            return State.load((self.folder / STATE).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, state: State) -> None:
        write_whole(self.folder / STATE, state.dump())


@dataclass(frozen=True)
class Store:
    """The folder that holds the generations of one machine's index."""

    root: Path

    @property
    def pointer(self) -> Path:
        return self.root / POINTER

    def live(self) -> Generation | None:
        """The generation that is searched."""
        try:
            name = self.pointer.read_text().strip()
        except FileNotFoundError:
            return None
        return Generation(self.root / name) if name else None

    def begin(self) -> Generation:
        """A new, empty generation beside the live one; nobody sees it before `publish`."""
        generation = Generation(self.root / f"generation-{uuid.uuid4().hex[:12]}")
        generation.rows.mkdir(parents=True)
        sync_folder(self.root)
        return generation

    def publish(self, generation: Generation) -> None:
        """Make `generation` the live one, at one instant for every process."""
        write_whole(self.pointer, generation.folder.name.encode())

    def retire(self) -> None:
        """Let no generation be live: the next who catches up builds one."""
        self.pointer.unlink(missing_ok=True)

    def clear_others(self) -> None:
        """Delete every generation that is not live. Those who read one keep their open files until they look again."""
        live = self.live()
        for folder in self.root.glob("generation-*"):
            if live is None or folder != live.folder:
                shutil.rmtree(folder, ignore_errors=True)

    def writing(self, *, wait_s: float = 0.0) -> AbstractContextManager[bool]:
        """Hold the right to write to the live generation and to replace it."""
        return try_lock(self.root / "writing.lock", wait_s=wait_s)

    def rebuilding(self) -> AbstractContextManager[bool]:
        """Hold the right to build a new generation."""
        return try_lock(self.root / "rebuilding.lock")

    def is_rebuilding(self) -> bool:
        return is_locked(self.root / "rebuilding.lock")


def store() -> Store:
    """The store of this installation and machine (setting POLYFOLIO_INDEX)."""
    return Store(Path(settings.POLYFOLIO_INDEX))
