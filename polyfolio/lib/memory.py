"""How a server process treats its memory."""

from __future__ import annotations

import gc

SELDOM = (50_000, 20, 50)


def settle() -> None:
    """Call once when everything is loaded: what stands then is never searched for rings of objects again.

    New objects are searched seldom: a search of all of them takes a fifth of a second in the middle of somebody's page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
