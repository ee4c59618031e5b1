from decimal import Decimal

from tests.exchange.iati.files import COMPLETE, read_one, told


def test_values_that_are_no_numbers_stay_texts() -> None:
    texts = ("12.5", "-3", "N=35;P=55", "", "1e3", "9" * 20)
    values = "".join(f"<target value='{text}'/>" for text in texts)

    read = read_one(
        COMPLETE
        + f"<result type='1'><indicator measure='1' ascending='0'><period>{values}</period></indicator></result>"
    )

    (indicator,) = read.data.results[0].indicators
    assert [(target.value, target.number) for target in indicator.periods[0].targets] == [
        ("12.5", Decimal("12.5")),
        ("-3", Decimal(-3)),
        ("N=35;P=55", None),
        ("", None),
        ("1e3", None),
        ("9" * 20, None),
    ]
    assert indicator.is_ascending is False


def test_results_report_what_is_missing() -> None:
    read = read_one(
        COMPLETE
        + "<result><indicator><baseline year='x'/><period><!-- x --><other/>"
        + "<period-start/><period-end iso-date='2024-01-01'/>"
        + "</period></indicator></result>"
    )

    assert told(read) == [
        ("attribute-missing", "result", ""),
        ("attribute-missing", "result/indicator", ""),
        ("number-unreadable", "result/indicator/baseline", "x"),
        ("attribute-missing", "result/indicator/period/period-start", ""),
    ]
