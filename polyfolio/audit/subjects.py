"""What kinds of records the log speaks of: who may see one, who may take a change back, how its fields read.

Rooms register their records in `ready()`; the history page, undo and erasure know only this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django_stubs_ext import StrOrPromise

from polyfolio.people.models import User

Visible = Callable[[Any], "models.QuerySet[Any]"]
Settle = Callable[[Any, User, datetime], None]


@dataclass(frozen=True)
class Subject:
    """A kind of record in the log.

    `change` and `delete` are the verbs that undo asks for. `visible(user)` are the rows that a person sees,
    deleted ones left out. `settle` runs after an undo, for what a room derives from its record. `labels` and
    `show` say how a field is named and its value read.
    """

    model: type[models.Model]
    change: str
    delete: str
    visible: Visible
    settle: Settle | None = None
    labels: Mapping[str, StrOrPromise] = field(default_factory=dict)
    show: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()


_subjects: dict[str, Subject] = {}


def register(
    model: type[models.Model],
    *,
    change: str,
    delete: str = "",
    visible: Visible | None = None,
    settle: Settle | None = None,
    labels: Mapping[str, StrOrPromise] | None = None,
    show: Mapping[str, Callable[[Any], str]] | None = None,
    personal: frozenset[str] = frozenset(),
) -> None:
    """Let the log speak of `model`; without `visible` its manager's `visible_to` says who sees a row."""

    def by_manager(user: Any) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = model._default_manager.visible_to(user)  # type: ignore[attr-defined]
        return rows

    _subjects[str(model._meta.model_name)] = Subject(
        model=model,
        change=change,
        delete=delete or change,
        visible=visible or by_manager,
        settle=settle,
        labels=labels or {},
        show=show or {},
        personal=personal,
    )


def subject_of(subject_type: str) -> Subject | None:
    """What is registered under that word; None for records that no room registered."""
    return _subjects.get(subject_type)


def all_subjects() -> Mapping[str, Subject]:
    return _subjects
