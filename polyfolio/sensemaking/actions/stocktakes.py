"""Taking stock: beginning, writing down what is found, closing with the figures of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Layer, StocktakeState
from polyfolio.sensemaking.models import Stocktake
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.looking_back.freezing import frozen

FIELDS = ("title", "held_on", "purpose", "notes", "patterns", "gaps", "insights")
LONGEST = 20_000


def begin(
    *, portfolio: Portfolio, title: str, by: User, at: datetime, values: Mapping[str, Any] | None = None
) -> Stocktake:
    """Open a stocktake; it is held today unless `values` says another day."""
    require(by, "sensemaking.take_stock", portfolio)
    return record(portfolio=portfolio, values={"held_on": at.date(), **(values or {}), "title": title}, by=by, at=at)


def record(*, portfolio: Portfolio, values: Mapping[str, Any], by: User, at: datetime) -> Stocktake:
    """Keep a stocktake for somebody who was asked already whether they may (a workshop's facilitator)."""
    given = _clean(values)
    with transaction.atomic():
        return records.create(Stocktake(portfolio=portfolio, **given), fields=FIELDS, by=by, at=at)


def edit(*, stocktake: Stocktake, values: Mapping[str, Any], by: User, at: datetime) -> AuditRecord | None:
    """Change what is given and leave the rest; None where nothing differs. A closed one is opened again first."""
    require(by, "sensemaking.take_stock", stocktake.portfolio)
    given = _clean(values)
    with transaction.atomic():
        held = records.lock(stocktake)
        if held.state == StocktakeState.CLOSED:
            raise RefusedError(_("This stocktake is closed. Open it again to change it."))
        return records.change(held, given, by=by, at=at)


def close(*, stocktake: Stocktake, by: User, at: datetime) -> AuditRecord | None:
    """Freeze the figures of this moment and close."""
    require(by, "sensemaking.take_stock", stocktake.portfolio)
    return freeze(stocktake=stocktake, by=by, at=at)


def freeze(*, stocktake: Stocktake, by: User, at: datetime) -> AuditRecord | None:
    """Close for somebody who was asked already. The log keeps no figures, because its readers may see fewer rows."""
    portfolio = stocktake.portfolio
    own = frozen(holding(portfolio, by), at.date())
    everybodys = frozen(holding(portfolio, None), at.date())
    with transaction.atomic():
        held = records.lock(stocktake)
        if held.state == StocktakeState.CLOSED:
            raise RefusedError(_("This stocktake is closed already."))
        held.figures, held.open_figures = own, everybodys
        return records.change(held, {"state": StocktakeState.CLOSED, "closed_at": at}, by=by, at=at)


def reopen(*, stocktake: Stocktake, by: User, at: datetime) -> AuditRecord | None:
    """Take up a closed one again; its figures are counted anew when it closes."""
    require(by, "sensemaking.take_stock", stocktake.portfolio)
    with transaction.atomic():
        held = records.lock(stocktake)
        return records.change(held, {"state": StocktakeState.OPEN, "closed_at": None}, by=by, at=at)


def delete(*, stocktake: Stocktake, by: User, at: datetime) -> AuditRecord:
    require(by, "sensemaking.take_stock", stocktake.portfolio)
    return records.delete(stocktake, by=by, at=at)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"A stocktake has no {', '.join(sorted(unknown))}.")
    given: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if not given.get("title", "as it is"):
        raise RefusedError(_("Give the stocktake a name."), field="title")
    if "held_on" in given and given["held_on"] is None:
        raise RefusedError(_("Say on which day it was held."), field="held_on")
    notes = given.get("notes", {})
    if not set(notes) <= set(Layer.values):
        raise RefusedError(_("Notes are about one of the seven layers."), field="notes")
    if "notes" in given:
        given["notes"] = {layer: text.strip() for layer, text in notes.items() if text.strip()}
    for name, text in {**given, **given.get("notes", {})}.items():
        if isinstance(text, str) and len(text) > LONGEST:
            raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST, field=name)
    return given
