"""The initiatives that were written by hand, for each of the three example networks."""

from __future__ import annotations

from functools import cache
from typing import NotRequired, TypedDict

from polyfolio.demo import files

PROGRAMMES = (
    "public_procurement",
    "consumer_information",
    "tourism",
    "food_systems",
    "buildings",
    "lifestyles_education",
)
LANGUAGES = ("fr", "es")
MISSION = ("mission/initiatives_1", "mission/initiatives_2")
HUB = "city_hub/ideas"


class InitiativeText(TypedDict):
    """An initiative as the data tell it: its main SDG target first, `facets` as purpose and driver."""

    code: str
    title: str
    summary: str
    objective: str
    daily_life: str
    kind: str
    status: str
    themes: list[str]
    targets: list[str]
    countries: list[str]
    place: str
    facets: list[str]
    zone: str
    actors: list[str]
    programme: str
    method: str
    year: NotRequired[int]
    latitude: NotRequired[float]
    longitude: NotRequired[float]
    title_fr: NotRequired[str]
    summary_fr: NotRequired[str]
    title_es: NotRequired[str]
    summary_es: NotRequired[str]
    title_sv: NotRequired[str]
    city: NotRequired[str]
    team: NotRequired[list[str]]
    state: NotRequired[str]
    needs: NotRequired[str]
    pilot: NotRequired[str]
    milestones: NotRequired[list[str]]


class Place(TypedDict):
    """A real place, in degrees (WGS 84)."""

    name: str
    country: str
    latitude: float
    longitude: float


NAMES = (
    "latin_america",
    "africa_1",
    "africa_2",
    "asia_1",
    "asia_2",
    "pacific",
    "europe_1",
    "europe_2",
    "international",
)


def partner_initiatives(programme: str | None = None) -> list[InitiativeText]:
    """The partner network's initiatives, of one programme or of all six, with French and Spanish where written."""
    chosen = PROGRAMMES if programme is None else (programme,)
    found = _read(*(f"initiatives/{name}_{part}" for name in chosen for part in (1, 2)))
    for language in LANGUAGES:
        translations = files.document(f"translations/{language}")
        for text in found:
            for field, words in translations.get(text["code"], {}).items():
                text[f"{field}_{language}"] = words  # type: ignore[literal-required]
    return found


def hub_initiatives() -> list[InitiativeText]:
    """Twelve ideas and five pilots of the city hub; `team` names ambassadors by code, an idea its `pilot`."""
    return _read(HUB)


def mission_initiatives() -> list[InitiativeText]:
    """Two initiatives of each of the 23 cities and six national ones; `city` is a code of `mission/cities`."""
    found = _read(*MISSION)
    cities = {city["code"]: city for city in files.document("mission/cities")["city"]}
    for text in found:
        if city := cities.get(text.get("city", "")):
            text["place"], text["latitude"], text["longitude"] = city["name"], city["latitude"], city["longitude"]
    return found


@cache
def places() -> tuple[Place, ...]:
    """The places where our organisations are at home, each once: the composer's places too."""
    found: dict[tuple[str, str], Place] = {}
    for name in NAMES:
        for country in files.document(f"names/{name}")["country"]:
            for place, latitude, longitude in country["places"]:
                code = country["code"]
                found[code, place] = Place(name=place, country=code, latitude=latitude, longitude=longitude)
    return tuple(found.values())


@cache
def known_places() -> dict[tuple[str, str], Place]:
    """Every place of the data by country and name, with those that only an initiative has."""
    found = {(place["country"], place["name"]): place for place in places()}
    for country, rows in files.document("places")["places"].items():
        for name, latitude, longitude in rows:
            found[country, name] = Place(name=name, country=country, latitude=latitude, longitude=longitude)
    return found


def _read(*names: str) -> list[InitiativeText]:
    texts: list[InitiativeText] = []
    for raw in files.initiatives(*names):
        text: InitiativeText = {"place": "", **raw}  # type: ignore[typeddict-item]
        for country in text["countries"]:
            if place := known_places().get((country, text["place"])):
                text["latitude"], text["longitude"] = place["latitude"], place["longitude"]
                break
        texts.append(text)
    return texts
