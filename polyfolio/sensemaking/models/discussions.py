"""Talking about where an initiative stands, where people see it differently."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.lib.fields import shorten
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.choices import DiscussionState
from polyfolio.sensemaking.models.placing import Placement
from polyfolio.sensemaking.visibility import CommentQuerySet, DiscussionQuerySet


class Discussion(Record):
    """A talk about an initiative's place in a portfolio: one open at a time, the earlier ones stay readable.

    Who opened it and when are the record's `created_by` and `created_at`. `agreed` is the placement that people
    settled on, where they did.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="discussions")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="discussions")
    question = models.TextField()
    state = models.CharField(max_length=8, choices=DiscussionState, default=DiscussionState.OPEN)
    resolution = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed = models.ForeignKey(Placement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = DiscussionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["portfolio", "state", "-created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "initiative"],
                condition=Q(state="open", deleted_at__isnull=True),
                name="sensemaking_one_open_discussion",
            ),
            models.CheckConstraint(
                condition=Q(state="open", resolved_at__isnull=True) | Q(state="resolved", resolved_at__isnull=False),
                name="sensemaking_discussion_resolved_at",
            ),
        ]

    def __str__(self) -> str:
        return shorten(self.question, 120)

    def get_absolute_url(self) -> str:
        return reverse("discussion", args=[self.portfolio.slug, self.initiative.slug])

    @property
    def is_open(self) -> bool:
        return self.state == DiscussionState.OPEN


class Comment(Record):
    """What somebody says in a discussion, or in answer to another comment; taken back, its place stays.

    `mentioned` are those who were told of it because it names them.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    author_label = models.CharField(max_length=150)
    edited_at = models.DateTimeField(null=True, blank=True)
    mentioned: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["discussion", "created_at"])]

    def __str__(self) -> str:
        return shorten(self.text, 120)

    def get_absolute_url(self) -> str:
        return f"{self.discussion.get_absolute_url()}#comment-{self.pk}"

    @property
    def portfolio(self) -> Portfolio:
        return self.discussion.portfolio

    @property
    def initiative(self) -> Initiative:
        return self.discussion.initiative
