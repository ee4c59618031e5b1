"""The partner network's portfolios: one a programme, three across them, and proposals that wait for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from polyfolio.demo.making import NOW, Text
from polyfolio.demo.networks.portfolio import Making, Record, make_portfolio, want
from polyfolio.demo.networks.steering import follow
from polyfolio.demo.texts import base, sense
from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.actions import admissions, entries, links
from polyfolio.portfolios.models import Initiative, Portfolio

VARIED_IN_A_PROGRAMME = 90
MOST_ACROSS = 120
PROPOSALS = 12
LINKS = 150
WANTED = 8
KINDS = ("builds_on", "replicates", "feeds_learning_to", "complements", "shares_asset")

Held = Sequence[tuple[Initiative, Text]]


def make(making: Making, held: Held) -> None:
    found: dict[str, Portfolio] = {}
    for intent in sense.intents("partners"):
        chosen = _of_programme(held, intent) if intent["programme"] else _across(held, intent)
        found[intent["code"]] = make_portfolio(making, intent, chosen)
    shown = [hole for hole in sense.holes("partners") if _is_shown(hole)]
    want(making, next(iter(found.values())), shown, threshold=WANTED)
    follow(making, next(iter(found.values())), shown)
    _propose(making, next(iter(found.values())), held)
    _link(making, held)


def _of_programme(held: Held, intent: Record) -> list[tuple[Initiative, Text]]:
    """All that was written by hand for the programme, and some of what was varied from it."""
    ours = [pair for pair in held if pair[1]["programme"] == intent["programme"] and _is_open(pair[0])]
    codes = {text["code"] for text in base.partner_initiatives(intent["programme"])}
    by_hand = [pair for pair in ours if pair[1]["code"] in codes]
    rest = [pair for pair in ours if pair[1]["code"] not in codes]
    return by_hand + rest[:VARIED_IN_A_PROGRAMME]


def _across(held: Held, intent: Record) -> list[tuple[Initiative, Text]]:
    themes = set(intent["themes"])
    ours = [pair for pair in held if themes & set(pair[1]["themes"][:2]) and _is_open(pair[0])]
    return ours[:MOST_ACROSS]


def _is_open(initiative: Initiative) -> bool:
    return initiative.visibility != "private"


def _is_shown(hole: Record) -> bool:
    return str(hole["answer"]) != "leave"


def _propose(making: Making, portfolio: Portfolio, held: Held) -> None:
    """Partners' own initiatives on their way in: submitted, under review, one returned with its reason."""
    maker, at = making.cast.maker, NOW - timedelta(days=12)
    inside = set(portfolio.entries.values_list("initiative_id", flat=True))
    others = [initiative for initiative, _ in held if initiative.pk not in inside and _is_open(initiative)]
    for number, initiative in enumerate(making.chance.sample(others, PROPOSALS)):
        entry = entries.propose(
            portfolio=portfolio, initiative=initiative, by=maker, at=at, reason="It fits the position on repair."
        )
        entry = admissions.take(entry=entry, verb="submit", by=maker, at=at)
        if number % 3 == 0:
            entry = admissions.take(entry=entry, verb="begin_review", by=maker, at=NOW)
            admissions.answer(
                entry=entry, code="fits_scope", is_met=True, evidence="Position 2, repair.", by=maker, at=NOW
            )


def _link(making: Making, held: Held) -> None:
    """Initiatives of the same theme that learned from one another."""
    by_theme: dict[str, list[Initiative]] = {}
    for initiative, text in held:
        by_theme.setdefault(text["themes"][-1], []).append(initiative)
    themes = sorted(theme for theme, initiatives in by_theme.items() if len(initiatives) > 1)
    for _ in range(LINKS):
        source, target = making.chance.sample(by_theme[making.chance.choice(themes)], 2)
        kind = making.chance.choice(KINDS)
        try:
            links.claim(source=source, kind=kind, target=target, by=making.cast.maker, at=NOW)
        except RefusedError:  # the same pair was drawn before
            continue
