from polyfolio.exchange.iati.file.buffer import Buffer
from polyfolio.exchange.iati.file.header import LIMIT, FileHeader, read_header
from polyfolio.exchange.iati.problems import Problem


def header(text: str) -> tuple[FileHeader | None, list[tuple[str, int, str]], bytes]:
    problems: list[Problem] = []
    buffer = Buffer(iter([text.encode()]))
    found = read_header(buffer, problems)
    rest = buffer.data[buffer.position :]
    return found, [(item.code, item.line, item.value) for item in problems], rest


def test_read_header_gives_all_of_the_root() -> None:
    found, problems, rest = header(
        '<?xml version="1.0"?>\n<!-- made by us -->\n<iati-activities version="2.03" xml:lang="FR" x:y="1"'
        ' generated-datetime="2024-01-01" linked-data-default="http://d" xmlns:x="http://x?a&amp;b"><iati-activity/>'
    )

    assert found == FileHeader(
        version="2.03",
        generated_at="2024-01-01",
        linked_data_default="http://d",
        language="fr",
        attributes={
            "version": "2.03",
            "{http://www.w3.org/XML/1998/namespace}lang": "FR",
            "{http://x?a&b}y": "1",
            "generated-datetime": "2024-01-01",
            "linked-data-default": "http://d",
        },
        namespaces={"x": "http://x?a&b"},
        comments=(" made by us ",),
        declarations=b' xmlns:x="http://x?a&amp;b"',
    )
    assert (problems, rest) == ([], b"<iati-activity/>")


def test_read_header_leaves_single_activity_in_place() -> None:
    found, problems, rest = header('<iati-activity version="1.05"></iati-activity>')

    assert found == FileHeader(version="1.05", attributes={"version": "1.05"}, is_single=True)
    assert (problems, rest) == ([], b'<iati-activity version="1.05"></iati-activity>')


def test_read_header_knows_closed_root() -> None:
    found, _, _ = header('<iati-activities version="2.03"/>')

    assert found is not None
    assert found.is_closed


def test_read_header_tells_what_other_files_are() -> None:
    roots = {
        "iati-organisations": "file-is-organisations",
        "iati-organisation": "file-is-organisations",
        "registry-record": "file-is-registry-record",
        "codelist": "file-is-codelist",
        "html": "file-is-web-page",
        "feed": "file-is-other-xml",
    }

    found = {root: header(f"<{root}>")[:2] for root in roots}

    assert found == {root: (None, [(code, 1, root)]) for root, code in roots.items()}


def test_read_header_tells_web_page_by_its_document_type() -> None:
    assert header("<!DOCTYPE html>\n<html>")[:2] == (None, [("file-is-web-page", 2, "html")])


def test_read_header_refuses_what_is_no_xml() -> None:
    texts = ("{}", "name,amount", "<", "<1a>", "<!-- never closed", "<?xml never closed", "<!DOCTYPE x [", "<a b=")

    found = [header(text)[1][0][0] for text in texts]

    assert found == ["file-not-xml"] * len(texts)


def test_read_header_says_nothing_of_nothing() -> None:
    assert header("")[:2] == (None, [])


def test_read_header_refuses_beginning_without_end() -> None:
    assert header("<!--" + "x" * (LIMIT + 1))[1][0][0] == "file-not-xml"


def test_read_header_steps_over_document_type() -> None:
    bomb = """<!DOCTYPE iati-activities [ <!-- ]> ' --> <?pi ]> ?> <!ENTITY a "]>"> <!ENTITY b '&a;&a;'> ]>"""

    found, problems, _ = header(f'{bomb}\n<iati-activities version="2.03">')

    assert found is not None
    assert problems == [("doctype", 1, bomb)]


def test_read_header_refuses_document_type_with_open_parts() -> None:
    assert header("<!DOCTYPE x [ <!-- ]><iati-activities>")[1][0][0] == "file-not-xml"


def test_read_header_reports_version() -> None:
    found = [header(f"<iati-activities {text}>")[1] for text in ("", 'version="2.99"', 'version=" 2.03 "')]

    assert found == [[("version-missing", 1, "")], [("version-unknown", 1, "2.99")], []]


def test_read_header_reports_namespaces() -> None:
    found = [
        header('<iati-activities version="2.03" xmlns="http://iati">')[1],
        header('<i:iati-activities version="2.03" xmlns:i="http://iati">')[1],
    ]

    assert found == [[("root-namespaced", 1, "http://iati")], [("root-namespaced", 1, "i")]]


def test_read_header_reads_on_after_broken_root() -> None:
    found, problems, rest = header('<iati-activities version="2.03" version="2.03">x')

    assert (found, rest) == (FileHeader(), b"x")
    assert problems == [("root-broken", 1, '<iati-activities version="2.03" version="2.03">')]


def test_read_header_forgives_space_before_declaration() -> None:
    assert header('\n <?xml version="1.0"?><iati-activities version="2.03">')[1] == []
