"""Reading networks, their bodies and their partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.lib.names import name_key
from polyfolio.network.choices import BodyKind, Capacity, MembershipState
from polyfolio.network.models import Body, Membership, Network, Organisation, Role

FOCAL = (Capacity.FOCAL_POINT, Capacity.FOCAL_POINT_ALTERNATE, Capacity.FOCAL_POINT_IN_COPY)
PARTNER_STATES = (MembershipState.ACTIVE, MembershipState.OVERDUE, MembershipState.AT_RISK)
ENDING_WITHIN = timedelta(days=183)


def find(user: Viewer, slug: str) -> Network:
    """The network at that address; raises DoesNotExist where `user` sees none."""
    network: Network = Network.objects.visible_to(user).prefetch_related("themes").get(slug=slug)
    return network


def visible(user: Viewer) -> QuerySet[Network]:
    networks: QuerySet[Network] = Network.objects.visible_to(user).order_by("label", "pk")
    return networks


def find_body(user: Viewer, slug: str, body: str) -> Body:
    """The body at that address of a network; raises DoesNotExist."""
    found: Body = Body.objects.visible_to(user).select_related("network", "parent").get(network__slug=slug, slug=body)
    return found


def bodies(user: Viewer, network: Network) -> QuerySet[Body]:
    found: QuerySet[Body] = Body.objects.visible_to(user).filter(network=network).select_related("parent", "network")
    return found.order_by("position", "label", "pk")


def programmes(user: Viewer, network: Network) -> QuerySet[Body]:
    return bodies(user, network).filter(kind=BodyKind.PROGRAMME)


def partners(user: Viewer, network: Network) -> QuerySet[Membership]:
    """The memberships of a network whose organisations `user` sees, each with its organisation and current roles."""
    seen = Organisation.objects.visible_to(user)
    roles = Role.objects.visible_to(user).filter(body__network=network)
    roles = roles.select_related("body", "person", "superseded_by").order_by("since_on", "pk")
    return (
        Membership.objects.filter(network=network, organisation__in=seen)
        .select_related("organisation")
        .prefetch_related(Prefetch("organisation__roles", queryset=roles, to_attr="roles_here"))
    )


def filtered(rows: QuerySet[Membership], chosen: Mapping[str, Any], *, on: date) -> QuerySet[Membership]:
    """Memberships narrowed by what was chosen: words, kind, sector, level, country, state, theme, programme, gap."""
    for word in name_key(str(chosen.get("words", ""))).split():
        rows = rows.filter(Q(organisation__name_key__contains=word) | Q(organisation__other_keys__contains=word))
    for name in ("kind", "sector", "level", "country"):
        if chosen.get(name):
            rows = rows.filter(**{f"organisation__{name}__in": chosen[name]})
    if chosen.get("state"):
        rows = rows.filter(state__in=chosen["state"])
    if chosen.get("theme"):
        rows = rows.filter(organisation__in=Organisation.objects.filter(themes__in=chosen["theme"]))
    if chosen.get("programme"):
        rows = rows.filter(Exists(_roles(on).filter(body__in=chosen["programme"])))
    gap = chosen.get("gap")
    return _with_gap(rows, gap, on) if gap else rows


def _roles(on: date) -> QuerySet[Role]:
    roles: QuerySet[Role] = Role.objects.kept().current(on)
    return roles.filter(organisation=OuterRef("organisation"), body__network=OuterRef("network"))


def _with_gap(rows: QuerySet[Membership], gap: str, on: date) -> QuerySet[Membership]:
    """Partners that lack a focal point, whose focal point has no alternate, or one of whose roles ends soon."""
    focal = Exists(_roles(on).filter(capacity=Capacity.FOCAL_POINT, person__isnull=False))
    alternate = Exists(_roles(on).filter(capacity=Capacity.FOCAL_POINT_ALTERNATE, person__isnull=False))
    partners = rows.filter(state__in=PARTNER_STATES)
    if gap == "focal_point":
        return partners.filter(~focal)
    if gap == "alternate":
        return partners.filter(focal, ~alternate)
    return partners.filter(Exists(_roles(on).filter(until_on__lte=on + ENDING_WITHIN)))


@dataclass(frozen=True)
class Alerts:
    """What a network's desk has to see to, each the length of the partners list with that gap."""

    focal_point: int
    alternate: int
    ending: int


def alerts(user: Viewer, network: Network, *, on: date) -> Alerts:
    """Partners without focal point, focal points without alternate, terms that end within six months. Three queries."""
    rows = Membership.objects.filter(network=network, organisation__in=Organisation.objects.visible_to(user))
    return Alerts(
        focal_point=_with_gap(rows, "focal_point", on).count(),
        alternate=_with_gap(rows, "alternate", on).count(),
        ending=_with_gap(rows, "ending", on).count(),
    )


def partner_count(user: Viewer, network: Network) -> int:
    """Organisations that are partners now, each once."""
    seen = Organisation.objects.visible_to(user)
    return Membership.objects.filter(network=network, state__in=PARTNER_STATES, organisation__in=seen).count()


def countries_of_partners(user: Viewer, network: Network) -> list[str]:
    """The country's code of every partner that names one, once a partner."""
    seen = Organisation.objects.visible_to(user)
    rows = Membership.objects.filter(network=network, state__in=PARTNER_STATES, organisation__in=seen)
    return list(rows.exclude(organisation__country="").values_list("organisation__country", flat=True))


def roles_in(user: Viewer, body: Body) -> QuerySet[Role]:
    """Every role in a body that `user` sees, with whom it names."""
    roles: QuerySet[Role] = (
        Role.objects.visible_to(user).filter(body=body).select_related("person__user", "organisation", "body__network")
    )
    return roles.order_by("capacity", "organisation__label", "person__name", "pk")
