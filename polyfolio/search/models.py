"""The outbox of the index: which records changed. The index itself is derived and stands in files."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class SearchChange(models.Model):
    """One record is to be indexed again. Written in the transaction that changed it, swept after some days."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    noted_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchOrigin(models.Model):
    """Which database this is: an index made from another one, or from before a restore, is built anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="search_one_origin")]

    def __str__(self) -> str:
        return str(self.token)
