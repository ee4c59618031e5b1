from __future__ import annotations

from collections.abc import Callable

from polyfolio.people.choices import Visibility
from tests.api.conftest import Caller
from tests.factories.funding import make_transaction
from tests.factories.network import make_organisation
from tests.factories.people import make_admin
from tests.factories.portfolios import make_initiative


def test_money_is_written_list_by_list(caller: Callable[..., Caller]) -> None:
    initiative, donor = make_initiative(), make_organisation()
    call = caller(make_admin())
    where = f"/initiatives/{initiative.slug}"
    body = {
        "transactions": [
            {
                "amount": "1200.50",
                "currency": "EUR",
                "kind": "disbursement",
                "made_on": "2024-05-01",
                "provider": donor.slug,
            },
            {"amount": "-200.50", "currency": "EUR", "kind": "disbursement", "made_on": "2024-06-01"},
        ],
        "budgets": [{"amount": "5000", "currency": "SEK", "starts_on": "2024-01-01", "ends_on": "2024-12-31"}],
        "planned_disbursements": [{"amount": "10.00", "currency": "EUR", "starts_on": "2025-01-01"}],
    }

    written = call.put(f"{where}/money", body)
    kept = call.put(f"{where}/money", {"budgets": []})

    assert (written.body, kept.body) == (
        {"transactions": 2, "budgets": 1, "planned_disbursements": 1},
        {"transactions": 2, "budgets": 0, "planned_disbursements": 1},
    )
    transactions = call.get(f"{where}/transactions").body["items"]
    assert [(each["amount"], each["made_on"]) for each in transactions] == [
        ("1200.50", "2024-05-01"),
        ("-200.50", "2024-06-01"),
    ]
    assert transactions[0]["provider"]["slug"] == donor.slug
    assert {"flow": "spent", "currency": "EUR", "amount": "1000.00"} in call.get(f"{where}/money").body
    assert call.get(f"{where}/planned-disbursements").body["items"][0]["amount"] == "10.00"
    assert call.get(f"{where}/budgets").body["total"] == 0


def test_money_that_is_not_right_is_refused(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative()
    call = caller(make_admin())
    good = {"amount": "1", "currency": "EUR", "kind": "disbursement"}

    refused = [
        call.put(f"/initiatives/{initiative.slug}/money", {"transactions": [good | wrong]}).body["detail"][0]["loc"]
        for wrong in ({"amount": "much"}, {"currency": "euro"}, {"provider": "nobody"}, {"kind": "gift"})
    ]

    rows = ["body", "transactions", 0]
    assert refused == [[*rows, "amount"], [*rows, "currency"], rows, [*rows, "kind"]]


def test_provider_whom_the_reader_does_not_see_is_left_out(anybody: Caller) -> None:
    initiative = make_initiative()
    hidden, seen = make_organisation(visibility=Visibility.PRIVATE), make_organisation()
    make_transaction(initiative, provider=hidden, provider_name="A donor", receiver=seen)

    (shown,) = anybody.get(f"/initiatives/{initiative.slug}/transactions").body["items"]

    assert (shown["provider"], shown["provider_name"], shown["receiver"]["slug"]) == (None, "A donor", seen.slug)


def test_results_are_written_with_their_indicators(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative()
    call = caller(make_admin())
    where = f"/initiatives/{initiative.slug}/results"
    values = [
        {"kind": "baseline", "text": "0", "year": 2023},
        {"kind": "actual", "text": "", "starts_on": "2024-01-01", "ends_on": "2024-12-31"},
    ]
    body = {
        "results": [
            {
                "level": "outcome",
                "title": {"en": "Things are repaired"},
                "indicators": [{"title": {"en": "Repairs"}, "measure": "1", "values": values}],
            }
        ]
    }

    written = call.put(where, body)

    assert (written.status, call.get(where).body["items"]) == (200, written.body)
    (indicator,) = written.body[0]["indicators"]
    assert [(each["kind"], each["number"]) for each in indicator["values"]] == [
        ("baseline", "0.000000"),
        ("actual", None),
    ]


def test_result_without_words_is_refused(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative()

    refused = caller(make_admin()).put(
        f"/initiatives/{initiative.slug}/results", {"results": [{"level": "outcome", "title": {}}]}
    )

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["body", "title"])
