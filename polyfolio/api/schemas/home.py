"""What waits for a person, and what happened."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from polyfolio.api.frame.shapes import Shape
from polyfolio.notify.models import Notice


class NextStepShape(Shape):
    """Something that waits for you: what, why in a sentence, and by when where there is a day."""

    title: str
    why: str
    action: str = Field(description="What the button says.")
    page: str = Field(description="The page where it is done.")
    due_on: date | None


class NewsShape(Shape):
    """What happened to one record or in one batch: its newest change, and how many changes there were."""

    at: datetime
    by: str
    verb: str
    subject_type: str
    subject_label: str
    changes: int
    newest: str = Field(description="Where the newest change is.", examples=["/api/v1/changes/4711"])


class NoticeShape(Shape):
    """One sentence for you, with the page it is about."""

    id: int
    text: str
    page: str
    noticed_at: datetime
    read_at: datetime | None


def notice_shape(notice: Notice) -> NoticeShape:
    return NoticeShape(
        id=notice.pk,
        text=notice.text,
        page=notice.address,
        noticed_at=notice.noticed_at,
        read_at=notice.read_at,
    )
