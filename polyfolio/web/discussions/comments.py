"""Saying something in a talk, wording it anew, and taking it back."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.lib.refusals import RefusedError
from polyfolio.portfolios.models import Entry
from polyfolio.sensemaking.actions import comments
from polyfolio.sensemaking.actions.comments import Written
from polyfolio.sensemaking.models import Comment, Discussion
from polyfolio.sensemaking.texts.mentions import handle
from polyfolio.web.discussions import finding, pages
from polyfolio.web.discussions.forms import CommentForm
from polyfolio.web.pages import OurRequest, go, page, refusals_in, say, show


@page("sensemaking.comment", find=finding.present, methods=["POST"])
def write(request: OurRequest, talk: Discussion) -> HttpResponseBase:
    """Say something, or answer a comment; whoever is named is told."""
    form = CommentForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data["parent"]
        with refusals_in(form):
            parent = Comment.objects.kept().filter(discussion=talk, pk=asked).first() if asked else None
            if asked and parent is None:
                raise RefusedError(_("What you answer is not here any more. Say it on its own."), field="text")
            written = comments.write(
                discussion=talk,
                text=form.cleaned_data["text"],
                parent=parent,
                by=request.user,
                at=timezone.now(),
            )
            _say_who(request, written)
            return go(request, written.comment)
    entry = Entry(portfolio=talk.portfolio, initiative=talk.initiative)
    context = pages.shown(request.user, entry) | {"comment_form": form, "form": form}
    return show(request, "discussions/discussion.html", context)


@page("sensemaking.reword_comment", find=finding.comment)
def reword(request: OurRequest, comment: Comment) -> HttpResponseBase:
    """Word one's own comment anew; the page says afterwards that it was."""
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            written = comments.reword(
                comment=comment, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
            )
            _say_who(request, written)
            return go(request, comment)
    context = {
        "form": form,
        "comment": comment,
        "portfolio": comment.portfolio,
        "initiative": comment.initiative,
    }
    return show(request, "discussions/comment.html", context)


@page("sensemaking.take_back_comment", find=finding.comment, methods=["POST"])
def take_back(request: OurRequest, comment: Comment) -> HttpResponseBase:
    row = comments.take_back(comment=comment, by=request.user, at=timezone.now())
    say(request, _("It is taken back. Its place stays, without its words."), undo=row)
    return go(request, comment.discussion)


def _say_who(request: OurRequest, written: Written) -> None:
    """Who was told, and whom the names reached not: they take no part, may not see it, or are written otherwise."""
    if written.told:
        names = ", ".join(handle(user.name or str(user)) for user in written.told)
        say(request, _("Said, and told to %(names)s.") % {"names": names})
    else:
        say(request, _("Said."))
    if written.not_told:
        names = ", ".join(f"@{name}" for name in written.not_told)
        sentence = ngettext(
            "%(names)s was not told: nobody of that name takes part here and may see this.",
            "%(names)s were not told: nobody of these names takes part here and may see this.",
            len(written.not_told),
        )
        say(request, sentence % {"names": names}, is_problem=True)
