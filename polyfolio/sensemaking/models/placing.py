"""Where initiatives stand in a portfolio's frames, and who says so."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import Driver, FacetAnswer
from polyfolio.sensemaking.models.frames import Frame, Region


class Placement(models.Model):
    """One assessor's view of what an initiative is for in a portfolio; never overwritten, only followed by another."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="placements")
    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="placements")
    frame = models.ForeignKey(Frame, on_delete=models.RESTRICT, related_name="placements")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="placements"
    )
    assessor_label = models.CharField(max_length=150)
    placed_at = models.DateTimeField(default=timezone.now)
    purpose = models.CharField(max_length=4, choices=FacetAnswer, blank=True)
    driver = models.CharField(max_length=4, choices=FacetAnswer, blank=True)
    shares: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    x = models.FloatField()
    y = models.FloatField()
    is_agreed = models.BooleanField(default=False)
    rationale = models.TextField(blank=True)

    class Meta:
        ordering = ["-placed_at", "-pk"]
        indexes = [models.Index(fields=["portfolio", "initiative", "assessor", "-placed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(x__gte=-1, x__lte=1, y__gte=-1, y__lte=1), name="sensemaking_placement_on_diamond"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.purpose}/{self.driver} by {self.assessor_label}"


class Standing(models.Model):
    """Derived: where an initiative stands in facets or between axes now, rebuilt by the actions that place it.

    `mis`…`ant` are its shares in the mix (they sum to 1, or all are 0 where it is mixed); `facets` names
    those it counts for ("mis", "mis ant", "" where it is mixed). `spread` is the greater
    interquartile range of x and y over its assessors. Between axes there are no shares; `region` is where it stands.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="standings")
    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="standings")
    frame = models.ForeignKey(Frame, on_delete=models.RESTRICT, related_name="standings")
    x = models.FloatField()
    y = models.FloatField()
    mis = models.FloatField(default=0)
    enh = models.FloatField(default=0)
    ada = models.FloatField(default=0)
    ant = models.FloatField(default=0)
    facets = models.CharField(max_length=8, blank=True)
    is_mixed = models.BooleanField(default=False)
    is_contested = models.BooleanField(default=False)
    is_agreed = models.BooleanField(default=False)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.RESTRICT, related_name="standings")
    spread = models.FloatField(default=0)
    assessors = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["portfolio", "frame", "initiative", "facets", "is_contested"])]
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "frame", "initiative"], name="sensemaking_standing_once")
        ]

    def __str__(self) -> str:
        return f"{self.initiative} in {self.portfolio}"


class ZoneStay(models.Model):
    """An initiative is in a zone of a portfolio's frame, from a day to a day: one current, many past."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="zone_stays")
    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="zone_stays")
    frame = models.ForeignKey(Frame, on_delete=models.RESTRICT, related_name="zone_stays")
    zone = models.ForeignKey(Region, on_delete=models.RESTRICT, related_name="stays")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    driver = models.CharField(max_length=16, choices=Driver, blank=True)
    evidence = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["since_on", "pk"]
        indexes = [
            models.Index(
                fields=["portfolio", "frame", "initiative", "zone"],
                condition=Q(until_on__isnull=True),
                name="sensemaking_current_zone",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "frame", "initiative"],
                condition=Q(until_on__isnull=True),
                name="sensemaking_one_current_zone",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="sensemaking_stay_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} in {self.zone} since {self.since_on}"
