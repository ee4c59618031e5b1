"""Notices: one sentence for one person, read or not."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from polyfolio.lib.fields import shorten
from polyfolio.notify.models import Notice
from polyfolio.people.models import User


def give(*, user: User, text: StrOrPromise, at: datetime, address: str = "") -> Notice:
    """Leave a sentence for a person, in their language; `address` is the page it is about."""
    with override(user.language or settings.LANGUAGE_CODE):
        return Notice.objects.create(user=user, text=shorten(str(text), 500), address=address, noticed_at=at)


def read(*, notice: Notice, at: datetime) -> None:
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def read_all(*, user: User, at: datetime) -> int:
    """Mark everything as read; returns how many were not."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=at)


def forget(user: User, at: datetime) -> None:  # noqa: ARG001  # as every room's erasure is called
    """Drop what waits for a person who asked to be forgotten."""
    Notice.objects.filter(user=user).delete()
