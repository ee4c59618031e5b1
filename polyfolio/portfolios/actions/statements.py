"""What people say about a portfolio: statements of its scope, and its strategic places to learn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import Texts, best_text, clean_texts
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio, Position, ScopeStatement

EDIT = "portfolios.edit_portfolio"


def state_scope(
    *,
    portfolio: Portfolio,
    text: Mapping[str, str],
    by: User,
    at: datetime,
    author: str = "",
    stated_on: date | None = None,
) -> ScopeStatement:
    """Add somebody's statement of what belongs into a portfolio and what does not."""
    require(by, EDIT, portfolio)
    said = clean_texts(text)
    if not best_text(said):
        raise RefusedError(_("Write what belongs into the portfolio and what does not."), field="text")
    with transaction.atomic():
        statement = ScopeStatement.objects.create(
            portfolio=portfolio, text=said, author=author or str(by), stated_on=stated_on or at.date()
        )
        _log(portfolio, "portfolio.state_scope", by=by, at=at, after={"scope": f"{statement}: {best_text(said)}"})
    return statement


def withdraw_scope(*, statement: ScopeStatement, by: User, at: datetime) -> None:
    require(by, EDIT, statement.portfolio)
    with transaction.atomic():
        said = f"{statement}: {best_text(statement.text)}"
        _log(statement.portfolio, "portfolio.withdraw_scope", by=by, at=at, before={"scope": said})
        statement.delete()


def add_position(
    *,
    portfolio: Portfolio,
    title: Mapping[str, str],
    by: User,
    at: datetime,
    hypothesis: Mapping[str, str] | None = None,
    learning_question: Mapping[str, str] | None = None,
) -> Position:
    """Add a strategic place to learn, after those that stand."""
    require(by, EDIT, portfolio)
    with transaction.atomic():
        position = Position(
            portfolio=portfolio,
            title=_titled(title),
            hypothesis=clean_texts(hypothesis or {}),
            learning_question=clean_texts(learning_question or {}),
            position=portfolio.positions.count(),
        )
        position.save(force_insert=True)
        _log(portfolio, "portfolio.add_position", by=by, at=at, after=_facts(position))
    return position


def edit_position(*, position: Position, values: Mapping[str, Mapping[str, str]], by: User, at: datetime) -> Position:
    """Reword a position: its title, hypothesis and learning question as given."""
    require(by, EDIT, position.portfolio)
    with transaction.atomic():
        locked = Position.objects.select_for_update(of=("self",)).select_related("portfolio").get(pk=position.pk)
        before = _facts(locked)
        for name, text in values.items():
            setattr(locked, name, _titled(text) if name == "title" else clean_texts(text))
        locked.save()
        if _facts(locked) != before:
            _log(locked.portfolio, "portfolio.edit_position", by=by, at=at, before=before, after=_facts(locked))
    return locked


def remove_position(*, position: Position, by: User, at: datetime) -> None:
    """Take a position away; the initiatives there stay in the portfolio."""
    require(by, EDIT, position.portfolio)
    with transaction.atomic():
        _log(position.portfolio, "portfolio.remove_position", by=by, at=at, before=_facts(position))
        position.delete()


def _titled(title: Mapping[str, str]) -> Texts:
    clean = clean_texts(title)
    if not best_text(clean):
        raise RefusedError(_("Give it a title in at least one language."), field="title")
    return clean


def _facts(position: Position) -> dict[str, object]:
    return {
        "position": position.title,
        "hypothesis": position.hypothesis,
        "learning_question": position.learning_question,
    }


def _log(portfolio: Portfolio, verb: str, *, by: User, at: datetime, **change: object) -> None:
    changes.write(record=portfolio, verb=verb, by=by, at=at, **change)
