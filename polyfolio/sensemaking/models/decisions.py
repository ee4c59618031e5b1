"""What was decided about a portfolio, wherever it was decided."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import DecisionKind, DecisionState
from polyfolio.sensemaking.visibility import DecisionQuerySet


class Decision(Record):
    """One decision, taken at a hole, in a what-if, a workshop, a stocktake or alone: why, whose, by when, what came.

    `origin_type` and `origin_id` name where it was taken (`hole`, `scenario`, `workshop`, `stocktake`, `discussion`);
    empty where it stands alone. `outcome` says afterwards whether it worked.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind)
    title = models.CharField(max_length=300)
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    taken_on = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_owned"
    )
    owner_label = models.CharField(max_length=150, blank=True)
    due_on = models.DateField(null=True, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=DecisionState, default=DecisionState.OPEN)
    outcome = models.TextField(blank=True)
    origin_type = models.CharField(max_length=20, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)
    initiatives: models.ManyToManyField[Initiative, Any] = models.ManyToManyField(
        Initiative, blank=True, related_name="decisions"
    )

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "-pk"]
        indexes = [
            models.Index(fields=["portfolio", "state", "due_on"]),
            models.Index(fields=["origin_type", "origin_id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("taken_on")),
                name="sensemaking_decision_due_after_taken",
            ),
            models.CheckConstraint(
                condition=Q(look_again_on__isnull=True) | Q(look_again_on__gte=F("taken_on")),
                name="sensemaking_decision_looked_at_after_taken",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.portfolio.slug, self.pk])
