import io
from pathlib import Path

import pytest

from polyfolio.exchange.iati.codelists import (
    CodeList,
    CodeListItem,
    LoadedCodeLists,
    NotACodeListError,
    read_code_list,
)

TWO = """<codelist name="Sector" xml:lang="en" category-codelist="SectorCategory" complete="0">
 <metadata><name><narrative>DAC sector</narrative><narrative xml:lang="FR">Secteur</narrative></name>
  <description><narrative>A\n  list</narrative></description><url>http://x</url></metadata>
 <codelist-items>
  <codelist-item status="withdrawn" activation-date="1998-01-01" withdrawal-date="2015-12-31"><code> 11110 </code>
   <name><narrative>Policy</narrative><narrative xml:lang="fr">Politique</narrative></name>
   <description><narrative>About</narrative></description><category>111</category><url>http://y</url></codelist-item>
  <codelist-item><code/></codelist-item><!-- x -->
 </codelist-items></codelist>"""
ONE = """<codelist name="ActivityStatus" xml:lang="en" complete="1">
 <metadata><name>Activity Status</name></metadata>
 <codelist-items><codelist-item><code>2</code><name>Implementation</name><name xml:lang="fr">Actif</name>
 </codelist-item></codelist-items></codelist>"""


def read(text: str) -> CodeList:
    return read_code_list(io.BytesIO(text.encode()))


def test_read_code_list_of_version_two() -> None:
    assert read(TWO) == CodeList(
        name="Sector",
        titles={"en": "DAC sector", "fr": "Secteur"},
        descriptions={"en": "A list"},
        url="http://x",
        category_list="SectorCategory",
        is_complete=False,
        items=(
            CodeListItem(
                code="11110",
                names={"en": "Policy", "fr": "Politique"},
                descriptions={"en": "About"},
                category="111",
                url="http://y",
                is_withdrawn=True,
                activated_on="1998-01-01",
                withdrawn_on="2015-12-31",
            ),
        ),
    )


def test_read_code_list_of_version_one() -> None:
    found = read(ONE)

    assert (found.titles, found.is_complete) == ({"en": "Activity Status"}, True)
    assert [(item.code, item.names) for item in found.items] == [("2", {"en": "Implementation", "fr": "Actif"})]


def test_read_code_list_without_metadata() -> None:
    assert read('<codelist name="X"><codelist-items/></codelist>') == CodeList("X", {}, {}, "", "", True, ())


def test_read_code_list_refuses_other_files() -> None:
    for text in ("", "x", "<iati-activities/>", "<codelist/>"):
        with pytest.raises(NotACodeListError):
            read(text)


def test_read_code_list_expands_no_entities() -> None:
    text = '<!DOCTYPE codelist [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + ONE.replace("Actif", "&x;")

    assert "root:" not in repr(read(text))


def test_read_code_list_reads_every_real_list(shared_data: Path) -> None:
    lists = [read_code_list(str(path)) for path in sorted((shared_data / "iati" / "codelists").rglob("xml/*.xml"))]

    assert len(lists) == 97
    assert sum(len(found.items) for found in lists) == 5751
    assert sum("fr" in item.names for found in lists for item in found.items) == 1455


def test_has_says_yes_where_a_list_is_not_loaded() -> None:
    codes = LoadedCodeLists({"Country": ["BR"], "Empty": []})

    found = [codes.has("Country", "BR"), codes.has("Country", "XX"), codes.has("Empty", "X"), codes.has("Other", "X")]

    assert found == [True, False, False, True]
    assert LoadedCodeLists().has("Country", "XX")
