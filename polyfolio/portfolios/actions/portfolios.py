"""Creating, editing and deleting portfolios, and where they stand under one another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.slugs import slug_base, unique_slug
from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.network.choices import Capacity
from polyfolio.network.models import Network, Person
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions import entries, roles
from polyfolio.portfolios.events import PortfolioChanged
from polyfolio.portfolios.models import IntentVersion, Portfolio
from polyfolio.portfolios.queries.families import descendants

INTENT = ("intent", "north_star", "frame_before", "frame_after")
FIELDS = ("title", *INTENT, "status", "visibility", "vocabulary")
TEXTS = ("title", *INTENT)
EDITABLE = ("title", "status", "visibility", "vocabulary")
RELATED = ("themes", "parents")
RESERVED = frozenset({"new"})
"""Addresses beside the portfolios' own."""

Related = Mapping[str, Sequence[models.Model]]


def create(
    *,
    network: Network,
    title: Mapping[str, str],
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    related: Related | None = None,
    initiative_ids: Collection[int] = (),
) -> Portfolio:
    """Begin a portfolio, from a search where `initiative_ids` is what it found; publishes PortfolioChanged.

    Whoever begins it looks after it, where they are known as a person.
    """
    require(by, "portfolios.create_portfolio", network)
    given = _clean({**(values or {}), "title": title}, FIELDS)
    with transaction.atomic():
        portfolio = Portfolio(network=network, **given)
        base = slug_base(best_text(portfolio.title), fallback="portfolio")
        taken = RESERVED | set(Portfolio.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        portfolio.slug = unique_slug(base, taken=taken, fallback="portfolio")
        records.create(portfolio, fields=FIELDS, by=by, at=at, related=_known(related))
        if (person := Person.objects.kept().filter(user=by).first()) is not None:
            roles.give(portfolio=portfolio, person=person, capacity=Capacity.STEWARD, by=by, at=at)
        if initiative_ids:
            entries.add_many(portfolio=portfolio, initiative_ids=initiative_ids, by=by, at=at)
        publish(PortfolioChanged(portfolio.pk))
    return portfolio


def edit(
    *,
    portfolio: Portfolio,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    related: Related | None = None,
) -> AuditRecord | None:
    """Change what is given and leave the rest; the intent has an action of its own, which asks for the reason."""
    with transaction.atomic():
        locked = records.lock(portfolio)
        require(by, "portfolios.edit_portfolio", locked)
        linked = _known(related)
        _refuse_rings(locked, linked.get("parents", ()))
        row = records.change(locked, _clean(values or {}, EDITABLE), by=by, at=at, related=linked)
        if row is not None:
            publish(PortfolioChanged(locked.pk))
        return row


def reword_intent(
    *, portfolio: Portfolio, intent: Mapping[str, Mapping[str, str]], reason: str, by: User, at: datetime
) -> AuditRecord | None:
    """Change the intent (fields of INTENT) and keep what it said, with the reason; None where nothing differs."""
    with transaction.atomic():
        locked = records.lock(portfolio)
        require(by, "portfolios.edit_portfolio", locked)
        given = _clean(intent, INTENT)
        if all(getattr(locked, name) == text for name, text in given.items()):
            return None
        was_said = any(getattr(locked, name) for name in INTENT)
        if was_said and not reason.strip():
            raise RefusedError(_("Say why the intent changes; the earlier wording is kept with it."), field="reason")
        if was_said:
            said = {name: getattr(locked, name) for name in INTENT}
            IntentVersion.objects.create(portfolio=locked, reason=reason, written_at=at, written_by=by, **said)
        row = records.change(locked, given, by=by, at=at, reason=reason)
        publish(PortfolioChanged(locked.pk))
        return row


def delete(*, portfolio: Portfolio, by: User, at: datetime, reason: str = "") -> AuditRecord:
    """Take a portfolio out of every list; its initiatives stay, and `restore` brings it back."""
    with transaction.atomic():
        locked = records.lock(portfolio)
        require(by, "portfolios.delete_portfolio", locked)
        publish(PortfolioChanged(locked.pk))
        return records.delete(locked, by=by, at=at, reason=reason)


def restore(*, portfolio: Portfolio, by: User, at: datetime) -> AuditRecord:
    with transaction.atomic():
        locked = records.lock(portfolio)
        require(by, "portfolios.delete_portfolio", locked)
        publish(PortfolioChanged(locked.pk))
        return records.restore(locked, by=by, at=at)


def _known(related: Related | None) -> Related:
    unknown = set(related or {}) - set(RELATED)
    if unknown:
        raise KeyError(f"A portfolio has no {', '.join(sorted(unknown))}.")
    return related or {}


def _clean(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    unknown = set(values) - set(names)
    if unknown:
        raise KeyError(f"Not to be set here: {', '.join(sorted(unknown))}.")
    given = {name: clean_texts(value) if name in TEXTS else value for name, value in values.items()}
    if "title" in given and not best_text(given["title"]):
        raise RefusedError(_("Give it a title in at least one language."), field="title")
    return given


def _refuse_rings(portfolio: Portfolio, parents: Sequence[models.Model]) -> None:
    """A portfolio cannot stand in itself, nor in one that stands in it."""
    below = {portfolio.pk, *descendants(portfolio.pk)}
    ring = next((parent for parent in parents if parent.pk in below), None)
    if ring is not None:
        raise RefusedError(_("“%s” stands inside this portfolio, so it cannot hold it.") % ring, field="parents")
