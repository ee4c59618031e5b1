"""Which organisations might be the one that somebody is about to record a second time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.names import name_key, web_domain
from polyfolio.network.models import Organisation

ALIKE = 0.86
CANDIDATES = 300
SHORTEST_WORD = 4
# Sites that many organisations share say nothing about which one it is.
SHARED_DOMAINS = frozenset(
    {"facebook.com", "linkedin.com", "instagram.com", "x.com", "twitter.com", "sites.google.com"}
)


@dataclass(frozen=True)
class LookAlike:
    """An organisation that may be the same, why, and how sure that makes us (1 is the same identifier)."""

    organisation: Organisation
    reason: str
    score: float


def look_alikes(
    user: Viewer,
    name: str,
    *,
    acronym: str = "",
    website: str = "",
    identifiers: Iterable[tuple[str, str]] = (),
    besides: int | None = None,
    limit: int = 5,
) -> list[LookAlike]:
    """Organisations that `user` sees and that look like this one, the likeliest first.

    The same identifier, the same folded name or acronym, the same website, or a name that differs by few letters.
    """
    everyone: QuerySet[Organisation] = Organisation.objects.visible_to(user)
    if besides is not None:
        everyone = everyone.exclude(pk=besides)
    found: dict[int, LookAlike] = {}
    for alike in (
        *_by_identifier(everyone, list(identifiers)),
        *_by_name(everyone, name_key(name), _("has the same name")),
        *_by_name(everyone, name_key(acronym), _("has the same acronym")),
        *_by_website(everyone, web_domain(website)),
        *_by_spelling(everyone, name_key(name)),
    ):
        known = found.get(alike.organisation.pk)
        if known is None or known.score < alike.score:
            found[alike.organisation.pk] = alike
    return sorted(found.values(), key=lambda each: (-each.score, each.organisation.label))[:limit]


def _by_identifier(everyone: QuerySet[Organisation], identifiers: list[tuple[str, str]]) -> list[LookAlike]:
    if not identifiers:
        return []
    wanted = Q()
    for scheme, value in identifiers:
        wanted |= Q(identifiers__scheme=scheme, identifiers__value=value)
    return [LookAlike(each, _("has the same identifier"), 1.0) for each in everyone.filter(wanted).distinct()]


def _by_name(everyone: QuerySet[Organisation], key: str, reason: str) -> list[LookAlike]:
    if not key:
        return []
    same = everyone.filter(Q(name_key=key) | Q(other_keys__contains=f"|{key}|"))
    return [LookAlike(each, reason, 0.97) for each in same[:CANDIDATES]]


def _by_website(everyone: QuerySet[Organisation], domain: str) -> list[LookAlike]:
    if not domain or domain in SHARED_DOMAINS:
        return []
    return [LookAlike(each, _("has the same website"), 0.9) for each in everyone.filter(website_domain=domain)[:20]]


def _by_spelling(everyone: QuerySet[Organisation], key: str) -> list[LookAlike]:
    """Names that share a long word and differ by few letters, or that begin as what was typed so far."""
    words = sorted((word for word in key.split() if len(word) >= SHORTEST_WORD), key=len, reverse=True)[:2]
    if not words:
        return []
    near = Q(name_key__startswith=key)
    for word in words:
        near |= Q(name_key__contains=word)
    alike = []
    for each in everyone.filter(near).order_by("pk")[:CANDIDATES]:
        score = SequenceMatcher(None, key, each.name_key).ratio()
        if each.name_key.startswith(key):
            score = max(score, ALIKE)
        if score >= ALIKE and each.name_key != key:
            alike.append(LookAlike(each, _("has a similar name"), round(min(score, 0.96), 3)))
    return alike
