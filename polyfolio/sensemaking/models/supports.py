"""What holds initiatives up, and the flags that say where a portfolio may be in trouble."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import FlagCode, SupportKind
from polyfolio.sensemaking.visibility import SupportQuerySet


class SupportStructure(Record):
    """Something that lasts and helps initiatives of some facets along: a fund, a lab, a route through procurement…

    `facets` is a list of facet codes. An amount stands with its currency, or not at all.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="supports")
    title = TextsField()
    label = LabelField()
    kind = models.CharField(max_length=12, choices=SupportKind)
    facets: models.JSONField[Any, Any] = models.JSONField(default=list)
    owner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="supports_owned"
    )
    amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(currency=""), name="sensemaking_support_amount_has_currency"
            ),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="sensemaking_support_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return f"{reverse('portfolio_supports', args=[self.portfolio.slug])}#support-{self.pk}"


class FlagRule(models.Model):
    """A portfolio's own threshold for a flag, with a note why; without a row the default holds."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="flag_rules")
    code = models.CharField(max_length=16, choices=FlagCode)
    threshold = models.PositiveSmallIntegerField()
    is_on = models.BooleanField(default=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "code"], name="sensemaking_flag_rule_once"),
            models.CheckConstraint(condition=Q(threshold__gte=1), name="sensemaking_flag_threshold_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.portfolio}: {self.get_code_display()}"
