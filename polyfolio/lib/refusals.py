"""What an action says when it will not do something, in words for the person who asked."""

from __future__ import annotations

from typing import Any


class RefusedError(ValueError):
    """An action says no for a reason that the person can mend; pages show the sentence as it stands.

    `field` names the input it is about, where it is about one.
    """

    def __init__(self, sentence: Any, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field

    def __str__(self) -> str:
        return str(self.args[0])


class MovedError(LookupError):
    """What was asked for stands at another address now: `record` is what it became."""

    def __init__(self, record: Any) -> None:
        super().__init__(str(record))
        self.record = record
