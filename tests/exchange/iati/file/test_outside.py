from polyfolio.exchange.iati.file.header import FileHeader
from polyfolio.exchange.iati.file.outside import KEPT_BYTES, MOST_REPORTS, Outside
from polyfolio.exchange.iati.problems import Problem

HEADER = FileHeader(namespaces={"x": "http://x"}, declarations=b' xmlns:x="http://x"')


def take(*texts: str) -> tuple[list[bytes], list[tuple[str, int, str]]]:
    problems: list[Problem] = []
    outside = Outside(HEADER, problems)
    for text in texts:
        outside.take(text.encode(), 10)
    return outside.kept, [(item.code, item.line, item.value) for item in problems]


def test_take_keeps_comments_and_elements_of_others() -> None:
    assert take("\n<!-- a -->\n", '<x:b c="1"/>') == ([b"<!-- a -->", b'<x:b xmlns:x="http://x" c="1"/>'], [])


def test_take_reports_what_does_not_belong() -> None:
    assert take("\nloose\n<activity/>\nmore") == (
        [],
        [("outside-text", 10, "loose"), ("outside-element", 12, "activity"), ("outside-text", 12, "more")],
    )


def test_take_reports_what_cannot_be_read() -> None:
    assert take("<a>") == ([], [("outside-broken", 10, "<a>")])


def test_take_reports_only_so_often() -> None:
    assert len(take(*["x"] * 1000)[1]) == MOST_REPORTS


def test_take_keeps_only_so_much() -> None:
    comment = "<!--" + "x" * (KEPT_BYTES // 2) + "-->"

    kept, problems = take(comment, comment, comment)

    assert (len(kept), [code for code, _, _ in problems]) == (1, ["outside-too-large"])
