"""The front page, for everybody."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone

from polyfolio.web.home.pages import front
from polyfolio.web.pages import PageRequest, public, show


@public()
def home(request: PageRequest) -> HttpResponseBase:
    return show(request, "home/home.html", {"front": front(request.user, timezone.localdate())})
