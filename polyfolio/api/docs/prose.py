"""The little marking that descriptions use, as safe HTML: paragraphs, `code`, **strong**, *stressed*."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MARK = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*")
TAGS = ("code", "strong", "em")


def prose(text: str) -> SafeString:
    """Each paragraph of `text` as one of HTML; nothing in it is taken for HTML."""
    paragraphs = [part.replace("\n", " ") for part in text.split("\n\n") if part.strip()]
    return format_html_join("\n", "<p>{}</p>", ((line(part),) for part in paragraphs))


def line(text: str) -> SafeString:
    parts: list[tuple[SafeString | str]] = []
    end = 0
    for match in MARK.finditer(text):
        parts.append((text[end : match.start()],))
        tag, inside = next((tag, group) for tag, group in zip(TAGS, match.groups(), strict=True) if group)
        parts.append((format_html("<{0}>{1}</{0}>", tag, inside),))
        end = match.end()
    parts.append((text[end:],))
    return format_html_join("", "{}", parts)
