"""The addresses of the API. What is none of them is refused in its own words, never with a page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from polyfolio.api.frame.gates import PUBLIC
from polyfolio.api.frame.problems import of_missing, one
from polyfolio.api.service import service

View = Callable[..., HttpResponseBase]


def spoken(view: View) -> View:
    """A view of ninja's that answers HEAD, and refuses a method or an unreadable body as everything else is refused."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        try:
            response = view(request, *args, **kwargs)
        except (BadRequest, SuspiciousOperation, MultiPartParserError):
            response = one(400, _("This body cannot be read."), _("Send it as the document says."), loc=("body",))
        except Http404 as missing:
            response = of_missing(request, missing)
        if response.status_code == 405:
            response = _not_allowed(response)
        return _without_body(response) if is_head else response

    return answer


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    return of_missing(request, LookupError())


unknown.who_may = PUBLIC  # type: ignore[attr-defined]  # read by the house tests


def _not_allowed(response: HttpResponseBase) -> HttpResponse:
    allowed = {each.strip() for each in response["Allow"].split(",")}
    refused = one(405, _("This address does not take this method."), _("Use one of “Allow”."))
    refused["Allow"] = ", ".join(sorted(allowed | ({"HEAD"} if "GET" in allowed else set())))
    return refused


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _spoken(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = spoken(pattern.callback)
    return patterns


app_name = "api"
urlpatterns = [*_spoken(service.urls[0]), re_path(r"^[\s\S]*$", unknown, name="unknown")]
