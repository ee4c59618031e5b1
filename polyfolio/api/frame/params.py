"""Query parameters that say what they are: `kind: Annotated[Kind | None, says("Only this kind.")] = None`."""

from __future__ import annotations

from typing import Any

from ninja.params.models import Query


def says(words: str, **limits: Any) -> Any:
    """What a query parameter is, for the document, and its limits (`max_length`, `pattern`, `ge`…)."""
    return Query(..., description=words, **limits)
