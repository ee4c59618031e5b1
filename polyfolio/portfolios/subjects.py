"""How the log speaks of this room's records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from polyfolio.audit import subjects
from polyfolio.lib.events import publish
from polyfolio.people.models import User
from polyfolio.portfolios.choices import AdmissionState, PortfolioClass
from polyfolio.portfolios.events import InitiativeUpdated, PortfolioChanged
from polyfolio.portfolios.models import Initiative, Portfolio, Resource


def register() -> None:
    """Let the history page, undo and erasure know initiatives, resources and portfolios."""
    subjects.register(
        Initiative,
        change="portfolios.edit_initiative",
        delete="portfolios.delete_initiative",
        settle=initiative_settled,
        labels={
            "title": _("Title"),
            "daily_life": _("What changes in daily life"),
            "participations": _("Who takes part"),
            "territories": _("Countries and regions"),
            "sdgs": _("SDG goals and targets"),
            "portfolio": _("Portfolio"),
            "portfolio_class": _("Class"),
            "state": _("Admission"),
            "entered_on": _("In the portfolio since"),
            "left_on": _("Left the portfolio on"),
            "zone": _("Zone"),
            "since_on": _("Since"),
            "purpose": _("What it is for"),
            "driver": _("What pushes it"),
            "link": _("Link"),
            "last_substantive_update_at": _("Last substantive update"),
        },
        show={
            "state": lambda value: _label(AdmissionState, value),
            "portfolio_class": lambda value: _label(PortfolioClass, value),
        },
    )
    subjects.register(Resource, change="portfolios.edit_resource", delete="portfolios.delete_resource")
    subjects.register(
        Portfolio,
        change="portfolios.edit_portfolio",
        delete="portfolios.delete_portfolio",
        settle=portfolio_settled,
        labels={"north_star": _("North star"), "role": _("Role"), "scope": _("Scope"), "cell": _("Wanted cell")},
    )


def initiative_settled(initiative: Initiative, by: User, at: datetime) -> None:  # noqa: ARG001  # the registry's shape
    publish(InitiativeUpdated(initiative.pk))


def portfolio_settled(portfolio: Portfolio, by: User, at: datetime) -> None:  # noqa: ARG001  # the registry's shape
    publish(PortfolioChanged(portfolio.pk))


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else str(value)
