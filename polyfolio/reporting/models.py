"""Results, indicators and their values, as an initiative reports them."""

from __future__ import annotations

from typing import Any

from django.db import models

from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.choices import ResultLevel, ValueKind


class Result(models.Model):
    """What an initiative set out to bring about: an output, an outcome or an impact."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="results")
    level = models.CharField(max_length=10, choices=ResultLevel)
    title = TextsField()
    label = LabelField()
    description = TextsField()
    is_aggregable = models.BooleanField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class Indicator(models.Model):
    """How a result is measured. `measure` is IATI's (1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative)."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="indicators")
    measure = models.CharField(max_length=10, blank=True)
    title = TextsField()
    label = LabelField()
    description = TextsField()
    reference = models.CharField(max_length=200, blank=True)
    reference_vocabulary = models.CharField(max_length=20, blank=True)
    is_ascending = models.BooleanField(default=True)
    is_aggregable = models.BooleanField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class IndicatorValue(models.Model):
    """A baseline, target or actual value: `text` as reported, `number` where that is one; unknown is null, never 0."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    kind = models.CharField(max_length=10, choices=ValueKind)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=500, blank=True)
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    dimensions: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    comment = TextsField()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}"
