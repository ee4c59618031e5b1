"""Portfolios: why one exists, what belongs into it, who acts for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from polyfolio.api.frame.naming import maybe_ref, refs
from polyfolio.api.frame.shapes import (
    Given,
    GivenTexts,
    Id,
    IdRef,
    Ref,
    Shape,
    Slug,
    Stamps,
    Texts,
    address,
    id_ref,
    ref,
    stamps,
)
from polyfolio.network.choices import Capacity
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import PortfolioStatus
from polyfolio.portfolios.models import IntentVersion, Portfolio, PortfolioRole, Position, ScopeStatement


class PortfolioShape(Stamps):
    """Connected initiatives with one intent."""

    slug: str
    href: str
    network: Ref
    title: Texts
    label: str
    intent: Texts
    north_star: Texts = Field(description="The outcome by which it would know that it has reached its intent.")
    frame_before: Texts
    frame_after: Texts
    status: PortfolioStatus
    visibility: Visibility
    vocabulary: list[Any] = Field(description="Its words, and other actors' words for the same thing.")
    parents: list[Ref] = Field(description="Portfolios that it stands in, as far as you see them.")
    children: list[Ref] = Field(description="Portfolios that stand in it, as far as you see them.")
    themes: list[Ref]


class WordGiven(Given):
    """A word of the portfolio, what it means here, and what others call it."""

    word: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    meaning: str = Field("", max_length=2000)
    others: list[Annotated[str, StringConstraints(max_length=200)]] = Field([], max_length=50)


class PortfolioGiven(Given):
    """What can be said of a portfolio; its intent has an address of its own, which asks for the reason."""

    title: GivenTexts = {}
    status: PortfolioStatus = PortfolioStatus.FORMING
    visibility: Visibility = Visibility.NETWORK
    vocabulary: list[WordGiven] = Field([], max_length=500)
    parents: list[Slug] = Field([], max_length=50)
    themes: list[Slug] = Field([], max_length=200)


class NewPortfolioGiven(PortfolioGiven):
    """A portfolio to begin, from a search where `initiatives` is what it found."""

    title: GivenTexts
    intent: GivenTexts = {}
    north_star: GivenTexts = {}
    frame_before: GivenTexts = {}
    frame_after: GivenTexts = {}
    initiatives: list[Slug] = Field([], max_length=5000)


class IntentGiven(Given):
    """The intent in new words, and why."""

    intent: GivenTexts = {}
    north_star: GivenTexts = {}
    frame_before: GivenTexts = {}
    frame_after: GivenTexts = {}
    reason: str = Field("", max_length=5000, description="Asked for once something stood there.")


class IntentVersionShape(Shape):
    """What the intent said until it was changed, and why it was."""

    id: int
    intent: Texts
    north_star: Texts
    frame_before: Texts
    frame_after: Texts
    reason: str
    written_at: datetime


class StatementShape(Shape):
    """Somebody's statement of what belongs into a portfolio and what does not."""

    id: int
    href: str
    text: Texts
    author: str
    stated_on: date


class StatementGiven(Given):
    text: GivenTexts
    author: str = Field("", max_length=200, description="You, where it is left out.")
    stated_on: date | None = Field(None, description="Today, where it is left out.")


class PositionShape(Shape):
    """A strategic place to learn: a hypothesis, and the question that initiatives there answer."""

    id: int
    href: str
    title: Texts
    label: str
    hypothesis: Texts
    learning_question: Texts
    position: int


class PositionGiven(Given):
    """Fields that are left out stay as they are."""

    title: GivenTexts = {}
    hypothesis: GivenTexts = {}
    learning_question: GivenTexts = {}


class NewPositionGiven(PositionGiven):
    title: GivenTexts


class PortfolioRoleShape(Shape):
    """Somebody acts for a portfolio, in a capacity and for a time."""

    id: int
    href: str
    organisation: Ref | None
    person: IdRef | None
    capacity: Capacity
    since_on: date
    until_on: date | None


class PortfolioRoleGiven(Given):
    """Somebody to act for a portfolio: a person, an organisation, or both."""

    capacity: Capacity
    person: Id | None = None
    organisation: Slug | None = None
    since_on: date | None = None
    until_on: date | None = None


class RoleEndGiven(Given):
    until_on: date | None = Field(None, description="The last day; today where it is left out.")


def portfolio_shape(portfolio: Portfolio) -> PortfolioShape:
    """Its parents and children are prefetched as far as the reader sees them."""
    return PortfolioShape(
        **stamps(portfolio),
        slug=portfolio.slug,
        href=address("portfolios", portfolio.slug),
        network=ref("networks", portfolio.network),
        title=portfolio.title,
        label=portfolio.label,
        intent=portfolio.intent,
        north_star=portfolio.north_star,
        frame_before=portfolio.frame_before,
        frame_after=portfolio.frame_after,
        status=PortfolioStatus(portfolio.status),
        visibility=Visibility(portfolio.visibility),
        vocabulary=portfolio.vocabulary,
        parents=refs("portfolios", portfolio.parents.all()),
        children=refs("portfolios", portfolio.children.all()),
        themes=refs("themes", portfolio.themes.all()),
    )


def version_shape(version: IntentVersion) -> IntentVersionShape:
    names = ("intent", "north_star", "frame_before", "frame_after", "reason", "written_at")
    return IntentVersionShape.model_validate({"id": version.pk} | {name: getattr(version, name) for name in names})


def statement_shape(statement: ScopeStatement) -> StatementShape:
    return StatementShape(
        id=statement.pk,
        href=address("scope-statements", statement.pk),
        text=statement.text,
        author=statement.author,
        stated_on=statement.stated_on,
    )


def position_shape(position: Position) -> PositionShape:
    return PositionShape(
        id=position.pk,
        href=address("positions", position.pk),
        title=position.title,
        label=position.label,
        hypothesis=position.hypothesis,
        learning_question=position.learning_question,
        position=position.position,
    )


def portfolio_role_shape(role: PortfolioRole) -> PortfolioRoleShape:
    return PortfolioRoleShape(
        id=role.pk,
        href=address("portfolio-roles", role.pk),
        organisation=maybe_ref("organisations", role.organisation),
        person=id_ref("persons", role.person) if role.person is not None else None,
        capacity=Capacity(role.capacity),
        since_on=role.since_on,
        until_on=role.until_on,
    )
