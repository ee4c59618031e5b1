"""Filters that every template may use without loading anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils import formats
from django.utils.translation import get_language

from polyfolio.lib.tables import Column
from polyfolio.lib.texts import best_language, best_text
from polyfolio.people import queries, rules
from polyfolio.people.models import User
from polyfolio.vocabulary import sdgs
from polyfolio.vocabulary.countries import country_name

WHOM_SHOWN = 5

register = template.Library()


@register.filter
def text(texts: Mapping[str, str] | None) -> str:
    """The text in the reader's language, else by the fallback rule."""
    return best_text(texts, (get_language() or "en",))


@register.filter
def text_language(texts: Mapping[str, str] | None) -> str:
    """The language of what `text` shows, for the `lang` attribute."""
    return best_language(texts or {}, (get_language() or "en",)) or "en"


@register.simple_tag
def whom_to_ask(record: Any) -> QuerySet[User]:
    """Who looks after `record`, else the administrators, for pages that say no."""
    return queries.stewards_of(record)[:WHOM_SHOWN]


@register.simple_tag
def demo_users() -> QuerySet[User]:
    """Accounts for one-click sign-in on a demo; none anywhere else."""
    return queries.demo_users()


@dataclass(frozen=True)
class Cell:
    """One cell of a list: what it shows, and the page it opens where the row has one."""

    value: Any
    href: str


@register.simple_tag
def cell(column: Column[Any], row: Any) -> Cell:
    """A column's value of a row, as people read it."""
    value = column.value(row)
    if isinstance(value, datetime | date):
        value = formats.date_format(value, "DATE_FORMAT")
    elif isinstance(value, list | tuple | set):
        value = ", ".join(str(each) for each in value)
    href = column.href(row) if column.href is not None else ""
    return Cell("" if value is None else value, href)


@register.simple_tag(takes_context=True)
def may(context: Context, verb: str, record: Any = None) -> bool:
    """Whether whoever reads the page may do `verb` to `record`."""
    request = context.get("request")
    return isinstance(request, HttpRequest) and rules.may(request.user, verb, record)


@register.filter
def getlist(query: QueryDict, name: str) -> list[str]:
    """Every value of one name in the address."""
    return query.getlist(name)


@register.filter
def country(code: str) -> str:
    """The country's name in the reader's language."""
    return country_name(code) if code else ""


@register.filter
def sdg(mention: Any) -> str:
    """A goal or target with its number and our own short label, in the reader's language."""
    if mention.target:
        return f"{mention.target} {sdgs.target_label(mention.target)}"
    return f"{mention.goal} {sdgs.goal_label(mention.goal)}"


@register.filter
def spaced(code: str) -> str:
    """A code as words: `regulatory_sandbox` reads regulatory sandbox."""
    return code.replace("_", " ")


@register.filter
def sdg_target(code: str) -> str:
    """A target's code with our own short label."""
    return f"{code} {sdgs.target_label(code)}"
