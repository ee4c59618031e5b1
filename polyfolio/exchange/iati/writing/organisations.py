"""Finds the organisations that a batch names, and records those that are not here yet.

By identifier, else by the folded name among what this network's sources named before. A name never makes two records
one: that takes a person's yes (see `exchange.actions.matches`).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import pycountry

from polyfolio.audit.actions import changes
from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.iati.writing.mapping.crosswalk import Crosswalk
from polyfolio.exchange.iati.writing.mapping.mentions import Key, Mention, folded
from polyfolio.exchange.iati.writing.slugs import Slugs
from polyfolio.exchange.models import SourceName
from polyfolio.lib.texts import best_text
from polyfolio.network.models import Membership, Network, Organisation, OrganisationIdentifier
from polyfolio.people.models import User

MOST_REMEMBERED = 50_000
MOST_OTHER_NAMES = 50
UNNAMED = "und"
LEARNT = ("title", "other_names", "kind", "sector", "level")
DERIVED = ("label", "name_key", "other_keys", "updated_at")


class Organisations:
    """What one run knows of organisations so far. `log` gathers what it did, to be written with the batch."""

    def __init__(
        self, *, network: Network, by: User | None, batch: uuid.UUID, reason: str, crosswalk: Crosswalk
    ) -> None:
        self._network = network
        self._by = by
        self._batch = batch
        self._reason = reason
        self._crosswalk = crosswalk
        self._slugs = Slugs(Organisation, fallback="organisation")
        self._ids: dict[Key, int] = {}
        self._names: dict[Key, set[str]] = {}
        self.log: list[AuditRecord] = []

    def forget(self) -> None:
        """After a transaction that failed: nothing that it brought is there."""
        self._ids.clear()
        self._names.clear()
        self._slugs.forget()
        self.log.clear()

    def settle(self, mentions: dict[Key, Mention], *, at: datetime) -> dict[Key, int]:
        """The id of everybody who is named and wanted; recorded, restored and learnt of where need be."""
        ids = self.look_up(mentions)
        missing = {key: mention for key, mention in mentions.items() if key not in ids and mention.is_wanted}
        if missing:
            ids |= self._record(missing, at)
        self._restore(ids, at)
        self._learn({key: mentions[key] for key in ids if key in mentions}, ids, at)
        if len(self._ids) > MOST_REMEMBERED:
            self._ids.clear()
            self._names.clear()
        self._ids |= ids
        return ids

    def look_up(self, keys: Collection[Key]) -> dict[Key, int]:
        """The ids of those that are here; merged ones by what they became."""
        found = {key: self._ids[key] for key in keys if key in self._ids}
        asked = [key for key in keys if key not in found]
        found |= self._by_identifier([key for key in asked if key[0]])
        found |= self._by_name([key for key in asked if not key[0]])
        return _after_merges(found)

    def take_log(self) -> list[AuditRecord]:
        log, self.log = self.log, []
        return log

    def _by_identifier(self, keys: Sequence[Key]) -> dict[Key, int]:
        wanted = set(keys)
        schemes, values = {key[0] for key in keys}, {key[1] for key in keys}
        if not wanted:
            return {}
        rows = OrganisationIdentifier.objects.filter(scheme__in=schemes, value__in=values)
        pairs = rows.values_list("scheme", "value", "organisation_id")
        return {(scheme, value): pk for scheme, value, pk in pairs if (scheme, value) in wanted}

    def _by_name(self, keys: Sequence[Key]) -> dict[Key, int]:
        if not keys:
            return {}
        rows = SourceName.objects.filter(network=self._network, key__in=[key[1] for key in keys])
        return {("", name): pk for name, pk in rows.values_list("key", "organisation_id")}

    def _record(self, missing: dict[Key, Mention], at: datetime) -> dict[Key, int]:
        """New organisations, each with its identifier or else the name under which this network's sources know it."""
        mentions = list(missing.values())
        titles = [mention.titles or {UNNAMED: mention.ref} for mention in mentions]
        slugs = self._slugs.take([best_text(title) for title in titles])
        made = [
            self._new(mention, title, slug, at) for mention, title, slug in zip(mentions, titles, slugs, strict=True)
        ]
        Organisation.objects.bulk_create(made)
        pairs = list(zip(missing, made, strict=True))
        OrganisationIdentifier.objects.bulk_create(
            OrganisationIdentifier(organisation=one, scheme=key[0], value=key[1]) for key, one in pairs if key[0]
        )
        SourceName.objects.bulk_create(
            SourceName(network=self._network, key=key[1], organisation=one) for key, one in pairs if not key[0]
        )
        for key, one in pairs:
            after = changes.facts(one, ("title", "kind", "sector", "level", "country"))
            if key[0]:
                after["identifiers"] = [{"scheme": key[0], "value": key[1]}]
            self._note(one, "create", at, after=after)
        return {key: one.pk for key, one in pairs}

    def _new(self, mention: Mention, title: dict[str, str], slug: str, at: datetime) -> Organisation:
        kind = self._crosswalk.organisation_type(mention.type, mention.ref)
        return Organisation(
            slug=slug,
            title=title,
            kind=kind.kind,
            sector=kind.sector,
            level=kind.level,
            country=_registered_in(mention.ref),
            created_at=at,
            updated_at=at,
            created_by=self._by,
        )

    def _restore(self, ids: dict[Key, int], at: datetime) -> None:
        """Bring back those that were deleted: the source says that they are there."""
        for one in Organisation.objects.filter(pk__in=set(ids.values()), deleted_at__isnull=False):
            one.deleted_at, one.updated_at = None, at
            one.save(update_fields=["deleted_at", "updated_at"])
            self._note(one, "restore", at)

    def _learn(self, mentions: dict[Key, Mention], ids: dict[Key, int], at: datetime) -> None:
        """Keep other names and fill open kinds of organisations with an identifier that are no other network's."""
        news = {
            key: mention
            for key, mention in mentions.items()
            if key[0] and not mention.names.keys() <= self._names.get(key, set())
        }
        for key, mention in news.items():
            self._names.setdefault(key, set()).update(mention.names)
        pks = {ids[key] for key in news}
        others = Membership.objects.filter(organisation__in=pks).exclude(network=self._network)
        pks -= set(others.values_list("organisation_id", flat=True))
        known: dict[int, Organisation] = Organisation.objects.in_bulk(pks) if pks else {}
        for key, mention in news.items():
            one = known.get(ids[key])
            if one is not None:
                self._teach(one, mention, at)

    def _teach(self, one: Organisation, mention: Mention, at: datetime) -> None:
        before = changes.facts(one, LEARNT)
        if one.title == {UNNAMED: mention.ref} and mention.titles:
            one.title = mention.titles
        known = {folded(name) for name in (*one.title.values(), *one.other_names, one.acronym)}
        for name in mention.names:
            if folded(name) not in known and len(one.other_names) < MOST_OTHER_NAMES:
                known.add(folded(name))
                one.other_names = [*one.other_names, name[:300]]
        kind = self._crosswalk.organisation_type(mention.type, mention.ref)
        if not one.kind and kind.kind:
            one.kind, one.sector, one.level = kind.kind, one.sector or kind.sector, one.level or kind.level
        after = changes.facts(one, LEARNT)
        if before != after:
            one.updated_at = at
            one.save(update_fields=[*LEARNT, *DERIVED])
            self._note(one, "change", at, before=before, after=after)

    def _note(self, one: Organisation, step: str, at: datetime, **facts: Any) -> None:
        self.log.append(
            changes.prepare(
                record=one,
                verb=f"organisation.{step}",
                by=self._by,
                at=at,
                reason=self._reason,
                batch=self._batch,
                **facts,
            )
        )


def _after_merges(found: dict[Key, int]) -> dict[Key, int]:
    """Follow those that were made one with another."""
    ids = dict(found)
    while ids:
        merged = dict(_merged(set(ids.values())))
        if not merged:
            break
        ids = {key: merged.get(pk, pk) for key, pk in ids.items()}
    return ids


def _merged(pks: Iterable[int]) -> Iterable[tuple[int, int]]:
    rows = Organisation.objects.filter(pk__in=pks, merged_into__isnull=False)
    pairs: Iterable[tuple[int, int]] = rows.values_list("pk", "merged_into_id")
    return pairs


def _registered_in(ref: str) -> str:
    """The country of the register that an identifier is from, where it is a country's."""
    start = ref[:2]
    return start if ref[2:3] == "-" and pycountry.countries.get(alpha_2=start) is not None else ""
