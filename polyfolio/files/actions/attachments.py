"""Attachments: kept after a look at what they are, and taken away again."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.files import guards
from polyfolio.files.contents import WrongContentError, clean_name, media_type_of
from polyfolio.files.models import Attachment
from polyfolio.people.models import User
from polyfolio.people.rules import NotAllowedError

MEGABYTE = 1_000_000
MOST_PER_RECORD = 100


def add(*, record: Any, file: File[bytes], name: str, by: User, at: datetime) -> Attachment:
    """Keep a file with a record that `by` may change; its row in the log is the record's."""
    subject_type = changes.subject_type(record)
    if not guards.may_change(by, subject_type, record):
        raise NotAllowedError("files.add")
    _refuse_size(file)
    kept_name = clean_name(name)
    media_type = media_type_of(kept_name, file)
    digest = _digest(file)
    stored = f"{secrets.token_hex(16)}{PurePosixPath(kept_name).suffix.lower()}"
    with transaction.atomic():
        if Attachment.objects.filter(subject_type=subject_type, subject_id=record.pk).count() >= MOST_PER_RECORD:
            raise WrongContentError(_("There are %s files here already.") % MOST_PER_RECORD, field="file")
        attachment = Attachment(
            subject_type=subject_type,
            subject_id=record.pk,
            name=kept_name,
            content_type=media_type,
            size=file.size,
            sha256=digest,
            uploaded_at=at,
            uploaded_by=by,
        )
        attachment.file.save(stored, file, save=False)
        attachment.save()
        changes.write(record=record, verb=f"{subject_type}.attach", by=by, at=at, after={"file": kept_name})
    return attachment


def remove(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a file away for good; the log keeps its name."""
    record = guards.visible_record(by, attachment.subject_type, attachment.subject_id)
    if record is None or not guards.may_change(by, attachment.subject_type, record):
        raise NotAllowedError("files.remove")
    with transaction.atomic():
        verb = f"{attachment.subject_type}.detach"
        changes.write(record=record, verb=verb, by=by, at=at, before={"file": attachment.name})
        stored = str(attachment.file.name)
        attachment.delete()
        transaction.on_commit(partial(default_storage.delete, stored), robust=True)


def _refuse_size(file: File[bytes]) -> None:
    limit = settings.POLYFOLIO_ATTACHMENT_LIMIT_MB
    if file.size > limit * MEGABYTE:
        raise WrongContentError(_("The file is larger than %s MB.") % limit, field="file")


def _digest(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
