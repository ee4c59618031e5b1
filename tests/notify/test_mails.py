from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as outbox

from polyfolio.notify import tasks
from polyfolio.notify.actions import mails
from polyfolio.notify.models import Mail

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def queue(**more) -> Mail:
    given = {"to": "ada@example.org", "subject": "Your\nreport ", "text": "It is due.", "at": AT}
    return mails.queue(**(given | more))


class Failing:
    """A mail backend that the server hangs up on."""

    def __init__(self, *args, **kwargs) -> None:
        pass

    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


@pytest.fixture
def broken(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Failing"


def test_queue_writes_a_row_and_nudges(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue(button="Report now", address="https://x.example/report/")

    [sent] = outbox.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["ada@example.org"],
        "Your report",
        "It is due.\n\nReport now:\nhttps://x.example/report/\n",
    )
    [(html, _kind)] = sent.alternatives
    assert '<a class="button" href="https://x.example/report/">Report now</a>' in html
    mail = Mail.objects.get()
    assert mail.sent_at is not None
    assert (mail.text, mail.address) == ("", "")


def test_mail_without_a_button():
    mails.send(pk=queue().pk, at=AT)

    [sent] = outbox.outbox
    assert sent.body == "It is due.\n"
    assert "<a" not in sent.alternatives[0][0]


def test_send_due_sends_each_once():
    queue()
    queue(to="b@example.org")
    queue(not_before=AT + timedelta(hours=1))

    assert mails.send_due(at=AT) == 2
    assert mails.send_due(at=AT) == 0
    assert mails.send_due(at=AT + timedelta(hours=1)) == 1
    assert len(outbox.outbox) == 3


def test_claimed_mail_is_never_sent_again():
    mail = queue()
    Mail.objects.filter(pk=mail.pk).update(claimed_at=AT)

    assert mails.send(pk=mail.pk, at=AT) is False
    assert mails.send_due(at=AT + timedelta(days=9)) == 0
    assert outbox.outbox == []


def test_failed_mail_waits_longer_each_time(broken):
    mail = queue()

    assert mails.send(pk=mail.pk, at=AT) is False

    mail.refresh_from_db()
    assert (mail.attempts, mail.problem, mail.claimed_at, mail.not_before, mail.has_failed) == (
        1,
        "SMTPServerDisconnected",
        None,
        AT + timedelta(minutes=2),
        False,
    )
    assert mails.send_due(at=AT + timedelta(minutes=1)) == 0


def test_failed_mail_is_given_up_after_six_attempts(broken):
    mail = queue()

    for _number in range(8):
        mails.send(pk=mail.pk, at=AT)

    mail.refresh_from_db()
    assert (mail.attempts, mail.has_failed, mail.sent_at) == (6, True, None)
    assert mail.not_before == AT + timedelta(minutes=64)


def test_sent_mails_are_forgotten():
    old, young, waiting = queue(), queue(), queue()
    Mail.objects.filter(pk=old.pk).update(sent_at=AT - timedelta(days=31))
    Mail.objects.filter(pk=young.pk).update(sent_at=AT)

    mails.forget(before=AT - timedelta(days=30))

    assert set(Mail.objects.all()) == {young, waiting}


def test_tasks():
    first = queue()
    tasks.send_mail.call_local(first.pk)
    queue()
    tasks.sweep_mails.call_local()
    Mail.objects.update(sent_at=AT - timedelta(days=3650))
    tasks.forget_mails.call_local()

    assert len(outbox.outbox) == 2
    assert not Mail.objects.exists()


def test_mail_is_called_by_its_subject():
    assert str(queue()) == "Your report"
