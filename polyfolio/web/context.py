"""What every page's frame shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from polyfolio.notify import queries, steps


def frame(request: HttpRequest) -> dict[str, Any]:
    """Settings and counts that the frame shows; counts come lazily, so a page that shows none pays for none."""
    context: dict[str, Any] = {"is_demo": settings.POLYFOLIO_DEMO, "public_url": settings.POLYFOLIO_PUBLIC_URL}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["next_steps_count"] = SimpleLazyObject(lambda: steps.count(user, on=timezone.localdate()))
        context["notices_count"] = SimpleLazyObject(lambda: queries.unread_count(user))
    return context
