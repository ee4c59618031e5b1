"""Filling the slots of a sentence part: things, people, places and figures."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

SLOT = re.compile(r"\{(\w+)\}")
WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MONTHS = ("four months", "five months", "six months", "eight months", "nine months", "ten months", "a year")
WEEKS = ("three weeks", "four weeks", "five weeks", "six weeks", "seven weeks", "nine weeks")
RANGES = {
    "some": (12, 48),
    "many": (60, 480),
    "low": (4, 12),
    "pct": (15, 39),
    "share": (54, 88),
    "staff": (14, 90),
    "year": (2011, 2019),
}


def fill(pattern: str, names: Mapping[str, str], chance: random.Random) -> str:
    """The pattern with every slot filled; a slot that begins with a capital begins a sentence, figures included."""
    return SLOT.sub(lambda found: _value(found[1], names, chance), pattern)


def spelled(number: int) -> str:
    """A number below one hundred in words."""
    if number < 20:
        return WORDS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{WORDS[ones]}" if ones else "")


def capital(words: str) -> str:
    """The same words with a capital first letter and the rest untouched."""
    return words[:1].upper() + words[1:]


def _value(slot: str, names: Mapping[str, str], chance: random.Random) -> str:
    name = slot.lower()
    is_first = slot != name
    if name in names:
        return capital(names[name]) if is_first else names[name]
    words = _figure(name, chance, is_first)
    return capital(words) if is_first else words


def _figure(name: str, chance: random.Random, is_first: bool) -> str:
    if name == "months":
        return chance.choice(MONTHS)
    if name == "weeks":
        return chance.choice(WEEKS)
    if name == "few":
        return WORDS[chance.randint(3, 9)]
    number = chance.randint(*RANGES[name])
    return spelled(number) if is_first and number < 100 else str(number)
