"""Keeping the built-in frames as the code has them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from polyfolio.sensemaking.builtin import FRAMES
from polyfolio.sensemaking.models import Frame, Region


def ensure_builtin(**_signal: Any) -> None:
    """Make or refresh the built-in frames (after every migration; safe to run again)."""
    with transaction.atomic():
        for given in FRAMES:
            texts = {name: given[name] for name in ("kind", "title", "description")}
            frame, _is_new = Frame.objects.update_or_create(code=given["code"], portfolio=None, defaults=texts)
            for position, region in enumerate(given["regions"]):
                Region.objects.update_or_create(
                    frame=frame,
                    code=str(region["code"]),
                    defaults={name: region[name] for name in ("title", "description", "token")}
                    | {"position": position},
                )
