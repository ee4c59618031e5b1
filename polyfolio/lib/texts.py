"""A text that exists in several languages side by side: `{language: text}` with one fallback rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Texts = dict[str, str]

FALLBACK_LANGUAGES = ("en", "fr", "es")


def best_language(texts: Mapping[str, str], languages: Iterable[str] = ()) -> str | None:
    """The language to show: the reader's own in their order, then English, French, Spanish, then the first given."""
    for language in (*languages, *FALLBACK_LANGUAGES):
        short = language.split("-")[0].lower()
        if texts.get(language):
            return language
        if texts.get(short):
            return short
    return next((language for language, text in texts.items() if text), None)


def best_text(texts: Mapping[str, str] | None, languages: Iterable[str] = ()) -> str:
    """The text to show for `languages`, or an empty string where there is none."""
    if not texts:
        return ""
    language = best_language(texts, languages)
    return texts[language] if language is not None else ""


def clean_texts(texts: Mapping[str, str]) -> Texts:
    """The same texts without blank ones and with lower-case language codes."""
    return {language.lower(): text.strip() for language, text in texts.items() if text and text.strip()}
