"""The figures of a portfolio: each is a count that `filters.narrowed` can list."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from polyfolio.funding.queries.sums import not_in_a_whole
from polyfolio.network.models import Organisation
from polyfolio.portfolios.choices import Priority, SdgStanding
from polyfolio.portfolios.models import InitiativeSdg, InitiativeTerritory, Participation
from polyfolio.sensemaking.arithmetic.mixes import PRIORITY_WEIGHTS, Mix, Weighed, Weight, mix
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import Frame
from polyfolio.sensemaking.queries.holdings import Holding


def organisations(holding: Holding) -> QuerySet[Organisation, Any]:
    """Organisations that take part and that the viewer sees, each once however many roles it holds."""
    seen: QuerySet[Organisation, Any] = Organisation.objects.visible_to(holding.viewer)
    taking_part = Participation.objects.filter(initiative__in=holding.members().order_by().values("pk"))
    return seen.filter(pk__in=taking_part.values("organisation_id"))


def countries(holding: Holding) -> dict[str, int]:
    """Initiatives by country, each once in a country. One query."""
    rows = InitiativeTerritory.objects.filter(initiative__in=holding.members().order_by().values("pk"))
    named = rows.exclude(country="").order_by().values("country")
    return dict(named.annotate(number=Count("initiative", distinct=True)).values_list("country", "number"))


def goals(holding: Holding) -> tuple[dict[int, int], dict[int, int]]:
    """Initiatives by SDG goal: as main goal, and else as another one. One query."""
    rows = InitiativeSdg.objects.filter(initiative__in=holding.members().order_by().values("pk")).order_by()
    counted = rows.values("goal").annotate(
        main=Count("initiative", distinct=True, filter=Q(standing=SdgStanding.MAIN)),
        named=Count("initiative", distinct=True),
    )
    found = list(counted.values_list("goal", "main", "named"))
    return (
        {goal: main for goal, main, _named in found if main},
        {goal: named - main for goal, main, named in found if named > main},
    )


def groups(
    holding: Holding, *, weight: Weight = Weight.COUNT, flow: str = "", currency: str = ""
) -> tuple[list[Weighed], int]:
    """Placed initiatives by where they stand, weighed; and how many are contested. One query.

    By budget, `flow` and `currency` say which amounts weigh: flows and currencies are never added together, nor a
    part to a whole that carries the same flow.
    """
    members = holding.members().order_by().values("pk")
    rows = holding.standings().filter(initiative__in=members).order_by()
    weighed = rows.annotate(weighs=_weight(holding, weight, flow, currency))
    grouped = weighed.values(*Facet.values).annotate(
        number=Count("pk"),
        known=Count("weighs"),
        sum=Sum("weighs"),
        contested=Count("pk", filter=Q(is_contested=True)),
    )
    found = list(grouped)
    placed = [
        Weighed(
            facets=tuple(facet for facet in Facet if row[facet.value] > 0),
            count=row["number"],
            known=row["known"],
            weight=float(row["sum"] or 0),
        )
        for row in found
    ]
    return placed, sum(row["contested"] for row in found)


def mix_of(holding: Holding, *, total: int, weight: Weight = Weight.COUNT, flow: str = "", currency: str = "") -> Mix:
    """The mix over the initiatives the viewer sees, of which there are `total`. One query."""
    placed, _contested = groups(holding, weight=weight, flow=flow, currency=currency)
    return mix(placed, unplaced=total - sum(group.count for group in placed))


def _weight(holding: Holding, weight: Weight, flow: str, currency: str) -> Any:
    """What one standing's initiative weighs, null where that is not known."""
    if weight == Weight.PRIORITY:
        weights = PRIORITY_WEIGHTS | Frame.objects.filter(pk=holding.facet_frame).values_list("weights", flat=True)[0]
        whens = [When(initiative__priority=level, then=Value(float(weights[level]))) for level in Priority.values]
        return Case(*whens, default=None, output_field=FloatField())
    if weight == Weight.BUDGET:
        sums = not_in_a_whole(holding.members().order_by())
        amounts = sums.filter(initiative=OuterRef("initiative"), flow=flow, currency=currency)
        summed = amounts.order_by().values("initiative").annotate(sum=Sum(F("amount"))).values("sum")
        return Subquery(summed, output_field=FloatField())
    return Value(1.0, output_field=FloatField())
