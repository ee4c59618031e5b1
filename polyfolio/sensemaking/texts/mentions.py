"""Who is named in a text by `@` and a name: pure reading, whoever these people are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST = 20
_AT = re.compile(r"(?<![\w@.])@(?=\w)")
_UNKNOWN = re.compile(r"[\w’'-]+(?: [^\W\d_a-zà-ÿ][\w’'-]+)?")


@dataclass(frozen=True)
class Mention:
    """A name in a text, from its `@` to its end; `keys` are those who bear it, none where nobody does."""

    start: int
    end: int
    words: str
    keys: tuple[int, ...]


def handle(name: str) -> str:
    """What one types after the `@`: a name up to its first comma."""
    return name.partition(",")[0].strip()


def mentions(text: str, people: Iterable[tuple[int, str]]) -> list[Mention]:
    """Every name after an `@`, the longest that fits; `people` are (key, name). Mail addresses are none."""
    handles: dict[str, list[int]] = {}
    for key, name in people:
        for form in dict.fromkeys((name.strip(), handle(name))):
            if form:
                handles.setdefault(form.casefold(), []).append(key)
    longest_first = sorted(handles, key=len, reverse=True)
    return [_read(text, found.end(), handles, longest_first) for found in _AT.finditer(text)]


def _read(text: str, begins: int, handles: dict[str, list[int]], longest_first: Sequence[str]) -> Mention:
    for form in longest_first:
        ends = begins + len(form)
        if text[begins:ends].casefold() == form and not text[ends : ends + 1].isalnum():
            return Mention(begins - 1, ends, text[begins:ends], tuple(dict.fromkeys(handles[form])))
    match = _UNKNOWN.match(text, begins)
    words = match[0] if match else text[begins : begins + 1]
    return Mention(begins - 1, begins + len(words), words, ())
