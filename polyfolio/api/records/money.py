"""Money and results of an initiative."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from polyfolio.api.frame.gates import whoever_may
from polyfolio.api.frame.naming import all_named
from polyfolio.api.frame.requests import ApiRequest, OurRequest
from polyfolio.api.frame.routes import Routes
from polyfolio.api.records.initiatives import find
from polyfolio.api.schemas.money import (
    FlowSumShape,
    MoneyListsGiven,
    ResultGiven,
    ResultsGiven,
    ResultShape,
    TransactionGiven,
    WrittenShape,
    budget_shape,
    planned_shape,
    result_shape,
    transaction_shape,
)
from polyfolio.funding.actions import money as money_actions
from polyfolio.funding.models import Budget, PlannedDisbursement, Transaction
from polyfolio.funding.queries.sums import of_initiative
from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.actions import results as result_actions
from polyfolio.reporting.models import Result

routes = Routes("Money and results", "What initiatives report of their money and of their results.")

BY_START = {"starts_on": ("starts_on",), "amount": ("amount",)}
SIDES = ("provider", "receiver")


@routes.list(
    "/initiatives/{slug:slug}/transactions",
    find=find,
    shape=transaction_shape,
    sorts={"made_on": ("made_on",), "amount": ("amount",), "kind": ("kind", "made_on")},
)
def transactions(request: ApiRequest, initiative: Initiative) -> QuerySet[Transaction]:
    """Money that was promised, moved or spent; its provider and receiver as far as you see them."""
    seen = Organisation.objects.visible_to(request.user)
    return initiative.transactions.prefetch_related(*(Prefetch(side, queryset=seen) for side in SIDES))


@routes.list("/initiatives/{slug:slug}/budgets", find=find, shape=budget_shape, sorts=BY_START)
def budgets(_request: ApiRequest, initiative: Initiative) -> QuerySet[Budget]:
    """Money that is planned for it."""
    return initiative.budgets.all()


@routes.list("/initiatives/{slug:slug}/planned-disbursements", find=find, shape=planned_shape, sorts=BY_START)
def planned(_request: ApiRequest, initiative: Initiative) -> QuerySet[PlannedDisbursement]:
    """Money that it expects to pass on."""
    return initiative.planned_disbursements.all()


@routes.get("/initiatives/{slug:slug}/money", find=find)
def sums(_request: ApiRequest, initiative: Initiative) -> list[FlowSumShape]:
    """What its money comes to, flow by flow and currency by currency."""
    return [
        FlowSumShape(flow=flow, currency=currency, amount=amount)
        for flow, amounts in of_initiative(initiative.pk).items()
        for currency, amount in amounts.items()
    ]


@routes.put("/initiatives/{slug:slug}/money", whoever_may("funding.edit_money"), find=find)
def write_money(request: OurRequest, initiative: Initiative, given: MoneyListsGiven) -> WrittenShape:
    """Make these its transactions, budgets and planned disbursements."""
    sent = given.model_fields_set
    rows = {name: [each.model_dump() for each in getattr(given, name)] for name in money_actions.MODELS if name in sent}
    if "transactions" in sent:
        rows["transactions"] = _transactions(request, given.transactions)
    money_actions.write(
        initiative=initiative, money=money_actions.MoneyRows(**rows), by=request.user, at=timezone.now()
    )
    return WrittenShape(**{name: getattr(initiative, name).count() for name in money_actions.MODELS})


@routes.list("/initiatives/{slug:slug}/results", find=find, shape=result_shape, sorts={"position": ("position",)})
def results(_request: ApiRequest, initiative: Initiative) -> QuerySet[Result]:
    """What it set out to bring about, with the indicators and their values."""
    return initiative.results.prefetch_related("indicators__values")


@routes.put("/initiatives/{slug:slug}/results", whoever_may("reporting.edit_results"), find=find)
def write_results(request: OurRequest, initiative: Initiative, given: ResultsGiven) -> list[ResultShape]:
    """Make these its results."""
    result_actions.write(
        initiative=initiative,
        results=[_reported(each) for each in given.results],
        by=request.user,
        at=timezone.now(),
    )
    return [result_shape(each) for each in initiative.results.prefetch_related("indicators__values")]


def _transactions(request: OurRequest, given: list[TransactionGiven]) -> list[dict[str, Any]]:
    """The rows with their provider and receiver as records. One query."""
    slugs = [slug for each in given for slug in (each.provider, each.receiver) if slug]
    seen = Organisation.objects.visible_to(request.user)
    named = {each.slug: each for each in all_named(seen, slugs, "transactions")}
    return [each.model_dump() | {side: named.get(getattr(each, side) or "") for side in SIDES} for each in given]


def _reported(given: ResultGiven) -> result_actions.Reported:
    return result_actions.Reported(
        level=given.level,
        title=given.title,
        description=given.description,
        indicators=[
            result_actions.Measured(
                title=each.title,
                description=each.description,
                measure=each.measure,
                is_ascending=each.is_ascending,
                values=[result_actions.Value(**value.model_dump()) for value in each.values],
            )
            for each in given.indicators
        ],
    )
