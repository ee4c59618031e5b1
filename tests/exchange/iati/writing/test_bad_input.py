"""Every bad file that people hand in: a clear message with its place, the good activities imported, nothing lost."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from polyfolio.exchange.choices import RunState
from polyfolio.exchange.models import ImportProblem, ImportRun, SourceRecord
from polyfolio.network.models import Organisation
from polyfolio.portfolios.models import Initiative
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import codes, counts, import_file, rows, the_initiative

pytestmark = pytest.mark.django_db

GOOD = activity(identifier="GOOD")
TRANSACTION = """<transaction><transaction-type code="{kind}"/><transaction-date iso-date="2020-01-01"/>
  <value value-date="2020-01-01" {currency}>{amount}</value></transaction>"""


def kept(value: str = "GOOD") -> bool:
    """Whether the activity is here."""
    return Initiative.objects.kept().filter(identifiers__value=value).exists()


def said(run: ImportRun, code: str) -> ImportProblem:
    return ImportProblem.objects.get(run=run, code=code)


def spreadsheet() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write(0, 0, "iati-identifier")
    return stream.getvalue()


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr("activities.xml", file_of(GOOD))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"identifier,title\nA,B\n", "file-not-xml"),
        (spreadsheet(), "file-is-spreadsheet"),
        (archive(), "file-is-spreadsheet"),
        (b"\x1f\x8b\x08\x00rest", "file-is-compressed"),
        (b"%PDF-1.7 rest", "file-is-pdf"),
        (b"<!doctype html><html><body>Not found</body></html>", "file-is-web-page"),
        (b'<iati-organisations version="2.03"/>', "file-is-organisations"),
        (b"<feed/>", "file-is-other-xml"),
    ],
)
def test_import_of_another_file_says_what_it_is(content: bytes, code: str) -> None:
    run = import_file(content)

    problem = said(run, code)
    assert (counts(run), run.total, run.state) == ((0, 0, 0, 0), 0, RunState.DONE)
    assert problem.severity == "critical"
    assert problem.words.message
    assert problem.words.remedy
    assert Initiative.objects.count() == 0


def test_import_of_a_truncated_file_keeps_what_came_before() -> None:
    whole = file_of(GOOD, activity(identifier="LOST"))

    run = import_file(whole[: whole.index("LOST") + 40])

    assert counts(run) == (1, 0, 0, 1)
    assert (kept(), kept("LOST")) == (True, False)
    assert codes(run) == ["activity-truncated", "file-truncated"]


def test_import_of_an_entity_expands_nothing() -> None:
    bomb = '<!DOCTYPE iati-activities [<!ENTITY a "aaaaaaaaaa"><!ENTITY bomb "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    evil = activity(COMPLETE.replace("Title", "&bomb;&bomb;"), "EVIL")

    run = import_file(bomb + file_of(evil, GOOD))

    assert counts(run) == (2, 0, 0, 0)
    assert the_initiative(identifiers__value="EVIL").label == "&bomb;&bomb;"
    assert codes(run)[:2] == ["doctype", "entity-unknown"]


def test_import_of_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    head = f'<!DOCTYPE iati-activities [<!ENTITY x SYSTEM "file://{secret}">]>'

    run = import_file(head + file_of(activity(COMPLETE.replace("Title", "&x;"), "EVIL")))

    assert counts(run) == (1, 0, 0, 0)
    assert "the secret" not in the_initiative().label


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + file_of(GOOD).replace("Title", "Füße").encode(),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + file_of(GOOD).replace("Title", "Füße")).encode("latin-1"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + file_of(GOOD).replace("Title", "Füße")).encode("utf-16"),
        file_of(GOOD).replace("Title", "Füße").replace("\n", "\r").encode(),
        file_of(GOOD).replace("Title", "Füße").replace("\n", "\r\n").encode(),
        file_of(GOOD).replace("Title", "Füße").encode("latin-1"),
    ],
    ids=["mark", "latin", "utf-16", "cr", "crlf", "wrong encoding"],
)
def test_import_understands_encodings_and_line_ends(content: bytes) -> None:
    run = import_file(content)

    assert counts(run) == (1, 0, 0, 0)
    assert the_initiative().label == "Füße"


def test_import_of_an_unknown_version_reads_by_the_nearest() -> None:
    run = import_file(file_of(GOOD, attributes='version="2.99"'))

    assert (counts(run), kept()) == ((1, 0, 0, 0), True)
    assert said(run, "version-unknown").value == "2.99"


def test_import_takes_the_first_of_two_with_one_identifier() -> None:
    second = activity(COMPLETE.replace("Title", "Second"), "GOOD")

    run = import_file(file_of(GOOD, second))

    problem = said(run, "identifier-twice")
    assert counts(run) == (1, 0, 0, 1)
    assert the_initiative().label == "Title"
    assert (problem.ordinal, problem.identifier, problem.line) == (2, "GOOD", 12)


@pytest.mark.parametrize("identifier", ["", "   "])
def test_import_refuses_a_blank_identifier(identifier: str) -> None:
    run = import_file(file_of(activity(identifier=identifier), GOOD))

    assert counts(run) == (1, 0, 0, 1)
    assert codes(run) == ["identifier-missing"]


def test_import_tells_what_is_missing_and_takes_the_rest() -> None:
    run = import_file(file_of(activity("", "BARE"), GOOD))

    assert counts(run) == (2, 0, 0, 0)
    assert set(codes(run)) >= {"title-missing", "description-missing", "reporting-missing", "dates-missing"}


def test_import_leaves_an_impossible_date_out() -> None:
    run = import_file(file_of(activity(COMPLETE.replace("2020-01-01", "2020-02-30"), "A"), GOOD))

    problem = said(run, "date-impossible")
    assert counts(run) == (2, 0, 0, 0)
    assert the_initiative(identifiers__value="A").planned_start_on is None
    assert (problem.element, problem.value, problem.severity) == ("activity-date", "2020-02-30", "error")


def test_import_keeps_corrections_and_leaves_out_what_is_no_number() -> None:
    moneys = "".join(TRANSACTION.format(kind="3", currency="", amount=amount) for amount in ("-5", "many", "1,000.5"))

    run = import_file(file_of(activity(COMPLETE + moneys, "A")))

    assert rows(the_initiative().transactions, "amount") == [Decimal(-5), Decimal("1000.5")]
    assert codes(run) == ["amount-negative", "amount-unreadable", "amount-form"]


def test_import_keeps_an_unknown_currency_and_an_amount_without_one() -> None:
    inner = COMPLETE + TRANSACTION.format(kind="3", currency='currency="QQQ"', amount="1")
    inner += TRANSACTION.format(kind="3", currency="", amount="2")

    run = import_file(file_of(activity(inner, "A", attributes="")))

    assert rows(the_initiative().transactions, "amount", "currency") == [(Decimal(1), "QQQ"), (Decimal(2), "")]
    assert codes(run) == ["currency-unknown", "currency-missing"]


def test_import_leaves_out_a_transaction_of_an_unknown_kind_and_keeps_its_source() -> None:
    run = import_file(file_of(activity(COMPLETE + TRANSACTION.format(kind="77", currency="", amount="1"), "A")))

    assert the_initiative().transactions.count() == 0
    assert codes(run) == ["code-unknown", "transaction-left-out"]
    assert SourceRecord.objects.count() == 1


def test_import_keeps_codes_outside_their_lists() -> None:
    inner = COMPLETE.replace('activity-status code="2"', 'activity-status code="77"')
    inner = inner.replace('recipient-country code="BR"', 'recipient-country code="QX"')

    run = import_file(file_of(activity(inner, "A")))

    assert rows(the_initiative().territories, "country") == ["QX"]
    assert codes(run) == ["code-unknown", "code-unknown", "status-by-dates"]


def test_import_leaves_out_a_role_that_does_not_exist() -> None:
    inner = COMPLETE + '<participating-org role="9" ref="XM-9"><narrative>Nine</narrative></participating-org>'

    run = import_file(file_of(activity(inner, "A")))

    assert rows(the_initiative().participations, "role") == ["reporting", "funding"]
    assert "role-left-out" in codes(run)


def test_import_drops_the_end_of_a_budget_that_ends_before_it_begins() -> None:
    budget = """<budget><period-start iso-date="2020-12-31"/><period-end iso-date="2020-01-01"/>
      <value value-date="2020-01-01">1</value></budget>"""

    run = import_file(file_of(activity(COMPLETE + budget, "A")))

    assert rows(the_initiative().budgets, "amount", "ends_on") == [(Decimal(1), None)]
    assert codes(run) == ["period-backwards", "budget-end-left-out"]


def test_import_tells_of_shares_that_do_not_add_up() -> None:
    inner = COMPLETE.replace('sector code="11110"', 'sector code="11110" percentage="60"')

    run = import_file(file_of(activity(inner, "A")))

    assert rows(the_initiative().sectors, "percentage") == [Decimal(60)]
    assert codes(run) == ["sector-shares"]


def test_import_keeps_script_as_the_letters_it_is_made_of() -> None:
    inner = COMPLETE.replace("Title", "&lt;script&gt;alert(1)&lt;/script&gt;")

    run = import_file(file_of(activity(inner, "A")))

    assert the_initiative().label == "<script>alert(1)</script>"
    assert the_initiative().slug == "scriptalert1script"
    assert codes(run) == ["markup-in-text"]


def test_import_leaves_out_an_address_that_no_browser_should_open() -> None:
    inner = COMPLETE + '<document-link url="javascript:alert(1)" format="text/html"/>'

    run = import_file(file_of(activity(inner, "A")))

    assert the_initiative().documents.count() == 0
    assert codes(run) == ["address-unsafe"]


def test_import_keeps_ten_megabytes_of_text_whole() -> None:
    long = "word " * 2_000_000

    run = import_file(file_of(activity(COMPLETE.replace("Description", long), "A"), GOOD))

    assert counts(run) == (2, 0, 0, 0)
    assert the_initiative(identifiers__value="A").summary == {"en": long.strip()}
    assert codes(run) == ["text-very-long"]


def test_import_knows_one_organisation_under_three_names() -> None:
    names = ("Ministry of Water", "Water Ministry", "MoW")
    activities = [activity(COMPLETE.replace("Partner", name), name) for name in names]

    run = import_file(file_of(*activities))

    partner = Organisation.objects.get(identifiers__value="XM-2")
    assert (partner.label, partner.other_names) == ("Ministry of Water", ["Water Ministry", "MoW"])
    assert codes(run) == ["organisation-names"]


def test_import_of_a_broken_activity_takes_those_around_it() -> None:
    run = import_file(file_of(GOOD, "<iati-activity><title></iati-activity>", activity(identifier="ALSO")))

    assert counts(run) == (2, 0, 0, 1)
    assert (kept(), kept("ALSO")) == (True, True)


def test_import_upgrades_version_one() -> None:
    old = """<iati-activities version="1.05"><iati-activity xml:lang="en">
      <iati-identifier>OLD</iati-identifier><title>Old title</title><description>Text</description>
      <activity-status code="2">Implementation</activity-status>
      <participating-org role="Funding" ref="XM-2">Partner</participating-org>
      <activity-date type="start-actual" iso-date="2010-01-01"/></iati-activity></iati-activities>"""

    run = import_file(old)

    source = SourceRecord.objects.get()
    assert counts(run) == (1, 0, 0, 0)
    assert (the_initiative().label, the_initiative().status) == ("Old title", "implementation")
    assert rows(the_initiative().participations, "role", "name_given") == [("funding", "Partner")]
    assert (source.version, source.context) == ("1.05", {"is_upgraded": True})


def test_import_writes_everything_but_what_the_database_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyfolio.exchange.iati.writing.mapping.activity.LABEL", "no number")
    titled = activity(COMPLETE, "GOOD")

    run = import_file(file_of(titled))

    problem = said(run, "not-written")
    assert counts(run) == (0, 0, 0, 1)
    assert (problem.identifier, problem.value) == ("GOOD", "TypeError")
