"""What the log knows about the accounts of the room below: who sees it, what an export holds, what erasure masks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from polyfolio.audit.actions.masking import Erasure, mask
from polyfolio.audit.models import AuditRecord
from polyfolio.people.access import access_of
from polyfolio.people.models import User

PERSONAL = frozenset({"name", "email"})


def visible_accounts(user: Any) -> QuerySet[User]:
    """One's own account; all of them for administrators."""
    access = access_of(user)
    accounts = User.objects.filter(is_active=True)
    return accounts if access.is_admin else accounts.filter(pk=access.user_id or 0)


def written_by(user: User) -> list[dict[str, Any]]:
    """What the person did, by the log."""
    rows = AuditRecord.objects.filter(actor_id=user.pk).order_by("pk")
    return [{"at": row.at.isoformat(), "what": row.verb, "record": row.subject_label} for row in rows.iterator()]


def mask_account(user: User, at: datetime) -> None:
    """Mask the account's name and address wherever the log holds them."""
    words = frozenset({user.name, user.email, str(user)})
    erasure = Erasure(record=user, words=words, fields=PERSONAL, kinds=frozenset({"user", "by"}), actor_id=user.pk)
    mask(erasure, at=at)
