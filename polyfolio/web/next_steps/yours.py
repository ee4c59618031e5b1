"""What a person looks after, with the way to it: their organisations, portfolios and networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from polyfolio.network.models import Network, Organisation
from polyfolio.people.access import STEWARDING
from polyfolio.people.models import User
from polyfolio.portfolios.models import Portfolio

MOST = 12
KINDS: tuple[tuple[str, Any, str], ...] = (
    ("organisation", Organisation, "building"),
    ("portfolio", Portfolio, "chart-dots"),
    ("network", Network, "network"),
)


@dataclass(frozen=True)
class Yours:
    """A record in which the person has a role, and the one thing that they most often want of it."""

    record: Any
    icon: str
    action: str
    address: str


def of(user: User) -> list[Yours]:
    """Everything the person has a role in, at most a dozen of a kind. Three queries."""
    return [
        Yours(record, icon, *_action(kind, record, user))
        for kind, model, icon in KINDS
        for record in _held(kind, model, user)
    ]


def _held(kind: str, model: Any, user: User) -> QuerySet[Any]:
    seen: QuerySet[Any] = model.objects.visible_to(user).filter(pk__in=user.access.ids(kind))
    return seen.order_by("label", "pk")[:MOST]


def _action(kind: str, record: Any, user: User) -> tuple[str, str]:
    if kind == "organisation":
        return _("Its initiatives"), reverse("organisation_work", args=[record.slug])
    if kind == "portfolio":
        return _("What is missing"), reverse("portfolio_holes", args=[record.slug])
    if user.access.has("network", record.pk, STEWARDING):
        return _("Import a file"), f"{reverse('import_new')}?network={record.slug}"
    return _("Its initiatives"), reverse("network_initiatives", args=[record.slug])
