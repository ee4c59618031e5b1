"""Keeping the structures that hold initiatives up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.choices import Facet, SupportKind
from polyfolio.sensemaking.models import SupportStructure

FIELDS = ("title", "kind", "facets", "owner", "amount", "currency", "since_on", "until_on", "note")
KEEP = "sensemaking.keep_supports"
MOST = Decimal(10) ** 17
LONGEST = 20_000


def create(*, portfolio: Portfolio, values: Mapping[str, Any], by: User, at: datetime) -> SupportStructure:
    require(by, KEEP, portfolio)
    with transaction.atomic():
        made = SupportStructure(portfolio=portfolio, **_clean(values))
        return records.create(made, fields=FIELDS, by=by, at=at)


def edit(*, support: SupportStructure, values: Mapping[str, Any], by: User, at: datetime) -> AuditRecord | None:
    """Change what is given and leave the rest; None where nothing differs."""
    require(by, KEEP, support)
    with transaction.atomic():
        locked = records.lock(support)
        now = {name: getattr(locked, name) for name in FIELDS}
        clean = _clean(now | dict(values))
        return records.change(locked, {name: clean[name] for name in values}, by=by, at=at)


def delete(*, support: SupportStructure, by: User, at: datetime) -> AuditRecord:
    require(by, KEEP, support)
    return records.delete(support, by=by, at=at)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"A support structure has no {', '.join(sorted(unknown))}.")
    given = dict(values)
    given["title"] = clean_texts(given.get("title") or {})
    if not best_text(given["title"]):
        raise RefusedError(_("Give it a name in at least one language."), field="title")
    if given.get("kind") not in SupportKind.values:
        raise RefusedError(_("Choose what kind of structure it is."), field="kind")
    facets = [each.value for each in Facet if each.value in (given.get("facets") or [])]
    if set(given.get("facets") or []) - set(facets) or not facets:
        raise RefusedError(_("Choose which facets it serves, at least one."), field="facets")
    given["facets"] = facets
    _check_money(given)
    since, until = given.get("since_on"), given.get("until_on")
    if since is not None and until is not None and until < since:
        raise RefusedError(_("It cannot end before it begins."), field="until_on")
    if len(given.get("note") or "") > LONGEST:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST, field="note")
    return given


def _check_money(given: dict[str, Any]) -> None:
    amount, currency = given.get("amount"), (given.get("currency") or "").strip().upper()
    given["currency"] = currency
    if amount is not None and not currency:
        raise RefusedError(_("Say in which currency, with three letters such as EUR."), field="currency")
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise RefusedError(_("A currency has three letters, such as EUR."), field="currency")
    if amount is None:
        given["currency"] = ""
    elif not 0 <= amount < MOST:
        raise RefusedError(_("An amount is not negative, and not that large."), field="amount")
