"""One change of the log, and the way back."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils import timezone

from polyfolio.api.frame.gates import SIGNED_IN, as_action_says
from polyfolio.api.frame.history import ChangeShape, change_shape
from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.audit import queries
from polyfolio.audit.actions import undo
from polyfolio.audit.discretion import readable
from polyfolio.audit.models import AuditRecord

routes = Routes("Changes", "What was changed, by whom and why, and how to take it back.")


def find(user: Any, pk: int) -> AuditRecord:
    return queries.row(user, pk)


@routes.get("/changes/{int:pk}", SIGNED_IN, find=find)
def show(request: OurRequest, row: AuditRecord) -> ChangeShape:
    """One change of a record that you see."""
    record = queries.history(request.user, row.subject_type, row.subject_id).record
    return change_shape(*readable([row], user=request.user, record=record))


@routes.post("/changes/{int:pk}/undo", as_action_says(), find=find)
def take_back(
    request: OurRequest,
    row: AuditRecord,
    is_forced: Annotated[bool, says("Even where somebody changed the same fields since.")] = False,
) -> ChangeShape:
    """Take a change back: what was deleted returns, what was changed has its earlier values, as a new change.

    Where somebody changed the same fields since, it is refused (409), unless `is_forced`.
    """
    written = undo.take_back(row=row, by=request.user, at=timezone.now(), is_strict=not is_forced)
    return change_shape(*readable([written], user=request.user, record=None))
