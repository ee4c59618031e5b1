"""Themes and code lists."""

from __future__ import annotations

from itertools import count
from typing import Any

from polyfolio.vocabulary.models import Code, CodeList, Theme

_numbers = count(1)


def make_theme(**fields: Any) -> Theme:
    number = next(_numbers)
    return Theme.objects.create(**({"slug": f"theme-{number}", "title": {"en": f"Theme {number}"}} | fields))


def make_code(code_list: str = "Sector", code: str = "11110", **fields: Any) -> Code:
    holder, _is_new = CodeList.objects.get_or_create(name=code_list, defaults={"title": {"en": code_list}})
    return Code.objects.create(code_list=holder, code=code, **({"title": {"en": f"Code {code}"}} | fields))
