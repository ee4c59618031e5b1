"""Explorations, their links and what people answered, written straight into the database."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from polyfolio.lib.names import name_key
from polyfolio.network.models import Network
from polyfolio.people.queries import digest
from polyfolio.sensemaking.exploration import scoring
from polyfolio.sensemaking.models import Exploration, ExplorationInvitation, ExplorationResponse
from tests.factories.network import make_network

_numbers = count(1)


def make_exploration(network: Network | None = None, **fields: Any) -> Exploration:
    """An open exploration of an organisation that is no record, from last week to next week."""
    today = timezone.now().date()
    number = next(_numbers)
    values = {
        "title": f"Exploration {number}",
        "organisation_name": f"Ministry {number}",
        "opens_on": today - timedelta(days=7),
        "closes_on": today + timedelta(days=7),
    } | fields
    portfolio = fields.get("portfolio")
    place = network or (portfolio.network if portfolio is not None else make_network())
    named = values.get("organisation") or values["organisation_name"]
    made: Exploration = Exploration.objects.create(
        network=place, organisation_key=name_key(str(named)), **values | {"organisation_name": str(named)}
    )
    return made


def make_link(exploration: Exploration, secret: str = "", **fields: Any) -> str:
    """A link's secret; for everybody, and good for a month."""
    made = secret or f"secret-{next(_numbers)}"
    values = {"expires_at": timezone.now() + timedelta(days=30)} | fields
    ExplorationInvitation.objects.create(exploration=exploration, digest=digest(made), **values)
    return made


def make_response(
    exploration: Exploration, answers: dict[str, dict[str, int]] | None = None, **fields: Any
) -> ExplorationResponse:
    """Answers that are handed in; a draft with `submitted_at=None`."""
    given = answers or {}
    values = {
        "respondent": digest(f"respondent-{next(_numbers)}"),
        "answers": given,
        "scores": scoring.to_json(scoring.result(given)),
        "submitted_at": timezone.now(),
    } | fields
    if values["submitted_at"] is None:
        values["scores"] = None
    return ExplorationResponse.objects.create(exploration=exploration, **values)


def in_days(days: int) -> date:
    return timezone.now().date() + timedelta(days=days)
