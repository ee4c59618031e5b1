"""Files larger than the limit are not stored while they arrive; the form says so when the rest is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase

MEGABYTE = 1_000_000
View = Callable[..., HttpResponseBase]


class LimitedUpload(FileUploadHandler):
    """Lets a file pass until it is larger than the limit; then only its name is kept."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.too_large: list[str] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.POLYFOLIO_UPLOAD_LIMIT_MB * MEGABYTE:
            self.too_large.append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002  # the next handler makes the file
        return None


def limited(view: View) -> View:
    """Watch the size of files as they arrive. The view has not read the request yet; it checks the token itself."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            request.upload_handlers.insert(0, LimitedUpload(request))
        return view(request, *args, **kwargs)

    return answer


def too_large(request: HttpRequest) -> list[str]:
    """The names of the files that were larger than the limit."""
    handlers = (handler for handler in request.upload_handlers if isinstance(handler, LimitedUpload))
    return [name for handler in handlers for name in handler.too_large]
