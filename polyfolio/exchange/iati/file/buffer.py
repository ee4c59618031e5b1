"""A window over a stream of bytes that knows its line. Offsets count from the window's own beginning."""

from __future__ import annotations

from collections.abc import Iterator


class Buffer:
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.data = b""
        self.position = 0
        self.line = 1
        self.is_exhausted = False

    @property
    def size(self) -> int:
        return len(self.data) - self.position

    def more(self) -> None:
        """Read on, at least as much as there is already, so that a long activity is not searched again and again."""
        parts = [self.data[self.position :]]
        wanted = len(parts[0])
        while wanted >= 0:
            piece = next(self._pieces, None)
            if piece is None:
                self.is_exhausted = True
                break
            parts.append(piece)
            wanted -= len(piece)
        self.data = b"".join(parts)
        self.position = 0

    def at_least(self, size: int) -> bool:
        """Read on until `size` bytes are there; False where the stream ends before."""
        while self.size < size and not self.is_exhausted:
            self.more()
        return self.size >= size

    def find(self, needle: bytes, start: int, end: int | None = None) -> int:
        limit = len(self.data) if end is None else self.position + end
        found = self.data.find(needle, self.position + start, limit)
        return found - self.position if found >= 0 else -1

    def has(self, needle: bytes, start: int, end: int) -> bool:
        return self.data.find(needle, self.position + start, self.position + end) >= 0

    def starts_with(self, prefix: bytes) -> bool:
        self.at_least(len(prefix))
        return self.data.startswith(prefix, self.position)

    def take(self, size: int) -> bytes:
        """The next `size` bytes, which leave the window."""
        taken = self.data[self.position : self.position + size]
        self.position += len(taken)
        self.line += taken.count(b"\n")
        return taken

    def drop(self, size: int) -> None:
        self.take(size)
