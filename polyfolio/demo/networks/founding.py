"""Founding an example network: its name and intent as the texts have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polyfolio.demo import files
from polyfolio.demo.cast import Cast
from polyfolio.demo.making import NOW, themes_by_slug
from polyfolio.network.actions import networks
from polyfolio.network.models import Network
from polyfolio.people.choices import Visibility


def found(code: str, cast: Cast) -> Network:
    """The network `partners`, `city_hub` or `mission`, without anybody in it yet."""
    told: Mapping[str, Any] = next(each for each in files.document("networks")["network"] if each["code"] == code)
    themes = themes_by_slug()
    return networks.create(
        slug=told["slug"],
        title=told["title"],
        acronym=told["acronym"],
        intent={"en": told["intent"]},
        themes=[themes[slug] for slug in told["themes"] if slug in themes],
        visibility=Visibility.PUBLIC,
        by=cast.maker,
        at=NOW,
    )


def programmes() -> list[Mapping[str, Any]]:
    """The partner network's six programmes."""
    listed: list[Mapping[str, Any]] = files.document("networks")["programme"]
    return listed
