"""Portfolios of portfolios: what stands under what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from polyfolio.people.models import User
from polyfolio.portfolios.models import Portfolio

Pairs = Iterable[tuple[int, int]]


def below(root: int, pairs: Pairs) -> list[int]:
    """Everything under `root`, nearest first, each once; `pairs` are (child, parent)."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in sorted(pairs):
        children[parent].append(child)
    found: list[int] = []
    generation = [root]
    while generation:
        generation = [child for each in generation for child in children[each]]
        generation = [child for child in dict.fromkeys(generation) if child not in found and child != root]
        found += generation
    return found


def descendants(portfolio_id: int) -> list[int]:
    """Ids of all portfolios under this one, deleted ones included. One query."""
    return below(portfolio_id, Portfolio.parents.through.objects.values_list("from_portfolio_id", "to_portfolio_id"))


def visible_pairs(user: User | AnonymousUser | None) -> QuerySet[Portfolio, tuple[int, int]]:
    """(child, parent) of all portfolios that the person sees."""
    seen = Portfolio.objects.visible_to(user).filter(parents__isnull=False)
    pairs: QuerySet[Portfolio, tuple[int, int]] = seen.order_by().values_list("pk", "parents")
    return pairs


def members_of(portfolio: Portfolio, user: User | AnonymousUser | None) -> list[int]:
    """The portfolio and all under it that the person sees, nearest first: whose entries its roll-up counts."""
    return [portfolio.pk, *below(portfolio.pk, visible_pairs(user))]
