"""Links that sources state: made when both initiatives are here, and unmade when neither side states them any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from polyfolio.exchange.models import StatedLink
from polyfolio.portfolios.choices import LinkConfidence
from polyfolio.portfolios.models import InitiativeIdentifier, InitiativeLink

# (kind, is reversed, identifier of the other)
Statement = tuple[str, bool, str]


@dataclass(frozen=True, slots=True)
class Stater:
    """An initiative, its identifier, and whose word it is."""

    pk: int
    identifier: str
    reporter: int | None


def state(network: int, stated: dict[Stater, list[Statement]], *, on: date) -> None:
    """Take down what activities state about others, and make those links of which both ends are here."""
    pairs = [(stater, statement) for stater, statements in stated.items() for statement in statements]
    if not pairs:
        return
    StatedLink.objects.bulk_create(
        [
            StatedLink(
                network_id=network, initiative_id=stater.pk, identifier=other, kind=kind, is_reversed=is_reversed
            )
            for stater, (kind, is_reversed, other) in pairs
        ],
        ignore_conflicts=True,
    )
    here = _here(network, {other for _stater, (_kind, _is_reversed, other) in pairs})
    _make(pairs, here, on)


def arrive(network: int, arrived: dict[str, int], *, on: date) -> None:
    """Make the links that others have stated about initiatives that are new here; `arrived` are identifier → id."""
    waiting = StatedLink.objects.filter(network=network, identifier__in=arrived).exclude(
        initiative__in=arrived.values()
    )
    reversed_links = []
    identifiers = _identifiers([link.initiative_id for link in waiting if link.is_reversed])
    for link in waiting:
        target = arrived[link.identifier]
        if link.is_reversed:
            reversed_links.append(
                _link(target, link.initiative_id, identifiers.get(link.initiative_id, ""), link.kind, on)
            )
            continue
        pending = InitiativeLink.objects.filter(
            source=link.initiative_id, target=None, target_identifier=link.identifier, kind=link.kind
        )
        known = InitiativeLink.objects.filter(source=link.initiative_id, target=target, kind=link.kind)
        first = None if known.exists() else pending.order_by("pk").values_list("pk", flat=True).first()
        pending.exclude(pk__in=[first]).delete()
        pending.filter(pk__in=[first]).update(target=target)
    InitiativeLink.objects.bulk_create(reversed_links, ignore_conflicts=True)


def withdraw(network: int, withdrawn: dict[Stater, list[Statement]]) -> None:
    """Drop statements, and the links that nothing states any more and nobody confirmed."""
    pairs = [(stater, statement) for stater, statements in withdrawn.items() for statement in statements]
    here = _here(network, {other for _stater, (_kind, _is_reversed, other) in pairs})
    for stater, (kind, is_reversed, other) in pairs:
        own = StatedLink.objects.filter(initiative=stater.pk, identifier=other, kind=kind, is_reversed=is_reversed)
        own.delete()
        other_pk = here.get(other)
        source, target = (other_pk, stater.pk) if is_reversed else (stater.pk, other_pk)
        if source is None:
            continue
        opposite = StatedLink.objects.filter(
            initiative=other_pk, identifier=stater.identifier, kind=kind, is_reversed=not is_reversed
        )
        if other_pk is not None and opposite.exists():
            continue
        identifier = stater.identifier if is_reversed else other
        InitiativeLink.objects.filter(
            source=source, target=target, kind=kind, target_identifier=identifier, confidence=LinkConfidence.CLAIMED
        ).delete()


def leave(initiatives: Collection[int]) -> None:
    """Undo what statements made of initiatives that are taken back; what others state about them waits again."""
    StatedLink.objects.filter(initiative__in=initiatives).delete()
    stated = InitiativeLink.objects.exclude(target_identifier="")
    stated.filter(source__in=initiatives).delete()
    still_said = StatedLink.objects.filter(
        initiative=OuterRef("source"),
        identifier=OuterRef("target_identifier"),
        kind=OuterRef("kind"),
        is_reversed=False,
    )
    of_these = stated.filter(target__in=initiatives)
    waiting = list(of_these.filter(Exists(still_said)).values_list("pk", flat=True))
    InitiativeLink.objects.filter(pk__in=waiting).update(target=None)
    of_these.delete()


def statements_of(initiatives: Collection[int]) -> dict[int, list[Statement]]:
    """What the sources of these initiatives state so far."""
    found: dict[int, list[Statement]] = {pk: [] for pk in initiatives}
    rows = StatedLink.objects.filter(initiative__in=initiatives).order_by("pk")
    for pk, kind, is_reversed, other in rows.values_list("initiative_id", "kind", "is_reversed", "identifier"):
        found[pk].append((kind, is_reversed, other))
    return found


def _make(pairs: Iterable[tuple[Stater, Statement]], here: dict[str, int], on: date) -> None:
    links: list[InitiativeLink] = []
    pending: dict[tuple[int, str, str], InitiativeLink] = {}
    for stater, (kind, is_reversed, other) in pairs:
        other_pk = here.get(other)
        if other_pk == stater.pk:
            continue
        if is_reversed:
            if other_pk is not None:
                links.append(_link(other_pk, stater.pk, stater.identifier, kind, on, stater.reporter))
        elif other_pk is not None:
            links.append(_link(stater.pk, other_pk, other, kind, on, stater.reporter))
        else:
            pending[stater.pk, other, kind] = _link(stater.pk, None, other, kind, on, stater.reporter)
    InitiativeLink.objects.bulk_create(links, ignore_conflicts=True)
    known = InitiativeLink.objects.filter(source__in={key[0] for key in pending}, target=None)
    there = set(known.values_list("source_id", "target_identifier", "kind"))
    InitiativeLink.objects.bulk_create([link for key, link in pending.items() if key not in there])


def _link(  # noqa: PLR0917  # the columns of a link, in their order
    source: int, target: int | None, identifier: str, kind: str, on: date, reporter: int | None = None
) -> InitiativeLink:
    return InitiativeLink(
        source_id=source,
        target_id=target,
        target_identifier=identifier,
        kind=kind,
        claimed_on=on,
        claimed_by_id=reporter,
    )


def _here(network: int, identifiers: Iterable[str]) -> dict[str, int]:
    rows: Any = InitiativeIdentifier.objects.filter(
        network=network, scheme="iati", value__in=list(identifiers), initiative__deleted_at__isnull=True
    )
    return dict(rows.values_list("value", "initiative_id"))


def _identifiers(initiatives: Collection[int]) -> dict[int, str]:
    rows = InitiativeIdentifier.objects.filter(initiative__in=initiatives, scheme="iati")
    return dict(rows.values_list("initiative_id", "value"))
