"""Names of codes, kept in memory between requests."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import lru_cache

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import get_language

from polyfolio.lib.texts import Texts, best_text
from polyfolio.vocabulary.models import Code, Theme

GENERATION = "code-lists:generation"


def code_label(code_list: str, code: str, language: str | None = None) -> str:
    """The name of a code in `language` (the reader's where None); the code itself where the list does not have it."""
    texts = codes_of(code_list).get(code)
    return best_text(texts, (language or get_language() or "en",)) or code if texts else code


def codes_of(code_list: str) -> Mapping[str, Texts]:
    """Every code of a list with its names; one query a process, until a list is loaded again."""
    return _codes_of(code_list, _generation())


def _generation() -> str:
    """A word that changes whenever a list is loaded, in every process."""
    known: str | None = cache.get(GENERATION)
    if known is None:
        known = secrets.token_hex(8)
        cache.add(GENERATION, known, None)
        known = str(cache.get(GENERATION, known))
    return known


@lru_cache(maxsize=200)
def _codes_of(code_list: str, generation: str) -> Mapping[str, Texts]:  # noqa: ARG001  # part of the key
    return dict(Code.objects.filter(code_list__name=code_list).values_list("code", "title"))


def themes() -> QuerySet[Theme]:
    """All themes by name, each with its parent."""
    return Theme.objects.select_related("parent").order_by("label", "pk")
