"""What an imported activity becomes, table by table."""

from __future__ import annotations

import zlib
from datetime import date
from decimal import Decimal

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.exchange.models import SourceRecord
from polyfolio.funding.models import MoneyYear
from polyfolio.network.models import Organisation
from polyfolio.people.choices import Visibility
from polyfolio.reporting.models import Indicator, IndicatorValue, Result
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW, codes, counts, import_file, rows, the_initiative
from tests.factories.network import make_network
from tests.factories.people import make_steward

pytestmark = pytest.mark.django_db

WHOLE = """
  <reporting-org ref="GB-COH-0001" type="21" secondary-reporter="1"><narrative>Reporter</narrative></reporting-org>
  <title><narrative>Clean rivers</narrative><narrative xml:lang="fr">Rivières propres</narrative></title>
  <description type="1"><narrative>Summary</narrative></description>
  <description type="2"><narrative>Objectives</narrative></description>
  <participating-org ref="XM-DAC-41304" type="40" role="1"><narrative>UNESCO</narrative></participating-org>
  <participating-org type="80" role="4"><narrative>River University</narrative></participating-org>
  <other-identifier ref="ABC-1" type="A1"><owner-org ref="GB-COH-0001"><narrative>Reporter</narrative></owner-org>
  </other-identifier>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2020-01-01"/>
  <activity-date type="2" iso-date="2020-02-01"/>
  <activity-date type="3" iso-date="2025-12-31"/>
  <contact-info><organisation><narrative>Desk</narrative></organisation><email>desk@example.org</email>
    <telephone>+44 1</telephone><website>https://example.org</website></contact-info>
  <recipient-country code="BR" percentage="60"/>
  <recipient-region code="298" vocabulary="1" percentage="40"><narrative>Africa</narrative></recipient-region>
  <location><name><narrative>Manaus</narrative></name><point><pos>-3.1 -60.02</pos></point></location>
  <sector code="14020" percentage="100"/>
  <sector code="6" vocabulary="7" percentage="100"/>
  <tag code="13" vocabulary="2"/>
  <budget type="1" status="2"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
    <value value-date="2020-01-01">1000.5</value></budget>
  <planned-disbursement type="2"><period-start iso-date="2021-01-01"/><value value-date="2021-01-01">50</value>
    <receiver-org><narrative>River University</narrative></receiver-org></planned-disbursement>
  <transaction ref="T1" humanitarian="1"><transaction-type code="3"/><transaction-date iso-date="2020-03-01"/>
    <value currency="EUR" value-date="2020-03-01">-12.345</value><description><narrative>Back</narrative></description>
    <provider-org ref="XM-DAC-41304"/>
    <receiver-org><narrative>River University</narrative></receiver-org></transaction>
  <transaction><transaction-type code="2"/><transaction-date iso-date="2020-03-01"/>
    <value value-date="2020-03-01">7</value>
    <receiver-org><narrative>Somebody else</narrative></receiver-org></transaction>
  <document-link url="https://example.org/a.pdf" format="application/pdf"><title><narrative>Report</narrative></title>
    <category code="A01"/><language code="en"/><document-date iso-date="2021-01-01"/></document-link>
  <result type="2" aggregation-status="1"><title><narrative>Cleaner</narrative></title>
    <indicator measure="1" ascending="0"><title><narrative>Tonnes</narrative></title>
      <reference vocabulary="99" code="T"/>
      <baseline year="2019" value="10"/>
      <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
        <target value="8"><dimension name="river" value="north"/></target><actual value="about 9"/></period>
    </indicator></result>
"""


def test_add_fills_the_fields() -> None:
    network = make_network()
    person = make_steward(network)

    run = import_file(file_of(activity(WHOLE, "GB-COH-0001-1")), network=network, by=person)

    initiative = the_initiative()
    assert counts(run) == (1, 0, 0, 0)
    assert (initiative.network, initiative.created_by, initiative.slug) == (network, person, "clean-rivers")
    assert initiative.title == {"en": "Clean rivers", "fr": "Rivières propres"}
    assert (initiative.summary, initiative.objectives) == ({"en": "Summary"}, {"en": "Objectives"})
    assert (initiative.label, initiative.status, initiative.languages) == (
        "Clean rivers",
        "implementation",
        ["en", "fr"],
    )
    assert (initiative.planned_start_on, initiative.actual_start_on) == (date(2020, 1, 1), date(2020, 2, 1))
    assert (initiative.starts_on, initiative.ends_on) == (date(2020, 2, 1), date(2025, 12, 31))
    assert initiative.visibility == Visibility.PUBLIC
    assert initiative.last_substantive_update_at >= NOW


def test_add_fills_what_stands_around() -> None:
    import_file(file_of(activity(WHOLE, "GB-COH-0001-1")))

    initiative = the_initiative()
    assert rows(initiative.identifiers, "scheme", "value", "owner_name", "owner_ref") == [
        ("iati", "GB-COH-0001-1", "", ""),
        ("A1", "ABC-1", "Reporter", "GB-COH-0001"),
    ]
    assert rows(initiative.participations, "organisation__label", "role", "name_given", "ref_given", "position") == [
        ("Reporter", "reporting", "Reporter", "GB-COH-0001", 0),
        ("UNESCO", "funding", "UNESCO", "XM-DAC-41304", 1),
        ("River University", "implementing", "River University", "", 2),
    ]
    assert rows(initiative.territories, "country", "region", "name", "percentage") == [
        ("BR", "", "", Decimal(60)),
        ("", "298", "Africa", Decimal(40)),
    ]
    assert rows(initiative.places, "name", "country", "latitude", "longitude") == [("Manaus", "BR", -3.1, -60.02)]
    assert rows(initiative.sectors, "vocabulary", "code", "percentage") == [("1", "14020", Decimal(100))]
    assert rows(initiative.sdgs, "goal", "target", "standing") == [(6, "", "main"), (13, "", "imported")]
    assert rows(initiative.contacts, "organisation", "email", "telephone", "website") == [
        ("Desk", "desk@example.org", "+44 1", "https://example.org")
    ]
    assert rows(initiative.documents, "url", "label", "format", "languages", "categories", "published_on") == [
        ("https://example.org/a.pdf", "Report", "application/pdf", ["en"], ["A01"], date(2021, 1, 1))
    ]


def test_add_keeps_money_apart() -> None:
    import_file(file_of(activity(WHOLE, "GB-COH-0001-1")))

    initiative = the_initiative()
    columns = ("reference", "kind", "made_on", "amount", "currency", "is_humanitarian", "provider__label")
    assert rows(initiative.transactions, *columns, "receiver__label", "receiver_name") == [
        (
            "T1",
            "disbursement",
            date(2020, 3, 1),
            Decimal("-12.34"),
            "EUR",
            True,
            "UNESCO",
            "River University",
            "River University",
        ),
        ("", "outgoing_commitment", date(2020, 3, 1), Decimal(7), "USD", False, None, None, "Somebody else"),
    ]
    assert rows(initiative.budgets, "kind", "status", "amount", "currency", "starts_on", "ends_on") == [
        ("original", "committed", Decimal("1000.5"), "USD", date(2020, 1, 1), date(2020, 12, 31))
    ]
    assert rows(initiative.planned_disbursements, "kind", "amount", "receiver_name") == [
        ("revised", Decimal(50), "River University")
    ]
    assert set(rows(MoneyYear.objects, "year", "flow", "currency", "amount")) == {
        (2020, "spent", "EUR", Decimal("-12.34")),
        (2020, "committed", "USD", Decimal(7)),
        (2020, "budgeted", "USD", Decimal("1000.5")),
        (2021, "replanned", "USD", Decimal(50)),
    }


def test_add_keeps_results() -> None:
    import_file(file_of(activity(WHOLE, "GB-COH-0001-1")))

    assert rows(Result.objects, "level", "label", "is_aggregable") == [("outcome", "Cleaner", True)]
    assert rows(Indicator.objects, "measure", "label", "reference", "is_ascending") == [("1", "Tonnes", "T", False)]
    assert rows(IndicatorValue.objects, "kind", "year", "text", "number", "dimensions") == [
        ("baseline", 2019, "10", Decimal(10), {}),
        ("target", None, "8", Decimal(8), {"river": "north"}),
        ("actual", None, "about 9", None, {}),
    ]


def test_add_records_organisations_by_type_and_identifier() -> None:
    import_file(file_of(activity(WHOLE, "GB-COH-0001-1")))

    assert rows(Organisation.objects, "label", "kind", "sector", "level", "country") == [
        ("Reporter", "ngo", "civil_society", "international", "GB"),
        ("UNESCO", "un", "public", "international", ""),
        ("River University", "academia", "academia", "", ""),
    ]


def test_add_keeps_the_source_whole() -> None:
    extra = WHOLE + '<x:own xmlns:x="urn:x" kept="yes">more</x:own>'

    import_file(file_of(activity(extra, "GB-COH-0001-1"), attributes='version="2.02" xml:lang="pt"'))

    source = SourceRecord.objects.get()
    content = zlib.decompress(bytes(source.content)).decode()
    assert '<x:own xmlns:x="urn:x" kept="yes">more</x:own>' in content
    assert (source.version, source.identifier, source.reporter_ref) == ("2.02", "GB-COH-0001-1", "GB-COH-0001")
    assert (source.is_secondary, source.context) == (True, {"language": "pt"})


def test_add_writes_the_log_in_one_batch() -> None:
    network = make_network()
    person = make_steward(network)

    run = import_file(file_of(activity(WHOLE, "GB-COH-0001-1")), network=network, by=person)

    log = AuditRecord.objects.filter(batch=run.batch).order_by("pk")
    assert [(row.verb, row.subject_label, row.actor_id) for row in log] == [
        ("organisation.create", "Reporter", person.pk),
        ("organisation.create", "UNESCO", person.pk),
        ("organisation.create", "River University", person.pk),
        ("initiative.create", "Clean rivers", person.pk),
    ]


def test_add_shows_an_activity_without_a_title_by_its_identifier() -> None:
    run = import_file(file_of(activity("", "XM-1-A")))

    assert the_initiative().label == "XM-1-A"
    assert "title-missing" in codes(run)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ("", "pipeline"),
        ('<activity-date type="1" iso-date="2020-01-01"/>', "pipeline"),
        ('<activity-date type="2" iso-date="2020-01-01"/>', "implementation"),
        ('<activity-date type="2" iso-date="2020-01-01"/><activity-date type="4" iso-date="2021-01-01"/>', "closed"),
    ],
)
def test_add_reads_a_missing_status_from_the_dates(dates: str, status: str) -> None:
    run = import_file(file_of(activity(dates)))

    assert the_initiative().status == status
    assert "status-by-dates" in codes(run)


def test_add_gives_equal_titles_addresses_of_their_own() -> None:
    network = make_network()
    import_file(file_of(activity(identifier="A"), activity(identifier="B")), network=network)

    import_file(file_of(activity(identifier="C"), activity(identifier="D")), network=network)

    slugs = ["title", "title-2", "title-3", "title-4"]
    assert sorted(the.slug for the in (the_initiative(identifiers__value=value) for value in "ABCD")) == slugs


def test_add_takes_places_and_sectors_of_transactions_where_the_activity_has_none() -> None:
    inner = """<transaction><transaction-type code="2"/><transaction-date iso-date="2020-01-01"/><value>1</value>
      <sector code="11110"/><recipient-country code="KE"/></transaction>
      <transaction><transaction-type code="2"/><transaction-date iso-date="2020-01-01"/><value>1</value>
      <sector code="11110"/><recipient-country code="KE"/><recipient-region code="298"/></transaction>"""

    import_file(file_of(activity(inner)))

    initiative = the_initiative()
    assert rows(initiative.territories, "country", "region", "percentage") == [("KE", "", None), ("", "298", None)]
    assert rows(initiative.sectors, "code", "percentage") == [("11110", None)]


def test_add_keeps_all_goals_and_asks_a_person_to_choose() -> None:
    goals = "".join(f'<tag vocabulary="2" code="{goal}"/>' for goal in range(1, 10))

    run = import_file(file_of(activity(COMPLETE + goals)))

    assert {row.standing for row in the_initiative().sdgs.all()} == {"imported"}
    assert the_initiative().sdgs.count() == 9
    assert codes(run) == ["goals-to-choose"]


def test_add_makes_the_only_goal_the_main_one() -> None:
    run = import_file(file_of(activity(COMPLETE + '<tag vocabulary="3" code="6.3"/><tag vocabulary="3" code="6.1"/>')))

    assert rows(the_initiative().sdgs, "target", "standing") == [("6.1", "main"), ("6.3", "imported")]
    assert codes(run) == []
