"""Money of initiatives as it was reported: transactions, budgets, planned disbursements.

Amounts keep their currency and their sign; a negative amount is a correction and stays.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from polyfolio.funding.choices import BudgetKind, BudgetStatus, MoneyFlow, TransactionKind
from polyfolio.lib.fields import TextsField
from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import Initiative


class Money(models.Model):
    """An amount in a currency (ISO 4217) with the date at which it would be converted."""

    amount = models.DecimalField(max_digits=20, decimal_places=2)
    currency = models.CharField(max_length=3)
    value_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_correction(self) -> bool:
        return self.amount < 0


class Transaction(Money):
    """Money that was promised, moved or spent for an initiative on a day."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="transactions")
    reference = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=24, choices=TransactionKind)
    made_on = models.DateField(null=True, blank=True)
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="provided_transactions"
    )
    provider_name = models.CharField(max_length=300, blank=True)
    receiver = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="received_transactions"
    )
    receiver_name = models.CharField(max_length=300, blank=True)
    description = TextsField()
    is_humanitarian = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_on", "pk"]
        indexes = [models.Index(fields=["initiative", "kind"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"


class Budget(Money):
    """Money planned for an initiative over a period: its original or revised budget."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="budgets")
    kind = models.CharField(max_length=10, choices=BudgetKind, default=BudgetKind.ORIGINAL)
    status = models.CharField(max_length=12, choices=BudgetStatus, default=BudgetStatus.INDICATIVE)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="funding_budget_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"


class PlannedDisbursement(Money):
    """Money that an initiative expects to pass on in a period."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="planned_disbursements")
    kind = models.CharField(max_length=10, choices=BudgetKind, default=BudgetKind.ORIGINAL)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    provider_name = models.CharField(max_length=300, blank=True)
    receiver_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class MoneyYear(models.Model):
    """Derived: what one initiative's transactions and budgets come to by year, flow and currency.

    Rebuilt by the actions that write money, so that a portfolio of ten thousand initiatives sums in one query.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="money_years")
    year = models.PositiveSmallIntegerField()
    flow = models.CharField(max_length=12, choices=MoneyFlow)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=22, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "flow", "year", "currency"], name="funding_money_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.flow} {self.amount} {self.currency}"
