"""A portfolio's flags, as a page and as a part of its overview; and the thresholds behind them."""

from __future__ import annotations

from django.db import transaction
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import flags as actions
from polyfolio.sensemaking.queries.flags import rules_of, watch
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.web.flags.forms import RulesForm
from polyfolio.web.flags.words import flags as in_words
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.placements import finding


@public(find=finding.portfolio)
def flags(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Every flag with its number, its rule and its list; asked for as a part, only those that are raised."""
    now = timezone.now()
    found = watch(holding(portfolio, request.user), now)
    shown = in_words(portfolio, found)
    context = {
        "portfolio": portfolio,
        "flags": shown,
        "raised": [each for each in shown if each.is_raised],
        "total": found.facts.total,
        "today": now.date(),
        "may_set": may(request.user, "sensemaking.set_flags", portfolio),
    }
    return show(request, "flags/flags.html", context, fragment="flags/_raised.html")


@page("sensemaking.set_flags", find=finding.portfolio)
def rules(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Every threshold of the portfolio's flags on one page."""
    form = RulesForm(request.POST or None, rules=rules_of(portfolio))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form), transaction.atomic():
            now = timezone.now()
            changed = [
                actions.set_rule(portfolio=portfolio, **given, by=request.user, at=now) for given in form.given()
            ]
            say(request, _("Saved.") if any(changed) else _("Nothing was changed."))
            return go(request, "portfolio_flags", slug=portfolio.slug)
    return show(request, "flags/rules.html", {"portfolio": portfolio, "form": form})
