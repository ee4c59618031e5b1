"""What changed, so that a person can read it: field by field, language by language, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from polyfolio.audit.facts import part_relation
from polyfolio.audit.models import AuditRecord
from polyfolio.audit.subjects import Subject, subject_of
from polyfolio.lib.fields import TextsField

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 4_000
LONG_TEXT = 60


@dataclass(frozen=True)
class Span:
    """A stretch of text that stayed (`same`), went (`removed`) or came (`added`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field, in one language where it has several: old and new as text; `words` where comparing them helps."""

    name: str
    label: str
    language: str
    old: str
    new: str
    words: Sequence[Span] = ()
    removed: Sequence[str] = ()
    added: Sequence[str] = ()


def differences(row: AuditRecord) -> list[Difference]:
    """Every field that a log row changed. Queries nothing."""
    subject = subject_of(row.subject_type)
    names = list(dict.fromkeys([*row.before, *row.after]))
    return [
        each
        for name in names
        for each in _of_field(subject, name, row.before.get(name), row.after.get(name))
        if each.old != each.new or each.added or each.removed
    ]


def word_difference(old: str, new: str) -> list[Span]:
    """`old` and `new` as stretches; very long texts are shown as wholly replaced, which costs no time."""
    left, right = TOKEN.findall(old), TOKEN.findall(new)
    if len(left) > MOST_TOKENS or len(right) > MOST_TOKENS:
        return [Span("removed", old), Span("added", new)]
    spans: list[Span] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            spans.append(Span("same", "".join(left[a:b])))
            continue
        if b > a:
            spans.append(Span("removed", "".join(left[a:b])))
        if d > c:
            spans.append(Span("added", "".join(right[c:d])))
    return spans


def field_label(subject: Subject | None, name: str) -> str:
    """The field as the form calls it."""
    if subject is not None and name in subject.labels:
        return str(subject.labels[name])
    field = _field(subject, name)
    words = str(getattr(field, "verbose_name", name)).replace("_", " ")
    return words[:1].upper() + words[1:]


def _of_field(subject: Subject | None, name: str, old: Any, new: Any) -> Iterator[Difference]:
    label = field_label(subject, name)
    if isinstance(_field(subject, name), TextsField):
        old, new = old or {}, new or {}
        for language in dict.fromkeys([*old, *new]):
            yield _of_text(name, label, old.get(language, ""), new.get(language, ""), language)
    elif isinstance(old, list) or isinstance(new, list):
        yield _of_list(subject, name, label, old or [], new or [])
    else:
        yield _of_text(name, label, _readable(subject, name, old), _readable(subject, name, new))


def _of_text(name: str, label: str, old: str, new: str, language: str = "") -> Difference:
    is_long = old and new and max(len(old), len(new)) > LONG_TEXT
    words = word_difference(old, new) if is_long else ()
    return Difference(name=name, label=label, language=language, old=old, new=new, words=words)


def _of_list(subject: Subject | None, name: str, label: str, old: list[Any], new: list[Any]) -> Difference:
    before = [_readable(subject, name, each) for each in old]
    after = [_readable(subject, name, each) for each in new]
    return Difference(
        name=name,
        label=label,
        language="",
        old="; ".join(before),
        new="; ".join(after),
        removed=_without(before, after),
        added=_without(after, before),
    )


def _without(items: list[str], others: list[str]) -> list[str]:
    left = list(others)
    kept = []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            kept.append(item)
    return kept


def _readable(subject: Subject | None, name: str, fact: Any) -> str:
    """One value as a person would write it."""
    if fact is None or fact == "":
        return ""
    if subject is not None and name in subject.show:
        return subject.show[name](fact)
    if isinstance(fact, dict):
        return _readable_dict(subject, name, fact)
    if isinstance(fact, bool):
        return _("yes") if fact else _("no")
    field = _field(subject, name)
    if field is not None and getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(fact, fact))
    if isinstance(field, models.DateTimeField):
        return formats.date_format(datetime.fromisoformat(fact), "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return formats.date_format(date.fromisoformat(fact), "DATE_FORMAT")
    return str(fact)


def _readable_dict(subject: Subject | None, name: str, fact: dict[str, Any]) -> str:
    """A record by its label, a part by its values, any other mapping by its entries."""
    if set(fact) == {"id", "label"}:
        return str(fact["label"])
    relation = part_relation(subject.model, name) if subject is not None else None
    if relation is None:
        return ", ".join(f"{key}: {value}" for key, value in fact.items() if value not in (None, ""))
    part = Subject(model=relation.related_model, change="", delete="", visible=_nobody)
    values = [_part_value(part, key, value) for key, value in fact.items()]
    return " · ".join(value for value in values if value)


def _part_value(part: Subject, name: str, fact: Any) -> str:
    if isinstance(_field(part, name), TextsField):
        return " / ".join(str(text) for text in (fact or {}).values())
    if isinstance(fact, list):
        return ", ".join(_readable(part, name, each) for each in fact)
    return "" if name == "position" else _readable(part, name, fact)


def _nobody(_user: Any) -> models.QuerySet[Any]:
    raise NotImplementedError


def _field(subject: Subject | None, name: str) -> Any:
    if subject is None:
        return None
    try:
        return subject.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
