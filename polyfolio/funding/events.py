"""What happened to money, for the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MoneyChanged:
    """What these initiatives' transactions, budgets or planned disbursements come to was derived anew."""

    initiative_ids: tuple[int, ...]
