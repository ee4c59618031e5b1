from polyfolio.exchange.iati.codelists import LoadedCodeLists
from tests.exchange.iati.files import COMPLETE, data_of, read_one, told

REST = COMPLETE.replace("<title><narrative>Title</narrative></title>", "")


def titled(inner: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    read = read_one(f"<title>{inner}</title>{REST}")
    return read.data.titles, told(read)


def test_narratives_keep_their_languages() -> None:
    assert titled(
        "<narrative>A</narrative><narrative xml:lang='FR'>B</narrative><narrative xml:lang='pt_BR'>C</narrative>"
    ) == ({"en": "A", "fr": "B", "pt-br": "C"}, [])


def test_names_stand_on_one_line() -> None:
    assert titled("<narrative>\n  A\n  B </narrative><narrative/><narrative> </narrative>") == ({"en": "A B"}, [])


def test_texts_keep_their_lines() -> None:
    assert data_of("<description><narrative> A\n\nB </narrative></description>").descriptions == {"1": {"en": "A\n\nB"}}


def test_second_name_in_a_language_is_reported() -> None:
    assert titled("<narrative>A</narrative><narrative>B</narrative><narrative>A</narrative>") == (
        {"en": "A"},
        [("language-twice", "title/narrative[2]", "B")],
    )


def test_second_text_in_a_language_is_set_below() -> None:
    found = data_of(
        "<description><narrative>A</narrative><narrative>B</narrative></description>"
        "<description type='1'><narrative>C</narrative><narrative xml:lang='fr'>D</narrative></description>"
        "<description type='2'><narrative>E</narrative></description><description type='3'/>"
    )

    assert found.descriptions == {"1": {"en": "A\n\nB\n\nC", "fr": "D"}, "2": {"en": "E"}}


def test_text_without_narrative_is_taken() -> None:
    assert titled("Plain") == ({"en": "Plain"}, [("narrative-missing", "title", "Plain")])


def test_text_across_comments_is_one() -> None:
    assert titled("<narrative>A<!-- x -->B<![CDATA[ & ]]>C</narrative>") == ({"en": "AB & C"}, [])


def test_elements_in_a_narrative_leave_their_text() -> None:
    assert titled("<narrative>A <b>bold</b> one</narrative><narrative xml:lang='fr'><b/></narrative>") == (
        {"en": "A bold one"},
        [("markup-in-narrative", "title/narrative[1]", "b"), ("markup-in-narrative", "title/narrative[2]", "b")],
    )


def test_script_text_is_kept_and_never_anything_else() -> None:
    assert titled("<narrative>&lt;script&gt;alert(1)&lt;/script&gt;</narrative>") == (
        {"en": "<script>alert(1)</script>"},
        [("markup-in-text", "title/narrative", "<script>")],
    )


def test_text_that_is_escaped_twice_is_read_as_meant() -> None:
    assert titled("<narrative>Bill &amp;amp; Melinda</narrative>") == (
        {"en": "Bill & Melinda"},
        [("escaped-twice", "title/narrative", "Bill &amp; Melinda")],
    )


def test_ampersands_alone_are_nothing_to_report() -> None:
    assert titled("<narrative>R&amp;D a &lt; b</narrative>") == ({"en": "R&D a < b"}, [])


def test_very_long_text_is_kept_whole() -> None:
    long = "x" * 11_000_000

    titles, problems = titled(f"<narrative>{long}</narrative>")

    assert titles == {"en": long}
    assert [(code, len(value)) for code, _, value in problems] == [("text-very-long", 201)]


def test_languages_outside_the_list_are_kept_and_reported() -> None:
    read = read_one(
        "<title><narrative xml:lang='xx'>A</narrative><narrative xml:lang='fr-CA'>B</narrative>C</title>" + REST,
        codes=LoadedCodeLists({"Language": {"en", "fr"}}),
    )

    assert read.data.titles == {"xx": "A", "fr-ca": "B"}
    assert told(read) == [("language-unknown", "title/narrative[1]", "xx")]


def test_languages_that_are_none_fall_back() -> None:
    assert titled("<narrative xml:lang='English language'>A</narrative><narrative xml:lang=''>B</narrative>") == (
        {"en": "A"},
        [
            ("language-unreadable", "title/narrative[1]", "English language"),
            ("language-twice", "title/narrative[2]", "B"),
        ],
    )
