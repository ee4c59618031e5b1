"""How initiatives stand to one another."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from polyfolio.api.frame.naming import maybe_ref
from polyfolio.api.frame.shapes import Given, Ref, Shape, Slug, Words, address, ref
from polyfolio.portfolios.choices import LinkConfidence, LinkKind
from polyfolio.portfolios.models import InitiativeLink


class LinkShape(Shape):
    """One initiative stands in a relation to another, known here or (by its identifier) elsewhere."""

    id: int
    href: str
    source: Ref
    target: Ref | None
    target_identifier: str
    kind: LinkKind
    confidence: LinkConfidence
    claimed_on: date
    claimed_by: str = Field(description="The organisation that stated it; empty: not said.")
    note: str


class LinkGiven(Given):
    """A relation to state: to an initiative here, or to one elsewhere by its identifier."""

    kind: LinkKind
    target: Slug | None = None
    target_identifier: str = Field("", max_length=300)
    claimed_by: Slug | None = Field(None, description="The organisation that states it.")
    note: Words = ""


def link_shape(link: InitiativeLink) -> LinkShape:
    return LinkShape(
        id=link.pk,
        href=address("links", link.pk),
        source=ref("initiatives", link.source),
        target=maybe_ref("initiatives", link.target),
        target_identifier=link.target_identifier,
        kind=LinkKind(link.kind),
        confidence=LinkConfidence(link.confidence),
        claimed_on=link.claimed_on,
        claimed_by=str(link.claimed_by or ""),
        note=link.note,
    )
