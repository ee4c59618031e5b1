"""Countries by ISO 3166-1 alpha-2 code, named in the reader's language by Unicode's own data."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from polyfolio.lib.names import fold

# Territories that Unicode names and that are no country of ISO 3166-1, and groups of countries.
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


@cache
def _names(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    named = {str(code): str(called) for code, called in locale.territories.items()}
    return {code: called for code, called in named.items() if _may_be_country(code)}


def _may_be_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES


def country_name(code: str, language: str | None = None) -> str:
    """The country's name in `language` (the reader's where None); the code itself where it is none."""
    return _names(language or get_language() or "en").get(code.upper(), code)


def is_country(code: str) -> bool:
    return code in _names("en")


def choices(language: str | None = None) -> list[tuple[str, str]]:
    """(code, name) of every country, in the order of the reader's alphabet as far as folding gives it."""
    names = _names(language or get_language() or "en")
    return sorted(names.items(), key=lambda pair: fold(pair[1]))


def code_of(name: str) -> str | None:
    """The code of a country by its name in English, French or Spanish; None where no name fits."""
    wanted = fold(name.strip())
    for language in ("en", "fr", "es"):
        for code, called in _names(language).items():
            if fold(called) == wanted:
                return code
    return None
