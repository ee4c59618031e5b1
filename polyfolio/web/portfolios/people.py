"""Who acts for a portfolio, in which capacity."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.audit.visibility import Viewer
from polyfolio.people.rules import may
from polyfolio.portfolios.actions import roles
from polyfolio.portfolios.models import Portfolio, PortfolioRole
from polyfolio.portfolios.queries import portfolios as queries
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.portfolios.forms import RoleForm


@public(find=queries.find)
def people(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Everybody who acts for it today, as far as the reader may see them named."""
    context = {
        "portfolio": portfolio,
        "roles": queries.roles(request.user, portfolio, timezone.localdate()),
        "may_steward": may(request.user, "portfolios.steward_portfolio", portfolio),
    }
    return show(request, "portfolios/people.html", context)


@page("portfolios.steward_portfolio", find=queries.find)
def give(request: OurRequest, portfolio: Portfolio) -> HttpResponseBase:
    form = RoleForm(request.POST or None, viewer=request.user, initial={"since_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            roles.give(portfolio=portfolio, **form.cleaned_data, by=request.user, at=timezone.now())
            say(request, _("The role is given."))
            return go(request, "portfolio_people", slug=portfolio.slug)
    context = {"portfolio": portfolio, "form": form, "form_title": _("Give a role")}
    return show(request, "portfolios/statement.html", context)


def find_role(user: Viewer, slug: str, pk: int) -> PortfolioRole:
    rows = PortfolioRole.objects.select_related("portfolio", "person__user", "organisation")
    return rows.get(pk=pk, portfolio=queries.find(user, slug))


@page("portfolios.steward_portfolio", find=find_role, methods=["POST"])
def end(request: OurRequest, role: PortfolioRole) -> HttpResponseBase:
    """End a role today; the history keeps it."""
    roles.end(role=role, by=request.user, at=timezone.now())
    say(request, _("The role has ended."))
    return go(request, "portfolio_people", slug=role.portfolio.slug)
