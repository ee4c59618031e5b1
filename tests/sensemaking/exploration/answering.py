"""Answers made for tests."""

from __future__ import annotations

from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration.items import ItemKind, all_items, facet_items


def favouring(favourite: str, *, others: bool = True) -> dict[str, dict[str, int]]:
    """Every facet item answered so that the favourite gets all it can; the others all that the rankings leave them."""
    facet = Facet(favourite)
    answers = {}
    for asked in facet_items():
        if asked.kind is ItemKind.RANKING:
            order = [facet, *(each for each in Facet if each is not facet)]
            answers[asked.key] = {each.value: order.index(each) + 1 for each in Facet}
        elif asked.kind is ItemKind.TICKS:
            answers[asked.key] = {each.key: 1 for each in asked.statements if others or each.facet is facet}
        else:
            answers[asked.key] = {
                each.key: each.most if others or each.facet is facet else 0 for each in asked.statements
            }
    return answers


def able(points: int) -> dict[str, dict[str, int]]:
    """Every capability statement agreed with to the same degree."""
    return {asked.key: {each.key: points for each in asked.statements} for asked in all_items() if asked.is_capability}
