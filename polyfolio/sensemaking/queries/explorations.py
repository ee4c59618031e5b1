"""Reads of explorations: which a person sees, whose link it is, and what a group's answers say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.people.models import User
from polyfolio.people.queries import digest
from polyfolio.people.scopes import Scope
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.mixes import Mix
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.exploration.items import capability_items
from polyfolio.sensemaking.exploration.scoring import SHOWN_FROM, Group, Spread, from_json, group, spread
from polyfolio.sensemaking.models import Exploration, ExplorationInvitation, ExplorationResponse
from polyfolio.sensemaking.queries.figures import mix_of
from polyfolio.sensemaking.queries.holdings import holding

PEERS_FROM = 5
"""From so many other organisations on, they are shown together."""
MOST_PEERS = 500


class LinkOverError(LookupError):
    """A link that once opened an exploration and does so no longer."""


@dataclass(frozen=True)
class Peers:
    """What other organisations that agreed to be compared say together: the spread over their medians."""

    organisations: int
    facets: dict[Facet, Spread | None]
    capability: Spread | None

    @property
    def is_shown(self) -> bool:
        return self.organisations >= PEERS_FROM


def visible(user: Viewer) -> QuerySet[Exploration, Any]:
    """Explorations that the person sees, with how many people handed in answers."""
    seen: QuerySet[Exploration, Any] = Exploration.objects.visible_to(user)
    rows = seen.select_related("network", "portfolio", "organisation")
    return rows.annotate(handed_in=Count("responses", filter=Q(responses__submitted_at__isnull=False)))


def find(user: Viewer, pk: int) -> Exploration:
    """The exploration with that number; raises DoesNotExist where the person sees none."""
    found: Exploration = visible(user).get(pk=pk)
    return found


def by_link(secret: str, *, at: datetime) -> ExplorationInvitation:
    """The invitation that `secret` opens; LinkOverError where it is too old or withdrawn, else DoesNotExist."""
    found = ExplorationInvitation.objects.select_related("exploration").get(
        digest=digest(secret), exploration__deleted_at__isnull=True
    )
    if found.withdrawn_at is not None or found.expires_at <= at:
        raise LinkOverError(str(found.pk))
    return found


def response_of(exploration: Exploration, *, key: str, user: User | None) -> ExplorationResponse | None:
    """The answers that an account began, else those that a browser's or a personal link's key opens."""
    rows = ExplorationResponse.objects.filter(exploration=exploration).select_related("exploration")
    if user is not None:
        own = rows.filter(author=user).first()
        if own is not None:
            return own
    found = rows.filter(respondent=digest(key)).first() if key else None
    # Answers that belong to an account are opened by that account alone, also on a shared computer.
    return found if found is None or found.author_id is None or (user and found.author_id == user.pk) else None


def outcome(exploration: Exploration) -> Group:
    """What those who handed in answers say together. One query, which reads scores and no answers."""
    return group([from_json(scores) for scores in _scores([exploration.pk])[exploration.pk]])


def over_time(exploration: Exploration, user: Viewer) -> list[tuple[Exploration, Group]]:
    """Explorations of the same organisation that the person sees, this one among them, the earliest first."""
    same = Q(organisation_key=exploration.organisation_key, network=exploration.network_id)
    if exploration.organisation_id is not None:
        same |= Q(organisation=exploration.organisation_id)
    found = list(visible(user).filter(same).order_by("opens_on", "pk"))
    return [(each, made) for each, made in zip(found, _groups(found), strict=True)]


def peers(exploration: Exploration) -> Peers:
    """The latest exploration of each other organisation that agreed to be compared and has five answers."""
    rows = Exploration.objects.kept().filter(is_comparable=True).exclude(pk=exploration.pk)
    rows = rows.annotate(handed_in=Count("responses", filter=Q(responses__submitted_at__isnull=False)))
    latest: dict[Any, Exploration] = {}
    own = {_who(exploration), exploration.organisation_key}
    for each in rows.filter(handed_in__gte=SHOWN_FROM).order_by("-opens_on", "-pk")[:MOST_PEERS]:
        if _who(each) not in own and each.organisation_key not in own:
            latest.setdefault(_who(each), each)
    groups = _groups(list(latest.values()))
    medians = [made.medians for made in groups]
    return Peers(
        organisations=len(groups),
        facets={facet: spread(each[facet] for each in medians) for facet in Facet},
        capability=spread(made.capability.median if made.capability else None for made in groups),
    )


def activity(exploration: Exploration, user: Viewer) -> Mix | None:
    """The mix of the portfolio it stands beside, as the person sees it; None where it stands beside none."""
    portfolio: Portfolio | None = exploration.portfolio
    if portfolio is None:
        return None
    held = holding(portfolio, user)
    return mix_of(held, total=held.members().count())


def held_by(user: User) -> list[dict[str, Any]]:
    """A person's own answers, for their export."""
    rows = ExplorationResponse.objects.filter(author=user).select_related("exploration").order_by("started_at", "pk")
    return [
        {
            "exploration": str(each.exploration),
            "answers": each.answers,
            "notes": each.notes,
            "started_at": each.started_at.isoformat(),
            "submitted_at": each.submitted_at and each.submitted_at.isoformat(),
        }
        for each in rows
    ]


def ability_names() -> dict[str, dict[str, str]]:
    """The capabilities' names by key, in every language there is."""
    return {each.key: each.title for each in capability_items()}


def scopes_of(exploration: Exploration) -> list[Scope]:
    """In which scopes it stands, so that pages know whom to ask."""
    network: list[Scope] = [("network", exploration.network_id)]
    return network if exploration.portfolio_id is None else [*network, ("portfolio", exploration.portfolio_id)]


def _who(exploration: Exploration) -> Any:
    return exploration.organisation_id or exploration.organisation_key


def _groups(explorations: Iterable[Exploration]) -> list[Group]:
    found = list(explorations)
    scores = _scores([each.pk for each in found])
    return [group([from_json(each) for each in scores[exploration.pk]]) for exploration in found]


def _scores(pks: list[int]) -> dict[int, list[Any]]:
    rows = ExplorationResponse.objects.filter(exploration__in=pks, submitted_at__isnull=False)
    kept: dict[int, list[Any]] = defaultdict(list)
    for pk, scores in rows.order_by().values_list("exploration_id", "scores"):
        kept[pk].append(scores)
    return kept
