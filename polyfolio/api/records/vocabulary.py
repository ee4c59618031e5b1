"""Words that records share: themes, code lists, SDG labels, and what fields may hold."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet

from polyfolio.api.frame.params import says
from polyfolio.api.frame.requests import ApiRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.schemas.vocabulary import (
    ChoiceShape,
    ChoicesShape,
    CodeListShape,
    SdgGoalShape,
    SdgTargetShape,
    ThemeShape,
    code_list_shape,
    code_shape,
    theme_shape,
)
from polyfolio.api.words import CHOICES
from polyfolio.vocabulary import sdgs
from polyfolio.vocabulary.models import Code, CodeList, Theme

routes = Routes(
    "Words", "What records share: themes, code lists, SDG goals and targets, and the words that fields may hold."
)


def find_theme(_user: Any, slug: str) -> Theme:
    return Theme.objects.select_related("parent").get(slug=slug)


def find_code_list(_user: Any, name: str) -> CodeList:
    return CodeList.objects.get(name=name)


@routes.list("/themes", shape=theme_shape, sorts={"label": ("label",), "slug": ("slug",)})
def themes(_request: ApiRequest, q: Annotated[str, says("Letters of a name.", max_length=200)] = "") -> QuerySet[Theme]:
    """All themes."""
    rows = Theme.objects.select_related("parent")
    return rows.filter(label__icontains=q) if q else rows


@routes.get("/themes/{slug:slug}", find=find_theme)
def theme(_request: ApiRequest, theme: Theme) -> ThemeShape:
    """One theme."""
    return theme_shape(theme)


@routes.list("/code-lists", shape=code_list_shape, sorts={"name": ("name",)})
def code_lists(_request: ApiRequest) -> QuerySet[CodeList]:
    """The code lists that were loaded."""
    return CodeList.objects.all()


@routes.get("/code-lists/{name}", find=find_code_list)
def code_list(_request: ApiRequest, code_list: CodeList) -> CodeListShape:
    """One code list."""
    return code_list_shape(code_list)


@routes.list(
    "/code-lists/{name}/codes",
    find=find_code_list,
    shape=code_shape,
    sorts={"code": ("code",), "label": ("label",)},
)
def codes(
    _request: ApiRequest,
    code_list: CodeList,
    q: Annotated[str, says("Letters of a code or name.", max_length=200)] = "",
    category: Annotated[str, says("Only of this category.", max_length=80)] = "",
) -> QuerySet[Code]:
    """The codes of a list."""
    rows = code_list.codes.all()
    rows = rows.filter(category=category) if category else rows
    return rows.filter(label__icontains=q) | rows.filter(code__icontains=q) if q else rows


@routes.get("/sdgs")
def goals(_request: ApiRequest) -> list[SdgGoalShape]:
    """The 17 SDG goals and their 169 targets, in a few words of our own."""
    return [
        SdgGoalShape(
            number=goal.number,
            label=goal.texts,
            targets=[SdgTargetShape(code=each.code, label=each.texts) for each in sdgs.targets(goal.number)],
        )
        for goal in sdgs.goals()
    ]


@routes.get("/choices")
def choices(_request: ApiRequest) -> list[ChoicesShape]:
    """Every word that a field may hold, with how it reads in your language (`Accept-Language`)."""
    return [
        ChoicesShape(name=name, choices=[ChoiceShape(value=value, label=str(label)) for value, label in kind.choices])
        for name, kind in CHOICES.items()
    ]
