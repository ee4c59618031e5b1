"""Keeping a portfolio's own words, and tagging its initiatives with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import Texts, best_text, clean_texts
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions.placements import held
from polyfolio.sensemaking.choices import TermKind
from polyfolio.sensemaking.models import PortfolioTerm, TermUse

KEEP = "sensemaking.keep_terms"
LONGEST_CODE = 60
MOST = 200


def add(
    *, portfolio: Portfolio, kind: str, title: Mapping[str, str], by: User, at: datetime, code: str = ""
) -> PortfolioTerm:
    """Add a lever, field or own theme after those that stand; its code comes from its title unless given."""
    require(by, KEEP, portfolio)
    if kind not in TermKind.values:
        raise RefusedError(_("Choose whether it is a lever, a field or a theme of your own."), field="kind")
    named = _titled(title)
    chosen = slugify(code or best_text(named))[:LONGEST_CODE].strip("-")
    if not chosen:
        raise RefusedError(_("Give it a code of plain letters and digits as well."), field="code")
    with transaction.atomic():
        Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
        there = PortfolioTerm.objects.filter(portfolio=portfolio, kind=kind)
        if there.filter(code=chosen).exists():
            raise RefusedError(_("There is one of that name or code already."), field="code" if code else "title")
        if there.count() >= MOST:
            raise RefusedError(_("That is more than anybody keeps apart: at most %s of a kind.") % MOST)
        term = PortfolioTerm(portfolio=portfolio, kind=kind, code=chosen, title=named, position=there.count())
        term.save(force_insert=True)
        after = {"term": named, "kind": str(TermKind(kind).label)}
        changes.write(record=portfolio, verb="portfolio.add_term", by=by, at=at, after=after)
    return term


def reword(*, term: PortfolioTerm, title: Mapping[str, str], by: User, at: datetime, position: int = -1) -> None:
    """Change what a term is called and, with `position`, where it stands; its code stays, as addresses name it."""
    require(by, KEEP, term)
    named = _titled(title)
    with transaction.atomic():
        before: dict[str, Any] = {"term": term.title}
        after: dict[str, Any] = {"term": named}
        term.title = named
        if position >= 0:
            before["position"], after["position"] = term.position, position
            term.position = min(position, 30_000)
        term.save()
        if before != after:
            changes.write(record=term.portfolio, verb="portfolio.edit_term", by=by, at=at, before=before, after=after)


def remove(*, term: PortfolioTerm, by: User, at: datetime) -> int:
    """Take a term away, and its tags with it; says how many initiatives bore it."""
    require(by, KEEP, term)
    with transaction.atomic():
        used = term.uses.count()
        before = {"term": term.title, "kind": str(term.get_kind_display()), "initiatives": used}
        changes.write(record=term.portfolio, verb="portfolio.remove_term", by=by, at=at, before=before)
        term.delete()
    return used


def tag(*, portfolio: Portfolio, initiative: Initiative, term_ids: Collection[int], by: User, at: datetime) -> bool:
    """Give an initiative of the portfolio exactly these of its terms; says whether anything differs from before."""
    require(by, "sensemaking.tag", portfolio)
    wanted = set(term_ids)
    with transaction.atomic():
        held(portfolio, [initiative.pk])
        terms = {term.pk: term for term in PortfolioTerm.objects.filter(portfolio=portfolio)}
        if wanted - set(terms):
            raise RefusedError(_("Choose among the terms of this portfolio."), field="terms")
        uses = TermUse.objects.filter(term__portfolio=portfolio, initiative=initiative)
        before = set(uses.values_list("term_id", flat=True))
        if before == wanted:
            return False
        uses.filter(term__in=before - wanted).delete()
        TermUse.objects.bulk_create([TermUse(term_id=pk, initiative=initiative) for pk in sorted(wanted - before)])
        changes.write(
            record=initiative,
            verb="initiative.tag",
            by=by,
            at=at,
            before={"terms": _names(terms, before)},
            after={"terms": _names(terms, wanted), "portfolio": plain(portfolio)},
        )
    return True


def _names(terms: Mapping[int, PortfolioTerm], ids: Collection[int]) -> list[str]:
    return sorted(str(terms[pk]) for pk in ids)


def _titled(title: Mapping[str, str]) -> Texts:
    clean = clean_texts(title)
    if not best_text(clean):
        raise RefusedError(_("Give it a title in at least one language."), field="title")
    return clean
