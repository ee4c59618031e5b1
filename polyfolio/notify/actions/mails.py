"""Mails: queued with what caused them, sent by a worker, each at most once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django_stubs_ext import StrOrPromise

from polyfolio.lib.events import publish
from polyfolio.notify.events import MailQueued
from polyfolio.notify.models import Mail

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=2)
BATCH = 200


def queue(
    *,
    to: str,
    subject: StrOrPromise,
    text: StrOrPromise,
    at: datetime,
    button: StrOrPromise = "",
    address: str = "",
    not_before: datetime | None = None,
) -> Mail:
    """Write a mail to the queue, in the transaction of what it tells of. Publishes MailQueued.

    `address` is the page that its one button opens.
    """
    mail = Mail.objects.create(
        to=to,
        subject=" ".join(str(subject).split())[:300],
        text=str(text),
        button=str(button),
        address=address,
        queued_at=at,
        not_before=not_before or at,
    )
    publish(MailQueued(mail.pk))
    return mail


def send_due(*, at: datetime) -> int:
    """Send what is due and nobody else has claimed; returns how many went out."""
    due = Mail.objects.filter(sent_at=None, claimed_at=None, has_failed=False, not_before__lte=at)
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sum(send(pk=pk, at=at) for pk in ids)


def send(*, pk: int, at: datetime) -> bool:
    """Claim one mail and send it; False where another worker was first, or it did not go out."""
    claimed = Mail.objects.filter(pk=pk, sent_at=None, claimed_at=None, has_failed=False).update(claimed_at=at)
    if not claimed:
        return False
    mail = Mail.objects.get(pk=pk)
    try:
        _message(mail).send()
    except (SMTPException, OSError) as problem:
        _give_back(mail, problem, at)
        return False
    mail.sent_at, mail.problem, mail.text, mail.address = at, "", "", ""
    mail.save(update_fields=["sent_at", "problem", "text", "address"])
    return True


def forget(*, before: datetime) -> int:
    """Drop mails that went out before that instant."""
    with transaction.atomic():
        return Mail.objects.filter(sent_at__lt=before).delete()[0]


def _message(mail: Mail) -> EmailMultiAlternatives:
    plain = f"{mail.text}\n\n{mail.button}:\n{mail.address}\n" if mail.address else f"{mail.text}\n"
    message = EmailMultiAlternatives(subject=mail.subject, body=plain, to=[mail.to])
    message.attach_alternative(render_to_string("notify/mail.html", {"mail": mail}), "text/html")
    return message


def _give_back(mail: Mail, problem: Exception, at: datetime) -> None:
    """The server said no, so it did not go out: try again later, each time a little later, and then stop."""
    mail.attempts += 1
    mail.problem = type(problem).__name__
    mail.claimed_at = None
    mail.has_failed = mail.attempts >= MOST_ATTEMPTS
    mail.not_before = at + FIRST_WAIT * 2 ** (mail.attempts - 1)
    mail.save(update_fields=["attempts", "problem", "claimed_at", "has_failed", "not_before"])
    log.warning("A mail did not go out (attempt %s): %s", mail.attempts, mail.problem, extra={"mail": mail.pk})
