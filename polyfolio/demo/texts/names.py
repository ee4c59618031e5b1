"""Fictional organisations and persons of the example networks, and what organisations say of themselves."""

from __future__ import annotations

import math
import random
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from polyfolio.demo import files
from polyfolio.demo.texts.base import NAMES, places
from polyfolio.demo.texts.slots import fill

KINDS = {
    "np": ("national_public", "public", "national"),
    "rp": ("regional_local_public", "public", "local"),
    "un": ("un", "public", "international"),
    "mb": ("multilateral_bank", "finance", "international"),
    "oi": ("other_intergovernmental", "public", "international"),
    "co": ("company", "business", "national"),
    "sc": ("small_company", "business", "local"),
    "ng": ("ngo", "civil_society", "regional"),
    "fo": ("foundation", "civil_society", "national"),
    "ac": ("academia", "academia", "national"),
    "ne": ("network", "intermediary", "regional"),
    "me": ("media", "civil_society", "local"),
    "st": ("standards_body", "intermediary", "national"),
    "ig": ("informal_group", "civil_society", "local"),
}
UNDECOMPOSED = str.maketrans(dict(zip("łŁøØ\u0131đĐɖ", "lLoOidDd", strict=True)))


@dataclass(frozen=True)
class OrganisationText:
    """An organisation as the example networks know it; every one is invented, its place is real."""

    name: str
    acronym: str
    kind: str
    sector: str
    level: str
    country: str
    place: str
    latitude: float
    longitude: float
    languages: tuple[str, ...]
    description: str
    drivers: str
    website: str


@dataclass(frozen=True)
class PersonText:
    """A person with a common name of the country; the address leads nowhere."""

    name: str
    country: str
    email: str


@cache
def organisations() -> tuple[OrganisationText, ...]:
    """Every organisation of the partner network, in an order that mixes countries and kinds."""
    found = [organisation for name in NAMES for organisation in read(f"names/{name}")]
    return tuple(random.Random("organisations").sample(found, len(found)))


def read(document: str) -> list[OrganisationText]:
    """The organisations of one file, such as `names/asia_1` or `mission/organisations`."""
    return [
        _organisation(row, country["code"], country["places"], country["languages"])
        for country in files.document(document)["country"]
        for row in country["organisations"]
    ]


def experts(count: int) -> list[OrganisationText]:
    """Individual experts, one country after another, under their own name."""
    homes = places()
    found = []
    for index in range(count):
        home = homes[index * 11 % len(homes)]
        who = person(home["country"], index, seed=7)
        found.append(
            OrganisationText(
                name=who.name,
                acronym="",
                kind="individual_expert",
                sector="intermediary",
                level="national",
                country=home["country"],
                place=home["name"],
                latitude=home["latitude"],
                longitude=home["longitude"],
                languages=("en",),
                description=f"Independent adviser in {home['name']}, asked for reviews and for awkward questions.",
                drivers="Being asked again.",
                website="",
            )
        )
    return found


def person(country: str, number: int, *, seed: int = 0) -> PersonText:
    """Person `number` (0, 1, 2…) of a country; names repeat only when all pairs of its lists are used up."""
    given, family, is_family_first = _culture(country)
    first = given[(number + number // math.lcm(len(given), len(family)) + seed) % len(given)]
    last = family[(number + seed * 3) % len(family)]
    rounds = number // (len(given) * len(family))
    address = f"{plain(first)}.{plain(last)}.{country.lower()}{rounds + 1 if rounds else ''}@example.org"
    name = f"{last} {first}" if is_family_first else f"{first} {last}"
    return PersonText(name=name, country=country, email=address)


def plain(words: str) -> str:
    """The words in small ASCII letters joined by hyphens, for addresses."""
    letters = unicodedata.normalize("NFKD", words.translate(UNDECOMPOSED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")


def _organisation(row: str, country: str, homes: list[list[object]], languages: list[str]) -> OrganisationText:
    short, name, acronym, place = row.split("|")
    kind, sector, level = KINDS[short]
    home, latitude, longitude = homes[int(place)]
    chance = random.Random(name)
    logic = files.document("names/logic")[kind]
    slots = {"place": str(home)}
    return OrganisationText(
        name=name,
        acronym=acronym,
        kind=kind,
        sector=sector,
        level=level,
        country=country,
        place=str(home),
        latitude=float(str(latitude)),
        longitude=float(str(longitude)),
        languages=tuple(languages),
        description=fill(chance.choice(logic["description"]), slots, chance),
        drivers=chance.choice(logic["drivers"]),
        website=f"https://{plain(acronym or name)[:40].strip('-')}.example.org/" if kind != "informal_group" else "",
    )


@cache
def _culture(country: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    for culture in files.document("people/cultures").values():
        if country in culture["countries"]:
            return _mixed(culture["given"]), _mixed(culture["family"]), culture.get("family_first", False)
    raise KeyError(f"No names are written for {country}: add it to people/cultures.toml.")


def _mixed(names: list[str]) -> tuple[str, ...]:
    return tuple(random.Random("names").sample(names, len(names)))
