"""What the page of a talk shows: the talks about one initiative's place, who said what, and what the reader may do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from polyfolio.audit.visibility import Viewer
from polyfolio.people.access import access_of
from polyfolio.people.rules import may
from polyfolio.portfolios.models import Entry
from polyfolio.sensemaking.models import Comment, Discussion
from polyfolio.sensemaking.queries import discussions as queries
from polyfolio.sensemaking.queries.discussions import Said
from polyfolio.sensemaking.texts.mentions import handle, mentions
from polyfolio.web.discussions.forms import CommentForm, OpenForm, ResolveForm
from polyfolio.web.placements import pages as placing

DEEPEST_SHOWN = 4


@dataclass(frozen=True)
class Line:
    """A comment as one reader sees it."""

    comment: Comment
    depth: int
    parts: Sequence[tuple[str, bool]]
    is_own: bool
    may_take_back: bool

    @property
    def anchor(self) -> str:
        return str(self.comment.pk)


@dataclass(frozen=True)
class Talk:
    discussion: Discussion
    lines: Sequence[Line]
    may_resolve: bool

    @property
    def said(self) -> int:
        return sum(1 for line in self.lines if not line.comment.is_deleted)


def shown(user: Viewer, entry: Entry) -> dict[str, Any]:
    """Everything on the page; the number of queries does not grow with what was said."""
    portfolio, initiative = entry.portfolio, entry.initiative
    found = queries.about(portfolio, initiative)
    said = queries.threads(found)
    stewards = may(user, "sensemaking.agree", portfolio)
    talks = [_talk(user, each, said[each.pk], stewards=stewards) for each in found]
    present = next((talk for talk in talks if talk.discussion.is_open), None)
    may_comment = present is not None and may(user, "sensemaking.comment", present.discussion)
    people = queries.people_around(portfolio, initiative) if may_comment else []
    names = list(dict.fromkeys(handle(each.name or str(each)) for each in people if each.pk != access_of(user).user_id))
    return {
        "portfolio": portfolio,
        "initiative": initiative,
        "present": present,
        "earlier": [talk for talk in talks if talk is not present],
        "views": placing.views_of(portfolio, initiative),
        "standing": placing.standing_of(portfolio, initiative),
        "may_open": may(user, "sensemaking.open_discussion", entry),
        "may_agree": stewards,
        "may_comment": may_comment,
        "names": names,
        "names_json": json.dumps(names, ensure_ascii=False),
        "open_form": OpenForm(),
        "comment_form": CommentForm(),
        "resolve_form": ResolveForm(may_agree=stewards),
    }


def _talk(user: Viewer, discussion: Discussion, said: Sequence[Said], *, stewards: bool) -> Talk:
    own = access_of(user).user_id
    lines = [_line(each, own=own, stewards=stewards) for each in said]
    opened_it = own is not None and discussion.created_by_id == own
    return Talk(discussion, lines, may_resolve=stewards or opened_it)


def _line(said: Said, *, own: int | None, stewards: bool) -> Line:
    comment = said.comment
    is_own = own is not None and comment.created_by_id == own
    return Line(
        comment=comment,
        depth=min(said.depth, DEEPEST_SHOWN),
        parts=[] if comment.is_deleted else parts_of(comment),
        is_own=is_own and not comment.is_deleted,
        may_take_back=(is_own or stewards) and not comment.is_deleted,
    )


def parts_of(comment: Comment) -> list[tuple[str, bool]]:
    """The comment's words in pieces; those that name somebody who was told are marked."""
    people = [(user.pk, user.name or str(user)) for user in comment.mentioned.all()]
    found: list[tuple[str, bool]] = []
    behind = 0
    for each in mentions(comment.text, people):
        if each.keys:
            found += [(comment.text[behind : each.start], False), (comment.text[each.start : each.end], True)]
            behind = each.end
    return [part for part in [*found, (comment.text[behind:], False)] if part[0]]
