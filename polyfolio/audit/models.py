"""The append-only log of who changed what, and what every kept record carries."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class AuditRecord(models.Model):
    """One change: labels and ids instead of foreign keys, so that history outlives what it speaks of.

    The database refuses updates and deletes on this table (see the migration).
    """

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=150)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=300)
    before: models.JSONField[Any, Any] = models.JSONField(default=dict)
    after: models.JSONField[Any, Any] = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    batch = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"]),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="audit_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}"


class Masking(models.Model):
    """Somebody's personal words were masked in the log, at their request. Open only inside that transaction."""

    masked_at = models.DateTimeField(default=timezone.now)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    rows = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


class Record(models.Model):
    """What every record that people keep carries: a stable id, its dates and author, and a way back from deletion."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None
