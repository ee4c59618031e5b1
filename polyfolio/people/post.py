"""How this room sends a mail: the notify room, which stands above it, registers the letter box."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django_stubs_ext import StrOrPromise


class LetterBox(Protocol):
    """Queues one mail in the caller's transaction: a short text, and one button where it leads somewhere."""

    def __call__(
        self, *, to: str, subject: StrOrPromise, text: StrOrPromise, button: StrOrPromise, address: str, at: datetime
    ) -> object: ...


_boxes: list[LetterBox] = []


def register(box: LetterBox) -> None:
    if box not in _boxes:
        _boxes.append(box)


def send(
    *, to: str, subject: StrOrPromise, text: StrOrPromise, button: StrOrPromise, address: str, at: datetime
) -> None:
    """Queue a mail; `address` is the page its one button opens."""
    for box in _boxes:
        box(to=to, subject=subject, text=text, button=button, address=address, at=at)
