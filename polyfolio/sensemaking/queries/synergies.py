"""Which initiatives of a portfolio stand together in a matrix although nothing links their partners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import InitiativeLink, Participation
from polyfolio.sensemaking.arithmetic.synergies import CROWD, Candidate, Pair, candidates, pair_of
from polyfolio.sensemaking.choices import DecisionKind, DecisionState
from polyfolio.sensemaking.models import Decision
from polyfolio.sensemaking.queries.dimensions import members_by_cell
from polyfolio.sensemaking.queries.holdings import Holding


def synergies(holding: Holding, row: str, column: str) -> list[Candidate]:
    """The candidates of a matrix, as far as the viewer sees initiatives and partners. Four queries."""
    members = members_by_cell(holding, row, column, most=CROWD)
    ids = {pk for inside in members.values() for pk in inside}
    return candidates(members, partners(holding, ids), known(holding, ids))


def partners(holding: Holding, ids: Collection[int]) -> dict[int, set[int]]:
    """Organisations that take part and that the viewer sees, by initiative. One query."""
    seen = Organisation.objects.visible_to(holding.viewer)
    rows = Participation.objects.filter(initiative__in=list(ids), organisation__in=seen)
    found: dict[int, set[int]] = defaultdict(set)
    for initiative, organisation in rows.values_list("initiative_id", "organisation_id"):
        found[initiative].add(organisation)
    return found


def known(holding: Holding, ids: Collection[int]) -> set[Pair]:
    """Pairs that are linked, or of which it was decided here to connect them. Two queries."""
    links = InitiativeLink.objects.filter(source__in=list(ids), target__in=list(ids))
    found = {pair_of(source, target) for source, target in links.values_list("source_id", "target_id") if target}
    for together in connected(holding).values():
        found |= {pair_of(one, other) for one in together for other in together if one < other}
    return found


def connected(holding: Holding) -> dict[int, set[int]]:
    """Initiatives by the decision to connect them. One query."""
    decided = Decision.objects.kept().filter(portfolio=holding.portfolio, kind=DecisionKind.CONNECT)
    rows = decided.exclude(state=DecisionState.DROPPED).order_by().values_list("pk", "initiatives")
    found: dict[int, set[int]] = defaultdict(set)
    for decision, initiative in rows:
        if initiative is not None:
            found[decision].add(initiative)
    return found
