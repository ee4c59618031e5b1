"""Columns of the partners list."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polyfolio.lib.tables import Column
from polyfolio.network.choices import BodyKind, Capacity
from polyfolio.network.models import Membership, Role
from polyfolio.vocabulary.countries import country_name

FOCAL = (Capacity.FOCAL_POINT, Capacity.FOCAL_POINT_ALTERNATE)


def current(row: Membership) -> list[Role]:
    """The roles of the partner in this network that hold today; they were read with the list."""
    today = timezone.localdate()
    roles: Iterable[Role] = row.organisation.roles_here  # type: ignore[attr-defined]  # put there by the query
    return [
        role
        for role in roles
        if role.since_on <= today
        and (role.until_on is None or role.until_on >= today)
        and (role.superseded_by is None or role.superseded_by.since_on > today)
    ]


def focal_points(row: Membership) -> list[str]:
    return [str(role.person) for role in current(row) if role.capacity in FOCAL and role.person is not None]


def programmes(row: Membership) -> list[str]:
    """Programmes in which the partner has any role, each once."""
    names = (role.body.label for role in current(row) if role.body.kind == BodyKind.PROGRAMME)
    return list(dict.fromkeys(names))


PARTNER_COLUMNS: list[Column[Membership]] = [
    Column("name", _("Partner"), lambda row: row.organisation.label, sort=("organisation__label",)),
    Column("acronym", _("Acronym"), lambda row: row.organisation.acronym, is_default=False),
    Column(
        "kind",
        _("Kind"),
        lambda row: row.organisation.get_kind_display(),
        sort=("organisation__kind", "organisation__label"),
    ),
    Column(
        "sector",
        _("Sector"),
        lambda row: row.organisation.get_sector_display(),
        sort=("organisation__sector", "organisation__label"),
        is_default=False,
    ),
    Column(
        "level",
        _("Level"),
        lambda row: row.organisation.get_level_display(),
        sort=("organisation__level", "organisation__label"),
        is_default=False,
    ),
    Column(
        "country",
        _("Country"),
        lambda row: country_name(row.organisation.country) if row.organisation.country else "",
        sort=("organisation__country", "organisation__label"),
    ),
    Column("programmes", _("Programmes"), programmes),
    Column("focal_points", _("Focal points"), focal_points),
    Column("state", _("Standing"), lambda row: row.get_state_display(), sort=("state", "organisation__label")),
    Column(
        "joined",
        _("Partner since"),
        lambda row: row.joined_on,
        sort=("joined_on", "organisation__label"),
        is_default=False,
    ),
    Column("left", _("Left on"), lambda row: row.left_on, sort=("left_on", "organisation__label"), is_default=False),
    Column("website", _("Website"), lambda row: row.organisation.website, is_default=False),
]
