"""The living style page: every component and picture with sample data, for those who build pages."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from polyfolio.web.pages import PageRequest, public, show
from polyfolio.web.styleguide.samples import everything


@public()
def styleguide(request: PageRequest) -> HttpResponseBase:
    return show(request, "styleguide.html", everything())
