"""Home of whoever is signed in: what waits for them, and what happened since they were last here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.audit import queries as log
from polyfolio.audit.queries import Happening
from polyfolio.audit.subjects import all_subjects
from polyfolio.notify import queries, steps
from polyfolio.notify.actions import notices as notice_actions
from polyfolio.notify.models import Notice
from polyfolio.notify.steps import Step
from polyfolio.people.actions import accounts
from polyfolio.web.history.views import verb_icon, verb_label
from polyfolio.web.next_steps import yours
from polyfolio.web.pages import OurRequest, go, paginate, say, show, signed_in

SINCE = "since"
FIRST_LOOK_BACK = timedelta(days=14)
PRIVATE_TYPES = frozenset({"user"})


@dataclass(frozen=True)
class Waiting:
    """A step as the page shows it: with its due day in words."""

    step: Step
    due_words: str
    is_late: bool


@dataclass(frozen=True)
class News:
    """One line of what happened."""

    happening: Happening
    verb: Any
    icon: str


@signed_in(methods=["GET"])
def next_steps(request: OurRequest) -> HttpResponseBase:
    today = timezone.localdate()
    since = _since(request)
    waiting = [_waiting(step, today) for step in steps.of(request.user, on=today)]
    types = [name for name in all_subjects() if name not in PRIVATE_TYPES]
    happened = log.since(request.user, since, types=types)
    news = [News(each, verb_label(each.row.verb), verb_icon(each.row.verb)) for each in happened]
    context = {"waiting": waiting, "news": news, "since": since, "yours": yours.of(request.user)}
    return show(request, "next_steps/next_steps.html", context)


def _since(request: OurRequest) -> datetime:
    """When the person's last visit ended; the same for the whole of this one."""
    now = timezone.now()
    ended = accounts.visit(user=request.user, at=now)
    if ended is not None:
        request.session[SINCE] = ended.isoformat()
    known = parse_datetime(request.session.get(SINCE, ""))
    return known or now - FIRST_LOOK_BACK


def _waiting(step: Step, today: date) -> Waiting:
    if step.due_on is None:
        return Waiting(step, "", is_late=False)
    days = (step.due_on - today).days
    if days < 0:
        return Waiting(step, _("late"), is_late=True)
    if days == 0:
        return Waiting(step, _("today"), is_late=False)
    words = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return Waiting(step, words, is_late=False)


@signed_in(methods=["GET"])
def notices(request: OurRequest) -> HttpResponseBase:
    page = paginate(request, queries.of(request.user), per_page=30)
    return show(request, "next_steps/notices.html", {"page": page})


@signed_in(find=queries.find, methods=["GET"])
def notice(request: OurRequest, notice: Notice) -> HttpResponseBase:
    """Open what a notice is about; it counts as read from then on."""
    notice_actions.read(notice=notice, at=timezone.now())
    return go(request, notice.address or "notices")


@signed_in(methods=["POST"])
def read_all(request: OurRequest) -> HttpResponseBase:
    count = notice_actions.read_all(user=request.user, at=timezone.now())
    say(request, ngettext("%(count)s notice is read.", "%(count)s notices are read.", count) % {"count": count})
    return go(request, "notices")
