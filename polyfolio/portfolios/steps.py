"""What waits for people about portfolios and initiatives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.notify.steps import Step
from polyfolio.people.models import User
from polyfolio.portfolios.choices import SdgStanding
from polyfolio.portfolios.models import Initiative
from polyfolio.portfolios.queries.admissions import waiting_for
from polyfolio.portfolios.queries.dormancy import WARNED_MONTHS_BEFORE, dormant, is_dormant
from polyfolio.portfolios.queries.rights import owned_by

MOST = 12


def admissions(user: User, on: date) -> Iterable[Step]:  # noqa: ARG001  # the registry's shape
    """One step for each portfolio in which initiatives wait for this person's decision. One query."""
    waiting: dict[tuple[str, str], list[date]] = {}
    for entry in waiting_for(user)[: 50 * MOST]:
        submitted = entry.submitted_at.date() if entry.submitted_at else None
        waiting.setdefault((entry.portfolio.slug, str(entry.portfolio)), []).append(submitted or date.min)
    for (slug, label), days in list(waiting.items())[:MOST]:
        yield Step(
            title=ngettext(
                "%(count)s initiative asks to join %(portfolio)s",
                "%(count)s initiatives ask to join %(portfolio)s",
                len(days),
            )
            % {"count": len(days), "portfolio": label},
            why=_("Whoever proposed it waits for your answer."),
            button=_("Decide"),
            address=reverse("portfolio_admissions", args=[slug]),
        )


def dormancy(user: User, on: date) -> Iterable[Step]:
    """One step for each initiative of one's own that is dormant or will be within a month. Three queries."""
    at = datetime.combine(on, time.max, tzinfo=UTC)
    rows = Initiative.objects.kept().filter(owned_by(user.access), dormant(at, earlier_by=WARNED_MONTHS_BEFORE))
    for initiative in rows.select_related("network").order_by("last_substantive_update_at", "pk")[:MOST]:
        said = initiative.last_substantive_update_at.date()
        is_over = is_dormant(initiative, at)
        yield Step(
            title=str(initiative),
            why=(
                _("It is dormant: nobody has updated it since %s, so public lists leave it out.") % said.isoformat()
                if is_over
                else _("Nobody has updated it since %s; within a month it is dormant.") % said.isoformat()
            ),
            button=_("Say how it is"),
            address=reverse("initiative", args=[initiative.slug]),
        )


def goals_to_choose(user: User, on: date) -> Iterable[Step]:  # noqa: ARG001  # the registry's shape
    """One step for all initiatives of one's own of which an import brought goals to choose from. Two queries."""
    rows = Initiative.objects.kept().filter(owned_by(user.access), sdgs__standing=SdgStanding.IMPORTED)
    found = list(rows.distinct().order_by("label", "pk")[: MOST + 1])
    if not found:
        return
    is_one = len(found) == 1
    count = f"{MOST}+" if len(found) > MOST else str(len(found))
    yield Step(
        title=str(found[0]) if is_one else _("%s initiatives came with more goals than may stand") % count,
        why=_("An import named its SDG goals. Choose the main one and at most five others.")
        if is_one
        else _("Choose the main goal and at most five others, one initiative after the other."),
        button=_("Choose the goals"),
        address=reverse("initiative_edit", args=[found[0].slug]),
    )
