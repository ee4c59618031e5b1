"""Networks, their bodies and partners."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from polyfolio.api.frame.naming import refs
from polyfolio.api.frame.shapes import (
    Given,
    GivenTexts,
    Ref,
    Shape,
    Slug,
    Stamps,
    Texts,
    address,
    ref,
    stamps,
)
from polyfolio.network.choices import BodyKind, MembershipState
from polyfolio.network.models import Body, Membership, Network
from polyfolio.people.choices import Visibility

Website = Annotated[
    str,
    Field(
        max_length=200,
        description="An address on the web; empty where there is none.",
        examples=["https://example.org/"],
    ),
]


class NetworkShape(Stamps):
    """Organisations that change something together."""

    slug: str
    href: str
    title: Texts
    label: str
    acronym: str
    intent: Texts
    website: str
    visibility: Visibility
    dormant_after_months: int | None = Field(description="Own limit for dormancy; null: the installation's.")
    themes: list[Ref]


class NetworkGiven(Given):
    """What can be said of a network. Fields that are left out stay as they are."""

    title: GivenTexts = {}
    acronym: str = Field("", max_length=40)
    intent: GivenTexts = {}
    website: Website = ""
    visibility: Visibility = Visibility.PUBLIC
    dormant_after_months: int | None = Field(None, ge=1, le=600)
    themes: list[Slug] = Field([], max_length=200, description="Themes by their slugs; the whole list.")


class NewNetworkGiven(NetworkGiven):
    """A network to begin."""

    title: GivenTexts


class BodyShape(Stamps):
    """A board, programme, desk, committee or group of a network."""

    slug: str
    href: str
    network: Ref
    parent: Ref | None
    kind: BodyKind
    title: Texts
    label: str
    acronym: str
    description: Texts
    position: int


class BodyGiven(Given):
    """What can be said of a body. Fields that are left out stay as they are."""

    kind: BodyKind = BodyKind.WORKING_GROUP
    title: GivenTexts = {}
    acronym: str = Field("", max_length=40)
    description: GivenTexts = {}
    parent: Slug | None = Field(None, description="The body of the same network that it stands under.")
    position: int = Field(0, ge=0, le=32767)


class NewBodyGiven(BodyGiven):
    """A body to add."""

    kind: BodyKind
    title: GivenTexts


class PartnerShape(Shape):
    """An organisation's standing in a network."""

    network: Ref
    organisation: Ref
    state: MembershipState
    joined_on: date | None
    left_on: date | None


class PartnerGiven(Given):
    """How an organisation stands in a network."""

    state: MembershipState = MembershipState.ACTIVE
    joined_on: date | None = None
    left_on: date | None = None
    reason: str = Field("", max_length=2000)


def network_shape(network: Network) -> NetworkShape:
    return NetworkShape(
        **stamps(network),
        slug=network.slug,
        href=address("networks", network.slug),
        title=network.title,
        label=network.label,
        acronym=network.acronym,
        intent=network.intent,
        website=network.website,
        visibility=Visibility(network.visibility),
        dormant_after_months=network.dormant_after_months,
        themes=refs("themes", network.themes.all()),
    )


def body_ref(body: Body, network: Network) -> Ref:
    return Ref(slug=body.slug, label=body.label, href=address("networks", network.slug, "bodies", body.slug))


def body_shape(body: Body) -> BodyShape:
    network = body.network
    return BodyShape(
        **stamps(body),
        slug=body.slug,
        href=address("networks", network.slug, "bodies", body.slug),
        network=ref("networks", network),
        parent=body_ref(body.parent, network) if body.parent is not None else None,
        kind=BodyKind(body.kind),
        title=body.title,
        label=body.label,
        acronym=body.acronym,
        description=body.description,
        position=body.position,
    )


def partner_shape(membership: Membership) -> PartnerShape:
    return PartnerShape(
        network=ref("networks", membership.network),
        organisation=ref("organisations", membership.organisation),
        state=MembershipState(membership.state),
        joined_on=membership.joined_on,
        left_on=membership.left_on,
    )
