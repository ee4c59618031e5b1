from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from polyfolio.exchange.iati.activities import ReadActivity
from polyfolio.exchange.iati.codelists import LoadedCodeLists
from polyfolio.exchange.iati.parse.context import Context, Memory
from polyfolio.exchange.iati.problems import Problem
from polyfolio.exchange.iati.reader import read
from polyfolio.exchange.iati.upgrade import upgrade_activity
from polyfolio.exchange.iati.upgrade.tree import KEPT, sort_children
from tests.exchange.iati.files import TODAY

# What 2.03 demands of every activity and the standard's small test files leave out.
MANDATORY = """<x><iati-identifier>A</iati-identifier>
<reporting-org ref="A" type="10"><narrative>x</narrative></reporting-org>
<title><narrative>x</narrative></title><description><narrative>x</narrative></description>
<participating-org ref="A" role="1"/><activity-status code="1"/><activity-date type="1" iso-date="2020-01-01"/></x>"""
# The sources of these lack what 2.03 demands in the very part that they test.
LACKING = {
    "06-flow-type.xml",
    "07-finance-type.xml",
    "08-transaction-date.xml",
    "14-disbursement-channel.xml",
    "15-location.xml",
    "16-types.xml",
    "23-activity-status.xml",
    "27-decimal-currency.xml",
}


def context() -> Context:
    return Context(Memory(LoadedCodeLists(), TODAY), ordinal=1, line=1, identifier="A", language="")


def upgraded(inner: str) -> tuple[str, list[tuple[str, str, str]], list[tuple[str, str]]]:
    """The activity's content after the upgrade, its problems, and what was kept beside it."""
    root = etree.fromstring(f'<iati-activity version="1.05">{inner}</iati-activity>')
    ctx = context()

    upgrade_activity(ctx, root)

    kept = [(element.get("path", ""), element.text or "") for element in root.findall(KEPT)]
    for element in root.findall(KEPT):
        root.remove(element)
    text = "".join(etree.tostring(child, encoding="unicode") for child in root)
    return text, [(item.code, item.element, item.value) for item in ctx.all_problems()], kept


@pytest.fixture(scope="module")
def schema(shared_data: Path) -> etree.XMLSchema:
    path = shared_data / "iati" / "schemas" / "2.03" / "iati-activities-schema.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


def test_annotated_examples_are_valid_afterwards(shared_data: Path, schema: etree.XMLSchema) -> None:
    paths = sorted((shared_data / "iati" / "examples").glob("*/activity*.xml"))

    for path in paths:
        items = [item for item in read(path) if not isinstance(item, Problem)]
        xml = b"".join(item.xml for item in items if isinstance(item, ReadActivity))
        schema.assertValid(etree.fromstring(b'<iati-activities version="2.03">' + xml + b"</iati-activities>"))
    assert len(paths) == 5


def test_files_that_version_one_accepts_are_valid_afterwards(shared_data: Path, schema: etree.XMLSchema) -> None:
    folder = shared_data / "iati" / "schema-tests" / "1.05" / "activity-tests" / "should-pass"
    invalid = set()
    for path in sorted(folder.glob("*.xml")):
        root = etree.parse(str(path)).getroot()
        for activity in root.findall("iati-activity"):
            upgrade_activity(context(), activity)
            for element in etree.fromstring(MANDATORY):
                if activity.find(element.tag) is None:
                    activity.append(element)
            sort_children(activity)
        root.set("version", "2.03")
        if len(root) and not schema.validate(etree.fromstring(etree.tostring(root))):
            invalid.add(path.name)

    assert invalid == LACKING


def test_files_that_version_one_rejects_are_read_as_far_as_they_go(shared_data: Path) -> None:
    for folder in ("should-pass", "should-fail"):
        for path in sorted((shared_data / "iati" / "schema-tests" / "1.05" / "activity-tests" / folder).glob("*.xml")):
            for item in read(path):
                if isinstance(item, ReadActivity):
                    assert item.is_upgraded
                    etree.fromstring(item.xml)
