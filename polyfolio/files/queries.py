"""Reading attachments, as far as the person may see what they belong to."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.files import guards
from polyfolio.files.models import Attachment
from polyfolio.people.models import User


def find(user: Viewer, pk: int, **_address: Any) -> Attachment:
    """The attachment, if `user` may see the record it belongs to; raises DoesNotExist."""
    attachment = Attachment.objects.get(pk=pk)
    if guards.visible_record(user, attachment.subject_type, attachment.subject_id) is None:
        raise Attachment.DoesNotExist(pk)
    return attachment


def of(record: Any) -> QuerySet[Attachment]:
    """The attachments of a record that the caller has already found visible."""
    return Attachment.objects.filter(subject_type=str(record._meta.model_name), subject_id=record.pk).order_by(
        "-uploaded_at", "-pk"
    )


def held_about(user: User) -> list[dict[str, Any]]:
    """What the person uploaded."""
    rows = Attachment.objects.filter(uploaded_by=user).order_by("pk")
    return [{"name": row.name, "uploaded_at": row.uploaded_at.isoformat(), "sha256": row.sha256} for row in rows]
