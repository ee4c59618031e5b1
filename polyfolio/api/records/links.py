"""Links between initiatives. One is shown to whoever sees both its sides."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.naming import named
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import Removed, removed
from polyfolio.api.records.initiatives import find as find_initiative
from polyfolio.api.schemas.links import LinkGiven, LinkShape, link_shape
from polyfolio.network.models import Organisation
from polyfolio.portfolios.actions import links as actions
from polyfolio.portfolios.choices import LinkKind
from polyfolio.portfolios.models import Initiative, InitiativeLink

routes = Routes("Links", "How initiatives stand to one another: what follows from what, what shares what with whom.")


def visible(user: Any) -> QuerySet[InitiativeLink]:
    seen = Initiative.objects.visible_to(user)
    both = Q(source__in=seen) & (Q(target__isnull=True) | Q(target__in=seen))
    return InitiativeLink.objects.filter(both).select_related("source", "target", "claimed_by")


def find(user: Any, pk: int) -> InitiativeLink:
    return visible(user).get(pk=pk)


@routes.list(
    "/initiatives/{slug:slug}/links",
    find=find_initiative,
    shape=link_shape,
    sorts={"-claimed_on": ("-claimed_on",), "kind": ("kind",)},
)
def every(
    request: ApiRequest, initiative: Initiative, kind: Annotated[LinkKind | None, says("Only this kind.")] = None
) -> QuerySet[InitiativeLink]:
    """The links of an initiative, to others and from others."""
    rows = visible(request.user).filter(Q(source=initiative) | Q(target=initiative))
    return rows.filter(kind=kind) if kind else rows


@routes.post("/initiatives/{slug:slug}/links", whoever_may("portfolios.edit_initiative"), find=find_initiative)
def claim(request: OurRequest, initiative: Initiative, given: LinkGiven) -> LinkShape:
    """State that an initiative stands in a relation to another."""
    user = request.user
    organisations = Organisation.objects.visible_to(user)
    link = actions.claim(
        source=initiative,
        kind=given.kind,
        target=named(Initiative.objects.visible_to(user), given.target, "target") if given.target else None,
        target_identifier=given.target_identifier,
        claimed_by=named(organisations, given.claimed_by, "claimed_by") if given.claimed_by else None,
        note=given.note,
        by=user,
        at=timezone.now(),
    )
    return link_shape(link)


@routes.get("/links/{int:pk}", find=find)
def show(_request: ApiRequest, link: InitiativeLink) -> LinkShape:
    """One link."""
    return link_shape(link)


@routes.post("/links/{int:pk}/confirm", whoever_may("portfolios.confirm_link"), find=find, status=200)
def confirm(request: OurRequest, link: InitiativeLink) -> LinkShape:
    """Confirm, from the other side, what a link claims."""
    return link_shape(actions.confirm(link=link, by=request.user, at=timezone.now()))


@routes.delete("/links/{int:pk}", whoever_may("portfolios.remove_link"), find=find)
def remove(request: OurRequest, link: InitiativeLink) -> Removed:
    """Take a link away; both sides may."""
    label = str(link)
    actions.remove(link=link, by=request.user, at=timezone.now())
    return removed(label)
