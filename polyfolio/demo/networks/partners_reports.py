"""What the partner network's initiatives report and leave behind: results with figures, and resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from polyfolio.demo.making import NOW, Text
from polyfolio.demo.networks.portfolio import Making
from polyfolio.demo.texts import sense
from polyfolio.network.models import Body
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.actions import resources
from polyfolio.portfolios.models import Initiative
from polyfolio.reporting.actions import results
from polyfolio.reporting.actions.results import Measured, Reported, Value

REPORTED_SHARE = 0.12
MEASURED = {
    "public_procurement": ("output", "Orders placed with the new clause", 4, 60),
    "consumer_information": ("outcome", "Buyers who could name the figure when asked, in percent", 20, 70),
    "tourism": ("outcome", "Litres of water a guest and night", 140, 620),
    "food_systems": ("outcome", "Kilograms of food a week that no longer go to waste", 90, 4000),
    "buildings": ("outcome", "Kilowatt-hours a square metre and year", 60, 190),
    "lifestyles_education": ("output", "People who took part more than once", 30, 900),
}

Held = Sequence[tuple[Initiative, Text]]


def make(making: Making, held: Held, programmes: Mapping[str, Body]) -> None:
    _results(making, held)
    _resources(making, held, programmes)


def _results(making: Making, held: Held) -> None:
    chance = making.chance
    reported = {}
    for initiative, text in held:
        if initiative.status == "pipeline" or chance.random() > REPORTED_SHARE:
            continue
        level, title, least, most = MEASURED[text["programme"]]
        baseline = chance.randrange(least, most)
        target = round(baseline * chance.uniform(0.5, 2.2))
        actual = round(baseline + (target - baseline) * chance.uniform(0.2, 1.1))
        year = (initiative.planned_start_on or date(2025, 1, 1)).year
        values = [
            Value("baseline", str(baseline), year=year),
            Value("target", str(target), year=year + 1),
            Value("actual", str(actual), year=year + 1),
        ]
        indicator = Measured({"en": title}, values, is_ascending=target >= baseline)
        reported[initiative.pk] = [Reported(level, {"en": text["objective"]}, [indicator])]
    results.write_many(results=reported, by=making.cast.maker, at=NOW)


def _resources(making: Making, held: Held, programmes: Mapping[str, Body]) -> None:
    by_code = {text.get("code"): initiative for initiative, text in held}
    for told in sense.resources():
        resources.create(
            network=making.network,
            title={"en": told["title"]},
            kind=told["kind"],
            values={
                "summary": {"en": told["summary"]},
                "languages": told["languages"],
                "countries": told["countries"],
                "sdg_targets": told["targets"],
                "published_on": date(told["year"], making.chance.randrange(1, 13), 1),
                "visibility": Visibility.PUBLIC,
            },
            related={
                "themes": [making.themes[slug] for slug in told["themes"] if slug in making.themes],
                "programmes": [programmes[told["programme"]]] if told["programme"] in programmes else [],
                "initiatives": [by_code[code] for code in told["initiatives"] if code in by_code],
            },
            by=making.cast.maker,
            at=NOW,
        )
