import io
from pathlib import Path

from polyfolio.exchange.iati.activities import FailedActivity, RawActivity, ReadActivity
from polyfolio.exchange.iati.reader import IatiReader, read
from tests.exchange.iati.files import COMPLETE, activity, file_of, read_all, reader_of, seen, told

GOOD = activity()
OTHER = activity(identifier="XM-1-B")
BOMB = """<?xml version="1.0"?>
<!DOCTYPE iati-activities [
 <!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;"><!ENTITY xxe SYSTEM "file:///etc/passwd">
]>
"""


def hashes(content: str | bytes) -> list[bytes]:
    return [item.content_hash for item in reader_of(content).scan() if isinstance(item, RawActivity)]


def test_scan_gives_each_activity_without_parsing_it() -> None:
    reader = reader_of(file_of(GOOD, OTHER))

    items = list(reader.scan())

    assert [(item.ordinal, item.line, item.identifier) for item in items if isinstance(item, RawActivity)] == [
        (1, 2, "XM-1-A"),
        (2, 12, "XM-1-B"),
    ]
    assert (len(items), reader.seen, reader.header.version) == (2, 2, "2.03")


def test_scan_reads_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "activities.xml"
    path.write_text(file_of(GOOD))

    assert seen(list(read(path))) == seen(list(read(str(path)))) == ["XM-1-A"]


def test_content_hash_follows_content_alone() -> None:
    plain = file_of(GOOD)
    (expected,) = hashes(plain)

    same = [
        plain.replace("\n", "\r\n"),
        plain.replace("\n", "\r"),
        "\ufeff" + plain,
        plain.encode("utf-16"),
        file_of(OTHER, GOOD)[:-1],
        plain.replace("<iati-activities", "<iati-activities generated-datetime='2024-01-01'"),
    ]
    other = [
        plain.replace("Title", "Titel"),
        plain.replace("2.03", "2.02"),
        plain.replace("<iati-activities", "<iati-activities linked-data-default='http://x'"),
        plain.replace("<iati-activities", "<iati-activities xml:lang='fr'"),
    ]

    assert [hashes(content)[-1] for content in same] == [expected] * len(same)
    assert len({expected, *(hashes(content)[-1] for content in other)}) == 1 + len(other)


def test_read_gives_self_contained_activities() -> None:
    inner = f"{COMPLETE}<!-- kept --><x:y z:a='1'/><plain><![CDATA[ & ]]></plain>"
    content = file_of(activity(inner), attributes="version='2.03' xmlns:x='http://x' xmlns:z='http://z'")

    (item,) = read_all(content)

    assert isinstance(item, ReadActivity)
    assert item.xml.decode() == activity(inner).replace(
        "<iati-activity", '<iati-activity xmlns:x="http://x" xmlns:z="http://z"'
    )


def test_read_does_not_declare_a_namespace_twice() -> None:
    content = file_of(activity(attributes="a='>' xmlns:x='http://own'"), attributes="version='2.03' xmlns:x='http://x'")

    (item,) = read_all(content)

    assert isinstance(item, ReadActivity)
    assert item.xml.decode() == activity(attributes="a='>' xmlns:x='http://own'")


def test_read_drops_a_namespace_that_the_standard_has_not() -> None:
    body = "<iati-identifier>A</iati-identifier><title><narrative>T</narrative></title><!-- c -->"
    contents = (
        f"<iati-activities version='2.03' xmlns='u'><iati-activity>{body}</iati-activity></iati-activities>",
        f"<iati-activities version='2.03'><iati-activity xmlns='u'>{body}</iati-activity></iati-activities>",
        (
            "<i:iati-activities version='2.03' xmlns:i='u'><i:iati-activity><i:iati-identifier>A</i:iati-identifier>"
            "<i:title><i:narrative>T</i:narrative></i:title><!-- c --></i:iati-activity></i:iati-activities>"
        ),
    )

    found = [item for content in contents for item in read_all(content) if isinstance(item, ReadActivity)]

    assert [(item.identifier, item.data.titles, item.xml.decode()) for item in found] == [
        ("A", {"und": "T"}, f"<iati-activity>{body}</iati-activity>")
    ] * 3
    assert [told(item, only="namespaced") for item in found] == [
        [],
        [("namespaced", "", "u")],
        [("namespaced", "", "u")],
    ]


def test_blank_identifier_fails_and_others_are_read() -> None:
    content = file_of(activity(identifier=""), activity(identifier=" "), GOOD)

    assert seen(read_all(content)) == ["!identifier-missing", "!identifier-missing", "XM-1-A"]


def test_second_of_two_with_one_identifier_fails() -> None:
    items = read_all(file_of(GOOD, activity(identifier=" XM-1-A "), OTHER))

    assert seen(items) == ["XM-1-A", "XM-1-A!identifier-twice", "XM-1-B"]
    assert isinstance(items[1], FailedActivity)
    assert items[1].problems[0].params == {"first": 2}


def test_identifier_that_no_column_holds_fails() -> None:
    assert seen(read_all(file_of(activity(identifier="x" * 301)))) == ["x" * 300 + "!identifier-too-long"]


def test_broken_activity_breaks_no_other() -> None:
    broken = activity("<title><narrative>x</title>", identifier="XM-1-C")

    items = read_all(file_of(GOOD, broken, OTHER))

    assert seen(items) == ["XM-1-A", "XM-1-C!activity-broken", "XM-1-B"]
    assert isinstance(items[1], FailedActivity)
    assert (items[1].problems[0].line, items[1].xml.decode()) == (12, broken)
    assert "line 12 and title" in items[1].problems[0].value


def test_truncated_file_gives_what_stands_before_the_break() -> None:
    content = file_of(GOOD, OTHER)

    items = read_all(content[: content.index("XM-1-B") + 100])

    assert seen(items) == ["XM-1-A", "XM-1-B!activity-truncated", "file-truncated"]
    assert not isinstance(items[-1], (ReadActivity, FailedActivity))
    assert items[-1].line == 13


def test_unclosed_activity_fails_alone() -> None:
    items = read_all(file_of(GOOD.replace("</iati-activity>", ""), OTHER))

    assert seen(items) == ["XM-1-A!activity-unclosed", "XM-1-B"]


def test_activity_beyond_memory_fails_alone() -> None:
    large = activity(COMPLETE + "x" * 5_000_000, identifier="XM-1-C")

    items = read_all(file_of(GOOD, large, OTHER), max_activity=1_000_000)

    assert seen(items) == ["XM-1-A", "XM-1-C!activity-too-large", "XM-1-B"]


def test_entities_are_never_expanded() -> None:
    titled = COMPLETE.replace("Title", "T &lol2; &xxe;")

    items = read_all(BOMB + file_of(activity(titled), OTHER))

    assert seen(items) == ["doctype", "XM-1-A", "XM-1-B"]
    assert isinstance(items[1], ReadActivity)
    assert items[1].data.titles == {"en": "T &lol2; &xxe;"}
    assert told(items[1]) == [("entity-unknown", "", "&lol2;")]


def test_document_type_within_the_file_is_no_document_type() -> None:
    assert seen(read_all(file_of(activity(COMPLETE + '<!DOCTYPE x [<!ENTITY a "b">]>&a;')))) == [
        "XM-1-A!activity-broken"
    ]


def test_stray_bytes_are_read_as_windows() -> None:
    content = file_of(GOOD, OTHER).encode().replace(b"Title", b"Caf\xe9 \x80", 1)

    items = read_all(content)

    assert isinstance(items[0], ReadActivity)
    assert items[0].data.titles == {"en": "Café €"}
    assert [(found.code, found.line) for found in items[0].problems] == [("mended-encoding", 4)]
    assert seen(items) == ["XM-1-A", "XM-1-B"]


def test_control_characters_and_bare_signs_are_mended() -> None:
    content = file_of(activity(COMPLETE.replace("Title", "R&D \x0b < &eacute;"))).encode()

    (item,) = read_all(content)

    assert isinstance(item, ReadActivity)
    assert item.data.titles == {"en": "R&D < é"}
    assert [code for code, _, _ in told(item)] == [
        "mended-control",
        "mended-ampersand",
        "mended-entity",
        "mended-less-than",
    ]


def test_every_encoding_gives_the_same_activities() -> None:
    text = file_of(activity(COMPLETE.replace("Title", "Título ação")))
    named = '<?xml version="1.0" encoding="{}"?>\n' + text

    found = [
        read_all(content)
        for content in (
            text.encode(),
            text.encode("utf-8-sig"),
            text.encode("utf-16"),
            text.replace("\n", "\r").encode(),
            named.format("ISO-8859-1").encode("latin-1"),
            named.format("windows-1252").encode("cp1252"),
            named.format("UTF-16").encode("utf-16-be"),
        )
    ]

    assert [item.data.titles for (item,) in found if isinstance(item, ReadActivity)] == [{"en": "Título ação"}] * 7


def test_what_is_no_activity_file_is_named() -> None:
    contents = {
        b"": "file-empty",
        b"PK\x03\x04[Content_Types].xml xl/": "file-is-spreadsheet",
        b"not xml": "file-not-xml",
        b"<iati-organisations version='2.03'/>": "file-is-organisations",
        b'<registry-record xmlns="http://iatiregistry.org/ns/record#" file-id="x"/>': "file-is-registry-record",
    }

    assert {content: seen(read_all(content)) for content in contents} == {
        content: [code] for content, code in contents.items()
    }


def test_file_without_activities_says_so() -> None:
    found = [seen(read_all(text)) for text in ("<iati-activities version='2.03'/>", file_of())]

    assert found == [["no-activities"], ["no-activities"]]


def test_what_stands_between_activities_is_kept() -> None:
    reader = reader_of(file_of("<!-- a -->", GOOD, "<x:b xmlns:x='u'/>"))

    items = list(reader.scan())

    assert (len(items), reader.outside) == (1, [b"<!-- a -->", b'<x:b xmlns:x="u"/>'])


def test_version_is_known_by_narratives_where_it_is_not_stated() -> None:
    one = activity("<title>Plain</title>", identifier="A")
    two = activity(identifier="B")

    items = read_all(file_of(one, two, attributes=""))

    assert [item.is_upgraded for item in items if isinstance(item, ReadActivity)] == [True, False]
    assert seen(items) == ["version-missing", "A", "B"]


def test_unknown_version_is_read_as_the_nearest() -> None:
    found = [
        [
            item.is_upgraded
            for item in read_all(file_of(GOOD, attributes=f"version='{version}'"))
            if isinstance(item, ReadActivity)
        ]
        for version in ("1.06", "2.04", "3.0", "banana")
    ]

    assert found == [[True], [False], [False], [False]]


def test_organisations_are_looked_at_when_all_is_read() -> None:
    renamed = COMPLETE.replace(">Partner<", ">Partners<").replace("XM-1", "XM-9")

    items = read_all(file_of(GOOD, activity(renamed, identifier="XM-1-B"), GOOD))

    assert seen(items)[3:] == ["organisation-names", "organisation-refs"]


def test_second_run_without_parsing_says_nothing_about_organisations() -> None:
    renamed = COMPLETE.replace(">Partner<", ">Partners<")

    items = list(reader_of(file_of(GOOD, activity(renamed, identifier="B"))).scan())

    assert [type(item) for item in items] == [RawActivity, RawActivity]


def test_memory_does_not_grow_with_the_file() -> None:
    class Endless(io.RawIOBase):
        """Twenty thousand activities of 1 kB, of which never more than a piece exists."""

        def __init__(self) -> None:
            self.left = 20_000
            self.biggest = 0

        def read(self, size: int = -1) -> bytes:
            if self.left == 0:
                return b""
            start = b"<iati-activities version='2.03'>" if self.left == 20_000 else b""
            self.left -= 1000
            first = self.left
            return start + b"".join(
                b"<iati-activity><iati-identifier>%d</iati-identifier>%s</iati-activity>" % (first + n, b" " * 1000)
                for n in range(1000)
            )

    reader = IatiReader(Endless())  # type: ignore[arg-type]

    sizes = [len(item.xml) for item in reader.scan() if isinstance(item, RawActivity)]

    assert (len(sizes), reader.seen) == (20_000, 20_000)
