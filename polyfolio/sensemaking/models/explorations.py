"""An organisation's assessment of itself: who is asked, through which links, and what each person answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from polyfolio.audit.models import Record
from polyfolio.network.models import Network, Organisation
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import ExplorationState, WorkforceSize
from polyfolio.sensemaking.visibility import ExplorationQuerySet


class Exploration(Record):
    """Several people of one organisation answer the same questions; results are shown from five of them on.

    `organisation_name` stands also where the organisation is no record; `organisation_key` is what two spellings of
    it share. `is_comparable` is the organisation's consent to be counted, unnamed, beside others.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="explorations")
    portfolio = models.ForeignKey(
        Portfolio, null=True, blank=True, on_delete=models.CASCADE, related_name="explorations"
    )
    title = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="explorations"
    )
    organisation_name = models.CharField(max_length=300)
    organisation_key = models.CharField(max_length=300, blank=True, editable=False, db_index=True)
    size = models.CharField(max_length=12, choices=WorkforceSize, blank=True)
    country = models.CharField(max_length=2, blank=True)
    sectors: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=8, choices=ExplorationState, default=ExplorationState.OPEN)
    is_comparable = models.BooleanField(default=False)

    objects: ClassVar[Any] = ExplorationQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="sensemaking_exploration_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exploration", args=[self.pk])


class ExplorationInvitation(models.Model):
    """A secret link to an exploration, kept as a digest: for everybody who has it, or for one person.

    Nothing leads from an answer to the link it came through, so that nobody can see who answered what.
    """

    exploration = models.ForeignKey(Exploration, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    is_personal = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return self.email or str(self.exploration)


class ExplorationResponse(models.Model):
    """One person's answers, theirs alone to see; `scores` are what the group's results are made of once submitted."""

    exploration = models.ForeignKey(Exploration, on_delete=models.CASCADE, related_name="responses")
    respondent = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="exploration_responses",
    )
    answers: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    notes: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    scores: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["exploration", "submitted_at"])]
        constraints = [
            models.UniqueConstraint(fields=["exploration", "respondent"], name="sensemaking_response_once"),
            models.UniqueConstraint(
                fields=["exploration", "author"],
                condition=Q(author__isnull=False),
                name="sensemaking_response_once_per_author",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(scores__isnull=False),
                name="sensemaking_submitted_response_has_scores",
            ),
        ]

    def __str__(self) -> str:
        return f"An answer to {self.exploration}"
