"""Files of a record: given out as downloads, added, taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polyfolio.files import guards, queries
from polyfolio.files.actions import attachments
from polyfolio.files.models import Attachment
from polyfolio.lib.refusals import RefusedError
from polyfolio.web.pages import OurRequest, PageRequest, go, public, say, show, signed_in


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)


@public(find=queries.find)
def attachment(_request: PageRequest, attachment: Attachment) -> HttpResponseBase:
    """The file as a download: never shown in the page, never run, whatever it holds."""
    answer = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def find_record(user: Any, subject_type: str, subject_id: int) -> Any:
    """The record the address names, if the person may see it; raises Attachment.DoesNotExist."""
    record = guards.visible_record(user, subject_type, subject_id)
    if record is None:
        raise Attachment.DoesNotExist(subject_type)
    return record


@signed_in(find=find_record)
def add(request: OurRequest, record: Any) -> HttpResponseBase:
    """Add a file to a record; the action says whether the person may, and what the file is."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            added = attachments.add(record=record, file=file, name=file.name, by=request.user, at=timezone.now())
        except RefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            say(request, _("“%s” was added.") % added.name)
            return go(request, record)
    return show(request, "attachments/add.html", {"form": form, "record": record})


@signed_in(find=queries.find, methods=["POST"])
def remove(request: OurRequest, attachment: Attachment) -> HttpResponseBase:
    record = guards.visible_record(request.user, attachment.subject_type, attachment.subject_id)
    attachments.remove(attachment=attachment, by=request.user, at=timezone.now())
    say(request, _("“%s” was taken away.") % attachment.name)
    return go(request, record)
