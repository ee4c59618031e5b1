"""A portfolio's own words for what its initiatives work on and with."""

from __future__ import annotations

from django.db import models

from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import TermKind


class PortfolioTerm(models.Model):
    """One lever, field or own theme of a portfolio; initiatives are tagged with it there."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=12, choices=TermKind)
    code = models.SlugField(max_length=60)
    title = TextsField()
    label = LabelField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "kind", "code"], name="sensemaking_term_once"),
        ]

    def __str__(self) -> str:
        return self.label


class TermUse(models.Model):
    """An initiative is tagged with a term of a portfolio."""

    term = models.ForeignKey(PortfolioTerm, on_delete=models.CASCADE, related_name="uses")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="term_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "initiative"], name="sensemaking_term_use_once")]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.term}"
