"""A worker says that it is alive, and its silence is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from polyfolio.notify import pulse, tasks


@pytest.fixture(autouse=True)
def _no_pulse_yet() -> Iterator[None]:
    cache.delete(pulse.KEY)
    yield
    cache.delete(pulse.KEY)


def test_probe_says_that_no_worker_was_seen() -> None:
    found = pulse.probe()

    assert (found.is_well, found.is_vital, found.sentence) == (False, False, "none has been seen")


def test_probe_is_content_after_a_beat() -> None:
    tasks.beat.call_local()

    assert pulse.probe().is_well


def test_probe_notices_silence() -> None:
    pulse.beat(at=timezone.now() - timedelta(minutes=10))

    found = pulse.probe()

    assert (found.is_well, found.remedy) == (False, pulse.REMEDY)
