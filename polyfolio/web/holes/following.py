"""Everything that is wanted in a portfolio, and what is made of one hole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.tables import Column
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import holes as actions
from polyfolio.sensemaking.models import WantedCell
from polyfolio.sensemaking.queries.holdings import holding
from polyfolio.sensemaking.queries.intentions import left, marked
from polyfolio.web.holes.addresses import address
from polyfolio.web.holes.forms import FollowForm
from polyfolio.web.holes.wishes import Wish, wishes
from polyfolio.web.lists import EXPORTS, file_of
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show
from polyfolio.web.placements import finding


@dataclass(frozen=True)
class Wanted:
    """A wanted cell as the reader sees it."""

    portfolio: Portfolio
    wish: Wish

    @property
    def cell(self) -> WantedCell:
        return self.wish.cell


def find(user: Viewer, slug: str, pk: int) -> Wanted:
    """The wanted cell; raises DoesNotExist also where the reader may not know what its row or column is called."""
    portfolio = finding.portfolio(user, slug)
    cell = WantedCell.objects.select_related("portfolio", "wanted_by").get(pk=pk, portfolio=portfolio)
    found = _wishes(user, portfolio, [cell])
    if not found:
        raise WantedCell.DoesNotExist
    return Wanted(portfolio, found[0])


def _wishes(user: Viewer, portfolio: Portfolio, cells: list[WantedCell]) -> list[Wish]:
    may_mark = may(user, "sensemaking.mark_wanted", portfolio)
    return wishes(user, portfolio, holding(portfolio, user), cells, left(portfolio, cells), may_mark=may_mark)


@public(find=finding.portfolio)
def wanted(request: PageRequest, portfolio: Portfolio) -> HttpResponseBase:
    """Every wanted cell, open holes first, with what was made of each; as a file too."""
    found = _wishes(request.user, portfolio, marked(portfolio))
    if request.GET.get("export") in EXPORTS:
        return file_of(COLUMNS, found, name=f"{portfolio.slug}-wanted", form=request.GET["export"])
    context = {
        "portfolio": portfolio,
        "groups": (
            ("open", [each for each in found if each.is_hole]),
            ("left", [each for each in found if each.left]),
            ("filled", [each for each in found if not each.left and not each.is_hole]),
        ),
        "wishes": found,
        "may_follow": may(request.user, "sensemaking.follow_hole", portfolio),
    }
    return show(request, "holes/wanted.html", context)


def state_of(wish: Wish) -> str:
    if wish.left is not None:
        return _("left empty on purpose")
    return _("open") if wish.is_hole else _("filled")


COLUMNS: list[Column[Wish]] = [
    Column("row", gettext_lazy("Row"), lambda wish: wish.row),
    Column("column", gettext_lazy("Column"), lambda wish: wish.column),
    Column("state", gettext_lazy("State"), state_of),
    Column("count", gettext_lazy("Initiatives"), lambda wish: wish.count, is_number=True),
    Column("threshold", gettext_lazy("Wanted"), lambda wish: wish.cell.threshold, is_number=True),
    Column("reason", gettext_lazy("Why it is wanted"), lambda wish: wish.cell.reason),
    Column("since", gettext_lazy("Wanted since"), lambda wish: wish.cell.wanted_at.date()),
    Column(
        "made",
        gettext_lazy("What was made of it"),
        lambda wish: "; ".join(
            f"{row.followed_at:%Y-%m-%d} {row.get_kind_display()}: {row.note}" for row in wish.follow_ups
        ),
    ),
    Column("left", gettext_lazy("Why it is left"), lambda wish: wish.left.reason if wish.left else ""),
]


@public(find=find, methods=["GET", "POST"])
def hole(request: PageRequest, wanted: Wanted) -> HttpResponseBase:
    """One wanted cell: why, since when, what was made of it; and the form to make something of it."""
    may_follow = may(request.user, "sensemaking.follow_hole", wanted.portfolio)
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _follow(request, wanted, form.cleaned_data)
            return go(request, "portfolio_hole", slug=wanted.portfolio.slug, pk=wanted.cell.pk)
    context = {
        "portfolio": wanted.portfolio,
        "wish": wanted.wish,
        "matrix": address(wanted.portfolio, row=wanted.cell.row_dimension, column=wanted.cell.column_dimension),
        "form": form if may_follow else None,
        "may_follow": may_follow,
    }
    return show(request, "holes/hole.html", context)


def _follow(request: Any, wanted: Wanted, given: dict[str, str]) -> None:
    """The action asks who may; whoever is not signed in may not."""
    now = timezone.now()
    if given["kind"] == FollowForm.LEAVE:
        actions.leave(wanted=wanted.cell, reason=given["note"], named=wanted.wish.words, by=request.user, at=now)
        say(request, _("It is left empty, and no longer counts as a hole."))
    else:
        actions.follow_up(wanted=wanted.cell, kind=given["kind"], note=given["note"], by=request.user, at=now)
        say(request, _("It is recorded with the hole."))


@page("sensemaking.follow_hole", find=find, methods=["POST"])
def reopen(request: OurRequest, wanted: Wanted) -> HttpResponseBase:
    """Take a hole up again that was left."""
    actions.reopen(wanted=wanted.cell, by=request.user, at=timezone.now())
    say(request, _("It is wanted again; the decision to leave it stays, as dropped."))
    return go(request, "portfolio_hole", slug=wanted.portfolio.slug, pk=wanted.cell.pk)
