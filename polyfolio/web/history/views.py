"""What happened to a record, readable; and taking a change back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.audit import queries
from polyfolio.audit.actions.undo import NotUndoableError, take_back
from polyfolio.audit.difference import Difference, differences
from polyfolio.audit.discretion import readable
from polyfolio.audit.models import AuditRecord
from polyfolio.audit.queries import History
from polyfolio.people.rules import may
from polyfolio.web.pages import OurRequest, PageRequest, go, paginate, public, say, show, signed_in

VERBS = {
    "create": gettext_lazy("Recorded"),
    "change": gettext_lazy("Changed"),
    "delete": gettext_lazy("Deleted"),
    "restore": gettext_lazy("Brought back"),
    "merge": gettext_lazy("Merged with another record"),
    "merged_into": gettext_lazy("Merged into another record"),
    "membership": gettext_lazy("Partnership changed"),
    "attach": gettext_lazy("File added"),
    "detach": gettext_lazy("File taken away"),
    "erase": gettext_lazy("Forgotten at the person’s request"),
    "grant": gettext_lazy("Role given"),
    "withdraw": gettext_lazy("Role taken back"),
    "link_account": gettext_lazy("Account linked"),
    "revive": gettext_lazy("Revived"),
    "import": gettext_lazy("Imported"),
    "enter": gettext_lazy("Joined a portfolio"),
    "leave": gettext_lazy("Left a portfolio"),
    "propose": gettext_lazy("Proposed to a portfolio"),
    "position": gettext_lazy("Took a position in a portfolio"),
    "checklist": gettext_lazy("Checklist answered"),
    "admission_submit": gettext_lazy("Submitted to a portfolio"),
    "admission_begin_review": gettext_lazy("Review begun"),
    "admission_admit": gettext_lazy("Admitted to a portfolio"),
    "admission_return": gettext_lazy("Returned with a comment"),
    "admission_decline": gettext_lazy("Declined"),
    "admission_withdraw": gettext_lazy("Withdrawn from a portfolio"),
    "place": gettext_lazy("Placed in the facets"),
    "agree_placement": gettext_lazy("Agreed where it stands"),
    "take_back_placement": gettext_lazy("Placement taken back"),
    "take_back_zone": gettext_lazy("Zone taken back"),
    "zone": gettext_lazy("Came into a zone"),
    "zone_back": gettext_lazy("Move to a zone taken back"),
    "frame": gettext_lazy("Frame written"),
    "default_frame": gettext_lazy("Default frame chosen"),
    "archive_frame": gettext_lazy("Frame archived"),
    "restore_frame": gettext_lazy("Frame restored"),
    "delete_frame": gettext_lazy("Frame deleted"),
    "crosswalk": gettext_lazy("Crosswalk written"),
    "money": gettext_lazy("Money written"),
    "results": gettext_lazy("Results written"),
    "link": gettext_lazy("Linked to another"),
    "confirm_link": gettext_lazy("Link confirmed"),
    "unlink": gettext_lazy("Link taken away"),
    "target_mix": gettext_lazy("Intended mix set"),
    "want": gettext_lazy("Marked as wanted"),
    "unwant": gettext_lazy("No longer wanted"),
    "follow_hole": gettext_lazy("Something was made of a hole"),
    "leave_hole": gettext_lazy("A hole is left empty on purpose"),
    "reopen_hole": gettext_lazy("Wanted again"),
    "set_flag": gettext_lazy("Flag changed"),
    "add_term": gettext_lazy("Own term added"),
    "edit_term": gettext_lazy("Own term reworded"),
    "remove_term": gettext_lazy("Own term taken away"),
    "tag": gettext_lazy("Tagged with a portfolio’s own terms"),
    "give_role": gettext_lazy("Role given"),
    "end_role": gettext_lazy("Role ended"),
    "state_scope": gettext_lazy("Scope stated"),
    "withdraw_scope": gettext_lazy("Statement of scope withdrawn"),
    "add_position": gettext_lazy("Position added"),
    "edit_position": gettext_lazy("Position reworded"),
    "remove_position": gettext_lazy("Position taken away"),
}
ICONS = {
    "create": "plus",
    "delete": "trash",
    "restore": "arrow-back-up",
    "attach": "package",
    "merge": "affiliate",
    "import": "file-import",
}


@dataclass(frozen=True)
class Entry:
    """One row of the log as the page shows it."""

    row: AuditRecord
    verb: Any
    icon: str
    differences: list[Difference]
    may_take_back: bool


def verb_label(verb: str) -> Any:
    """What happened, in words; an unknown verb reads as it is named."""
    step = verb.rpartition(".")[2]
    return VERBS.get(step, step.replace("_", " ").capitalize())


def verb_icon(verb: str) -> str:
    return ICONS.get(verb.rpartition(".")[2], "edit")


@public(find=queries.history)
def history(request: PageRequest, history: History) -> HttpResponseBase:
    """Every change of a record that the reader may see, newest first."""
    page = paginate(request, history.rows, per_page=30)
    may_change = may(request.user, history.subject.change, history.record)
    may_delete = may(request.user, history.subject.delete, history.record)
    rows = readable(list(page), user=request.user, record=history.record)
    entries = [_entry(row, may_change=may_change, may_delete=may_delete) for row in rows]
    context = {"record": history.record, "entries": entries, "page": page}
    return show(request, "history/history.html", context, fragment="history/_entries.html")


def _entry(row: AuditRecord, *, may_change: bool, may_delete: bool) -> Entry:
    """Creation is taken back by deleting the record on its own page, so it has no button here."""
    step = row.verb.rpartition(".")[2]
    is_undoable = (step == "delete" and may_delete) or (step == "change" and may_change)
    return Entry(row, verb_label(row.verb), verb_icon(row.verb), differences(row), is_undoable)


@signed_in(find=queries.row, methods=["POST"])
def undo(request: OurRequest, row: AuditRecord) -> HttpResponseBase:
    """Take back what was done a moment ago, unless somebody changed it since."""
    return _take_back(request, row, is_strict=True)


@signed_in(find=queries.row, methods=["POST"])
def bring_back(request: OurRequest, row: AuditRecord) -> HttpResponseBase:
    """Bring earlier values back from the history, whatever came after."""
    return _take_back(request, row, is_strict=False)


def _take_back(request: OurRequest, row: AuditRecord, *, is_strict: bool) -> HttpResponseBase:
    address = ("history", {"subject_type": row.subject_type, "subject_id": row.subject_id})
    try:
        written = take_back(row=row, by=request.user, at=timezone.now(), is_strict=is_strict)
    except NotUndoableError as refusal:
        say(request, refusal, is_problem=True)
        return go(request, address[0], **address[1])
    say(request, _("“%s” is as it was.") % written.subject_label)
    if written.verb.endswith(".delete"):
        return go(request, "next_steps")
    record = queries.history(request.user, row.subject_type, row.subject_id).record
    if hasattr(record, "get_absolute_url"):
        return go(request, record)
    return go(request, address[0], **address[1])
