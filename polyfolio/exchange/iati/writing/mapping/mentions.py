"""Whom a source names: every organisation of a batch once, by its identifier or else by its folded name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from polyfolio.lib.names import name_key
from polyfolio.lib.texts import Texts, best_text

# (scheme, value) of an identifier, or ("", folded name) where there is none.
Key = tuple[str, str]

ORG_ID = re.compile(r"([A-Z]{2}-[A-Z0-9_]{1,20})-(\S.*)", re.DOTALL)
OWN_SCHEME = "iati"
MOST_NAMES = 12


@dataclass(slots=True)
class Mention:
    """`names` are all spellings met, in their order; `is_wanted` says that it should become a record if it is none."""

    ref: str
    titles: Texts
    type: str
    names: dict[str, None] = field(default_factory=dict)
    is_wanted: bool = True


class Mentions(dict[Key, Mention]):
    """The organisations that the activities of a batch name."""

    def note(self, ref: str, names: Texts, kind: str, *, is_wanted: bool) -> Key | None:
        """Take note of one naming and return its key; None where it has neither an identifier nor a name.

        An organisation with an identifier is always wanted.
        """
        name = text_of(names) if names else ""
        if ref:
            key = split_reference(ref)
        elif name:
            key = ("", folded(name))
        else:
            return None
        known = self.get(key)
        if known is None:
            known = self[key] = Mention(ref, names, kind, is_wanted=bool(ref) or is_wanted)
        else:
            known.type = known.type or kind
            known.titles = known.titles or names
            known.is_wanted = known.is_wanted or is_wanted
        if name and name not in known.names and len(known.names) < MOST_NAMES:
            known.names[name] = None
        return key


def text_of(texts: Texts) -> str:
    """The best language; most names have only one, and there are millions of them."""
    if len(texts) == 1:
        return next(iter(texts.values()))
    return best_text(texts)


@lru_cache(maxsize=50_000)
def split_reference(ref: str) -> Key:
    """An organisation's reference as scheme and value: `GB-COH-123` is 123 in the list GB-COH of org-id.guide."""
    match = ORG_ID.fullmatch(ref)
    return (match[1], match[2]) if match else (OWN_SCHEME, ref)


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """The key of a name; one without any letter or digit stands for itself."""
    return name_key(name) or name.casefold()[:300]
