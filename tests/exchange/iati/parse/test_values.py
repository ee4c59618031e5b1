from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from lxml import etree

from polyfolio.exchange.iati.codelists import LoadedCodeLists
from polyfolio.exchange.iati.parse import values
from polyfolio.exchange.iati.parse.context import Context, Memory
from tests.exchange.iati.files import TODAY

CODES = LoadedCodeLists({"Country": {"BR"}, "Currency": {"USD", "EUR"}, "Empty": ()})
Problems = list[tuple[str, str]]


def context() -> Context:
    return Context(Memory(CODES, TODAY), ordinal=1, line=1, identifier="A", language="en")


def element(text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.Element("x", {name.replace("_", "-"): value for name, value in attributes.items()})
    made.text = text
    return made


def problems(ctx: Context) -> Problems:
    return [(item.code, item.value) for item in ctx.all_problems()]


def amount(text: str | None) -> tuple[Decimal | None, Problems]:
    ctx = context()
    return values.amount(ctx, element(text)), problems(ctx)


def day(text: str) -> tuple[date | None, Problems]:
    ctx = context()
    return values.day(ctx, element(iso_date=text)), problems(ctx)


def test_amount_reads_plain_numbers() -> None:
    texts = ("10", " 10.50 ", "+3", ".5", "5.", "21189.0975000000")

    assert [amount(text) for text in texts] == [
        (Decimal(10), []),
        (Decimal("10.50"), []),
        (Decimal(3), []),
        (Decimal("0.5"), []),
        (Decimal(5), []),
        (Decimal("21189.0975000000"), []),
    ]


def test_amount_marks_negative_ones() -> None:
    assert amount("-10.5") == (Decimal("-10.5"), [("amount-negative", "-10.5")])


def test_amount_understands_separators() -> None:
    found = {
        text: amount(text)[0]
        for text in (
            "1,234",
            "1,234,567.89",
            "1.234.567,89",
            "1 234,5",
            "1'234'567.5",
            "1234,5",
            "-1,000",
            "1E3",
            "1.5e-2",
        )
    }

    assert found == {
        "1,234": Decimal(1234),
        "1,234,567.89": Decimal("1234567.89"),
        "1.234.567,89": Decimal("1234567.89"),
        "1 234,5": Decimal("1234.5"),
        "1'234'567.5": Decimal("1234567.5"),
        "1234,5": Decimal("1234.5"),
        "-1,000": Decimal(-1000),
        "1E3": Decimal(1000),
        "1.5e-2": Decimal("0.015"),
    }
    assert amount("1,234")[1] == [("amount-form", "1,234")]


def test_amount_leaves_unknown_what_is_no_number() -> None:
    texts = (
        "ten",
        "NaN",
        "Infinity",
        "1_000",
        "1,23,4",
        "12,345.678.9",
        "1,234,56",
        "١٢",
        "$5",
        "1 2",
        "1.000.5",
        "--1",
        "1e9999",
    )

    assert [amount(text) for text in texts] == [(None, [("amount-unreadable", text)]) for text in texts]


def test_amount_leaves_unknown_what_is_missing_or_absurd() -> None:
    assert [amount(text) for text in (None, " ", "1e30", "1" + "0" * 18)] == [
        (None, [("amount-missing", "")]),
        (None, [("amount-missing", "")]),
        (None, [("amount-form", "1e30"), ("amount-too-large", "1e30")]),
        (None, [("amount-too-large", "1" + "0" * 18)]),
    ]


def test_amount_keeps_nine_decimals_of_endless_ones() -> None:
    assert amount("999999999999999999.123456789987654321")[0] == Decimal("999999999999999999.123456790")


def test_day_reads_dates() -> None:
    found = [
        day(text) for text in ("2024-02-29", " 2024-02-29 ", "2024-02-29Z", "2024-02-29+01:00", "2024-02-29T10:00:00")
    ]

    assert found == [(date(2024, 2, 29), [])] * 5


def test_day_reports_odd_dates() -> None:
    assert [
        day(text)
        for text in ("2024/2/9", "2023-02-29", "2023/13/01", "31/12/2024", "2024", "", "0001-01-01", "9999-12-31")
    ] == [
        (date(2024, 2, 9), [("date-form", "2024/2/9")]),
        (None, [("date-impossible", "2023-02-29")]),
        (None, [("date-impossible", "2023/13/01")]),
        (None, [("date-unreadable", "31/12/2024")]),
        (None, [("date-unreadable", "2024")]),
        (None, []),
        (date(1, 1, 1), [("date-unlikely", "0001-01-01")]),
        (date(9999, 12, 31), [("date-unlikely", "9999-12-31")]),
    ]


def test_day_reads_no_mega_dates() -> None:
    assert day("2024-01-01" + " " * 100) == (date(2024, 1, 1), [])


def test_needed_day_reports_absence() -> None:
    ctx = context()

    found = [
        values.needed_day(ctx, item) for item in (element(), element(iso_date=" "), element(iso_date="2024-13-01"))
    ]

    assert (found, problems(ctx)) == (
        [None, None, None],
        [("attribute-missing", ""), ("attribute-missing", ""), ("date-impossible", "2024-13-01")],
    )


def test_instant_reads_dates_and_times() -> None:
    ctx = context()
    texts = (
        "2024-04-17T12:30:54.4854529Z",
        "2024-04-17T12:30:54",
        "2024-04-17 12:30:54+02:00",
        "2024-04-17",
        "",
        "yesterday",
        "2024-04-17T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
    )

    found = [values.instant(ctx, element(at=text), "at") for text in texts]

    assert found == [
        datetime(2024, 4, 17, 12, 30, 54, 485452, tzinfo=UTC),
        datetime(2024, 4, 17, 12, 30, 54, tzinfo=UTC),
        datetime(2024, 4, 17, 12, 30, 54, tzinfo=timezone(timedelta(hours=2))),
        datetime(2024, 4, 17, tzinfo=UTC),
        None,
        None,
        None,
        None,
    ]
    assert problems(ctx) == [("instant-unreadable", text) for text in texts[5:]]


def test_truth_reads_both_spellings() -> None:
    ctx = context()

    found = [values.truth(ctx, element(is_=text), "is-") for text in ("1", "true", "TRUE", "0", "false", "", "maybe")]

    assert (found, problems(ctx)) == ([True, True, True, False, False, None, None], [("not-yes-or-no", "maybe")])
    assert values.truth(ctx, element(), "is-") is None


def test_whole_reads_small_numbers() -> None:
    ctx = context()

    found = [values.whole(ctx, element(n=text), "n", 100) for text in ("7", "", "101", "-1", "²", "9" * 5000)]

    assert (found, [code for code, _ in problems(ctx)]) == (
        [7, None, None, None, None, None],
        ["number-unreadable"] * 4,
    )


def test_percentage_reads_shares() -> None:
    ctx = context()
    texts = ("33.33", "100.0000000000", "50%", "33,3", "", "%", "101", "-1", "half", "1e1")

    found = [values.percentage(ctx, element(percentage=text)) for text in texts]

    assert found == [Decimal("33.33"), Decimal(100), Decimal(50), Decimal("33.3"), *[None] * 6]
    assert problems(ctx) == [
        ("percentage-form", "50%"),
        ("percentage-form", "33,3"),
        ("percentage-impossible", "101"),
        ("percentage-impossible", "-1"),
        ("percentage-unreadable", "half"),
        ("percentage-unreadable", "1e1"),
    ]
    assert values.percentage(ctx, element()) is None


def test_currency_reads_three_letters() -> None:
    ctx = context()
    texts = ("USD", " eur ", "XXX", "US Dollar", "$", " ", "\u017f\u017fd")

    found = [values.currency(ctx, element(currency=text)) for text in texts]

    assert found == ["USD", "EUR", "XXX", "", "", "", "SSD"]
    assert problems(ctx) == [
        ("currency-form", "eur"),
        ("currency-unknown", "XXX"),
        ("currency-unreadable", "US Dollar"),
        ("currency-unreadable", "$"),
        ("currency-unknown", "\u017f\u017fd"),
    ]


def test_currency_remembers_good_ones() -> None:
    ctx = context()

    found = [values.currency(ctx, element(currency="USD")) for _ in range(2)]

    assert (found, problems(ctx)) == (["USD", "USD"], [])


def test_code_is_checked_against_its_list() -> None:
    ctx = context()

    found = [
        values.code(ctx, element(code=text), "code", code_list)
        for text, code_list in (
            ("BR", "Country"),
            (" BR ", "Country"),
            ("XX", "Country"),
            ("XX", "Absent"),
            ("", "Country"),
        )
    ]

    assert (found, problems(ctx)) == (["BR", "BR", "XX", "XX", ""], [("code-unknown", "XX")])


def test_code_is_never_longer_than_its_column() -> None:
    ctx = context()

    assert [values.code(ctx, element(code="x" * size), "code", "Absent") for size in (80, 81, 81)] == ["x" * 80, "", ""]
    assert [code for code, _ in problems(ctx)] == ["value-too-long", "value-too-long"]


def test_needed_code_reports_absence() -> None:
    ctx = context()

    found = [
        values.needed_code(ctx, item, "code", "Country") for item in (element(), element(code=" "), element(code="BR"))
    ]

    assert (found, problems(ctx)) == (["", "", "BR"], [("attribute-missing", ""), ("attribute-missing", "")])


def test_vocabulary_falls_back_and_stays_short() -> None:
    ctx = context()

    found = [
        values.vocabulary(ctx, item, "Absent", "1")
        for item in (element(), element(vocabulary="99"), element(vocabulary="x" * 21))
    ]

    assert (found, [code for code, _ in problems(ctx)]) == (["1", "99", "1"], ["value-too-long"])


def test_address_is_safe_to_link_to() -> None:
    ctx = context()
    texts = (
        "https://example.org/a?b=c",
        "HTTP://example.org",
        "http:www.example.org/a b.pdf",
        "www.example.org/x",
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "see our site",
        "http://" + "x" * 2000,
    )

    found = [values.address(ctx, element(), text) for text in texts]

    assert found == [
        "https://example.org/a?b=c",
        "HTTP://example.org",
        "http:www.example.org/a%20b.pdf",
        "http://www.example.org/x",
        *[""] * 5,
    ]
    assert [code for code, _ in problems(ctx)] == ["address-unsafe"] * 3 + ["value-too-long"]
