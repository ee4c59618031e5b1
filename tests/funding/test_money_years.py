from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from polyfolio.audit.models import AuditRecord
from polyfolio.funding.actions import money
from polyfolio.funding.actions.money import MoneyRows
from polyfolio.funding.actions.money_years import FLOWS, rebuild
from polyfolio.funding.choices import MoneyFlow, TransactionKind
from polyfolio.funding.models import MoneyYear, Transaction
from polyfolio.funding.queries.sums import CurrencySum, YearSum, by_currency, by_year, first_flow, of_initiative
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.choices import LinkKind
from polyfolio.portfolios.models import Initiative
from tests.factories.funding import make_budget, make_planned, make_transaction
from tests.factories.network import make_network
from tests.factories.people import make_admin, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_link

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
COMMITTED, SPENT = MoneyFlow.COMMITTED, MoneyFlow.SPENT


def kept() -> list[tuple[str, int, str, Decimal]]:
    rows = MoneyYear.objects.order_by("flow", "year", "currency")
    return list(rows.values_list("flow", "year", "currency", "amount"))


@pytest.mark.django_db
def test_flows_years_and_currencies_stay_apart() -> None:
    initiative = make_initiative()
    make_transaction(initiative, 100)
    make_transaction(initiative, 50, year=2025)
    make_transaction(initiative, 7, currency="SEK")
    make_transaction(initiative, 30, TransactionKind.DISBURSEMENT)
    make_transaction(initiative, 20, TransactionKind.EXPENDITURE)
    make_transaction(initiative, 11, TransactionKind.INCOMING_FUNDS)
    make_transaction(initiative, 99, TransactionKind.OUTGOING_PLEDGE)
    make_transaction(initiative, -40)
    make_transaction(initiative, 5, year=None)
    make_transaction(initiative, 6, year=None, value_on=date(2023, 1, 1))
    make_budget(initiative, 500)
    make_budget(initiative, 600, "revised")
    make_planned(initiative, 70)
    make_planned(initiative, 80, "revised")

    assert kept() == [
        ("budgeted", 2024, "EUR", Decimal(500)),
        ("committed", 0, "EUR", Decimal(5)),
        ("committed", 2023, "EUR", Decimal(6)),
        ("committed", 2024, "EUR", Decimal(60)),
        ("committed", 2024, "SEK", Decimal(7)),
        ("committed", 2025, "EUR", Decimal(50)),
        ("incoming", 2024, "EUR", Decimal(11)),
        ("planned", 2024, "EUR", Decimal(70)),
        ("replanned", 2024, "EUR", Decimal(80)),
        ("revised", 2024, "EUR", Decimal(600)),
        ("spent", 2024, "EUR", Decimal(50)),
    ]


@pytest.mark.django_db
def test_rebuild_again_changes_nothing_and_costs_the_same_for_many() -> None:
    initiatives = [make_initiative() for _ in range(50)]
    for initiative in initiatives:
        make_transaction(initiative)
    costs = []
    for group in (initiatives[:1], initiatives):
        with CaptureQueriesContext(connection) as queries:
            rebuild(each.pk for each in group)
        costs.append(len(queries))

    assert (costs[0], len(kept())) == (costs[1], 50)


lines = st.lists(
    st.tuples(
        st.sampled_from(list(TransactionKind)),
        st.integers(-(10**9), 10**9),
        st.sampled_from(["EUR", "SEK"]),
        st.one_of(st.none(), st.integers(2000, 2030)),
    ),
    max_size=15,
)


class RebuildTest(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(lines)
    def test_every_counted_amount_stands_in_exactly_one_sum(self, given_lines: list[Any]) -> None:
        initiative = make_initiative()
        expected: dict[tuple[str, int, str], int] = defaultdict(int)
        for kind, amount, currency, year in given_lines:
            made_on = date(year, 5, 5) if year else None
            Transaction.objects.create(
                initiative=initiative, kind=kind, amount=amount, currency=currency, made_on=made_on
            )
            if kind in FLOWS:
                expected[FLOWS[kind], year or 0, currency] += amount

        rebuild([initiative.pk])

        rows = MoneyYear.objects.filter(initiative=initiative).values_list("flow", "year", "currency", "amount")
        assert {(flow, year, currency): int(amount) for flow, year, currency, amount in rows} == dict(expected)


@pytest.mark.django_db
def test_sums_say_over_how_many_initiatives() -> None:
    first, second, unknown = (make_initiative() for _ in range(3))
    make_transaction(first, 100)
    make_transaction(second, 50)
    make_transaction(second, 5, year=2025)
    make_budget(unknown, 9)
    members = Initiative.objects.all()

    assert by_year(members) == [
        YearSum(MoneyFlow.BUDGETED, 2024, "EUR", Decimal(9), 1),
        YearSum(COMMITTED, 2024, "EUR", Decimal(150), 2),
        YearSum(COMMITTED, 2025, "EUR", Decimal(5), 1),
    ]
    assert by_currency(members) == [
        CurrencySum(MoneyFlow.BUDGETED, "EUR", Decimal(9), 1),
        CurrencySum(COMMITTED, "EUR", Decimal(155), 2),
    ]
    assert of_initiative(second.pk) == {COMMITTED: {"EUR": Decimal(55)}}


@pytest.mark.django_db
def test_a_part_is_not_added_to_its_whole() -> None:
    whole, part, other = (make_initiative() for _ in range(3))
    make_link(part, whole, LinkKind.PARENT)
    for initiative in (whole, part, other):
        make_transaction(initiative, 100)
    make_transaction(part, 8, TransactionKind.DISBURSEMENT)

    everything = by_currency(Initiative.objects.all())
    part_alone = by_currency(Initiative.objects.filter(pk=part.pk))

    assert everything == [
        CurrencySum(COMMITTED, "EUR", Decimal(200), 2),
        CurrencySum(SPENT, "EUR", Decimal(8), 1),
    ]
    assert part_alone[0] == CurrencySum(COMMITTED, "EUR", Decimal(100), 1)


def test_first_flow_of_which_anything_is_known() -> None:
    sums = [YearSum(SPENT, 2024, "EUR", Decimal(1), 1)]

    assert first_flow(sums, (COMMITTED, SPENT)) == SPENT
    assert first_flow([], (COMMITTED, SPENT)) is None


@pytest.mark.django_db
def test_write_replaces_what_is_given_and_leaves_the_rest() -> None:
    network = make_network()
    initiative = make_initiative(network)
    make_budget(initiative, 5)
    make_transaction(initiative, 5)

    money.write(
        initiative=initiative,
        money=MoneyRows(
            transactions=[{"kind": COMMITTED_KIND, "amount": "12.50", "currency": "USD", "made_on": date(2025, 1, 1)}]
        ),
        by=make_steward(network),
        at=NOW,
    )

    row = AuditRecord.objects.get(verb="initiative.money")
    assert kept() == [
        ("budgeted", 2024, "EUR", Decimal(5)),
        ("committed", 2025, "USD", Decimal("12.50")),
    ]
    assert row.after == {"transactions": ["outgoing commitment 12.50 USD 2025-01-01"]}


COMMITTED_KIND = TransactionKind.OUTGOING_COMMITMENT


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rows",
    [
        MoneyRows(transactions=[{"kind": COMMITTED_KIND, "amount": "much", "currency": "EUR"}]),
        MoneyRows(transactions=[{"kind": COMMITTED_KIND, "currency": "EUR"}]),
        MoneyRows(transactions=[{"kind": COMMITTED_KIND, "amount": 1, "currency": "eur"}]),
        MoneyRows(
            budgets=[{"amount": 1, "currency": "EUR", "starts_on": date(2025, 1, 1), "ends_on": date(2024, 1, 1)}]
        ),
        MoneyRows(transactions=[{"kind": "gift", "amount": 1, "currency": "EUR"}]),
    ],
)
def test_write_refuses_what_cannot_be(rows: MoneyRows) -> None:
    initiative = make_initiative()

    with pytest.raises((RefusedError, ValidationError)):
        money.write(initiative=initiative, money=rows, by=make_admin(), at=NOW)

    assert kept() == []


@pytest.mark.django_db
def test_write_is_for_those_who_edit() -> None:
    with pytest.raises(NotAllowedError):
        money.write(initiative=make_initiative(), money=MoneyRows(budgets=[]), by=make_user(), at=NOW)
