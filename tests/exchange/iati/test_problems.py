import string

from django.utils.translation import override

from polyfolio.exchange.choices import Severity
from polyfolio.exchange.iati.problems import SHOWN_VALUE, Explanation, Problem, problem
from polyfolio.exchange.iati.wordings import WORDINGS
from tests.exchange.iati.files import file_of, read_all

KNOWN_PARAMS = {
    "attribute", "code_list", "count", "encoding", "first", "language", "length", "longest", "name", "names", "path",
    "read_as", "reason", "ref", "refs", "stated", "type", "used", "vocabulary",
}  # fmt: skip


def test_problem_has_the_severity_of_its_code() -> None:
    assert problem("code-unknown", ordinal=3, line=7, element="sector", value="X", code_list="Sector") == Problem(
        "code-unknown", Severity.WARNING, 3, 7, "", "sector", "X", {"code_list": "Sector"}
    )


def test_problem_shows_only_so_much_of_a_value() -> None:
    assert problem("file-not-xml", value="x" * 1000).value == "x" * SHOWN_VALUE + "…"


def test_explain_says_what_happened_and_what_to_do() -> None:
    found = problem("code-unknown", value="{0} %s {line}", code_list="Sector")

    with override("en"):
        explanation = found.explain()

    assert explanation == Explanation(
        "“{0} %s {line}” is not in the list Sector.",
        "It was kept as it stands.",
        "Correct the code, or load a newer version of the list.",
    )


def test_every_wording_is_three_sentences_with_known_places() -> None:
    known = KNOWN_PARAMS | {"value", "element", "line"}
    for code, wording in WORDINGS.items():
        for text in (str(wording.message), str(wording.done), str(wording.remedy)):
            places = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            assert text, code
            assert places <= known, code


def test_every_problem_of_a_bad_file_can_be_explained() -> None:
    bad = (
        "<iati-activity default-currency='$' hierarchy='x' humanitarian='maybe' last-updated-datetime='now'>"
        "<iati-identifier>A</iati-identifier><title>x<b/></title><activity-date type='1' iso-date='2024-13-01'/>"
        "<transaction><value currency='USDX'>1,0</value></transaction><sector percentage='200'/>"
        "<budget><value>1,000</value></budget><location><point><pos>x</pos></point></location>"
        "<document-link url='javascript:1'/></iati-activity>"
    )
    items = read_all(file_of(bad, "<iati-activity/>", "<x/>", bad) + "x")

    for item in items:
        for found in [item] if isinstance(item, Problem) else item.problems:
            assert found.explain().message
