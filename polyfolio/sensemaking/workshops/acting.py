"""What an act may say: each kind's shape, checked before it is kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError
from polyfolio.sensemaking.choices import ActKind, DecisionKind, Layer

LONGEST = 1000
EVERYBODYS = frozenset({ActKind.PLACE, ActKind.MOVE, ActKind.PROPOSE, ActKind.VOTE, ActKind.NOTE})
DONE_IN = {ActKind.MOVE: "place"}
"""Acts that a step allows under another name than their own."""


@dataclass(frozen=True)
class Given:
    """An act as a device sends it. `client_id` is the device's own name for it, so that it counts once."""

    client_id: str
    kind: str
    step: int
    target: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Around:
    """What an act is checked against."""

    steps: list[Mapping[str, Any]]
    current: int
    revealed: Collection[int]
    targets: Collection[str]
    zones: Collection[str]


def given_from(told: Any) -> Given:
    """An act from what a device sent; raises RefusedError where it has no shape at all."""
    if not isinstance(told, Mapping):
        raise RefusedError(_("That is not an act."))
    client_id, step, payload = told.get("client_id"), told.get("step"), told.get("payload", {})
    if not isinstance(client_id, str) or not 1 <= len(client_id) <= 40:
        raise RefusedError(_("An act needs a name of its own of up to 40 characters."))
    if type(step) is not int or not isinstance(payload, Mapping):
        raise RefusedError(_("That is not an act."))
    return Given(client_id, str(told.get("kind", "")), step, str(told.get("target", ""))[:80], payload)


def checked(given: Given, around: Around) -> dict[str, Any]:
    """The payload to keep; RefusedError says why not."""
    if given.kind not in EVERYBODYS or not 0 <= given.step < len(around.steps):
        raise RefusedError(_("That cannot be done here."))
    if given.step > around.current:
        raise RefusedError(_("The workshop is not there yet."))
    step = around.steps[given.step]
    if DONE_IN.get(ActKind(given.kind), given.kind) not in step["does"]:
        raise RefusedError(_("That cannot be done in this step."))
    return _CHECKS[ActKind(given.kind)](given, step, around)


def is_hidden(step: Mapping[str, Any], number: int, revealed: Collection[int]) -> bool:
    """Whether what people do in this step is still shown to themselves alone."""
    return bool(step.get("is_private")) and number not in revealed


def _place(given: Given, step: Mapping[str, Any], around: Around) -> dict[str, Any]:
    if given.target not in around.targets:
        raise RefusedError(_("This initiative is not looked at here."))
    if step["board"] == "zones":
        zone = given.payload.get("zone")
        if zone not in around.zones:
            raise RefusedError(_("There is no such zone here."))
        return {"zone": zone}
    x, y = (_number(given.payload.get(name)) for name in ("x", "y"))
    reach = max(1.0, abs(x) + abs(y))
    return {"x": round(x / reach, 4), "y": round(y / reach, 4)}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise RefusedError(_("A place on the diamond is two numbers."))
    return float(value)


def _move(given: Given, step: Mapping[str, Any], around: Around) -> dict[str, Any]:
    if is_hidden(step, given.step, around.revealed):
        raise RefusedError(_("Everybody places for themselves until it is revealed."))
    seen = given.payload.get("seen", 0)
    return {**_place(given, step, around), "seen": seen if type(seen) is int else 0}


def _text(given: Given) -> str:
    text = str(given.payload.get("text", "")).strip()
    if not text:
        raise RefusedError(_("Write something first."))
    if len(text) > LONGEST:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST)
    return text


def _propose(given: Given, _step: Mapping[str, Any], around: Around) -> dict[str, Any]:
    kind = given.payload.get("kind")
    if kind not in DecisionKind.values:
        raise RefusedError(_("Choose what kind of decision it is."))
    if given.target and given.target not in around.targets:
        raise RefusedError(_("This initiative is not looked at here."))
    return {"text": _text(given), "kind": kind}


def _note(given: Given, _step: Mapping[str, Any], _around: Around) -> dict[str, Any]:
    layer = given.payload.get("layer", "")
    if layer and layer not in Layer.values:
        raise RefusedError(_("Notes are about one of the seven layers."))
    return {"text": _text(given), "layer": layer}


def _vote(given: Given, _step: Mapping[str, Any], around: Around) -> dict[str, Any]:
    name, _dash, number = given.target.partition("-")
    if given.target not in around.targets and not (name in ("note", "propose") and number.isdigit()):
        raise RefusedError(_("There is nothing to vote for."))
    return {"on": bool(given.payload.get("on"))}


_CHECKS: Mapping[ActKind, Callable[[Given, Mapping[str, Any], Around], dict[str, Any]]] = {
    ActKind.PLACE: _place,
    ActKind.MOVE: _move,
    ActKind.PROPOSE: _propose,
    ActKind.NOTE: _note,
    ActKind.VOTE: _vote,
}
