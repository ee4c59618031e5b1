"""Money and results of initiatives, as they were reported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from polyfolio.api.frame.shapes import Amount, Given, GivenTexts, MoneyAmount, Ref, Shape, Slug, Texts, ref
from polyfolio.funding.choices import BudgetKind, BudgetStatus, MoneyFlow, TransactionKind
from polyfolio.funding.models import Budget, PlannedDisbursement, Transaction
from polyfolio.reporting.choices import ResultLevel, ValueKind
from polyfolio.reporting.models import Indicator, IndicatorValue, Result

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(description="ISO 4217.", examples=["EUR"])]
GivenAmount = Annotated[
    Decimal,
    Field(
        max_digits=18,
        decimal_places=2,
        description="A number, best as text; a correction is negative.",
        examples=["12500.00"],
    ),
]


class TransactionShape(Shape):
    """Money that was promised, moved or spent on a day. A negative amount is a correction."""

    amount: MoneyAmount
    currency: str
    value_on: date | None = Field(description="The day at whose rate it would be converted.")
    kind: TransactionKind
    made_on: date | None
    reference: str
    provider: Ref | None
    provider_name: str
    receiver: Ref | None
    receiver_name: str
    description: Texts
    is_humanitarian: bool


class BudgetShape(Shape):
    """Money planned over a period; original and revised ones are never added together."""

    amount: MoneyAmount
    currency: str
    value_on: date | None
    kind: BudgetKind
    status: BudgetStatus
    starts_on: date | None
    ends_on: date | None


class PlannedShape(Shape):
    """Money that is expected to be passed on in a period."""

    amount: MoneyAmount
    currency: str
    value_on: date | None
    kind: BudgetKind
    starts_on: date | None
    ends_on: date | None
    provider_name: str
    receiver_name: str


class FlowSumShape(Shape):
    """What one flow of an initiative comes to in a currency."""

    flow: MoneyFlow
    currency: str
    amount: MoneyAmount


class MoneyGiven(Given):
    amount: GivenAmount
    currency: Currency
    value_on: date | None = None


class TransactionGiven(MoneyGiven):
    kind: TransactionKind
    made_on: date | None = None
    reference: str = Field("", max_length=200)
    provider: Slug | None = None
    provider_name: str = Field("", max_length=300)
    receiver: Slug | None = None
    receiver_name: str = Field("", max_length=300)
    description: GivenTexts = {}
    is_humanitarian: bool = False


class BudgetGiven(MoneyGiven):
    kind: BudgetKind = BudgetKind.ORIGINAL
    status: BudgetStatus = BudgetStatus.INDICATIVE
    starts_on: date | None = None
    ends_on: date | None = None


class PlannedGiven(MoneyGiven):
    kind: BudgetKind = BudgetKind.ORIGINAL
    starts_on: date | None = None
    ends_on: date | None = None
    provider_name: str = Field("", max_length=300)
    receiver_name: str = Field("", max_length=300)


class MoneyListsGiven(Given):
    """The money of an initiative; a list that is left out stays as it is, one that is given is given whole."""

    transactions: list[TransactionGiven] = Field([], max_length=5000)
    budgets: list[BudgetGiven] = Field([], max_length=1000)
    planned_disbursements: list[PlannedGiven] = Field([], max_length=1000)


class WrittenShape(Shape):
    """How many rows stand there now."""

    transactions: int
    budgets: int
    planned_disbursements: int


class ValueShape(Shape):
    """A baseline, target or actual value: as reported, and as a number where it is one."""

    kind: ValueKind
    text: str
    number: Amount | None
    starts_on: date | None
    ends_on: date | None
    year: int | None
    comment: Texts


class IndicatorShape(Shape):
    """How a result is measured."""

    title: Texts
    description: Texts
    measure: str = Field(description="IATI's: 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative.")
    is_ascending: bool
    values: list[ValueShape]


class ResultShape(Shape):
    """What an initiative set out to bring about."""

    level: ResultLevel
    title: Texts
    description: Texts
    indicators: list[IndicatorShape]


class ValueGiven(Given):
    kind: ValueKind
    text: str = Field("", max_length=500, description="As reported; empty: not known, which is never 0.")
    starts_on: date | None = None
    ends_on: date | None = None
    year: int | None = Field(None, ge=1900, le=2200)
    comment: GivenTexts = {}


class IndicatorGiven(Given):
    title: GivenTexts
    description: GivenTexts = {}
    measure: Literal["1", "2", "3", "4", "5"] = "1"
    is_ascending: bool = True
    values: list[ValueGiven] = Field([], max_length=1000)


class ResultGiven(Given):
    level: ResultLevel
    title: GivenTexts
    description: GivenTexts = {}
    indicators: list[IndicatorGiven] = Field([], max_length=200)


class ResultsGiven(Given):
    """The results of an initiative, the whole list."""

    results: list[ResultGiven] = Field(max_length=200)


def transaction_shape(transaction: Transaction) -> TransactionShape:
    """Its provider and receiver are cleared before where the reader does not see them."""
    return TransactionShape(
        amount=transaction.amount,
        currency=transaction.currency,
        value_on=transaction.value_on,
        kind=TransactionKind(transaction.kind),
        made_on=transaction.made_on,
        reference=transaction.reference,
        provider=ref("organisations", transaction.provider) if transaction.provider is not None else None,
        provider_name=transaction.provider_name,
        receiver=ref("organisations", transaction.receiver) if transaction.receiver is not None else None,
        receiver_name=transaction.receiver_name,
        description=transaction.description,
        is_humanitarian=transaction.is_humanitarian,
    )


def budget_shape(budget: Budget) -> BudgetShape:
    return BudgetShape(
        amount=budget.amount,
        currency=budget.currency,
        value_on=budget.value_on,
        kind=BudgetKind(budget.kind),
        status=BudgetStatus(budget.status),
        starts_on=budget.starts_on,
        ends_on=budget.ends_on,
    )


def planned_shape(planned: PlannedDisbursement) -> PlannedShape:
    return PlannedShape(
        amount=planned.amount,
        currency=planned.currency,
        value_on=planned.value_on,
        kind=BudgetKind(planned.kind),
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        provider_name=planned.provider_name,
        receiver_name=planned.receiver_name,
    )


def result_shape(result: Result) -> ResultShape:
    return ResultShape(
        level=ResultLevel(result.level),
        title=result.title,
        description=result.description,
        indicators=[_indicator_shape(each) for each in result.indicators.all()],
    )


def _indicator_shape(indicator: Indicator) -> IndicatorShape:
    return IndicatorShape(
        title=indicator.title,
        description=indicator.description,
        measure=indicator.measure,
        is_ascending=indicator.is_ascending,
        values=[_value_shape(each) for each in indicator.values.all()],
    )


def _value_shape(value: IndicatorValue) -> ValueShape:
    return ValueShape(
        kind=ValueKind(value.kind),
        text=value.text,
        number=value.number,
        starts_on=value.starts_on,
        ends_on=value.ends_on,
        year=value.year,
        comment=value.comment,
    )
