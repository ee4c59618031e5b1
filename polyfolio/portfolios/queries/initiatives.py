"""Reading one initiative and what stands around it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.network.models import Organisation
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry, Initiative, InitiativeLink, Participation, Portfolio, Resource

AROUND = ("themes", "programmes", "territories", "places", "sdgs", "sectors", "identifiers", "documents", "contacts")


def find(user: Viewer, slug: str) -> Initiative:
    """The initiative at that address; raises DoesNotExist where `user` sees none."""
    found: Initiative = Initiative.objects.visible_to(user).select_related("network").get(slug=slug)
    return found


def named(user: Viewer, words: str, *, limit: int) -> QuerySet[Initiative]:
    """Initiatives whose label has every word, for choosing one in a form."""
    rows: QuerySet[Initiative] = Initiative.objects.visible_to(user)
    for word in words.split():
        rows = rows.filter(label__icontains=word)
    return rows.order_by("label", "pk")[:limit]


def participations(user: Viewer) -> QuerySet[Participation]:
    """Who takes part in what, for prefetching; `is_seen` says whether `user` sees the organisation."""
    seen = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation_id"))
    return Participation.objects.select_related("organisation").annotate(is_seen=Exists(seen))


def entries(user: Viewer, initiative: Initiative) -> QuerySet[Entry]:
    """The portfolios that hold it and that `user` sees."""
    return (
        initiative.entries.filter(state=AdmissionState.ADMITTED, portfolio__in=Portfolio.objects.visible_to(user))
        .select_related("portfolio", "position")
        .order_by("portfolio__label")
    )


def links(user: Viewer, initiative: Initiative) -> QuerySet[InitiativeLink]:
    """Relations to others from either side; the other one only where `user` sees it, or by its identifier alone."""
    seen = Initiative.objects.visible_to(user)
    outward = Q(source=initiative) & (Q(target__isnull=True) | Q(target__in=seen))
    inward = Q(target=initiative, source__in=seen)
    return InitiativeLink.objects.filter(outward | inward).select_related("source", "target").order_by("kind", "pk")


def resources(user: Viewer, initiative: Initiative) -> QuerySet[Resource]:
    found: QuerySet[Resource] = Resource.objects.visible_to(user).filter(initiatives=initiative).order_by("label")
    return found


def with_parts(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """With everything that stands around them: one query a part, however many initiatives."""
    return rows.prefetch_related(
        *AROUND, Prefetch("participations", Participation.objects.select_related("organisation"))
    )
