from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.activities import ReadActivity
from polyfolio.exchange.iati.data import ActivityData
from polyfolio.exchange.iati.problems import Problem
from tests.exchange.iati.files import COMPLETE, data_of, read_all, read_one, told


def example(shared_data: Path, version: str) -> ActivityData:
    """The standard's own annotated example, which holds every element once."""
    path = shared_data / "iati" / "examples" / version / "activity-standard-example-annotated.xml"
    (read,) = (item for item in read_all(path.read_bytes()) if not isinstance(item, Problem))
    assert isinstance(read, ReadActivity)
    return read.data


def test_parse_activity_reads_who_and_when_of_the_example(shared_data: Path) -> None:
    found = example(shared_data, "2.03")

    assert (found.identifier, found.language, found.currency) == ("AA-AAA-123456789-ABC123", "en", "USD")
    assert (found.is_humanitarian, found.hierarchy, found.budget_not_provided) == (True, 1, "1")
    assert found.last_updated_at == datetime(2014, 9, 10, 7, 15, 37, tzinfo=UTC)
    assert found.linked_data_uri == "http://data.example.org/123456789"
    assert found.reporting == data.ReportingOrganisation(
        "AA-AAA-123456789", "40", False, {"en": "Organisation name", "fr": "Nom de l'organisme"}
    )
    assert found.titles == {"en": "Activity title", "fr": "Titre de l'activité", "es": "Título de la actividad"}
    assert {kind: sorted(texts) for kind, texts in found.descriptions.items()} == {
        "1": ["en", "fr"],
        "2": ["en", "fr"],
        "3": ["en", "fr"],
    }
    assert found.participations[2] == data.Participation(
        "AA-AAA-123456789",
        "21",
        "3",
        {"en": "Name of Agency A", "fr": "Nom de l'agence A"},
        "AA-AAA-123456789-1234",
        "000000",
    )
    assert found.other_identifiers == (
        data.OtherIdentifier("ABC123-XYZ", "A1", "AA-AAA-123456789", {"en": "Organisation name"}),
    )
    assert (found.status, found.scope, found.collaboration_type) == ("2", "3", "1")
    assert (found.flow_type, found.finance_type, found.tied_status) == ("10", "110", "3")
    assert found.aid_types == (data.AidType("1", "A01"), data.AidType("2", "1"))
    assert (found.planned_start_on, found.actual_start_on, found.planned_end_on, found.actual_end_on) == (
        date(2012, 4, 15),
        date(2012, 4, 28),
        date(2015, 12, 31),
        None,
    )
    assert found.dates[0] == data.ActivityDate(
        "1",
        date(2012, 4, 15),
        {"en": "Planned start date of the activity", "fr": "Date prévue de début de l'activité"},
    )
    assert found.contacts == (
        data.Contact(
            "1",
            {"en": "Agency A"},
            {"en": "Department B"},
            {"en": "A. Example"},
            {"en": "Transparency Lead"},
            ("0044111222333444",),
            ("transparency@example.org",),
            ("http://www.example.org",),
            ({"en": "Transparency House, The Street, Town, City, Postcode"},),
        ),
    )


def test_parse_activity_reads_where_what_and_with_which_money(shared_data: Path) -> None:
    found = example(shared_data, "2.03")

    assert found.countries == (data.Country("AF", Decimal(25), {}), data.Country("AG", Decimal(25), {}))
    assert found.regions == (
        data.Region("1", "", "489", Decimal(25), {}),
        data.Region("99", "http://example.com/vocab.html", "A1", Decimal(25), {}),
    )
    assert found.locations[0] == data.Location(
        "AF-KAN",
        "1",
        (data.PlaceCode("G1", "1453782", ""),),
        (data.PlaceCode("G1", "1453782", "1"),),
        {"en": "Location name"},
        {"en": "Location description"},
        {"en": "A description that qualifies the activity taking place at the location."},
        31.616944,
        65.716944,
        "1",
        "2",
        "ADMF",
    )
    assert found.sectors[2] == data.Sector(
        "99", "http://example.com/vocab.html", "A1", Decimal(100), {"en": "A description of the sector"}
    )
    assert found.tags[0] == data.Tag("1", "", "1", {"en": "A description of the tag"})
    assert found.country_budget_items[0] == data.CountryBudgetItem("4", "1844", Decimal(50), {"en": "Description text"})
    assert found.humanitarian_scopes[0] == data.HumanitarianScope(
        "1",
        "1-2",
        "",
        "EQ-2015-000048-NPL",
        {"en": "Nepal Earthquake April 2015", "fr": "Népal Earthquake Avril 2015"},
    )
    assert found.policy_markers[0] == data.PolicyMarker("1", "", "2", "3", {})
    assert found.budgets == (
        data.Budget("1", "1", date(2014, 1, 1), date(2014, 12, 31), Decimal(3000), "EUR", date(2014, 1, 1), False),
    )
    assert found.capital_spend == Decimal("88.8")
    assert found.documents[0] == data.DocumentLink(
        "http:www.example.org/docs/report_en.odt",
        "application/vnd.oasis.opendocument.text",
        {"en": "Project Report 2013", "fr": "Rapport de projet 2013"},
        {
            "en": "Description of the content of the project report or guidance on where to access the relevant "
            "information in this report"
        },
        ("A01",),
        ("en",),
        date(2014, 2, 5),
    )
    assert found.related_activities == (data.RelatedActivity("AA-AAA-123456789-6789", "1"),)
    assert found.legacy[0] == data.LegacyDatum("Project Status", "7", "activity-status")
    assert found.has_conditions is True
    assert found.conditions == (data.Condition("1", {"en": "Conditions text", "fr": "Conditions texte"}),)


def test_parse_activity_reads_money_of_the_example(shared_data: Path) -> None:
    found = example(shared_data, "2.03")

    provider = data.Party("BB-BBB-123456789", "10", {"en": "Agency B"}, "BB-BBB-123456789-1234AA")
    receiver = data.Party("AA-AAA-123456789", "23", {"en": "Agency A"}, "AA-AAA-123456789-1234")
    assert found.planned_disbursements[0] == data.PlannedDisbursement(
        "1",
        date(2014, 1, 1),
        date(2014, 12, 31),
        Decimal(3000),
        "EUR",
        date(2014, 1, 1),
        False,
        provider,
        receiver,
    )
    assert found.transactions == (
        data.Transaction(
            "1234",
            "1",
            date(2012, 1, 1),
            Decimal(1000),
            "EUR",
            date(2012, 1, 1),
            False,
            True,
            {"en": "Transaction description text"},
            provider,
            receiver,
            "1",
            (data.Sector("2", "", "111", None, {}),),
            (data.Country("TM", None, {}),),
            (data.Region("1", "", "616", None, {}),),
            "10",
            "110",
            (data.AidType("1", "A01"), data.AidType("2", "1")),
            "3",
        ),
    )


def test_parse_activity_reads_results_of_the_example(shared_data: Path) -> None:
    (result,) = example(shared_data, "2.03").results
    (indicator,) = result.indicators
    (baseline,) = indicator.baselines
    (period,) = indicator.periods
    (target,) = period.targets

    assert (result.type, result.is_aggregable, result.titles) == ("1", True, {"en": "Result title"})
    assert result.descriptions == {"en": "Result description text"}
    assert result.references == (data.Reference("99", "B1", "http://example.com/indicators.html"),)
    assert [document.titles for document in result.documents] == [{"en": "Results Report 2013"}]
    assert (indicator.measure, indicator.is_ascending, indicator.is_aggregable) == ("1", True, True)
    assert indicator.references[1] == data.Reference("7", "861", "")
    assert (baseline.year, baseline.on, baseline.measurement.value) == (2012, date(2012, 1, 1), "10")
    assert baseline.measurement.locations == ("AF-KAN", "KH-PNH")
    assert baseline.measurement.dimensions == (("sex", "female"), ("age", "adult"))
    assert (period.starts_on, period.ends_on) == (date(2013, 1, 1), date(2013, 3, 31))
    assert (target.value, target.number, target.comments) == ("10", Decimal(10), {"en": "Target comment text"})
    assert [document.categories for document in target.documents] == [("A01",)]
    assert [actual.number for actual in period.actuals] == [Decimal(11)]


def test_parse_activity_reads_the_older_examples_alike(shared_data: Path) -> None:
    found = [example(shared_data, version) for version in ("1.05", "2.01", "2.02", "2.03")]

    assert {item.identifier for item in found} == {"AA-AAA-123456789-ABC123"}
    assert {item.transactions[0].type for item in found} == {"1"}
    assert {item.transactions[0].amount for item in found} == {Decimal(1000)}
    assert {item.results[0].indicators[0].periods[0].actuals[0].value for item in found} == {"11"}


def test_parse_activity_has_nothing_to_say_about_a_complete_one() -> None:
    assert told(read_one(COMPLETE)) == []


def test_parse_activity_reports_missing_parts() -> None:
    assert told(read_one("")) == [
        ("reporting-missing", "", ""),
        ("title-missing", "", ""),
        ("description-missing", "", ""),
        ("participants-missing", "", ""),
        ("status-missing", "", ""),
        ("dates-missing", "", ""),
        ("place-missing", "", ""),
        ("sector-missing", "", ""),
    ]


def test_parse_activity_reports_empty_title() -> None:
    assert told(read_one(COMPLETE.replace(">Title<", "><"))) == [("title-missing", "", "")]


def test_parse_activity_leaves_languages_unknown_where_none_is_stated() -> None:
    (read,) = read_all(
        '<iati-activities version="2.03"><iati-activity><iati-identifier>A</iati-identifier>'
        "<title><narrative>T</narrative></title></iati-activity></iati-activities>"
    )

    assert isinstance(read, ReadActivity)
    assert (read.data.language, read.data.titles) == ("", {"und": "T"})


def test_parse_activity_takes_the_first_of_what_stands_twice() -> None:
    read = read_one(COMPLETE + "<activity-status code='3'/><title><narrative>Other</narrative></title>")

    assert (read.data.status, read.data.titles) == ("2", {"en": "Title"})
    assert told(read) == [("language-twice", "title[2]", "Other"), ("element-twice", "activity-status[2]", "")]


def test_parse_activity_reports_two_dates_of_a_type() -> None:
    read = read_one(COMPLETE + "<activity-date type='1' iso-date='2021-01-01'/>")

    assert (read.data.planned_start_on, len(read.data.dates)) == (date(2020, 1, 1), 2)
    assert told(read) == [("date-twice", "", "2021-01-01")]


def test_parse_activity_reports_dates_at_odds() -> None:
    read = read_one(
        COMPLETE
        + "<activity-date type='3' iso-date='2019-01-01'/><activity-date type='2' iso-date='2030-01-01'/>"
        + "<activity-date type='4' iso-date='2029-01-01'/>"
    )

    assert told(read) == [
        ("period-backwards", "", "2020-01-01 – 2019-01-01"),
        ("period-backwards", "", "2030-01-01 – 2029-01-01"),
        ("actual-in-future", "", "2030-01-01"),
        ("actual-in-future", "", "2029-01-01"),
    ]


def test_parse_activity_reports_organisations_without_anything() -> None:
    read = read_one(COMPLETE + "<participating-org role='1'/>")

    assert told(read) == [("organisation-unnamed", "participating-org[2]", "")]


def test_parse_activity_reports_missing_references() -> None:
    read = read_one(
        COMPLETE.replace(' ref="XM-1"', "") + "<related-activity type='1'/><document-link format='text/html'/>"
    )

    assert told(read) == [
        ("attribute-missing", "reporting-org", ""),
        ("attribute-missing", "document-link", ""),
        ("attribute-missing", "related-activity", ""),
    ]


def test_parse_activity_leaves_absent_parts_empty() -> None:
    found = data_of("")

    assert (found.reporting, found.has_conditions, found.conditions, found.capital_spend) == (None, None, (), None)
    assert (found.sdgs, found.results, found.budgets, found.status) == ((), (), (), "")
