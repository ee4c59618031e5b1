"""Is it well? Each room registers a probe of what it needs; `/healthz` and `polyfolio check` ask them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one probe found: a sentence, and where something is wrong, what to do."""

    name: str
    is_well: bool
    sentence: str
    remedy: str = ""
    is_vital: bool = True


Probe = Callable[[], Finding]

_probes: dict[str, Probe] = {}


def register(name: str, probe: Probe) -> None:
    """Ask `probe` whenever health is asked for; rooms register in `ready()`."""
    _probes[name] = probe


def findings() -> list[Finding]:
    """What every probe finds, in order of registration. A probe that raises is a finding, not a crash."""
    return [_ask(name, probe) for name, probe in _probes.items()]


def _ask(name: str, probe: Probe) -> Finding:
    try:
        return probe()
    except Exception as error:  # noqa: BLE001  # whatever a probe raises is what it found
        return Finding(name, is_well=False, sentence=f"{type(error).__name__}: {error}", remedy="See the log.")
