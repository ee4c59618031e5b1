"""Real published files: everything read, nothing lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from polyfolio.exchange.iati.activities import FailedActivity, RawActivity, ReadActivity
from polyfolio.exchange.iati.codelists import LoadedCodeLists, read_code_list
from polyfolio.exchange.iati.problems import Problem
from polyfolio.exchange.iati.reader import IatiReader, read
from tests.exchange.iati.files import seen

ACTIVITY_FILES = (
    "okfn/xml/who-bra.xml",
    "okfn/xml/usaid-bo.xml",
    "okfn/xml/usaid-bb.xml",
    "okfn/xml/acfspain-co.xml",
    "okfn/xml/acfspain-ph.xml",
    "okfn/xml/wri-521257057-strategic-plan-2023-2027.xml",
    "examples/2.01/activity-standard-example-annotated.xml",
    "examples/2.02/activity-standard-example-annotated.xml",
    "examples/2.03/activity-standard-example-annotated.xml",
)
COUNTS = {"okfn/xml/who-bra.xml": (134, 735), "okfn/xml/usaid-bo.xml": (63, 304), "okfn/xml/usaid-bb.xml": (1, 2)}


@pytest.fixture(scope="module")
def iati(shared_data: Path) -> Path:
    return shared_data / "iati"


def activities(path: Path) -> list[ReadActivity]:
    items = [item for item in read(path) if not isinstance(item, Problem)]
    assert not [item for item in items if isinstance(item, FailedActivity)]
    return [item for item in items if isinstance(item, ReadActivity)]


def canonical(element: etree._Element) -> bytes:
    """The element's canonical form with its comments, by itself."""
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    return etree.tostring(alone, method="c14n", exclusive=True, with_comments=True)


def inventory(element: etree._Element) -> Counter[tuple[str, ...]]:
    """Every element with its attributes and text, and every comment, as often as it stands there."""
    return Counter(
        (
            str(node.tag),
            (node.text or "").strip(),
            *sorted(f"{name}={value}" for name, value in node.attrib.items()),
        )
        for node in element.iter()
    )


@pytest.mark.parametrize("name", ACTIVITY_FILES)
def test_kept_activities_are_what_stood_in_the_file(iati: Path, name: str) -> None:
    parser = etree.XMLParser(resolve_entities=False, strip_cdata=False)
    sources = etree.parse(str(iati / name), parser).getroot().findall("iati-activity")

    kept = [etree.fromstring(item.xml, parser) for item in activities(iati / name)]

    assert [inventory(element) for element in kept] == [inventory(element) for element in sources]
    assert [canonical(element) for element in kept] == [canonical(element) for element in sources]


@pytest.mark.parametrize("name", COUNTS)
def test_everything_that_was_counted_is_read(iati: Path, name: str) -> None:
    found = activities(iati / name)

    assert (len(found), sum(len(item.data.transactions) for item in found)) == COUNTS[name]


def test_sdgs_of_the_health_organisation_are_found(iati: Path) -> None:
    found = activities(iati / "okfn/xml/who-bra.xml")

    assert sum(1 for item in found if item.data.sdgs) == 101


def test_results_of_the_resources_institute_are_found(iati: Path) -> None:
    (found,) = activities(iati / "okfn/xml/wri-521257057-strategic-plan-2023-2027.xml")

    assert len(found.data.results) == 16


def test_organisation_files_are_recognised(iati: Path) -> None:
    files = [*sorted((iati / "okfn" / "organization-files").glob("*.xml")), iati / "okfn" / "xml" / "wri-org.xml"]

    assert {str(path): seen(list(read(path))) for path in files} == {
        str(path): ["file-is-organisations"] for path in files
    }


def test_real_files_use_codes_of_the_lists(iati: Path) -> None:
    folders = (iati / "codelists" / "nonembedded" / "xml", iati / "codelists" / "embedded-2.03" / "xml")
    lists = [read_code_list(str(path)) for folder in folders for path in sorted(folder.glob("*.xml"))]
    codes = LoadedCodeLists({found.name: {item.code for item in found.items} for found in lists})
    reader = IatiReader(iati / "okfn/xml/usaid-bo.xml", codes=codes)

    problems = [
        problem for item in reader.scan() if isinstance(item, RawActivity) for problem in reader.parse(item).problems
    ]

    assert Counter(problem.code for problem in problems)["code-unknown"] == 0


def test_second_scan_gives_the_same_hashes(iati: Path) -> None:
    path = iati / "okfn/xml/who-bra.xml"

    first, second = (
        [(item.ordinal, item.line, item.identifier, item.content_hash) for item in IatiReader(path).scan()
         if isinstance(item, RawActivity)]
        for _ in range(2)
    )  # fmt: skip

    assert len({item[3] for item in first}) == 134
    assert first == second


def test_every_file_at_hand_is_answered(iati: Path) -> None:
    for path in sorted(iati.rglob("*")):
        if path.is_file():
            assert seen(list(read(path)))
