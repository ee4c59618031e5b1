"""What a found record shows of itself beside its title: its kind, and badges for what was kept with it in the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from polyfolio.audit.visibility import Viewer
from polyfolio.search.excerpts import Segments
from polyfolio.search.queries import Hit
from polyfolio.web.search.labels import KIND_ICONS, KIND_LABELS, Labels, labels

# Facets of which a document may keep codes, parted by blanks, in `extra`.
KEPT = ("type", "organisation_kind", "status", "country", "facet", "zone")
COUNTRIES_SHOWN = 3
ZONE_COLOURS = frozenset({"yellow", "green", "blue"})
TONES: Mapping[str, str] = {
    "pipeline": "info",
    "implementation": "good",
    "finalisation": "good",
    "suspended": "warn",
    "cancelled": "bad",
    "forming": "info",
    "active": "good",
}
TONE_ICONS: Mapping[str, str] = {
    "good": "circle-check",
    "warn": "clock",
    "bad": "alert-triangle",
    "info": "info-circle",
    "quiet": "circle-dashed",
}
CLASSES: Mapping[str, tuple[StrPromise, StrPromise]] = {
    "core": (_("Core"), _("Created together inside a portfolio")),
    "affiliated": (_("Affiliated"), _("A partner’s own, admitted after due diligence")),
    "listed": (_("Listed"), _("In the network, in no portfolio")),
}


@dataclass(frozen=True)
class Badge:
    """A code with its label, and what it is drawn with: a status' tone and icon, a zone's colour, a class' meaning."""

    key: str
    label: str
    look: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Shown:
    """One hit as the list shows it; `said` are plain words for the line under it."""

    title: Segments
    address: str
    excerpt: Segments
    kind: str
    icon: str
    status: Badge | None
    membership: Badge | None
    facets: tuple[Badge, ...]
    zones: tuple[Badge, ...]
    said: tuple[str, ...]

    @property
    def has_more(self) -> bool:
        return bool(self.membership or self.facets or self.zones or self.said)


def shown(hits: Sequence[Hit], user: Viewer) -> list[Shown]:
    """The hits with their badges; at most one query for all of them."""
    named = {name: labels(name, _all(hits, name), user) for name in KEPT}
    return [_shown(hit, named) for hit in hits]


def _all(hits: Iterable[Hit], name: str) -> list[str]:
    return list(dict.fromkeys(code for hit in hits for code in _codes(hit, name)))


def _codes(hit: Hit, name: str) -> list[str]:
    return hit.extra.get(name, "").split()


def _shown(hit: Hit, named: Mapping[str, Labels]) -> Shown:
    def badges(name: str) -> list[Badge]:
        return [Badge(code, named[name][code]) for code in _codes(hit, name) if code in named[name]]

    status = next(iter(badges("status")), None)
    kinds = [badge.label for badge in badges("type") + badges("organisation_kind")]
    return Shown(
        title=hit.title,
        address=hit.address,
        excerpt=hit.excerpt,
        kind=" · ".join(dict.fromkeys([str(KIND_LABELS.get(hit.kind, hit.kind)), *kinds])),
        icon=KIND_ICONS.get(hit.kind, "file-text"),
        status=status and _status(status),
        membership=_membership(_codes(hit, "portfolio_class")),
        facets=tuple(badges("facet")),
        zones=tuple(
            Badge(each.key, each.label, each.key if each.key in ZONE_COLOURS else "other") for each in badges("zone")
        ),
        said=_said(hit, [badge.label for badge in badges("country")]),
    )


def _status(badge: Badge) -> Badge:
    tone = TONES.get(badge.key, "quiet")
    return Badge(badge.key, badge.label, tone, TONE_ICONS[tone])


def _membership(classes: list[str]) -> Badge | None:
    """The closest of the ways in which an initiative belongs to portfolios."""
    key = next((key for key in CLASSES if key in classes), None)
    return Badge(key, str(CLASSES[key][0]), str(CLASSES[key][1])) if key else None


def _said(hit: Hit, countries: list[str]) -> tuple[str, ...]:
    words = [hit.extra.get("organisation", ""), hit.extra.get("network", ""), hit.extra.get("year", "")]
    more = len(countries) - COUNTRIES_SHOWN
    places = ", ".join(countries[:COUNTRIES_SHOWN]) + (f" +{more}" if more > 0 else "")
    return tuple(word for word in (*words, places) if word)
