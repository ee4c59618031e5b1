from decimal import Decimal

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.codelists import LoadedCodeLists
from tests.exchange.iati.files import COMPLETE, data_of, read_one, told

CODES = LoadedCodeLists({"Sector": {"11110"}, "UNSDG-Targets": {"3.3", "12.b", "12.5"}, "Country": {"BR"}})


def test_sdgs_are_found_in_tags_sectors_and_transactions() -> None:
    found = data_of(
        "<tag vocabulary='2' code='12'/><tag vocabulary='3' code='12.5'/><tag vocabulary='3' code='12.5'/>"
        "<tag vocabulary='99' code='7'/><sector vocabulary='7' code='3' percentage='40'/>"
        "<sector vocabulary='8' code='3.3' percentage='60'/>"
        "<transaction><sector vocabulary='8' code='12.B'/></transaction>",
        codes=CODES,
    )

    assert found.sdgs == (
        data.SdgMention(12, "", "tag", None),
        data.SdgMention(12, "12.5", "tag", None),
        data.SdgMention(3, "", "sector", Decimal(40)),
        data.SdgMention(3, "3.3", "sector", Decimal(60)),
        data.SdgMention(12, "12.b", "transaction", None),
    )


def test_sdgs_are_read_however_they_are_written() -> None:
    codes = ("2", "02", "SDG 2", "sdg-2", "17", "18", "0", "2.0", "")
    targets = ("2.3", "02.03", "SDG2.3", "2.b", "2.B", "18.1", "2", "2.3.1", "2.e")

    goals = data_of("".join(f"<tag vocabulary='2' code='{code}'/>" for code in codes)).sdgs
    found = data_of("".join(f"<tag vocabulary='3' code='{code}'/>" for code in targets)).sdgs

    assert [mention.goal for mention in goals] == [2, 17]
    assert [mention.target for mention in found] == ["2.3", "2.b"]


def test_sdg_targets_that_do_not_exist_are_no_mentions() -> None:
    assert data_of("<tag vocabulary='3' code='12.99'/>", codes=CODES).sdgs == ()


def test_codes_are_checked_by_their_vocabulary() -> None:
    read = read_one(COMPLETE + "<sector vocabulary='99' code='ABC'/><sector code='99999'/>", codes=CODES)

    assert told(read, only="code") == [("code-unknown", "sector[3]", "99999")]


def test_codes_that_are_missing_are_reported() -> None:
    read = read_one(COMPLETE + "<sector vocabulary='99'/><tag vocabulary='2'/>")

    assert told(read, only="attr") == [("attribute-missing", "sector[2]", ""), ("attribute-missing", "tag", "")]


def test_countries_are_two_letters() -> None:
    read = read_one(
        "<recipient-country code='br'/><recipient-country code='XX'/><recipient-country code='Brazil'/>"
        "<recipient-country/>",
        codes=CODES,
    )

    assert [country.code for country in read.data.countries] == ["BR", "XX", "", ""]
    assert [item for item in told(read) if "country" in item[1]] == [
        ("code-unknown", "recipient-country[2]", "XX"),
        ("country-unreadable", "recipient-country[3]", "Brazil"),
        ("country-unreadable", "recipient-country[4]", ""),
    ]


def test_points_lie_in_the_world() -> None:
    texts = ("1.5 -2.5", "1,2", "91 0", "0 181", "0 0", "north", "", "nan 1")

    read = read_one("".join(f"<location><point><pos>{text}</pos></point></location>" for text in texts))

    assert [(place.latitude, place.longitude) for place in read.data.locations] == [
        (1.5, -2.5),
        (1.0, 2.0),
        (None, None),
        (None, None),
        (0.0, 0.0),
        (None, None),
        (None, None),
        (None, None),
    ]
    assert told(read, only="point") == [
        ("point-impossible", "location[3]/point", "91 0"),
        ("point-impossible", "location[4]/point", "0 181"),
        ("point-nowhere", "location[5]/point", "0 0"),
        ("point-unreadable", "location[6]/point", "north"),
        ("point-unreadable", "location[8]/point", "nan 1"),
    ]


def shares(*texts: str) -> list[tuple[str, str, str]]:
    rest = COMPLETE.replace('<sector code="11110"/>', "").replace('<recipient-country code="BR"/>', "")
    return [item for item in told(read_one(rest + "".join(texts))) if item[0].endswith("shares")]


COUNTRY = "<recipient-country code='BR' percentage='{}'/>"
REGION = "<recipient-region code='298' vocabulary='{}' percentage='{}'/>"
SECTOR = "<sector code='11110' vocabulary='{}' percentage='{}'/>"


def test_shares_that_add_to_100_are_nothing_to_report() -> None:
    found = [
        shares(COUNTRY.format("33.33") * 3),
        shares(COUNTRY.format(50), REGION.format(1, 50)),
        shares(COUNTRY.format(50), REGION.format(1, 50), REGION.format(2, 50)),
        shares(COUNTRY.format(50), REGION.format(1, 25), REGION.format(99, 25)),
        shares(SECTOR.format(1, 100), SECTOR.format(2, 40), SECTOR.format(2, 60)),
        shares("<sector code='11110'/><recipient-country code='BR'/>"),
    ]

    assert found == [[]] * 6


def test_shares_that_do_not_add_to_100_are_reported() -> None:
    found = [
        shares(COUNTRY.format(50)),
        shares(COUNTRY.format(60), REGION.format(1, 50)),
        shares(COUNTRY.format(50), "<recipient-country code='BR'/>"),
        shares("<sector code='11110'/><sector code='11120'/>"),
        shares(SECTOR.format(1, 30), SECTOR.format(1, 30), SECTOR.format(2, 100)),
    ]

    assert found == [
        [("place-shares", "", "50")],
        [("place-shares", "", "110")],
        [("place-shares", "", "50")],
        [("sector-shares", "", "0")],
        [("sector-shares", "", "60")],
    ]
