"""Noting on initiatives themselves that something around them changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from polyfolio.portfolios.models import Initiative

CHUNK = 500


def touch(initiative_ids: Collection[int], *, at: datetime) -> None:
    """Set `updated_at`, in the caller's transaction: their lists and pages show what changed last.

    The last *substantive* update stays what it was; being placed or proposed keeps no initiative from falling dormant.
    """
    ids = list(initiative_ids)
    for start in range(0, len(ids), CHUNK):
        Initiative.objects.filter(pk__in=ids[start : start + CHUNK], updated_at__lt=at).update(updated_at=at)
