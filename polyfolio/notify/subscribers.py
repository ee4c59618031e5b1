"""A queued mail nudges a worker; what a lost nudge leaves, the sweep finds."""

from __future__ import annotations

from polyfolio.notify.events import MailQueued
from polyfolio.notify.tasks import send_mail


def nudge(event: MailQueued) -> None:
    send_mail(event.mail_id)
