"""Masking a person's words in the log when they ask to be forgotten; what was done, when and to what stays readable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from polyfolio.audit.actions.changes import subject_type
from polyfolio.audit.models import AuditRecord, Masking

MASK = "[erased]"
WORDS = ("actor_label", "subject_label", "reason", "before", "after")


@dataclass(frozen=True)
class Erasure:
    """Whom to mask: their record, their own `fields` in it, and their `words` (name, e-mail, telephone).

    Other rows name them as a `{"id", "label"}` in one of the `kinds` of fields. `actor_id` is their account.
    """

    record: Any
    words: frozenset[str]
    fields: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    actor_id: int | None = None

    @property
    def about(self) -> tuple[str, int]:
        return subject_type(self.record), self.record.pk

    @property
    def hidden(self) -> list[str]:
        return sorted((word for word in self.words if word.strip()), key=len, reverse=True)


def mask(erasure: Erasure, *, at: datetime) -> int:
    """Mask a person in every log row that speaks of them and return how many did. Reads the whole log once."""
    kind, pk = erasure.about
    with transaction.atomic():
        masking = Masking.objects.create(subject_type=kind, subject_id=pk, masked_at=at)
        candidates = _candidates(erasure).iterator(chunk_size=500)
        changed = [row for row in candidates if _mask_row(row, erasure)]
        AuditRecord.objects.bulk_update(changed, WORDS, batch_size=100)
        masking.is_open = False
        masking.rows = len(changed)
        masking.save()
    return len(changed)


def without(text: str, hidden: Iterable[str]) -> str:
    """`text` with each of the words masked where it stands as a word of its own."""
    for word in hidden:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", MASK, text, flags=re.IGNORECASE)
    return text


def _candidates(erasure: Erasure) -> QuerySet[AuditRecord]:
    """Rows about the record, by the actor, or holding one of the words (JSON may write them escaped)."""
    kind, pk = erasure.about
    wanted = Q(subject_type=kind, subject_id=pk)
    if erasure.actor_id is not None:
        wanted |= Q(actor_id=erasure.actor_id)
    for word in erasure.hidden:
        wanted |= Q(subject_label__icontains=word) | Q(reason__icontains=word)
        for written in {word, json.dumps(word)[1:-1]}:
            wanted |= Q(before_text__icontains=written) | Q(after_text__icontains=written)
    rows = AuditRecord.objects.alias(before_text=Cast("before", TextField()), after_text=Cast("after", TextField()))
    return rows.filter(wanted).order_by("pk")


def _mask_row(row: AuditRecord, erasure: Erasure) -> bool:
    """Mask one row in memory; False where nothing in it speaks of the person."""
    was = [getattr(row, name) for name in WORDS]
    is_about = (row.subject_type, row.subject_id) == erasure.about
    if erasure.actor_id is not None and row.actor_id == erasure.actor_id:
        row.actor_label = MASK
    for name in ("before", "after"):
        facts = _mask_facts(getattr(row, name), erasure)
        if is_about:
            facts = {key: MASK if key in erasure.fields and value else value for key, value in facts.items()}
        setattr(row, name, facts)
    # Somebody else of the same name keeps theirs; any other record's label may hold it and is masked.
    if is_about or row.subject_type != erasure.about[0]:
        row.subject_label = without(row.subject_label, erasure.hidden)
        row.reason = without(row.reason, erasure.hidden)
    return was != [getattr(row, name) for name in WORDS]


def _mask_facts(facts: Any, erasure: Erasure, key: str = "") -> Any:
    """The same facts with the person's label masked wherever one of `kinds` names them."""
    if isinstance(facts, list):
        return [_mask_facts(fact, erasure, key) for fact in facts]
    if not isinstance(facts, dict):
        return facts
    if set(facts) == {"id", "label"}:
        is_it = key in erasure.kinds and facts["id"] == erasure.record.pk
        return {"id": facts["id"], "label": MASK} if is_it else facts
    return {name: _mask_facts(fact, erasure, name) for name, fact in facts.items()}
