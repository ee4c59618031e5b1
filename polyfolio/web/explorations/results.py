"""What the page of an exploration says: the group, support beside activity, earlier ones, and peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from polyfolio.audit.visibility import Viewer
from polyfolio.sensemaking.choices import Facet, Function
from polyfolio.sensemaking.exploration.scoring import SHOWN_FROM, Group
from polyfolio.sensemaking.models import Exploration
from polyfolio.sensemaking.queries import explorations as queries
from polyfolio.web.explorations import pictures


@dataclass(frozen=True)
class Moment:
    """One exploration of an organisation among those before and after it."""

    exploration: Exploration
    is_this: bool
    group: Group

    @property
    def medians(self) -> list[int | None]:
        """By facet in their order; None where fewer than five answered."""
        found = self.group.medians
        return [None if (score := found[facet]) is None else round(score) for facet in Facet]

    @property
    def capability(self) -> int | None:
        return None if self.group.capability is None else round(self.group.capability.median)


def shown(exploration: Exploration, user: Viewer) -> dict[str, Any]:
    """Everything that may be told of an exploration to someone who sees it; before five answers only how many."""
    group = queries.outcome(exploration)
    context: dict[str, Any] = {
        "exploration": exploration,
        "portfolio": exploration.portfolio,
        "group": group,
        "shown_from": SHOWN_FROM,
        "sectors": [Function(code).label for code in exploration.sectors if code in Function.values],
    }
    if not group.is_shown:
        return context
    mix = queries.activity(exploration, user)
    peers = queries.peers(exploration) if exploration.is_comparable else None
    moments = [Moment(each, each.pk == exploration.pk, made) for each, made in queries.over_time(exploration, user)]
    return (
        context
        | pictures.of_group(group, peers)
        | pictures.gaps(group, mix)
        | {
            "mix": mix,
            "peers": peers,
            "peers_from": queries.PEERS_FROM,
            "peers_capability": round(peers.capability.median)
            if peers and peers.is_shown and peers.capability
            else None,
            "moments": moments if len(moments) > 1 else [],
            "facets": list(Facet),
        }
    )
