"""Themes, code lists, SDG labels and the words of choices."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from polyfolio.api.frame.shapes import Ref, Shape, Texts, ref
from polyfolio.vocabulary.models import Code, CodeList, Theme


class ThemeShape(Shape):
    """A subject that initiatives and organisations work on."""

    slug: str
    title: Texts
    label: str
    description: Texts
    parent: Ref | None
    synonyms: list[str]


class CodeListShape(Shape):
    """A list of codes that somebody else publishes."""

    name: str = Field(examples=["Sector"])
    title: Texts
    label: str
    source: str
    loaded_at: datetime


class CodeShape(Shape):
    """One entry of a code list, with its names as the publisher gives them."""

    code: str = Field(examples=["11110"])
    title: Texts
    description: Texts
    category: str
    is_active: bool


class SdgTargetShape(Shape):
    """One of the 169 targets, in a few words of our own."""

    code: str = Field(examples=["12.5"])
    label: Texts


class SdgGoalShape(Shape):
    """One of the 17 goals, in a few words of our own, with its targets."""

    number: int = Field(examples=[12])
    label: Texts
    targets: list[SdgTargetShape]


class ChoiceShape(Shape):
    """One word that a field may hold, and how it reads in your language."""

    value: str
    label: str


class ChoicesShape(Shape):
    """A set of such words, by the name under which the document speaks of it."""

    name: str = Field(examples=["initiative_status"])
    choices: list[ChoiceShape]


def theme_shape(theme: Theme) -> ThemeShape:
    return ThemeShape(
        slug=theme.slug,
        title=theme.title,
        label=theme.label,
        description=theme.description,
        parent=ref("themes", theme.parent) if theme.parent is not None else None,
        synonyms=[str(each) for each in theme.synonyms],
    )


def code_list_shape(code_list: CodeList) -> CodeListShape:
    return CodeListShape(
        name=code_list.name,
        title=code_list.title,
        label=code_list.label,
        source=code_list.source,
        loaded_at=code_list.loaded_at,
    )


def code_shape(code: Code) -> CodeShape:
    return CodeShape(
        code=code.code,
        title=code.title,
        description=code.description,
        category=code.category,
        is_active=code.is_active,
    )
