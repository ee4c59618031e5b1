"""Files of placements, from reading them to taking them back."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import SheetState


class PlacementSheet(models.Model):
    """A table of placements that somebody brought: what each row says, what is wrong, and what came of it.

    `rows` are those that can be taken over, `problems` name row, column, value and hint. `outcome` holds the ids of
    what was written (`placements` and `stays`), so that exactly these are taken back. `batch` stands in the log rows.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="placement_sheets")
    name = models.CharField(max_length=300)
    batch = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=SheetState, default=SheetState.CHECKED)
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    problems: models.JSONField[Any, Any] = models.JSONField(default=list)
    unchanged = models.PositiveIntegerField(default=0)
    outcome: models.JSONField[Any, Any] = models.JSONField(default=dict)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="placement_sheets"
    )
    brought_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-brought_at", "-pk"]
        indexes = [models.Index(fields=["portfolio", "-brought_at"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("placement_sheet", args=[self.portfolio.slug, self.pk])
