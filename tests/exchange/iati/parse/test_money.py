from datetime import date
from decimal import Decimal

from polyfolio.exchange.iati import data
from tests.exchange.iati.files import COMPLETE, read_one, told

WHOLE = "<transaction-type code='3'/><transaction-date iso-date='2024-01-01'/><value value-date='2024-01-02'>5</value>"


def test_transaction_takes_the_activitys_currency() -> None:
    read = read_one(COMPLETE + f"<transaction>{WHOLE}</transaction>")

    assert read.data.transactions == (
        data.Transaction(
            "", "3", date(2024, 1, 1), Decimal(5), "USD", date(2024, 1, 2), False, None, {}, None, None, "", (), (), (),
            "", "", (), "",
        ),
    )  # fmt: skip
    assert told(read) == []


def test_transaction_without_currency_is_kept_without() -> None:
    read = read_one(COMPLETE + f"<transaction>{WHOLE}</transaction>", attributes="")

    assert (read.data.transactions[0].amount, read.data.transactions[0].currency) == (Decimal(5), "")
    assert told(read) == [("currency-missing", "transaction/value", "")]


def test_negative_amounts_are_corrections() -> None:
    read = read_one(
        COMPLETE + f"<transaction>{WHOLE.replace('>5<', '>-5<')}</transaction><budget><value>-1</value></budget>"
    )

    assert (read.data.transactions[0].is_correction, read.data.budgets[0].is_correction) == (True, True)
    assert told(read, only="amount") == [
        ("amount-negative", "transaction/value", "-5"),
        ("amount-negative", "budget/value", "-1"),
    ]


def test_transaction_reports_what_is_missing() -> None:
    read = read_one(COMPLETE + "<transaction/>")

    assert [problem.params for problem in read.problems] == [
        {"name": "transaction-type"},
        {"name": "transaction-date"},
        {"name": "value"},
    ]
    assert (read.data.transactions[0].amount, read.data.transactions[0].currency) == (None, "")


def test_transaction_reports_empty_parts_once() -> None:
    read = read_one(COMPLETE + "<transaction><transaction-type/><transaction-date/><value/></transaction>")

    assert told(read) == [
        ("attribute-missing", "transaction/transaction-type", ""),
        ("attribute-missing", "transaction/transaction-date", ""),
        ("amount-missing", "transaction/value", ""),
    ]


def test_transaction_in_the_future_is_reported() -> None:
    read = read_one(COMPLETE + f"<transaction>{WHOLE.replace('2024-01-01', '2024-07-01')}</transaction>")

    assert told(read) == [("transaction-in-future", "transaction", "2024-07-01")]


def test_budgets_default_to_original_and_indicative() -> None:
    read = read_one(
        COMPLETE + "<budget><period-start iso-date='2024-01-01'/><period-end iso-date='2023-01-01'/>"
        "<value currency='EUR'>1</value></budget>"
    )

    assert read.data.budgets == (
        data.Budget("1", "1", date(2024, 1, 1), date(2023, 1, 1), Decimal(1), "EUR", None, False),
    )
    assert told(read) == [("period-backwards", "budget", "2024-01-01 – 2023-01-01")]


def test_planned_disbursement_needs_no_parties() -> None:
    read = read_one(COMPLETE + "<planned-disbursement type='2'><value>1</value></planned-disbursement>")

    assert read.data.planned_disbursements == (
        data.PlannedDisbursement("2", None, None, Decimal(1), "USD", None, False, None, None),
    )


def test_many_problems_of_a_kind_are_counted() -> None:
    read = read_one(COMPLETE + f"<transaction>{WHOLE}</transaction>" * 25, attributes="")

    assert [problem.code for problem in read.problems] == ["currency-missing"] * 20 + ["more-of-the-same"]
    assert read.problems[-1].params == {"count": 5}
