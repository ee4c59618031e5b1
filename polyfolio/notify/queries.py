"""Reading notices."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from polyfolio.notify.models import Notice
from polyfolio.people.models import User


def of(user: User) -> QuerySet[Notice]:
    """A person's notices, newest first."""
    return Notice.objects.filter(user=user).order_by("-noticed_at", "-pk")


def find(user: Any, pk: int) -> Notice:
    """One notice of the person; raises DoesNotExist for anybody else's."""
    return Notice.objects.get(pk=pk, user_id=user.pk or 0)


def unread_count(user: User) -> int:
    return Notice.objects.filter(user=user, read_at=None).count()


def held_about(user: User) -> list[dict[str, Any]]:
    return [{"at": notice.noticed_at.isoformat(), "text": notice.text} for notice in of(user)]
