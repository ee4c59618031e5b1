"""What every page is made of: who may, the record or 404, the answer as a page, a fragment or a file.

A view is declared with one of three decorators, so that a route without a say on who may is a test failure:

    @public(find=organisations.find)          anybody, as far as they may see the record
    @signed_in()                              whoever has an account
    @page("network.change_organisation", find=organisations.find)

`find(user, **what the address holds)` is a query; where it finds nothing the answer is 404, where the
rule says no it is 403, and where the record has moved it is the new address.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.lifecycles import TransitionError
from polyfolio.lib.refusals import MovedError, RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import NotAllowedError, may

PER_PAGE = 50

Find = Callable[..., Any]


class PageRequest(HttpRequest):
    """A request as it reaches our pages: with what htmx said about it."""

    htmx: HtmxDetails


class OurRequest(PageRequest):
    """A request of somebody who is signed in."""

    user: User


@dataclass(frozen=True)
class WhoMay:
    """What a route declares: everybody (`public`), whoever is signed in, or those for whom a verb is allowed."""

    kind: str
    verb: str = ""
    methods: tuple[str, ...] = ("GET", "HEAD", "POST")


View = Callable[..., HttpResponseBase]


def public(*, find: Find | None = None, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Anybody may open this page; with `find`, as far as they may see the record."""
    return _declare(WhoMay("public", methods=_methods(methods)), find)


def signed_in(*, find: Find | None = None, methods: Sequence[str] = ("GET", "POST")) -> Callable[[View], View]:
    """Whoever is signed in may open this page; others are asked to sign in and come back."""
    return _declare(WhoMay("signed_in", methods=_methods(methods)), find)


def page(verb: str, *, find: Find | None = None, methods: Sequence[str] = ("GET", "POST")) -> Callable[[View], View]:
    """Those who may do `verb` to what `find` finds (or to nothing in particular) may open this page."""
    return _declare(WhoMay("verb", verb, _methods(methods)), find)


def _methods(methods: Sequence[str]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods else tuple(methods)


def _declare(who: WhoMay, find: Find | None) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: PageRequest, **address: Any) -> HttpResponseBase:
            if request.method not in who.methods:
                return HttpResponseNotAllowed(who.methods)
            if who.kind == "signed_in" and not request.user.is_authenticated:
                return _sign_in_first(request)
            return _answer(request, view, who, find, address)

        answer.who_may = who  # type: ignore[attr-defined]  # read by the house tests
        return answer

    return decorate


def _answer(
    request: PageRequest, view: View, who: WhoMay, find: Find | None, address: dict[str, Any]
) -> HttpResponseBase:
    record: Any = None
    try:
        if find is not None:
            record = find(request.user, **address)
        if who.kind == "verb" and not may(request.user, who.verb, record):
            return forbidden(request, record)
        answer: HttpResponseBase = view(request, record) if find is not None else view(request, **address)
    except MovedError as moved:
        return _moved(request, moved, address)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except NotAllowedError:
        return forbidden(request, record)
    return answer


def _sign_in_first(request: PageRequest) -> HttpResponseBase:
    sign_in = redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
    return _elsewhere(request, sign_in)


def _moved(request: PageRequest, moved: MovedError, address: dict[str, Any]) -> HttpResponseBase:
    """The same page of what the record became."""
    match = request.resolver_match
    if match is None or "slug" not in address:
        return HttpResponsePermanentRedirect(resolve_url(moved.record))
    new_address = address | {"slug": moved.record.slug}
    return HttpResponsePermanentRedirect(resolve_url(match.view_name, **new_address))


def _elsewhere(request: PageRequest, response: HttpResponseRedirect) -> HttpResponseBase:
    """A redirect that moves the whole page, also where a fragment was asked for."""
    if not is_fragment(request):
        return response
    answer = HttpResponse(status=200)
    answer["HX-Redirect"] = response.url
    return answer


def forbidden(request: PageRequest, record: Any = None) -> HttpResponseBase:
    """403 with whom to ask; somebody not signed in is asked to sign in first."""
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    return HttpResponse(render_to_string("403.html", {"record": record}, request), status=403)


# Answering --------------------------------------------------------------------------------------


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of the page (not for a whole one by a boosted link or the back button)."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(htmx) and not (htmx is not None and (htmx.boosted or htmx.history_restore_request))


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or only its `fragment` template where htmx asked for a part. A form with errors answers 422."""
    context = context or {}
    form = context.get("form")
    if status == 200 and isinstance(form, BaseForm) and form.is_bound and form.errors:
        status = 422
    name = fragment if fragment and is_fragment(request) else template
    response = HttpResponse(render_to_string(name, context, request), status=status)
    response["Vary"] = "HX-Request"
    return response


def go(request: PageRequest, to: Any, **address: Any) -> HttpResponseBase:
    """On to another page (a route's name with its `address`, a record, or a path) after an action."""
    return _elsewhere(request, redirect(to, **address))


def say(
    request: HttpRequest, sentence: Any, *, undo: AuditRecord | str | None = None, is_problem: bool = False
) -> None:
    """A toast on the next page; with `undo` (a log row, or an address), one that takes that change back."""
    address = reverse("undo", args=[undo.pk]) if isinstance(undo, AuditRecord) else undo
    tags = f"undo:{address}" if address else ""
    level = messages.ERROR if is_problem else messages.SUCCESS
    messages.add_message(request, level, str(sentence), extra_tags=tags)


def paginate(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of `rows` that `?page=` asks for; a page that does not exist becomes the nearest one."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


class refusals_in:  # noqa: N801  # reads as a sentence: with refusals_in(form)
    """What an action refuses inside becomes an error of the form, beside the field it is about."""

    def __init__(self, form: BaseForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, RefusedError):
            field = error.field if error.field in self.form.fields else None
            self.form.add_error(field, str(error))
        elif isinstance(error, TransitionError):
            self.form.add_error(None, str(error))
        elif isinstance(error, ValidationError):
            _add_validation(self.form, error)
        else:
            return False
        return True


def _add_validation(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.error_dict.items():
        form.add_error(name if name in form.fields else None, problems)
