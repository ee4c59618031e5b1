from polyfolio.exchange.iati.file.repair import Repair


def mend(xml: bytes) -> tuple[str, list[tuple[str, int, str]]]:
    repair = Repair()
    mended = repair.mend(xml, frozenset({"x"}))
    return mended.decode(), [(item.code, item.line, item.value) for item in repair.problems]


def test_mend_leaves_good_text_alone() -> None:
    text = "<a b='1'>&amp;&lt;&#233;&#xE9;<![CDATA[ & < &foo; ]]><!-- & < &foo; --><x:c/></a>"

    assert mend(text.encode()) == (text, [])


def test_mend_reads_stray_bytes_as_windows() -> None:
    assert mend(b"<a>\n\xc3\xa9 caf\xe9 \x93q\x94</a>") == ("<a>\né café “q”</a>", [("mended-encoding", 1, "E9")])


def test_mend_replaces_control_characters() -> None:
    assert mend(b"<a>\n\x0bx&#0;&#x1F;&#xFFFE;</a>") == ("<a>\n x   </a>", [("mended-control", 1, "U+000B")])


def test_mend_reads_bare_signs_as_meant() -> None:
    assert mend(b"<a>R&D & <5 years < x</a>") == (
        "<a>R&amp;D &amp; &lt;5 years &lt; x</a>",
        [("mended-ampersand", 0, "&D & <5 years < x</a"), ("mended-less-than", 0, "<5 years < x</a>")],
    )


def test_mend_reads_entities_of_web_pages() -> None:
    assert mend(b"<a>\n&eacute;&nbsp;&eacute;&LT;</a>") == ("<a>\né\xa0é&lt;</a>", [("mended-entity", 1, "&eacute;")])


def test_mend_never_expands_unknown_entities() -> None:
    assert mend(b"<a>&xxe;&lol9;&#99999999999;</a>") == (
        "<a>&amp;xxe;&amp;lol9;&amp;#99999999999;</a>",
        [("entity-unknown", 0, "&xxe;"), ("mended-ampersand", 0, "&#99999999999;</a>")],
    )


def test_mend_declares_missing_prefixes() -> None:
    assert mend(b'<a><y:b z:c="1"/><x:d>see also:this</x:d></a>') == (
        '<a xmlns:y="urn:undeclared:y" xmlns:z="urn:undeclared:z"><y:b z:c="1"/><x:d>see also:this</x:d></a>',
        [("mended-prefix", 0, "y, z")],
    )


def test_mend_leaves_comment_in_cdata_alone() -> None:
    text = "<a><![CDATA[ <!-- & ]]><!-- <![CDATA[ & --></a>"

    assert mend(text.encode()) == (text, [])


def test_mend_leaves_unclosed_comment_to_the_parser() -> None:
    assert mend(b"<a><!-- & </a>")[0] == "<a><!-- &amp; </a>"
