"""Suggestions for forms that ask for a record by name."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase

from polyfolio.web.choosing.kinds import SHOWN, kind_of, words_of
from polyfolio.web.pages import PageRequest, show, signed_in


@signed_in(methods=["GET"])
def choices(request: PageRequest, kind: str) -> HttpResponseBase:
    """The likeliest records for what stands in the input named by `?for=`, as options of its list."""
    try:
        found = kind_of(kind)
    except KeyError:
        raise Http404 from None
    words = request.GET.get(request.GET.get("for", "q"), "").strip()
    rows = list(found.named(request.user, words))[:SHOWN] if len(words) >= 2 else []
    return show(request, "forms/_choices.html", {"options": [words_of(found, row) for row in rows]})
