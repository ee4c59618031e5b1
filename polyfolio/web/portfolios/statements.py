"""A portfolio's intent with its earlier wordings, statements of its scope, and its positions."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.actions import portfolios, statements
from polyfolio.portfolios.models import Portfolio, Position, ScopeStatement
from polyfolio.portfolios.queries import portfolios as queries
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.portfolios.forms import IntentForm, PositionForm, ScopeForm


@public(find=queries.find)
def intent(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Why it exists, what it said before and why that changed, where it stands, what belongs to it."""
    context: dict[str, Any] = {
        "portfolio": portfolio,
        "versions": portfolio.intent_versions.select_related("written_by"),
        "scopes": portfolio.scope_statements.all(),
        "positions": portfolio.positions.all(),
        "children": queries.children(request.user, portfolio),
        "parents": queries.parents(request.user, portfolio),
        "may_edit": may(request.user, "portfolios.edit_portfolio", portfolio),
    }
    return show(request, "portfolios/intent.html", context)


@page("portfolios.edit_portfolio", find=queries.find)
def reword(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = IntentForm(request.POST or None, initial=IntentForm.initial_of(portfolio))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            row = portfolios.reword_intent(
                portfolio=portfolio,
                intent=form.texts(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("Saved; the earlier wording is kept.") if row else _("Nothing was changed."))
            return go(request, "portfolio_intent", slug=portfolio.slug)
    return _form(request, portfolio, form, _("Intent"))


@page("portfolios.edit_portfolio", find=queries.find)
def scope(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = ScopeForm(request.POST or None, initial={"author": str(request.user), "stated_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            statements.state_scope(portfolio=portfolio, **form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("The statement is there."))
            return go(request, "portfolio_intent", slug=portfolio.slug)
    return _form(request, portfolio, form, _("What belongs here"))


def find_scope(user: Viewer, slug: str, pk: int) -> ScopeStatement:
    return ScopeStatement.objects.select_related("portfolio").get(pk=pk, portfolio=queries.find(user, slug))


def find_position(user: Viewer, slug: str, pk: int) -> Position:
    return Position.objects.select_related("portfolio").get(pk=pk, portfolio=queries.find(user, slug))


@page("portfolios.edit_portfolio", find=find_scope, methods=["POST"])
def withdraw_scope(request: OurRequest, statement: ScopeStatement) -> HttpResponseBase:
    statements.withdraw_scope(statement=statement, by=request.user, at=timezone.now())
    say(request, _("The statement is withdrawn; the history keeps it."))
    return go(request, "portfolio_intent", slug=statement.portfolio.slug)


@page("portfolios.edit_portfolio", find=queries.find)
def new_position(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            statements.add_position(portfolio=portfolio, **form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("The position is there."))
            return go(request, "portfolio_intent", slug=portfolio.slug)
    return _form(request, portfolio, form, _("A strategic place to learn"))


@page("portfolios.edit_portfolio", find=find_position)
def position(request: OurRequest, position: Position) -> HttpResponseBase:
    """Reword a position, or take it away; its initiatives stay."""
    portfolio = position.portfolio
    if request.method == "POST" and "remove" in request.POST:
        statements.remove_position(position=position, by=request.user, at=timezone.now())
        say(request, _("The position is gone; its initiatives stay in the portfolio."))
        return go(request, "portfolio_intent", slug=portfolio.slug)
    names = ("title", "hypothesis", "learning_question")
    form = PositionForm(request.POST or None, initial={name: getattr(position, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            statements.edit_position(position=position, values=form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("Saved."))
            return go(request, "portfolio_intent", slug=portfolio.slug)
    return _form(request, portfolio, form, _("A strategic place to learn"), removable=position)


def _form(request: OurRequest, portfolio: Portfolio, form: Any, title: str, **more: Any) -> HttpResponseBase:
    context = {"portfolio": portfolio, "form": form, "form_title": title} | more
    return show(request, "portfolios/statement.html", context)
