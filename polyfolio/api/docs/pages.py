"""The page that explains the API, rendered here: no scripts, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from polyfolio.api.docs.guide import groups, shapes
from polyfolio.api.docs.prose import prose


class Guide(DocsBase):
    """`/api/v1/docs`: every call in its group, with an example that can be copied."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **_address: Any) -> HttpResponse:
        document = api.get_openapi_schema()
        context = {
            "about": prose(document["info"]["description"]),
            "groups": groups(document, settings.POLYFOLIO_PUBLIC_URL),
            "shapes": shapes(document),
            "version": document["info"]["version"],
        }
        return render(request, "api/docs.html", context)
