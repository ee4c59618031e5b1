"""Flags in sentences: what was found, what the rule is, and which list stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.flags import Finding, State
from polyfolio.sensemaking.choices import Facet, FlagCode
from polyfolio.sensemaking.queries.flags import Watch
from polyfolio.web.portfolios.pictures import list_of

RULES: dict[FlagCode, Any] = {
    FlagCode.STATUS_QUO: gettext_lazy("Raised when more than %s %% of the money goes to enhancement."),
    FlagCode.UNSUPPORTED: gettext_lazy(
        "Raised when a facet holds initiatives (at least %s) and no support structure serves it today."
    ),
    FlagCode.CRISIS: gettext_lazy("Raised when more than %s %% of last year’s starts look ahead less than 6 months."),
    FlagCode.PROJECTIFIED: gettext_lazy("Raised when more than %s %% of the initiatives are linked to no other."),
    FlagCode.ORPHANED: gettext_lazy(
        "Raised when no organisation answers for an initiative (at least %s of them), or nobody stewards the portfolio."
    ),
    FlagCode.FAD: gettext_lazy("Raised when more than %s %% of last year’s starts use one and the same method."),
    FlagCode.DRIFT: gettext_lazy("Raised when the distance to the intended mix rose over the last %s yearly looks."),
    FlagCode.UNQUANTIFIED: gettext_lazy(
        "Raised when more than %s %% of the initiatives tell neither money nor results."
    ),
}
WHY: dict[FlagCode, Any] = {
    FlagCode.STATUS_QUO: gettext_lazy("Doing better what one does already may crowd out everything else."),
    FlagCode.UNSUPPORTED: gettext_lazy("What nothing lasting supports depends on whoever happens to care."),
    FlagCode.CRISIS: gettext_lazy("Who only answers what is urgent never gets ahead of it."),
    FlagCode.PROJECTIFIED: gettext_lazy("Single projects add up to little; a portfolio lives from what joins them."),
    FlagCode.ORPHANED: gettext_lazy("What nobody answers for fades without anybody deciding it."),
    FlagCode.FAD: gettext_lazy("One method fits some questions. When it answers all of them, it is worn as a fashion."),
    FlagCode.DRIFT: gettext_lazy("Either the portfolio slips, or what is intended needs to be said anew."),
    FlagCode.UNQUANTIFIED: gettext_lazy("What tells neither money nor results cannot be weighed or learned from."),
}


@dataclass(frozen=True)
class Flag:
    """A flag as the page shows it: its sentence, the rule in words, and the lists behind it (label, address)."""

    finding: Finding
    sentence: str
    rule: str
    why: Any
    links: tuple[tuple[str, str], ...]

    @property
    def label(self) -> Any:
        return self.finding.rule.code.label

    @property
    def is_raised(self) -> bool:
        return self.finding.state == State.RAISED


def flags(portfolio: Portfolio, found: Watch) -> list[Flag]:
    """Every flag in words, raised ones first."""
    shown = [_flag(portfolio, found, each) for each in found.findings]
    order = list(State)
    return sorted(shown, key=lambda each: order.index(each.finding.state))


def rule_in_words(code: FlagCode, threshold: int) -> str:
    return str(RULES[code]) % threshold


def _flag(portfolio: Portfolio, found: Watch, finding: Finding) -> Flag:
    code = finding.rule.code
    said = _off if finding.state == State.OFF else _SAID[code]
    sentence, links = said(portfolio, found, finding)
    return Flag(finding, sentence, rule_in_words(code, finding.rule.threshold), WHY[code], links)


Said = tuple[str, tuple[tuple[str, str], ...]]


def _off(_portfolio: Portfolio, _found: Watch, _finding: Finding) -> Said:
    return _("Its stewards do not ask for this flag."), ()


def _status_quo(portfolio: Portfolio, found: Watch, finding: Finding) -> Said:
    if found.money is None or finding.share is None:
        return _("Not known: no initiative that is placed tells what it costs."), ()
    words = {
        "percent": finding.percent,
        "flow": found.money.flow.label,
        "currency": found.money.currency,
    }
    money = {"flow": found.money.flow.value, "currency": found.money.currency}
    sentence = _("%(percent)s %% of the money that is known (%(flow)s, %(currency)s) goes to enhancement.") % words
    return sentence, ((_("See these"), list_of(portfolio, facet=Facet.ENHANCEMENT.value, **money)),)


def _unsupported(portfolio: Portfolio, _found: Watch, finding: Finding) -> Said:
    supports = (_("See the support structures"), reverse("portfolio_supports", args=[portfolio.slug]))
    if finding.state == State.UNKNOWN:
        return _("Not known: no initiative stands in a facet yet."), (supports,)
    if not finding.facets:
        return _("Every facet that holds enough initiatives has a support structure."), (supports,)
    names = ", ".join(str(facet.label) for facet in finding.facets)
    sentence = ngettext(
        "One facet holds initiatives and has no support structure: %(names)s.",
        "%(count)s facets hold initiatives and have no support structure: %(names)s.",
        finding.part,
    ) % {"count": finding.part, "names": names}
    lists = tuple((str(facet.label).capitalize(), list_of(portfolio, facet=facet.value)) for facet in finding.facets)
    return sentence, (*lists, supports)


def _crisis(portfolio: Portfolio, found: Watch, finding: Finding) -> Said:
    year, facts = found.last_year, found.facts
    if finding.share is None:
        starts = {"starts": _number(facts.starts), "year": year}
        return _("Not known: of %(starts)s that began in %(year)s, none tells how far it looks.") % starts, (
            (_("See these"), list_of(portfolio, began=year)),
        )
    words = {
        "short": _number(facts.short),
        "known": _number(facts.horizons),
        "starts": _number(facts.starts),
        "year": year,
    }
    sentence = _(
        "%(short)s of %(known)s look ahead less than 6 months (%(starts)s began in %(year)s, the others do not tell)."
    )
    return sentence % words, ((_("See these"), list_of(portfolio, began=year, horizon="short")),)


def _projectified(portfolio: Portfolio, _found: Watch, finding: Finding) -> Said:
    sentence = _("%(part)s of %(whole)s initiatives are linked to no other (%(percent)s %%).")
    return _part(finding, sentence), ((_("See these"), list_of(portfolio, links="none")),)


def _orphaned(portfolio: Portfolio, found: Watch, finding: Finding) -> Said:
    said = _("An organisation answers for each initiative.")
    if finding.part or not finding.whole:
        said = _("No organisation answers for %(part)s of %(whole)s initiatives.") % _words(finding)
    if not found.facts.has_steward:
        said = f"{_('Nobody stewards the portfolio.')} {said}"
    people = (_("Who looks after what"), reverse("portfolio_stewardship", args=[portfolio.slug]))
    return said, ((_("See these"), list_of(portfolio, owner="none")), people)


def _fad(portfolio: Portfolio, found: Watch, finding: Finding) -> Said:
    year = found.last_year
    if finding.share is None:
        starts = {"starts": _number(found.facts.starts), "year": year}
        return _("Not known: of %(starts)s that began in %(year)s, none names a method.") % starts, (
            (_("See these"), list_of(portfolio, began=year)),
        )
    words = _words(finding) | {"method": finding.method, "year": year}
    sentence = _("%(part)s of %(whole)s that began in %(year)s and name a method use “%(method)s” (%(percent)s %%).")
    return sentence % words, ((_("See these"), list_of(portfolio, began=year, method=finding.method)),)


def _drift(portfolio: Portfolio, _found: Watch, finding: Finding) -> Said:
    mix = ((_("See the mix"), reverse("portfolio_mix", args=[portfolio.slug])),)
    if finding.state == State.UNKNOWN:
        return _("Not known: it needs an intended mix, and placements from every one of the last years."), mix
    looks = "; ".join(
        f"{date_format(look.on, 'F Y')}: {round(100 * look.distance)} %"
        for look in finding.looks
        if look.distance is not None
    )
    sentence = _("Share that stands elsewhere than intended now, by the placements made until then: %s.") % looks
    return sentence, mix


def _unquantified(portfolio: Portfolio, _found: Watch, finding: Finding) -> Said:
    sentence = _("%(part)s of %(whole)s initiatives tell neither money nor results (%(percent)s %%).")
    return _part(finding, sentence), ((_("See these"), list_of(portfolio, quantities="none")),)


def _part(finding: Finding, sentence: str) -> str:
    return _("Not known: there are no initiatives yet.") if finding.share is None else sentence % _words(finding)


def _words(finding: Finding) -> dict[str, Any]:
    return {"part": _number(finding.part), "whole": _number(finding.whole), "percent": finding.percent}


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


_SAID: dict[FlagCode, Callable[[Portfolio, Watch, Finding], Said]] = {
    FlagCode.STATUS_QUO: _status_quo,
    FlagCode.UNSUPPORTED: _unsupported,
    FlagCode.CRISIS: _crisis,
    FlagCode.PROJECTIFIED: _projectified,
    FlagCode.ORPHANED: _orphaned,
    FlagCode.FAD: _fad,
    FlagCode.DRIFT: _drift,
    FlagCode.UNQUANTIFIED: _unquantified,
}
