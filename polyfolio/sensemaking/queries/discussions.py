"""Talks about initiatives' places, and who might be named in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from polyfolio.audit.visibility import Viewer
from polyfolio.people.access import access_from
from polyfolio.people.choices import GrantRole, ScopeType
from polyfolio.people.models import Grant, User
from polyfolio.portfolios.documents import Initiatives, Portfolios
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Comment, Discussion

MOST_PEOPLE = 300


@dataclass(frozen=True)
class Said:
    """A comment where it stands in its thread."""

    comment: Comment
    depth: int


def of_portfolio(user: Viewer, portfolio: Portfolio) -> QuerySet[Discussion, Any]:
    """The portfolio's discussions that `user` may see, the newest first, with how much was said in each."""
    rows: QuerySet[Discussion, Any] = Discussion.objects.visible_to(user).filter(portfolio=portfolio)
    counted = rows.annotate(said=Count("comments", filter=Q(comments__deleted_at__isnull=True)))
    return counted.select_related("initiative", "portfolio", "created_by")


def about(portfolio: Portfolio, initiative: Initiative) -> list[Discussion]:
    """Every discussion of an initiative's place there, the newest first; the caller sees both already."""
    rows = Discussion.objects.kept().filter(portfolio=portfolio, initiative=initiative)
    return list(rows.select_related("portfolio", "initiative", "created_by", "resolved_by", "agreed"))


def open_about(portfolio: Portfolio, initiative: Initiative) -> Discussion | None:
    found: Discussion | None = (
        Discussion.objects.kept().filter(portfolio=portfolio, initiative=initiative, state="open").first()
    )
    return found


def find_comment(user: Viewer, pk: int) -> Comment:
    """A comment that `user` sees and that nobody took back; raises DoesNotExist."""
    rows = Comment.objects.visible_to(user).select_related("discussion__portfolio", "discussion__initiative")
    found: Comment = rows.get(pk=pk)
    return found


def threads(discussions: Sequence[Discussion]) -> dict[int, list[Said]]:
    """What was said in each discussion, answers under what they answer; one query.

    Comments that were taken back keep their place, and their words stay with them.
    """
    rows = list(
        Comment.objects.filter(discussion__in=discussions)
        .select_related("created_by")
        .prefetch_related("mentioned")
        .order_by("created_at", "pk")
    )
    answers: dict[int | None, list[Comment]] = defaultdict(list)
    for row in rows:
        answers[row.parent_id].append(row)
    found: dict[int, list[Said]] = defaultdict(list)
    waiting = [(row, 0) for row in reversed(answers[None])]
    while waiting:
        row, depth = waiting.pop()
        found[row.discussion_id].append(Said(row, depth))
        waiting += [(answer, depth + 1) for answer in reversed(answers[row.pk])]
    return found


def held_about(user: User) -> list[dict[str, Any]]:
    """What somebody said, for the export of their data."""
    rows = Comment.objects.filter(created_by=user).order_by("created_at", "pk")
    return [{"at": row.created_at.isoformat(), "text": row.text} for row in rows]


def people_around(portfolio: Portfolio, initiative: Initiative) -> list[User]:
    """Those who take part and see both, by name: whom one may name in a discussion. Nineteen queries, whoever they are.

    They hold a role in the portfolio, in its network, or in an organisation that takes part in the initiative.
    """
    organisations = initiative.participations.values_list("organisation_id", flat=True)
    near = (
        Q(scope_type=ScopeType.PORTFOLIO, scope_id=portfolio.pk)
        | Q(scope_type=ScopeType.NETWORK, scope_id=portfolio.network_id)
        | Q(scope_type=ScopeType.ORGANISATION, scope_id__in=list(organisations))
    )
    around = Grant.objects.filter(near).values("user_id")
    people = list(User.objects.filter(is_active=True, pk__in=around).order_by("name", "pk")[:MOST_PEOPLE])
    grants: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    rows = Grant.objects.filter(user__in=people).values_list("user_id", "role", "scope_type", "scope_id")
    for user_id, role, scope_type, scope_id in rows:
        grants[user_id].append((role, scope_type, scope_id))
    tokens = [_tokens(Portfolios(), portfolio.pk), _tokens(Initiatives(), initiative.pk)]
    return [user for user in people if _sees(user, grants[user.pk], tokens)]


def _tokens(kind: Initiatives | Portfolios, pk: int) -> frozenset[str]:
    """Who sees a record, in the words of `Access.tokens`."""
    return frozenset(token for document in kind.documents([pk]) for token in document.visible_to)


def _sees(user: User, grants: Sequence[tuple[str, str, int]], needed: Sequence[frozenset[str]]) -> bool:
    access = access_from(user_id=user.pk, is_admin=user.is_superuser, grants=grants)
    if access.is_admin or any(role == GrantRole.ADMIN and kind == "installation" for role, kind, _pk in grants):
        return True
    own = access.tokens()
    return all(not own.isdisjoint(tokens) for tokens in needed)
