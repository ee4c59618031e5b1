"""A part of what a portfolio holds: only the initiatives that meet some filters of its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.queries.filters import narrowed
from polyfolio.sensemaking.queries.holdings import Holding


@dataclass(frozen=True)
class Part(Holding):
    """A holding whose members meet `filters`; every figure counts only these, and its list shows them."""

    whole: Holding | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None

    def members(self) -> QuerySet[Initiative, Any]:
        assert self.whole is not None
        assert self.at is not None
        return narrowed(self.whole, self.filters, at=self.at)


def part_of(whole: Holding, filters: Mapping[str, str], at: datetime) -> Holding:
    """The part that meets the filters (names and values as the list knows them); the whole without any."""
    if not filters:
        return whole
    own = {each.name: getattr(whole, each.name) for each in fields(Holding)}
    return Part(**own, whole=whole, filters=filters, at=at)
