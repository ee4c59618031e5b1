"""Which initiatives are dormant: derived from their last substantive update, never stored."""

from __future__ import annotations

import calendar
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from polyfolio.network.models import Network
from polyfolio.portfolios.models import Initiative

WARNED_MONTHS_BEFORE = 1


def months_before(at: datetime, months: int) -> datetime:
    """The same instant so many calendar months earlier, on the month's last day where it has no such day."""
    years, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    day = min(at.day, calendar.monthrange(years, month + 1)[1])
    return at.replace(year=years, month=month + 1, day=day)


def dormant_after(network: Network) -> int:
    """Months without a substantive update after which the network's initiatives are dormant."""
    return network.dormant_after_months or int(settings.POLYFOLIO_DORMANT_MONTHS)


def dormant_at(network: Network, at: datetime) -> datetime:
    """An initiative of this network last updated before this instant is dormant."""
    return months_before(at, dormant_after(network))


def is_dormant(initiative: Initiative, at: datetime) -> bool:
    return initiative.last_substantive_update_at < dormant_at(initiative.network, at)


def dormant(at: datetime, *, earlier_by: int = 0) -> Q:
    """Initiatives that are dormant at `at`, or will be within `earlier_by` months. One query where networks differ."""
    standard = int(settings.POLYFOLIO_DORMANT_MONTHS)
    own = Network.objects.filter(dormant_after_months__isnull=False)
    months = set(own.order_by().values_list("dormant_after_months", flat=True).distinct())
    found = Q(
        network__dormant_after_months__isnull=True,
        last_substantive_update_at__lt=months_before(at, standard - earlier_by),
    )
    for month in sorted(months - {None}):
        found |= Q(
            network__dormant_after_months=month,
            last_substantive_update_at__lt=months_before(at, month - earlier_by),
        )
    return found
