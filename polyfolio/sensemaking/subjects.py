"""How the log speaks of this room's records."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.audit import subjects
from polyfolio.sensemaking.choices import ExplorationState
from polyfolio.sensemaking.models import Exploration
from polyfolio.vocabulary.countries import country_name


def register_all() -> None:
    subjects.register(
        Exploration,
        change="sensemaking.run_exploration",
        delete="sensemaking.run_exploration",
        labels={
            "organisation": _("Organisation"),
            "organisation_name": _("Organisation"),
            "sectors": _("Fields of work"),
            "opens_on": _("First day"),
            "closes_on": _("Last day"),
            "is_comparable": _("May be compared"),
        },
        show={
            "state": lambda value: str(ExplorationState(value).label),
            "country": lambda value: country_name(str(value)),
        },
    )
