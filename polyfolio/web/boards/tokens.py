"""The tokens of a board: what each says, what colours it, and the fields on which they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from polyfolio.sensemaking.models import Region, ZoneStay
from polyfolio.sensemaking.queries.board import Member
from polyfolio.web.portfolios.pictures import in_language
from polyfolio.web.templatetags.look import facet_name

MOST_GROUPS = 6
REST = MOST_GROUPS + 1
NAMED_UP_TO = 24
"""With more tokens than this in its fullest field, a board shows only shapes, and names as one points at them."""


@dataclass(frozen=True)
class Group:
    """One colour of the legend: `number` stands in the tokens as well, so that colour is never alone."""

    number: int
    label: str
    count: int
    href: str = ""


@dataclass(frozen=True)
class Token:
    member: Member
    facet: str
    group: int
    group_label: str
    zone: str
    href: str
    page: str

    @property
    def label(self) -> str:
        return self.member.label

    @property
    def stays(self) -> list[ZoneStay]:
        """Where it is and was, the present stay first."""
        return [*([self.member.stay] if self.member.stay else []), *self.member.earlier]

    @property
    def words(self) -> str:
        """What a screen reader and the tip say after its name: purpose, group, and its way through the zones."""
        parts = [facet_name(self.facet), self.group_label]
        if self.member.stay is not None:
            stay = self.member.stay
            day = date_format(stay.since_on, "SHORT_DATE_FORMAT")
            parts.append(_("%(zone)s since %(day)s") % {"zone": in_language(stay.zone.title), "day": day})
        if self.member.earlier:
            way = " ← ".join(in_language(each.zone.title) for each in self.member.earlier)
            parts.append(_("before: %s") % way)
        return ". ".join(part for part in parts if part)

    @property
    def trail(self) -> str:
        """The codes of the zones it came through, the first one first."""
        return " ".join(each.zone.code for each in reversed(self.member.earlier))


@dataclass(frozen=True)
class Field:
    """A zone as drawn, or (without a region) the place of those in none; `href` opens the list it counts."""

    region: Region | None
    label: str
    meaning: str
    href: str
    count: int
    tokens: Sequence[Token] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        return self.region.key if self.region else "none"

    @property
    def code(self) -> str:
        return self.region.code if self.region else ""


def grouped(members: Sequence[Member], keys: Mapping[int, str]) -> dict[str, int]:
    """The number of each key's group: the most frequent first; what comes after the sixth shares one."""
    counts = Counter(keys[each.pk] for each in members if each.pk in keys)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return {key: min(number, REST) for number, key in enumerate(ranked, start=1)}
