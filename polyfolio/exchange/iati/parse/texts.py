"""Narratives: `{language: text}` of an element, as names (one line) or as texts (lines kept)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import partial

from lxml import etree

from polyfolio.exchange.iati.file.markup import LANGUAGE, children
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.lib.texts import Texts

NO_LANGUAGE = "und"
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}")
ESCAPED_TWICE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});")
MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
LONG_TEXT = 100_000


def texts(ctx: Context, element: etree._Element, *, is_name: bool = False) -> Texts:
    """The narratives below `element`. Two in one language: of a name the first counts, texts are set one under the
    other.
    """
    result: Texts = {}
    for child in children(element):
        if child.tag != "narrative":
            continue
        text = child.text or ""
        text = " ".join(text.split()) if is_name else text.strip()
        language = child.get(LANGUAGE)
        key = ctx.language if language is None else ctx.languages.get(language)
        # Spelled out for the usual case of a narrative about which there is nothing to say.
        if key is None or key in result or len(child) or "&" in text or "<" in text or len(text) > LONG_TEXT:
            _add(ctx, child, language, result, is_name=is_name)
        elif text:
            result[key] = text
    if not result and element.text and not element.text.isspace():
        _unwrapped(ctx, element, result, is_name=is_name)
    return result


names = partial(texts, is_name=True)


def first_names(ctx: Context, elements: Iterable[etree._Element]) -> Texts:
    """Names of an element that should stand once; where it is repeated, its languages together."""
    result: Texts = {}
    for element in elements:
        for language, text in names(ctx, element).items():
            if result.setdefault(language, text) != text:
                ctx.report(element, "language-twice", text, language=language)
    return result


def joined_texts(ctx: Context, elements: Iterable[etree._Element]) -> Texts:
    """Texts of elements that may repeat, set one under the other."""
    result: Texts = {}
    for element in elements:
        merge(result, texts(ctx, element))
    return result


def merge(into: Texts, more: Texts) -> None:
    for language, text in more.items():
        known = into.get(language)
        if known is None:
            into[language] = text
        elif text not in known:
            into[language] = f"{known}\n\n{text}"


def _unwrapped(ctx: Context, element: etree._Element, result: Texts, *, is_name: bool) -> None:
    """Text that stands without a narrative around it, as version 1 had it, is what version 2 forgets most often."""
    _add(ctx, element, element.get(LANGUAGE), result, is_name=is_name)
    if result:
        ctx.report(element, "narrative-missing", next(iter(result.values())))


def _add(ctx: Context, element: etree._Element, language: str | None, result: Texts, *, is_name: bool) -> None:
    text = element.text
    if len(element):
        text = "".join(str(part) for part in element.itertext())
        ctx.report(element, "markup-in-narrative", element[0].tag)
    if not text:
        return
    text = " ".join(text.split()) if is_name else text.strip()
    if not text:
        return
    if "&" in text or "<" in text or len(text) > LONG_TEXT:
        text = _odd_text(ctx, element, text)
    key = ctx.language if language is None else language_code(ctx, element, language)
    known = result.setdefault(key, text)
    if known is not text and known != text:
        if is_name:
            ctx.report(element, "language-twice", text, language=key)
        else:
            result[key] = f"{known}\n\n{text}"


def _odd_text(ctx: Context, element: etree._Element, text: str) -> str:
    if len(text) > LONG_TEXT:
        ctx.report(element, "text-very-long", text, length=len(text))
    if ESCAPED_TWICE.search(text):
        ctx.report(element, "escaped-twice", text)
        text = html.unescape(text).strip() or text
    found = MARKUP.search(text)
    if found:
        ctx.report(element, "markup-in-text", found[0])
    return text


def language_code(ctx: Context, element: etree._Element, language: str) -> str:
    """The language in lower case; the activity's own where what is written is none."""
    short = language.strip().lower().replace("_", "-")
    if not short:
        return ctx.language
    if LANGUAGE_CODE.fullmatch(short) is None or not short.isascii():
        ctx.report(element, "language-unreadable", language)
        return ctx.language
    if not ctx.codes.has("Language", short.partition("-")[0]):
        ctx.report(element, "language-unknown", language)
    else:
        ctx.languages[language] = short
    return short
