"""A portfolio: why it exists, who stewards it, and which initiatives it holds."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from polyfolio.audit.models import Record
from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.network.choices import Capacity
from polyfolio.network.models import Body, Network, Organisation, Person
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass, PortfolioStatus
from polyfolio.portfolios.models.initiatives import Initiative
from polyfolio.portfolios.visibility import PortfolioQuerySet
from polyfolio.vocabulary.models import Theme


class Portfolio(Record):
    """Connected initiatives with one intent. A portfolio may stand in several others."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="portfolios")
    slug = models.SlugField(max_length=100, unique=True)
    title = TextsField()
    label = LabelField()
    intent = TextsField()
    north_star = TextsField()
    frame_before = TextsField()
    frame_after = TextsField()
    status = models.CharField(max_length=12, choices=PortfolioStatus, default=PortfolioStatus.FORMING)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.NETWORK)
    vocabulary: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    parents: models.ManyToManyField[Portfolio, Any] = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="children"
    )
    themes: models.ManyToManyField[Theme, Any] = models.ManyToManyField(Theme, blank=True, related_name="portfolios")

    objects: ClassVar[Any] = PortfolioQuerySet.as_manager()

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("portfolio", args=[self.slug])


class IntentVersion(models.Model):
    """What a portfolio's intent said until it was changed, and why it was."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="intent_versions")
    intent = TextsField()
    north_star = TextsField()
    frame_before = TextsField()
    frame_after = TextsField()
    reason = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.portfolio}, {self.written_at:%Y-%m-%d}"


class ScopeStatement(models.Model):
    """Somebody's statement of what belongs into a portfolio and what does not."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="scope_statements")
    text = TextsField()
    author = models.CharField(max_length=200, blank=True)
    stated_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["stated_on", "pk"]

    def __str__(self) -> str:
        return f"{self.author}, {self.stated_on}"


class Position(models.Model):
    """A strategic place to learn: a hypothesis and the question that initiatives there answer."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="positions")
    title = TextsField()
    label = LabelField()
    hypothesis = TextsField()
    learning_question = TextsField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class PortfolioRole(models.Model):
    """An organisation and/or person acts for a portfolio in a capacity, for a time."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="portfolio_roles"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="portfolio_roles")
    capacity = models.CharField(max_length=24, choices=Capacity, default=Capacity.STEWARD)
    since_on = models.DateField(default=timezone.localdate)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                name="portfolios_role_has_holder",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="portfolios_role_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation}, {self.get_capacity_display()}"


class Entry(models.Model):
    """An initiative stands in a portfolio: core, or affiliated after its admission.

    `checked_at` is when the last open question of its checklist was answered with yes; without it no affiliated
    initiative is admitted, whoever writes the row.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="entries")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="entries")
    portfolio_class = models.CharField(max_length=12, choices=PortfolioClass, default=PortfolioClass.CORE)
    state = models.CharField(max_length=14, choices=AdmissionState, default=AdmissionState.ADMITTED)
    position = models.ForeignKey(Position, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    entered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "initiative"], name="portfolios_entry_once"),
            models.CheckConstraint(
                condition=~Q(portfolio_class="affiliated", state="admitted", checked_at__isnull=True),
                name="portfolios_affiliated_after_checklist",
            ),
        ]
        indexes = [models.Index(fields=["portfolio", "state", "initiative"])]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.initiative} in {self.portfolio}"


class Checklist(models.Model):
    """The due-diligence questions that gate affiliation: a programme's, a network's, or (neither) the built-in ones.

    `questions` is a list of `{"code", "text": {language: text}, "is_required"}`.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="checklists")
    programme = models.OneToOneField(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="checklist")
    questions: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(programme__isnull=True),
                name="portfolios_one_network_checklist",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme or self.network}"


class ChecklistAnswer(models.Model):
    """One question answered for one entry: met or not, on what evidence, by whom."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=40)
    is_met = models.BooleanField()
    evidence = models.TextField(blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "code"], name="portfolios_answer_once")]

    def __str__(self) -> str:
        return f"{self.code}: {'met' if self.is_met else 'not met'}"
