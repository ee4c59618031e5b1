"""Sending mails: a nudge for each, a sweep every minute for those whose nudge was lost or whose time has come."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from polyfolio.lib.jobs import every_minutes, task
from polyfolio.notify import pulse
from polyfolio.notify.actions import mails

KEPT_FOR = timedelta(days=30)


@task
def send_mail(mail_id: int) -> None:
    mails.send(pk=mail_id, at=timezone.now())


@every_minutes(1)
def sweep_mails() -> None:
    mails.send_due(at=timezone.now())


@every_minutes(60)
def forget_mails() -> None:
    mails.forget(before=timezone.now() - KEPT_FOR)


@every_minutes(1)
def beat() -> None:
    pulse.beat(at=timezone.now())
