"""Where somebody's placements stand beside those of others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative
from polyfolio.sensemaking.arithmetic.diamond import Spot, facets_at, stand
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import Placement
from polyfolio.sensemaking.queries.holdings import Holding

READ = 400
SHOWN = 50


@dataclass(frozen=True)
class Compared:
    """One's own facets of an initiative and those that come of what others said; nobody else said anything: none.

    `how` is `same`, `near` (one facet in common), `other` or `first`.
    """

    initiative: Initiative
    own: Sequence[Facet]
    others: Sequence[Facet]
    people: int

    @property
    def how(self) -> str:
        if not self.people:
            return "first"
        if set(self.own) == set(self.others):
            return "same"
        return "near" if set(self.own) & set(self.others) else "other"


def compare(held: Holding, user: User, among: Sequence[int] | None = None) -> list[Compared]:
    """The person's newest placements beside what others said, the newest first, at most `SHOWN`. Three queries."""
    rows = Placement.objects.filter(portfolio=held.portfolio, frame=held.facet_frame, is_agreed=False)
    own: dict[int, Placement] = {}
    wanted = None if among is None else set(among)
    for each in rows.filter(assessor=user).order_by("-placed_at", "-pk")[:READ]:
        if wanted is None or each.initiative_id in wanted:
            own.setdefault(each.initiative_id, each)
    newest = dict(list(own.items())[:SHOWN])
    said: dict[int, dict[str, Spot]] = defaultdict(dict)
    for each in rows.filter(initiative__in=newest).exclude(assessor=user).order_by("placed_at", "pk"):
        said[each.initiative_id][str(each.assessor_id or each.assessor_label)] = (each.x, each.y)
    seen = {each.pk: each for each in held.members().filter(pk__in=newest)}
    return [_compared(seen[pk], placement, list(said[pk].values())) for pk, placement in newest.items() if pk in seen]


def _compared(initiative: Initiative, own: Placement, spots: Sequence[Spot]) -> Compared:
    others = stand(spots).facets if spots else ()
    return Compared(initiative, facets_at(own.x, own.y), others, len(spots))


def tally(compared: Sequence[Compared]) -> dict[str, int]:
    counted = Counter(each.how for each in compared)
    return {how: counted[how] for how in ("same", "near", "other", "first")}
