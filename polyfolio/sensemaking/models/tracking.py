"""How a portfolio as a whole is coming on, whom that was told, and what followed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Direction
from polyfolio.sensemaking.models.decisions import Decision
from polyfolio.sensemaking.visibility import InPortfolioQuerySet


class PortfolioIndicator(Record):
    """Something that the portfolio measures itself by, agreed by whom and when."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="own_indicators")
    title = models.CharField(max_length=300)
    why = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.UP)
    agreed_by = models.CharField(max_length=300, blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = InPortfolioQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('portfolio_tracking', args=[self.portfolio.slug])}#indicator-{self.pk}"


class PortfolioIndicatorValue(models.Model):
    """What was measured on a day."""

    indicator = models.ForeignKey(PortfolioIndicator, on_delete=models.CASCADE, related_name="values")
    measured_on = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["measured_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "measured_on"], name="sensemaking_measured_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.measured_on})"


class ProgressFeedback(Record):
    """Progress told to people named here, how, and the adjustment of strategy that followed, where one did."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="progress_feedback")
    told_on = models.DateField()
    audience = models.CharField(max_length=300)
    how = models.CharField(max_length=300, blank=True)
    what = models.TextField()
    answer = models.TextField(blank=True)
    adjustment = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_from"
    )

    objects: ClassVar[Any] = InPortfolioQuerySet.as_manager()

    class Meta:
        ordering = ["-told_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.audience}, {self.told_on}"

    def get_absolute_url(self) -> str:
        return f"{reverse('portfolio_tracking', args=[self.portfolio.slug])}#told-{self.pk}"
