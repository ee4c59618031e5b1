"""How the portfolio as a whole comes on: measured by what, told to whom, and what was adjusted."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries import portfolios
from polyfolio.sensemaking.actions import tracking as actions
from polyfolio.sensemaking.models import PortfolioIndicator, ProgressFeedback
from polyfolio.sensemaking.queries.looking_back import tracking as queries
from polyfolio.web.forms import RowsFormSet
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.tracking.forms import FeedbackForm, IndicatorForm, ValueRows


@public(find=portfolios.find)
def tracking(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """One page to read: each indicator with its last value and the way it went, and every telling with its answer."""
    context = {
        "portfolio": portfolio,
        "indicators": [_read(each) for each in queries.indicators(request.user, portfolio)],
        "feedback": queries.feedback(request.user, portfolio),
        "may_track": may(request.user, "sensemaking.track", portfolio),
    }
    return show(request, "tracking/tracking.html", context)


def _read(indicator: PortfolioIndicator) -> dict[str, Any]:
    values = list(indicator.values.all())
    first, last = (values[0], values[-1]) if values else (None, None)
    change = last.value - first.value if first is not None and last is not None and len(values) > 1 else None
    return {
        "indicator": indicator,
        "values": values,
        "last": last,
        "first": first,
        "change": change,
        "is_good": None if not change else _is_good(indicator.direction, rises=change > 0),
        "trend": [float(each.value) for each in values] if len(values) > 1 else [],
    }


def _is_good(direction: str, *, rises: bool) -> bool:
    return direction == ("up" if rises else "down")


@page("sensemaking.track", find=portfolios.find)
def new_indicator(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = IndicatorForm(request.POST or None, initial={"agreed_on": timezone.localdate()})
    rows = ValueRows(request.POST or None, prefix="values")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        with refusals_in(form):
            actions.agree(
                portfolio=portfolio,
                values=form.cleaned_data,
                measured=rows.rows(),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("The indicator is there."))
            return go(request, "portfolio_tracking", slug=portfolio.slug)
    return _form(request, portfolio, form, rows)


@page("sensemaking.track", find=queries.find_indicator)
def indicator(request: OurRequest, indicator: PortfolioIndicator) -> HttpResponseBase:
    initial = {name: getattr(indicator, name) for name in IndicatorForm.base_fields}
    measured = list(indicator.values.values("measured_on", "value", "note"))
    form = IndicatorForm(request.POST or None, initial=initial)
    rows = ValueRows(request.POST or None, initial=measured, prefix="values")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        with refusals_in(form):
            row = actions.reword(
                indicator=indicator,
                values=form.cleaned_data,
                measured=rows.rows(),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, "portfolio_tracking", slug=indicator.portfolio.slug)
    return _form(request, indicator.portfolio, form, rows, indicator)


@page("sensemaking.track", find=queries.find_indicator, methods=["POST"])
def delete_indicator(request: OurRequest, indicator: PortfolioIndicator) -> HttpResponseBase:
    return _deleted(request, indicator)


@page("sensemaking.track", find=portfolios.find)
def new_feedback(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = FeedbackForm(request.POST or None, initial={"told_on": timezone.localdate()}, portfolio=portfolio)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.tell(portfolio=portfolio, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("It is written down."))
            return go(request, "portfolio_tracking", slug=portfolio.slug)
    return _form(request, portfolio, form, None)


@page("sensemaking.track", find=queries.find_feedback)
def feedback(request: OurRequest, feedback: ProgressFeedback) -> HttpResponseBase:
    initial = {name: getattr(feedback, name) for name in FeedbackForm.base_fields}
    form = FeedbackForm(request.POST or None, initial=initial, portfolio=feedback.portfolio)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = actions.retell(feedback=feedback, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("Saved.") if row else _("Nothing was changed."), undo=row)
            return go(request, "portfolio_tracking", slug=feedback.portfolio.slug)
    return _form(request, feedback.portfolio, form, None, feedback)


@page("sensemaking.track", find=queries.find_feedback, methods=["POST"])
def delete_feedback(request: OurRequest, feedback: ProgressFeedback) -> HttpResponseBase:
    return _deleted(request, feedback)


def _deleted(request: OurRequest, record: PortfolioIndicator | ProgressFeedback) -> HttpResponseBase:
    row = actions.delete(record=record, by=request.user, at=timezone.now())
    say(request, _("“%s” is deleted.") % record, undo=row)
    return go(request, "portfolio_tracking", slug=record.portfolio.slug)


def _form(
    request: OurRequest, portfolio: Portfolio, form: Any, rows: RowsFormSet | None, record: Any = None
) -> HttpResponseBase:
    words = _("Agree on an indicator") if rows is not None else _("Write down what was told")
    title = words if record is None else str(record)
    context = {"portfolio": portfolio, "form": form, "rows": rows, "title": title, "record": record}
    is_bad = rows is not None and rows.is_bound and not rows.is_valid()
    return show(request, "tracking/edit.html", context, status=422 if is_bad else 200)
