"""Runs of an import, what each did, and the source documents kept beside our records."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from polyfolio.audit.visibility import Viewer
from polyfolio.exchange.choices import EndReason, MatchReason, MatchState, Outcome, RunState, Severity
from polyfolio.exchange.iati.problems import Explanation, Problem
from polyfolio.network.models import Network, Organisation
from polyfolio.people.access import STEWARDING, access_of
from polyfolio.portfolios.choices import LinkKind
from polyfolio.portfolios.models import Initiative


class InNetworkQuerySet(models.QuerySet[Any]):
    """Rows that only the stewards of their network see."""

    def visible_to(self, user: Viewer) -> Self:
        access = access_of(user)
        return self if access.is_admin else self.filter(network__in=access.ids("network", STEWARDING))


class ImportRun(models.Model):
    """One reading of one source: a batch that can be undone.

    `position` is the last row wholly dealt with, `read_size` how many bytes of the file lead up to it, `undo_position`
    the last row not yet taken back. `worker` is who holds the run; a heartbeat that is old lets another take it up.
    """

    batch = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="import_runs")
    standard = models.CharField(max_length=20, default="iati")
    version = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=300)
    address = models.URLField(max_length=2000, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    file = models.FileField(upload_to="imports/%Y/%m/", max_length=300, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    position = models.PositiveIntegerField(default=0)
    undo_position = models.PositiveIntegerField(null=True, blank=True)
    read_size = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_runs"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    worker = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = InNetworkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["network", "state"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import", args=[self.pk])

    @property
    def counts(self) -> dict[str, int]:
        return {str(outcome): getattr(self, outcome) for outcome in Outcome}


class ImportItem(models.Model):
    """What a run did to one row of its source. `before` is what undoing restores (compressed); null where it is new."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    ordinal = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    identifier = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    initiative = models.ForeignKey(Initiative, null=True, on_delete=models.SET_NULL, related_name="import_items")
    before = models.BinaryField(null=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["run", "ordinal"], name="exchange_item_once")]

    def __str__(self) -> str:
        return f"{self.identifier} {self.outcome}"


class ImportProblem(models.Model):
    """Something in a source that was wrong, and where. What it says to a person is worded when they read it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    ordinal = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(default=0)
    identifier = models.CharField(max_length=300, blank=True)
    element = models.CharField(max_length=300, blank=True)
    value = models.CharField(max_length=500, blank=True)
    severity = models.CharField(max_length=10, choices=Severity)
    code = models.CharField(max_length=60)
    params: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["ordinal", "line", "pk"]
        indexes = [models.Index(fields=["run", "severity", "code"])]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"

    @cached_property
    def words(self) -> Explanation:
        """What happened, what was done and what to do, in the reader's language."""
        severity = Severity(self.severity)
        place = (self.ordinal, self.line, self.identifier, self.element, self.value)
        return Problem(self.code, severity, *place, self.params).explain()


class SourceRecord(models.Model):
    """The document an initiative was read from, kept whole (compressed), so that it can be written out again.

    `content` is the activity in the form of 2.03; `context` holds what it took over from its file.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="sources")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    standard = models.CharField(max_length=20)
    version = models.CharField(max_length=10, blank=True)
    identifier = models.CharField(max_length=300)
    content_hash = models.BinaryField(max_length=32)
    content = models.BinaryField()
    context: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    reporter_ref = models.CharField(max_length=200, blank=True)
    is_secondary = models.BooleanField(default=False)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "standard", "identifier"], name="exchange_source_once")
        ]

    def __str__(self) -> str:
        return self.identifier


class StatedLink(models.Model):
    """What a source says about an initiative and another: the link itself stands once both are here.

    Reversed, the other is the one that is part of this.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="stated_links")
    identifier = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=LinkKind)
    is_reversed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["network", "identifier"])]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "identifier", "kind", "is_reversed"], name="exchange_stated_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.kind} {self.identifier}"


class SourceName(models.Model):
    """Whom a network's sources mean by a name that they give without an identifier; `key` is the folded name."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="source_names")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="exchange_source_name_once")]

    def __str__(self) -> str:
        return self.key


class OrganisationMatch(models.Model):
    """Two organisations that a source names alike: a person says whether they are one."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="organisation_matches")
    provisional = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="match_candidates")
    candidate = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="matched_by")
    reason = models.CharField(max_length=20, choices=MatchReason, default=MatchReason.NAME)
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar[Any] = InNetworkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provisional", "candidate"], name="exchange_match_once"),
            models.CheckConstraint(
                condition=~models.Q(provisional=models.F("candidate")), name="exchange_match_of_two"
            ),
        ]
        verbose_name_plural = "organisation matches"

    def __str__(self) -> str:
        return f"{self.provisional} = {self.candidate}?"
