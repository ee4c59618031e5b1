"""Talks about initiatives' places and what is said in them, written straight into the database."""

from __future__ import annotations

from typing import Any

from polyfolio.people.models import User
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Comment, Discussion
from tests.factories.people import make_user


def make_discussion(
    portfolio: Portfolio, initiative: Initiative, *, by: User | None = None, **fields: Any
) -> Discussion:
    values = {"question": "Is it a mission?", "created_by": by or make_user()} | fields
    found: Discussion = Discussion.objects.create(portfolio=portfolio, initiative=initiative, **values)
    return found


def make_comment(
    discussion: Discussion, text: str = "I see it so.", *, by: User | None = None, **fields: Any
) -> Comment:
    author = by or make_user()
    found: Comment = Comment.objects.create(
        discussion=discussion, text=text, created_by=author, author_label=str(author), **fields
    )
    return found
