"""ETags: a reader who has it gets 304, a writer who read something older gets 412.

A tag is `W/"version-digest"`: the version is the newest row that the log has of the record, the digest is of the
answer as this caller sees it. A condition on a write looks at the version, one on a read at both.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_etags

from polyfolio.api.frame.problems import OvertakenError
from polyfolio.api.frame.requests import ApiRequest
from polyfolio.api.frame.shapes import undo_of
from polyfolio.api.frame.throttles import SAFE
from polyfolio.audit.actions.changes import subject_type
from polyfolio.audit.queries import rows_of

VARY = "Authorization, Cookie, Accept-Language"
KEPT_ON_304 = ("ETag", "Cache-Control", "Vary", "Last-Modified")

Run = Callable[..., HttpResponseBase]


def version_of(record: models.Model) -> str:
    """The newest row that the log has of a record; what it holds, where the log has none. One query."""
    newest = rows_of(subject_type(record), record.pk).values_list("pk", flat=True).first()
    if newest is not None:
        return f"{newest:x}"
    values = [str(getattr(record, field.attname)) for field in record._meta.concrete_fields]
    return f"v{blake2b(repr(values).encode(), digest_size=6).hexdigest()}"


def require_unchanged(request: ApiRequest) -> None:
    """Hold the record that the address names and raise OvertakenError unless `If-Match` names how it stands."""
    condition = request.headers.get("If-Match")
    if condition is None or request.method in SAFE or not isinstance(request.found, models.Model):
        return
    tags = parse_etags(condition)
    if tags == ["*"]:
        return
    rows: Any = type(request.found)._default_manager
    standing = rows.select_for_update(of=("self",)).filter(pk=request.found.pk).first()
    version = version_of(standing or request.found)
    if version not in {tag.removeprefix("W/").strip('"').partition("-")[0] for tag in tags}:
        raise OvertakenError


def conditional(run: Run) -> Run:
    """Run a route with its conditions: one transaction where `If-Match` is given, 304 where the caller has it."""

    @functools.wraps(run)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE or "If-Match" not in request.headers:
            return finish(request, run(request, *args, **kwargs))
        with transaction.atomic():
            response = run(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return finish(request, response)

    return answer


def finish(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response["Vary"] = VARY
    response["Cache-Control"] = "private, no-cache"
    change = getattr(request, "change", None)
    if change is not None:
        response["Link"] = f'<{undo_of(change.pk).href}>; rel="undo"'
    if not isinstance(response, HttpResponse) or response.status_code not in {200, 201}:
        return response
    _stamp(request, response)
    if request.method in SAFE and _is_known(request, response["ETag"]):
        return _not_modified(response)
    return response


def _stamp(request: HttpRequest, response: HttpResponse) -> None:
    record = getattr(request, "found", None)
    version = version_of(record) if isinstance(record, models.Model) and record.pk else "0"
    response["ETag"] = f'W/"{version}-{blake2b(response.content, digest_size=9).hexdigest()}"'
    changed = getattr(record, "updated_at", None)
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())


def _is_known(request: HttpRequest, tag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or tag.removeprefix("W/") in {each.removeprefix("W/") for each in known}


def _not_modified(response: HttpResponse) -> HttpResponse:
    unchanged = HttpResponseNotModified()
    for name in KEPT_ON_304:
        if name in response:
            unchanged[name] = response[name]
    return unchanged
