"""What-if: a question about a portfolio, and the moves that would answer it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import FacetAnswer, MoveKind, ScenarioState
from polyfolio.sensemaking.models.intentions import WantedCell
from polyfolio.sensemaking.visibility import MoveQuerySet, ScenarioQuerySet


class Scenario(Record):
    """A portfolio as it might be from a day on; its moves touch nothing live until it is adopted as decisions."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="scenarios")
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    starts_on = models.DateField()
    state = models.CharField(max_length=10, choices=ScenarioState, default=ScenarioState.OPEN)

    objects: ClassVar[Any] = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["portfolio", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("scenario", args=[self.portfolio.slug, self.pk])


class Move(Record):
    """A step of a scenario, about an initiative that exists or (`title`) one that would be new.

    `purpose` and `driver` say where it would stand, `zone` is a code of the portfolio's frame, `into` what it merges
    with, `fills` the wanted cell that a new one would stand in. `position` orders the moves; gaps are left between.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=14, choices=MoveKind)
    initiative = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    into = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=4, choices=FacetAnswer, blank=True)
    driver = models.CharField(max_length=4, choices=FacetAnswer, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    fills = models.ForeignKey(WantedCell, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    amount = models.DecimalField(max_digits=22, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    note = models.TextField(blank=True)
    position = models.FloatField(default=0)

    objects: ClassVar[Any] = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["scenario", "position"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="sensemaking_move_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(initiative__isnull=False) | ~Q(title=""), name="sensemaking_move_is_about_something"
            ),
        ]

    def __str__(self) -> str:
        about = self.initiative if self.initiative_id else self.title
        return f"{self.get_kind_display()}: {about}"[:300]

    @property
    def portfolio(self) -> Portfolio:
        """Whose stewards decide about it."""
        return self.scenario.portfolio

    def get_absolute_url(self) -> str:
        return self.scenario.get_absolute_url()
