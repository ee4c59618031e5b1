"""Rows written past the ORM are the same rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from polyfolio.exchange.models import SourceRecord
from polyfolio.funding.models import Transaction
from polyfolio.lib import bulk
from polyfolio.portfolios.models import Initiative
from tests.factories.network import make_network
from tests.factories.portfolios import make_initiative

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 6, 30, 12, 0, 0, 5, tzinfo=UTC)


def test_insert_writes_what_the_orm_reads() -> None:
    initiative = make_initiative()
    row = (initiative.pk, "disbursement", date(2020, 1, 2), Decimal("-1.50"), "EUR", {"en": "Ü"}, True, None)
    names = ("initiative_id", "kind", "made_on", "amount", "currency", "description", "is_humanitarian", "value_on")

    bulk.insert(Transaction, names, [row])

    found = Transaction.objects.get()
    assert (found.made_on, found.amount, found.value_on) == (date(2020, 1, 2), Decimal("-1.50"), None)
    assert (found.description, found.is_humanitarian, found.provider_id, found.reference) == (
        {"en": "Ü"},
        True,
        None,
        "",
    )


def test_insert_fills_defaults_for_each_row_and_shares_what_is_common() -> None:
    network = make_network()
    keys = bulk.reserve(Initiative, 2)

    bulk.insert(
        Initiative,
        ("id", "slug", "title"),
        [(keys[0], "a", {}), (keys[1], "b", {"en": "B"})],
        network_id=network.pk,
        created_at=NOW,
    )

    first, second = Initiative.objects.order_by("pk")
    assert [first.pk, second.pk] == list(keys)
    assert first.uid != second.uid
    assert (first.title, second.title, first.created_at, first.budget_lines) == ({}, {"en": "B"}, NOW, [])
    assert (first.status, first.deleted_at, first.starts_on) == ("pipeline", None, None)


def test_insert_keeps_bytes() -> None:
    initiative = make_initiative()

    bulk.insert(
        SourceRecord,
        ("initiative_id", "network_id", "identifier", "content", "content_hash", "read_at"),
        [(initiative.pk, initiative.network_id, "A", b"\x00\xff", b"\x01", NOW)],
    )

    found = SourceRecord.objects.get()
    assert (bytes(found.content), found.read_at) == (b"\x00\xff", NOW)


def test_insert_takes_more_rows_than_one_statement_holds() -> None:
    initiative = make_initiative()
    rows = ((initiative.pk, "disbursement", Decimal(number)) for number in range(2500))

    bulk.insert(Transaction, ("initiative_id", "kind", "amount"), rows)

    assert Transaction.objects.count() == 2500


def test_insert_of_nothing_writes_nothing() -> None:
    bulk.insert(Transaction, ("initiative_id",), [])

    assert Transaction.objects.count() == 0


def test_reserved_keys_are_never_given_twice() -> None:
    network = make_network()
    keys = bulk.reserve(Initiative, 3)
    rows = [(key, f"slug-{key}") for key in keys]
    bulk.insert(Initiative, ("id", "slug"), rows, network_id=network.pk)

    after = make_initiative(network)

    assert after.pk not in keys
    assert bulk.reserve(Initiative, 0) == []
    assert set(bulk.reserve(Initiative, 2)).isdisjoint({*keys, after.pk})
