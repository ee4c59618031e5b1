"""Whatever a file holds, reading it raises nothing, and every activity in it comes out exactly once."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from polyfolio.exchange.iati.activities import FailedActivity, RawActivity, ReadActivity
from polyfolio.exchange.iati.codelists import LoadedCodeLists
from polyfolio.exchange.iati.problems import Problem
from polyfolio.exchange.iati.reader import IatiReader
from polyfolio.exchange.iati.upgrade.codes import ORDER
from tests.exchange.iati.files import TODAY

CODES = LoadedCodeLists(
    {"Country": {"BR"}, "Currency": {"USD"}, "TransactionType": {"1", "2", "3"}, "Sector": {"11110"}}
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FOREIGN = "{urn:foreign}thing"
NAMES = sorted(
    {name for names in ORDER.values() for name in names}
    | {
        "narrative", "owner-org", "budget-item", "condition", "pos", "coordinates", "gazetteer-entry", "location-type",
        "aidtype-flag", "comment", "dimension", "activity-website", "total-cost", FOREIGN,
    }
)  # fmt: skip
ATTRIBUTES = (
    "code", "type", "role", "ref", "percentage", "vocabulary", "iso-date", "currency", "value-date", "value", "year",
    "url", "format", "latitude", "longitude", "precision", "level", "attached", "significance", "measure", "language",
    "vocabulary-uri", "humanitarian", "owner-ref", "gazetteer-ref", "country", "adm1", "updated", XML_LANG,
)  # fmt: skip
VALUES = (
    "", " ", "1", "2", "99", "DAC", "output", "2024-02-29", "2023-02-30", "9999-99-99", "2024-01-01T00:00:00Z",
    "1,234.5", "-5", "1e400", "NaN", "100%", "USD", "usd", "€", "en", "FR", "x_Y", "javascript:alert(1)", "http://x",
    "BR", "true", "Implementation", "3.3", "1.5 -2.5", "999 999", "0" * 400, "A\u0085\u202eB", "<b>&amp;amp;</b>",
)  # fmt: skip
ALPHABET = "aé漢🌍 \t\n&<>'\"%{}\\;/\u0085\u202e\ufffd"


def element(random: Random, depth: int = 3) -> etree._Element:
    """Any element of the standard, or of another, with whatever may stand in it and much that may not."""
    made = etree.Element(random.choice(NAMES))
    for name in random.sample(ATTRIBUTES, random.randint(0, 4)):
        made.set(name, random.choice(VALUES))
    made.text = text(random)
    for _ in range(random.randint(0, depth)):
        child = element(random, depth - 1)
        made.append(child)
        child.tail = text(random)
    if random.random() < 0.1:
        made.append(etree.Comment("<iati-activity> </iati-activity> & "))
    return made


def text(random: Random) -> str | None:
    if random.random() < 0.5:
        return random.choice((None, *VALUES))
    return "".join(random.choices(ALPHABET, k=random.randint(0, 20)))


def file_from(seed: int) -> etree._Element:
    """An activity file of any version that is well-formed XML. Made from a seed, which is far quicker than drawing."""
    random = Random(seed)
    root = etree.Element("iati-activities")
    version = random.choice(("1.01", "1.03", "1.05", "2.01", "2.03", "9.9", None))
    if version is not None:
        root.set("version", version)
    for number in range(random.randint(0, 4)):
        activity = etree.SubElement(root, "iati-activity", {"default-currency": random.choice(VALUES)})
        for name in (XML_LANG, "hierarchy", "humanitarian", "last-updated-datetime"):
            if random.random() < 0.3:
                activity.set(name, random.choice(VALUES))
        if random.random() < 0.9:
            etree.SubElement(activity, "iati-identifier").text = f"A-{number * 2 // 3}"
        activity.extend(element(random) for _ in range(random.randint(0, 12)))
    return root


FILES = st.integers(0, 2**32).map(file_from)


def outcome(
    content: bytes,
) -> tuple[list[RawActivity | FailedActivity], list[ReadActivity | FailedActivity], IatiReader]:
    """Read a file as an importer does, looking at everything that comes out."""
    reader = IatiReader(io.BytesIO(content), codes=CODES, today=TODAY)
    scanned: list[RawActivity | FailedActivity] = []
    results: list[ReadActivity | FailedActivity] = []
    for item in reader.scan():
        if isinstance(item, Problem):
            item.explain()
            continue
        scanned.append(item)
        result = reader.parse(item) if isinstance(item, RawActivity) else item
        results.append(result)
        for problem in result.problems:
            assert problem.explain().message
            assert problem.ordinal == item.ordinal
            assert item.line <= problem.line or not problem.line
    return scanned, results, reader


def check_counts(content: bytes) -> list[ReadActivity | FailedActivity]:
    scanned, results, reader = outcome(content)
    assert reader.seen == len(scanned) == len(results)
    assert [item.ordinal for item in results] == list(range(1, len(results) + 1))
    identifiers = [item.identifier for item in results if isinstance(item, ReadActivity)]
    assert len(set(identifiers)) == len(identifiers)
    for item in results:
        if isinstance(item, ReadActivity):
            check_bounds(item)
        else:
            assert item.problems
    return results


def check_bounds(item: ReadActivity) -> None:
    """What the data promise to those who put them into columns; and the kept activity is XML."""
    data = item.data
    assert etree.fromstring(item.xml).tag == "iati-activity"
    assert 0 < len(data.identifier) <= 300
    for transaction in data.transactions:
        assert transaction.amount is None or abs(transaction.amount) < 10**18
        assert transaction.currency == "" or (len(transaction.currency) == 3 and transaction.currency.isupper())
        assert transaction.is_correction is (transaction.amount is not None and transaction.amount < 0)
    assert all(len(country.code) in {0, 2} for country in data.countries)
    assert all(len(sector.code) <= 80 and len(sector.vocabulary) <= 20 for sector in data.sectors)
    assert all(len(document.url) <= 2000 and not document.url.startswith("java") for document in data.documents)
    assert all(1 <= mention.goal <= 17 for mention in data.sdgs)


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(content: bytes) -> None:
    check_counts(content)


@given(st.lists(st.sampled_from((
    b"<iati-activities version='2.03'>", b"</iati-activities>", b"<iati-activity>", b"</iati-activity>",
    b"<iati-activity/>", b"<iati-identifier>A</iati-identifier>", b"<iati-identifier>B", b"</iati-identifier>", b"<!--",
    b"-->", b"<![CDATA[", b"]]>", b"<?p", b"?>", b"<!DOCTYPE x [", b"]>", b"<!ENTITY a 'b'>",
    b"&a;", b"&#0;", b"&", b"<", b">", b"'", b'"',
    b"\x00", b"\xff", b"\r", b"\n", b"x:y", b"<x:y>", b"<title>", b"</title>", b"text", b"\xef\xbb\xbf",
)), max_size=40))  # fmt: skip
def test_any_pieces_of_a_file_are_answered(pieces: list[bytes]) -> None:
    check_counts(b"".join(pieces))


@settings(deadline=None)
@given(FILES, st.sampled_from(("utf-8", "utf-16", "iso-8859-1", "us-ascii")))
def test_every_activity_of_a_well_formed_file_comes_out_once(root: etree._Element, encoding: str) -> None:
    content = etree.tostring(root, encoding=encoding, xml_declaration=True)

    results = check_counts(content)

    assert len(results) == len(root)
    failed = {item.problems[-1].code for item in results if isinstance(item, FailedActivity)}
    assert failed <= {"identifier-missing", "identifier-twice", "identifier-too-long"}


@settings(deadline=None)
@given(FILES)
def test_activities_of_version_two_are_kept_as_they_are(root: etree._Element) -> None:
    root.set("version", "2.03")
    content = etree.tostring(root)
    sources = [etree.tostring(child, method="c14n2") for child in etree.fromstring(content)]

    results = check_counts(content)

    for item, source in zip(results, sources, strict=True):
        if isinstance(item, ReadActivity):
            assert etree.tostring(etree.fromstring(item.xml), method="c14n2") == source


@settings(deadline=None)
@given(FILES)
def test_texts_of_version_one_are_not_lost(root: etree._Element) -> None:
    root.set("version", "1.05")
    for number, holder in enumerate(root.iter("title", "description", "gazetteer-entry", "total-cost", "legacy-data")):
        holder.text = f"needle{number}"

    results = check_counts(etree.tostring(root))

    for item, source in zip(results, root, strict=True):
        for holder in source.iter("title", "description", "gazetteer-entry", "total-cost", "legacy-data"):
            assert (holder.text or "").encode() in item.xml


@pytest.fixture(scope="module")
def real(shared_data: Path) -> bytes:
    """Three real activities in a file of their own."""
    root = etree.parse(str(shared_data / "iati" / "okfn" / "xml" / "acfspain-ph.xml")).getroot()
    for child in list(root)[3:]:
        root.remove(child)
    return etree.tostring(root)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_mutations_of_a_real_file_are_answered(real: bytes, data: st.DataObject) -> None:
    content = bytearray(real)
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 200))
        junk = data.draw(
            st.one_of(st.binary(max_size=8), st.sampled_from((b"<", b">", b"</", b"&x;", b"<!--", b"\x00")))
        )
        content[start : start + length] = junk

    check_counts(bytes(content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_real_file_cut_anywhere_gives_what_stands_before(real: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(real) - 1))

    results = check_counts(real[:cut])

    whole = real[:cut].count(b"</iati-activity>")
    assert sum(isinstance(item, ReadActivity) for item in results) == whole
