from polyfolio.exchange.iati.file.header import NO_HEADER
from polyfolio.exchange.iati.file.identifier import find_identifier


def find(inner: str | bytes) -> str:
    data = inner.encode() if isinstance(inner, str) else inner
    return find_identifier(b"<iati-activity>" + data + b"</iati-activity>", NO_HEADER)


def test_find_identifier_without_parsing() -> None:
    assert find("<title/><iati-identifier xml:lang='en'>\n A-1\n </iati-identifier >") == "A-1"


def test_find_identifier_past_comments_and_cdata() -> None:
    found = [
        find("<!-- <iati-identifier>OLD</iati-identifier> --><iati-identifier>NEW</iati-identifier>"),
        find("<iati-identifier><![CDATA[A&B]]></iati-identifier>"),
        find("<iati-identifier>A<!-- x -->-1</iati-identifier>"),
        find("<iati-identifier>A&amp;B</iati-identifier>"),
    ]

    assert found == ["NEW", "A&B", "A-1", "A&B"]


def test_find_identifier_of_the_activity_itself() -> None:
    assert find("<!-- --><x><iati-identifier>INNER</iati-identifier></x><iati-identifier>A</iati-identifier>") == "A"


def test_find_identifier_gives_nothing_where_there_is_none() -> None:
    found = [
        find("<title/>"),
        find("<iati-identifier/>"),
        find("<iati-identifier> </iati-identifier>"),
        find("<!-- iati-identifier -->"),
    ]

    assert found == ["", "", "", ""]


def test_find_identifier_in_broken_activity() -> None:
    found = [
        find(b"<iati-identifier>A\xe9</iati-identifier>"),
        find("<!-- --><iati-identifier>A</iati-identifier><b>"),
        find("<iati-identifier>A&B</iati-identifier>"),
        find("<!-- --><b><iati-identifier/>"),
    ]

    assert found == ["Aé", "A", "A&B", ""]
