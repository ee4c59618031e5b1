"""The types that answers and requests are made of."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

ROOT = "/api/v1"
LARGEST_ID = 2**63 - 1
CENT = Decimal("0.01")

Item = TypeVar("Item")


class Shape(BaseModel):
    """Something that the API answers."""

    model_config = ConfigDict(frozen=True)


class Given(BaseModel):
    """Something that the API is given; what it does not know it refuses, so that a typo is no silent loss."""

    model_config = ConfigDict(extra="forbid")

    def given(self, *left_out: str) -> dict[str, Any]:
        """What was sent, and only that: a field that was left out stays as it is."""
        names = self.model_fields_set - set(left_out)
        return {name: getattr(self, name) for name in type(self).model_fields if name in names}


LanguageCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
GivenTexts = Annotated[
    dict[LanguageCode, Annotated[str, StringConstraints(max_length=100_000)]],
    Field(
        max_length=60,
        description="One text in several languages: language → text. A blank text takes its language away.",
        examples=[{"en": "A city that wastes nothing", "fr": "Une ville qui ne gaspille rien"}],
    ),
]
Texts = Annotated[
    dict[str, str],
    Field(
        description="One text in several languages: language → text.",
        examples=[{"en": "A city that wastes nothing", "fr": "Une ville qui ne gaspille rien"}],
    ),
]
Amount = Annotated[
    Decimal,
    PlainSerializer(lambda amount: format(amount, "f"), return_type=str),
    Field(description="A number as text, so that no digit is lost.", examples=["12500.00"]),
]
MoneyAmount = Annotated[
    Decimal,
    PlainSerializer(lambda amount: format(amount.quantize(CENT), "f"), return_type=str),
    Field(description="An amount of money as text; negative: a correction.", examples=["12500.00"]),
]
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,100}$"),
    Field(description="The name of a record in addresses.", examples=["night-buses-on-demand"]),
]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Country = Annotated[
    str,
    StringConstraints(pattern=r"^([A-Z]{2})?$"),
    Field(description="A country as ISO 3166 two letters; empty where it is not known.", examples=["SE"]),
]
Words = Annotated[str, StringConstraints(max_length=20_000)]


class Ref(Shape):
    """Another record, by its name and where it is."""

    slug: str = Field(description="Its name in addresses.", examples=["linden-workshops"])
    label: str = Field(description="What it is called, in the best language.", examples=["Linden Workshops"])
    href: str = Field(
        description="Where the API has it, as far as you may see it.",
        examples=["/api/v1/organisations/linden-workshops"],
    )


class IdRef(Shape):
    """Another record that has a number and no name in addresses."""

    id: int
    label: str
    href: str


class Page(Shape, Generic[Item]):
    """A part of a list: `total` rows match, these begin at `offset`. The `Link` header leads to the other parts."""

    total: int = Field(description="How many rows match.")
    limit: int
    offset: int
    items: list[Item]


class Undo(Shape):
    """How to take a change back."""

    method: str = "POST"
    href: str = Field(examples=["/api/v1/changes/4711/undo"])


class Removed(Shape):
    """What was taken away, and how to bring it back; without `undo` it is gone."""

    label: str
    undo: Undo | None = None


class Stamps(Shape):
    """What every kept record carries."""

    uid: str = Field(description="An id that stays the same wherever the record goes.")
    created_at: datetime
    updated_at: datetime


def address(*parts: object) -> str:
    """Where the API has something: `address("networks", "one-planet")` is `/api/v1/networks/one-planet`."""
    return "/".join((ROOT, *map(str, parts)))


def ref(kind: str, record: Any) -> Ref:
    """A named record (`kind` is its place in addresses: `organisations`)."""
    return Ref(slug=record.slug, label=str(record), href=address(kind, record.slug))


def id_ref(kind: str, record: Any) -> IdRef:
    return IdRef(id=record.pk, label=str(record), href=address(kind, record.pk))


def undo_of(change_id: int) -> Undo:
    return Undo(href=address("changes", change_id, "undo"))


def removed(record: object, change: Any = None) -> Removed:
    """The answer to a DELETE; `change` is the log row that undo takes back, where the action wrote one."""
    return Removed(label=str(record), undo=undo_of(change.pk) if change is not None else None)


def stamps(record: Any) -> dict[str, Any]:
    return {"uid": str(record.uid), "created_at": record.created_at, "updated_at": record.updated_at}
