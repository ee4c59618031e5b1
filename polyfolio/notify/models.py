"""What waits for a person: notices, and mails to send."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Notice(models.Model):
    """One sentence for one person, with the page it is about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=500)
    address = models.CharField(max_length=500, blank=True)
    noticed_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-noticed_at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"])]

    def __str__(self) -> str:
        return self.text


class Mail(models.Model):
    """A mail to send: a row first, so that a lost job loses nothing; claimed before it is sent, so never sent twice.

    Claimed and neither sent nor given back means that a worker died in between: it may have gone out, and is
    never sent again by itself. The words are emptied once it is sent; links in them open doors.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    button = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=500, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    has_failed = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["not_before"], condition=models.Q(sent_at=None), name="notify_mail_to_send")]

    def __str__(self) -> str:
        return self.subject
