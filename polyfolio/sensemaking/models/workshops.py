"""A workshop as it happens: who sits there and everything they do, in one order."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import ActKind, WorkshopKind, WorkshopState
from polyfolio.sensemaking.models.stocktakes import Stocktake
from polyfolio.sensemaking.visibility import InPortfolioQuerySet


class Workshop(Record):
    """People look at chosen initiatives together, step by step, each on their own device; they join with `code`.

    `steps` are data: key, title, question, minutes, what can be done (`does`), the `board`, whether it `is_private`
    until revealed. `last_sequence` counts the acts. The timer ends at `timer_ends_at`; held, it has
    `timer_seconds` left.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="workshops")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=WorkshopKind, default=WorkshopKind.EXPLORATION)
    held_on = models.DateField()
    code = models.CharField(max_length=6, unique=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="workshops_led"
    )
    initiatives: models.ManyToManyField[Initiative, Any] = models.ManyToManyField(
        Initiative, blank=True, related_name="workshops"
    )
    steps: models.JSONField[Any, Any] = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=WorkshopState, default=WorkshopState.PLANNED)
    current_step = models.PositiveSmallIntegerField(default=0)
    revealed: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    timer_seconds = models.PositiveIntegerField(default=0)
    last_sequence = models.PositiveBigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    stocktake = models.OneToOneField(
        Stocktake, null=True, blank=True, on_delete=models.SET_NULL, related_name="workshop"
    )

    objects: ClassVar[Any] = InPortfolioQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["portfolio", "-held_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshop", args=[self.portfolio.slug, self.pk])


class WorkshopSeat(models.Model):
    """Somebody's place in a workshop. The device keeps a key, we keep its digest; an account is not needed."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="seats")
    name = models.CharField(max_length=60)
    key_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_facilitator = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class WorkshopAct(models.Model):
    """One thing that somebody did, never changed after. `sequence` orders a workshop's acts without a gap."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="acts")
    sequence = models.PositiveBigIntegerField()
    seat = models.ForeignKey(WorkshopSeat, on_delete=models.CASCADE, related_name="acts")
    step = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=ActKind)
    target = models.CharField(max_length=80, blank=True)
    payload: models.JSONField[Any, Any] = models.JSONField(default=dict)
    client_id = models.CharField(max_length=40)
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "sequence"], name="sensemaking_act_sequence"),
            models.UniqueConstraint(fields=["seat", "client_id"], name="sensemaking_act_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.target}"
