"""What every list of kept records begins with: nobody deleted them, and this person may see them."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from polyfolio.people.access import Access, access_of
from polyfolio.people.models import User

Viewer = User | AnonymousUser | None


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that nobody deleted, as far as a person may see them."""

    def kept(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user: Viewer) -> Self:
        return self.visible_to_access(access_of(user))

    def visible_to_access(self, access: Access) -> Self:
        kept = self.kept()
        return kept if access.is_admin else kept.filter(self.seen_by(access))

    def seen_by(self, access: Access) -> Q:
        raise NotImplementedError
