"""Fictional organisations and persons: many, distinct, and never a real name of the files at hand."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyfolio.demo import files
from polyfolio.demo.texts import names
from polyfolio.network.choices import Level, OrganisationKind, OrganisationSector
from tests.demo.texts.helping import repeated

TABLES = {
    "networks/h2020/h2020_organizations_out_formatted_latest.csv": ("name", "shortName"),
    "networks/eu-cities/KEEP/JoinPartnersProjectsCleanFiles/MatchIDPartners.csv": (
        "Name_to_be_Matched",
        "Closest_Match_Found",
    ),
    "initiatives/un-climate/UNClimateDataInitiatives-20230611.csv": (
        "Name of lead organisation",
        "Name of initiative",
    ),
    "initiatives/ips-eu/data/cases.csv": ("lead_organisation_name", "name"),
}


def invented() -> list[names.OrganisationText]:
    return [*names.organisations(), *names.read("mission/organisations"), *names.experts(24)]


def invented_names() -> list[str]:
    hub = files.document("city_hub/ambassadors")["ambassador"] + files.document("city_hub/ties")["actor"]
    cities = files.document("mission/cities")["city"]
    return [*(each.name for each in invented()), *(each["title"] for each in hub), *(each["office"] for each in cities)]


def key(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()


def real_names(shared: Path) -> Iterator[str]:
    for path, columns in TABLES.items():
        with (shared / path).open(encoding="utf-8", errors="replace", newline="") as lines:
            for row in csv.DictReader(lines):
                yield from (row[column] or "" for column in columns)
    for path in ("organisations.json", "organisations_new.json"):
        for row in json.loads((shared / "initiatives/unep-gpml" / path).read_text(encoding="utf-8")):
            yield row["name"] or ""
    nominees = shared / "initiatives/dpg/dpg_nominees_all_history.jsonl"
    for line in nominees.read_text(encoding="utf-8").splitlines():
        yield from (each.get("name") or "" for each in json.loads(line).get("organizations") or [])


def test_organisations_are_many_and_distinct() -> None:
    found = names.organisations()

    assert (len(found) >= 720, repeated(each.name for each in found)) == (True, [])


def test_organisations_speak_the_fields_codes() -> None:
    wrong = [
        each.name
        for each in invented()
        if each.kind not in OrganisationKind.values
        or each.sector not in OrganisationSector.values
        or each.level not in Level.values
    ]

    assert wrong == []


def test_organisations_describe_themselves_in_full() -> None:
    wrong = [each.name for each in invented() if not each.drivers or "{" in each.description + each.drivers]

    assert wrong == []


def test_websites_lead_nowhere() -> None:
    wrong = [
        each.website for each in invented() if not re.fullmatch(r"(https://[a-z0-9-]+\.example\.org/)?", each.website)
    ]

    assert wrong == []


def test_no_organisation_bears_a_name_of_the_real_files(shared_data: Path) -> None:
    real = {key(name) for name in real_names(shared_data)} - {""}

    collisions = [name for name in invented_names() if key(name) in real]

    assert collisions == []


def test_persons_of_a_country_are_distinct_and_have_addresses_that_lead_nowhere() -> None:
    countries = sorted({each.country for each in invented()} | {"SE"})

    addresses = [names.person(country, number).email for country in countries for number in range(40)]

    wrong = [each for each in addresses if not re.fullmatch(r"[a-z0-9.-]+@example\.org", each)]
    assert (wrong, repeated(addresses)) == ([], [])


def test_names_begin_again_when_they_are_used_up() -> None:
    culture = files.document("people/cultures")["khmer"]
    whole = len(culture["given"]) * len(culture["family"])

    again = names.person("KH", whole * 2)

    assert again.email.endswith(".kh3@example.org")


def test_family_names_come_first_where_they_do() -> None:
    vietnamese = names.person("VN", 0)

    assert vietnamese.name.split()[0] in files.document("people/cultures")["vietnamese"]["family"]


def test_an_unwritten_country_says_what_to_do() -> None:
    with pytest.raises(KeyError, match="people/cultures"):
        names.person("XX", 0)
