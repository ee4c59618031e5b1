"""The talk, or the comment, at an address: of a portfolio and an initiative that the person sees."""

from __future__ import annotations

from polyfolio.audit.visibility import Viewer
from polyfolio.sensemaking.models import Comment, Discussion
from polyfolio.sensemaking.queries import discussions
from polyfolio.web.placements import finding


def present(user: Viewer, portfolio: str, slug: str) -> Discussion:
    """The open talk there; raises DoesNotExist."""
    entry = finding.entry(user, portfolio, slug)
    found = discussions.open_about(entry.portfolio, entry.initiative)
    if found is None:
        raise Discussion.DoesNotExist
    return found


def one(user: Viewer, portfolio: str, slug: str, pk: int) -> Discussion:
    entry = finding.entry(user, portfolio, slug)
    found: Discussion = Discussion.objects.visible_to(user).get(
        pk=pk, portfolio=entry.portfolio, initiative=entry.initiative
    )
    return found


def comment(user: Viewer, portfolio: str, slug: str, pk: int) -> Comment:
    entry = finding.entry(user, portfolio, slug)
    found = discussions.find_comment(user, pk)
    if (found.portfolio, found.initiative) != (entry.portfolio, entry.initiative):
        raise Comment.DoesNotExist
    return found
