"""A server process searches its memory seldom, and what stood at its start not at all."""

from __future__ import annotations

import gc

from polyfolio.lib.memory import SELDOM, settle


def test_settle_leaves_what_stands_alone() -> None:
    usual = gc.get_threshold()
    try:
        settle()

        assert (gc.get_threshold(), gc.get_freeze_count() > 0) == (SELDOM, True)
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
