from __future__ import annotations

import re

from django.test import Client

from polyfolio.api.docs.prose import prose
from polyfolio.api.service import service


def test_guide_shows_every_call_without_scripts(client: Client, db: None) -> None:
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    body = page[page.index("<main") : page.index("</main>")]

    missing = [
        operation["operationId"]
        for path in service.get_openapi_schema()["paths"].values()
        for operation in path.values()
        if f'id="{operation["operationId"]}"' not in body
    ]
    assert (response.status_code, missing) == (200, [])
    assert re.findall(r"<script|style=|hx-on|src=", body) == []


def test_prose_takes_nothing_for_html() -> None:
    assert prose("One `<b>` is **strong**.\nStill\n\n*two*") == (
        "<p>One <code>&lt;b&gt;</code> is <strong>strong</strong>. Still</p>\n<p><em>two</em></p>"
    )
