"""What waits for the caller, and what happened since they looked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone

from polyfolio.api.frame.gates import SIGNED_IN
from polyfolio.api.frame.naming import fresh
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.frame.shapes import address
from polyfolio.api.schemas.home import NewsShape, NextStepShape, NoticeShape, notice_shape
from polyfolio.audit.queries import since as happened_since
from polyfolio.audit.subjects import all_subjects
from polyfolio.notify import steps
from polyfolio.notify.actions import notices as actions
from polyfolio.notify.models import Notice
from polyfolio.notify.queries import find as find_notice
from polyfolio.notify.queries import of as notices_of

routes = Routes("Home", "What waits for you, what happened, and what you were told.")

LOOK_BACK = timedelta(days=14)
PRIVATE_TYPES = frozenset({"user"})


@routes.get("/me/next-steps", SIGNED_IN)
def next_steps(request: OurRequest) -> list[NextStepShape]:
    """Everything that waits for you: what is due first, then what has no day."""
    return [
        NextStepShape(
            title=str(step.title),
            why=str(step.why),
            action=str(step.button),
            page=step.address,
            due_on=step.due_on,
        )
        for step in steps.of(request.user, on=timezone.localdate())
    ]


@routes.get("/me/news", SIGNED_IN)
def news(
    request: OurRequest,
    since: Annotated[datetime | None, says("Since when; two weeks ago where it is left out.")] = None,
) -> list[NewsShape]:
    """What others did to records that you see, one line a record or batch, newest first, at most twenty."""
    types = [name for name in all_subjects() if name not in PRIVATE_TYPES]
    happened = happened_since(request.user, since or timezone.now() - LOOK_BACK, types=types)
    return [
        NewsShape(
            at=each.row.at,
            by=each.row.actor_label,
            verb=each.row.verb,
            subject_type=each.row.subject_type,
            subject_label=each.row.subject_label,
            changes=each.count,
            newest=address("changes", each.row.pk),
        )
        for each in happened
    ]


@routes.list("/me/notices", SIGNED_IN, shape=notice_shape, sorts={"-noticed_at": ("-noticed_at",)})
def notices(
    request: OurRequest, is_read: Annotated[bool | None, says("Only those that you read, or did not.")] = None
) -> QuerySet[Notice]:
    """What you were told."""
    rows = notices_of(request.user)
    return rows if is_read is None else rows.filter(read_at__isnull=not is_read)


@routes.post("/me/notices/{int:pk}/read", SIGNED_IN, find=find_notice, status=200)
def read(_request: OurRequest, notice: Notice) -> NoticeShape:
    """Mark a notice as read."""
    actions.read(notice=notice, at=timezone.now())
    return notice_shape(fresh(notice))
