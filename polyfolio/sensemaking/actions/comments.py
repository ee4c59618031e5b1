"""Saying something in a discussion, wording it anew, and taking it back; whoever is named is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.notify.actions import notices
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.sensemaking.models import Comment, Discussion
from polyfolio.sensemaking.queries.discussions import people_around
from polyfolio.sensemaking.texts import mentions

LONGEST = 20_000
DEEPEST = 4
NAMED_YOU = gettext_lazy("{who} named you in a talk about the place of “{initiative}”.")
ANSWERED_YOU = gettext_lazy("{who} answered you in the talk about the place of “{initiative}”.")


@dataclass(frozen=True)
class Written:
    """A comment as it was kept: who was told of it, and which names reached nobody."""

    comment: Comment
    told: tuple[User, ...] = ()
    not_told: tuple[str, ...] = ()


def write(*, discussion: Discussion, text: str, by: User, at: datetime, parent: Comment | None = None) -> Written:
    """Say something in an open discussion, or in answer to a comment; those who are named get a notice."""
    require(by, "sensemaking.comment", discussion)
    said = _worded(text)
    with transaction.atomic():
        locked = records.lock(discussion)
        if not locked.is_open:
            raise RefusedError(_("This talk has come to its end. Open it again to say more."), field="text")
        if parent is not None and (parent.discussion_id != locked.pk or parent.is_deleted):
            raise RefusedError(_("What you answer is not here any more. Say it on its own."), field="text")
        comment = Comment(discussion=locked, parent=_under(parent), text=said, author_label=str(by))
        people = people_around(locked.portfolio, locked.initiative)
        named, missed = _named(said, people, by)
        records.create(comment, fields=("discussion", "parent", "text"), by=by, at=at)
        comment.mentioned.set(named)
        _tell(NAMED_YOU, named, comment, by=by, at=at)
        if parent is not None:
            answered = [one for one in people if one.pk == parent.created_by_id and one.pk != by.pk]
            _tell(ANSWERED_YOU, [one for one in answered if one not in named], comment, by=by, at=at)
    return Written(comment, tuple(named), tuple(missed))


def reword(*, comment: Comment, text: str, by: User, at: datetime) -> Written:
    """Word one's own comment anew; only those who were not named before are told."""
    require(by, "sensemaking.reword_comment", comment)
    said = _worded(text)
    with transaction.atomic():
        locked = records.lock(comment)
        if locked.is_deleted:
            raise RefusedError(_("You took this back. Undo that first."), field="text")
        if locked.text == said:
            return Written(locked)
        named, missed = _named(said, people_around(locked.portfolio, locked.initiative), by)
        before = set(locked.mentioned.values_list("pk", flat=True))
        records.change(locked, {"text": said, "edited_at": at}, by=by, at=at)
        locked.mentioned.set(named)
        new = [one for one in named if one.pk not in before]
        _tell(NAMED_YOU, new, locked, by=by, at=at)
    return Written(locked, tuple(new), tuple(missed))


def take_back(*, comment: Comment, by: User, at: datetime) -> AuditRecord:
    """Take a comment back: its place stays and says so, and its words come back with undo."""
    require(by, "sensemaking.take_back_comment", comment)
    with transaction.atomic():
        locked = records.lock(comment)
        if locked.is_deleted:
            raise RefusedError(_("This was taken back already."))
        return records.delete(locked, by=by, at=at)


def forget(user: User, at: datetime) -> None:  # noqa: ARG001  # as every room's erasure is called
    """Leave what somebody said without their name, and without who named them, at their request."""
    Comment.objects.filter(created_by=user).update(author_label="")
    Comment.mentioned.through.objects.filter(user=user).delete()


def _worded(text: str) -> str:
    said = text.strip()
    if not said:
        raise RefusedError(_("Write something first."), field="text")
    if len(said) > LONGEST:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST, field="text")
    return said


def _under(parent: Comment | None) -> Comment | None:
    """What an answer hangs under: threads that grow too deep for a telephone go on beside each other."""
    above, depth = parent, 0
    while above is not None:
        above, depth = above.parent, depth + 1
    return parent.parent if parent is not None and depth > DEEPEST else parent


def _named(text: str, people: Sequence[User], by: User) -> tuple[list[User], list[str]]:
    """Who is named and may see it, and the names that reach nobody: unknown, hidden from them, or too many."""
    found = mentions.mentions(text, [(user.pk, user.name or str(user)) for user in people])
    by_key = {user.pk: user for user in people}
    keys = [key for each in found for key in each.keys]
    named = [by_key[key] for key in dict.fromkeys(keys) if key != by.pk]
    missed = [each.words for each in found if not each.keys]
    missed += [str(user) for user in named[mentions.MOST :]]
    return named[: mentions.MOST], list(dict.fromkeys(missed))


def _tell(sentence: StrOrPromise, people: Sequence[User], comment: Comment, *, by: User, at: datetime) -> None:
    for user in people:
        words = format_lazy(sentence, who=by, initiative=comment.initiative)
        notices.give(user=user, text=words, at=at, address=comment.get_absolute_url())
