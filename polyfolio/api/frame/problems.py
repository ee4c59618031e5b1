"""How a refusal reads: what it is about, what is wrong, and what to do. One body for every kind of refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from ninja.errors import HttpError, Throttled
from ninja.errors import ValidationError as ShapeError
from pydantic import Field

from polyfolio.api.frame.shapes import Shape
from polyfolio.lib.lifecycles import TransitionError
from polyfolio.lib.refusals import MovedError, RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions.admissions import ChecklistOpenError
from polyfolio.portfolios.actions.parts import TooManyGoalsError

Loc = tuple[str | int, ...]
# What our views call a whole body or a set of filters; no caller ever wrote these words.
OURS = frozenset({"given", "filters", "asked"})


class Problem(Shape):
    """One thing that is wrong."""

    loc: list[str | int] = Field(
        description="Where it stands: `body`, `query`, `path` or `header`, then the way to the field.",
        examples=[["body", "title"]],
    )
    message: str = Field(description="What is wrong.", examples=["Give it a title in at least one language."])
    remedy: str = Field(description="What to do.", examples=["Change this value and send it again."])


class Problems(Shape):
    """Why a request was refused. Nothing was changed."""

    detail: list[Problem]


class ProblemError(Exception):
    """A refusal that the API itself makes."""

    def __init__(self, status: int, message: StrOrPromise, remedy: StrOrPromise, *, loc: Loc = ()) -> None:
        super().__init__(str(message))
        self.status = status
        self.problem = Problem(loc=list(loc), message=str(message), remedy=str(remedy))


class UnknownCallerError(ProblemError):
    """Nobody is signed in, or the token is not (or no longer) good."""

    def __init__(self, message: StrOrPromise) -> None:
        remedy = _("Send “Authorization: Bearer …” with a token of your account, or sign in.")
        super().__init__(401, message, remedy, loc=("header", "Authorization"))


class ReadOnlyTokenError(ProblemError):
    def __init__(self) -> None:
        super().__init__(
            403,
            _("This token may read, not write."),
            _("Use a token that may write."),
            loc=("header", "Authorization"),
        )


class OvertakenError(ProblemError):
    """The record is not what the caller read any more."""

    def __init__(self) -> None:
        super().__init__(
            412,
            _("Somebody has changed this since you read it."),
            _("Read it again, and send your change with its new ETag."),
            loc=("header", "If-Match"),
        )


class NotFoundError(ProblemError):
    """Something named in the body or the query is not there, or not to be seen by the caller."""

    def __init__(self, loc: Loc, name: object) -> None:
        super().__init__(
            422,
            _("There is no “%s”, or you may not see it.") % name,
            _("Look for its name in addresses in the list of its kind."),
            loc=loc,
        )


CHANGE_IT = gettext_lazy("Change this value and send it again.")
REMEDIES: dict[type[Exception], StrOrPromise] = {
    TooManyGoalsError: gettext_lazy("Keep the five goals that matter most as “other”, and leave the rest out."),
    ChecklistOpenError: gettext_lazy("Answer the open questions of the entry’s checklist with yes, then admit it."),
    TransitionError: gettext_lazy("Read the entry; it says which steps are possible now."),
}
BY_TYPE: dict[str, StrOrPromise] = {
    "missing": gettext_lazy("Add this field."),
    "extra_forbidden": gettext_lazy("Leave this field out, or correct its name."),
    "literal_error": gettext_lazy("Use one of the values that the message lists."),
    "enum": gettext_lazy("Use one of the values that the message lists."),
    "string_pattern_mismatch": gettext_lazy("Write it in the form that the message shows."),
    "date_from_datetime_parsing": gettext_lazy("Write a date as year-month-day, such as 2025-11-03."),
    "date_parsing": gettext_lazy("Write a date as year-month-day, such as 2025-11-03."),
    "datetime_from_date_parsing": gettext_lazy("Write an instant such as 2025-11-03T12:00:00Z."),
    "datetime_parsing": gettext_lazy("Write an instant such as 2025-11-03T12:00:00Z."),
}


def answer(status: int, problems: Iterable[Problem]) -> HttpResponse:
    body = orjson.dumps(Problems(detail=list(problems)).model_dump())
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")


def one(status: int, message: StrOrPromise, remedy: StrOrPromise, *, loc: Loc = ()) -> HttpResponse:
    return answer(status, [Problem(loc=list(loc), message=str(message), remedy=str(remedy))])


def of_problem(_request: HttpRequest, error: ProblemError) -> HttpResponse:
    response = answer(error.status, [error.problem])
    if error.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Polyfolio"'
    return response


def of_missing(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return one(404, _("There is nothing here, or you may not see it."), _("Check the address."), loc=("path",))


def of_denied(request: HttpRequest, error: NotAllowedError) -> HttpResponse:
    if not request.user.is_authenticated:
        return of_problem(request, UnknownCallerError(_("This needs somebody who is signed in.")))
    return one(403, _("You may not do this (%s).") % error, _("Ask whoever stewards it."))


def of_refusal(_request: HttpRequest, error: RefusedError | TransitionError) -> HttpResponse:
    """An action's no: 422 where it is about something sent, 409 where it is about how the record stands."""
    field = getattr(error, "field", None)
    remedy = next((REMEDIES[kind] for kind in type(error).__mro__ if kind in REMEDIES), None)
    if field is None:
        return one(409, str(error), remedy or _("Read the record again; it may have moved on."))
    return one(422, str(error), remedy or CHANGE_IT, loc=("body", field))


def of_shape(_request: HttpRequest, error: ShapeError) -> HttpResponse:
    """What does not fit the document: each place with what was expected there."""
    return answer(422, [_shape_problem(each) for each in error.errors])


def _shape_problem(found: Mapping[str, Any]) -> Problem:
    kind = str(found["type"])
    loc = [part for part in found["loc"] if part != "response"]
    if len(loc) > 2 and loc[1] in OURS:
        del loc[1]
    return Problem(loc=loc, message=str(found["msg"]), remedy=str(BY_TYPE.get(kind, CHANGE_IT)))


def of_validation(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A value that the record's own field refuses."""
    named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return answer(
        422,
        [
            Problem(loc=["body", name] if name and name != "__all__" else ["body"], message=each, remedy=str(CHANGE_IT))
            for name, messages in named.items()
            for each in messages
        ],
    )


def of_moved(request: HttpRequest, error: MovedError) -> HttpResponse:
    """The same address of what the record became."""
    response = one(308, _("This is part of “%s” now.") % error.record, _("Follow the address in “Location”."))
    match = request.resolver_match
    slug = match.kwargs.get("slug", "") if match is not None else ""
    response["Location"] = request.get_full_path().replace(f"/{slug}", f"/{error.record.slug}", 1)
    return response


def of_clash(_request: HttpRequest, _error: IntegrityError) -> HttpResponse:
    return one(
        409,
        _("This contradicts something that stands there already."),
        _("Read what is there, and send what is new."),
    )


def of_size(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return one(413, _("This body is too large."), _("Send less at once."), loc=("body",))


def of_throttled(_request: HttpRequest, error: Throttled) -> HttpResponse:
    response = one(429, _("Too many requests in this minute."), _("Wait as many seconds as “Retry-After” says."))
    response["Retry-After"] = str(error.wait or 1)
    return response


def of_http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself says: a body that is no JSON, a session without its token against forgery."""
    remedy = _("Send JSON in UTF-8, without NaN and NUL.") if error.status_code == 400 else _("Read the document.")
    return one(error.status_code, str(error), remedy, loc=("body",) if error.status_code == 400 else ())


HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (ProblemError, of_problem),
    (Http404, of_missing),
    (ObjectDoesNotExist, of_missing),
    (NotAllowedError, of_denied),
    (RefusedError, of_refusal),
    (TransitionError, of_refusal),
    (ShapeError, of_shape),
    (ValidationError, of_validation),
    (MovedError, of_moved),
    (IntegrityError, of_clash),
    (RequestDataTooBig, of_size),
    (Throttled, of_throttled),
    (HttpError, of_http),
)
