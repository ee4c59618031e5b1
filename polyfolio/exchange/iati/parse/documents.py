"""Links to documents, wherever they may stand."""

from __future__ import annotations

from datetime import date

from lxml import etree

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.file.markup import children
from polyfolio.exchange.iati.parse import values
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.exchange.iati.parse.texts import language_code, names, texts
from polyfolio.lib.texts import Texts


def document_link(ctx: Context, element: etree._Element) -> data.DocumentLink:
    titles: Texts = {}
    descriptions: Texts = {}
    categories: list[str] = []
    languages: list[str] = []
    published_on: date | None = None
    for child in children(element):
        tag = child.tag
        if tag == "title":
            titles = names(ctx, child)
        elif tag == "description":
            descriptions = texts(ctx, child)
        elif tag == "category":
            categories.append(values.code(ctx, child, "code", "DocumentCategory"))
        elif tag == "language":
            languages += _language(ctx, child)
        elif tag == "document-date":
            published_on = values.day(ctx, child)
    url = element.get("url")
    if not (url or "").strip():
        ctx.report(element, "attribute-missing", attribute="url")
    return data.DocumentLink(
        values.address(ctx, element, url),
        values.code(ctx, element, "format", "FileFormat"),
        titles,
        descriptions,
        tuple(category for category in categories if category),
        tuple(languages),
        published_on,
    )


def _language(ctx: Context, element: etree._Element) -> list[str]:
    written = (element.get("code") or "").strip()
    return [language_code(ctx, element, written)] if written else []
