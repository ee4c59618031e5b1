"""The vocabulary of the generated records: the field's words first, then words built from them and from syllables."""

# ruff: noqa: SIM905  # lists of words are read more easily as text

from __future__ import annotations

import itertools
import random

HEAD_WORDS: tuple[str, ...] = tuple(
    """
    the of and to in for with on by from as is that at this will through be their are which has more its or an into
    project programme development support local national communities water health education women capacity access
    services government improved training management sustainable climate public social food security people
    partners implementation activities policy region rural economic energy children institutions systems poverty
    countries girls youth increase quality schools strengthening agriculture farmers market resilience
    infrastructure governance rights protection environment environmental land urban planning participation
    gender equality monitoring civil society innovation knowledge research data finance investment private sector
    small enterprises employment skills vulnerable households income production supply sanitation hygiene
    nutrition hospital clinics maternal vaccination malaria tuberculosis disease prevention treatment care workers
    teachers learning curriculum primary secondary vocational university students literacy digital technology
    transport roads bridges ports mobility cycling railway electric vehicles emissions carbon mitigation adaptation
    biodiversity forest forestry restoration ecosystem conservation wildlife ocean marine coastal fisheries
    mangrove coral river basin flood drought irrigation groundwater wastewater treatment drainage reservoir
    disaster risk reduction preparedness emergency humanitarian response refugees displaced migration shelter
    housing cities municipal neighbourhood waste recycling circular economy packaging textiles construction
    buildings heating retrofit efficiency solar wind hydropower grid storage hydrogen cooking stoves biogas
    trade customs export value chains certification standards cooperatives savings credit insurance banking
    taxation budget audit transparency accountability corruption parliament elections justice courts police
    peace reconciliation mediation conflict violence human trafficking disability inclusion indigenous minorities
    culture heritage museums tourism media journalism radio libraries archives language translation sport
    mission portfolio partnership alliance platform network secretariat steward facilitator ambassador focal
    evaluation indicator baseline target outcome output evidence lessons scaling replication pilot prototype
    laboratory experiment dialogue consultation workshop conference summit agreement protocol roadmap strategy
    framework guidelines toolkit manual standard regulation legislation reform decentralisation procurement
    village district province state island highland delta valley mountain lake harbour border corridor
    maize rice wheat coffee cocoa cotton livestock dairy poultry fish seeds fertiliser soil compost pesticide
    warehouse refrigeration processing milling logistics retail consumers nutrition diet breastfeeding obesity
    antibiotics laboratory diagnostics pharmacy midwives nurses surgeons ambulance pandemic epidemic quarantine
    satellite sensors mapping statistics census survey registry identity broadband telephone software platform
    """.split()
)

_ROOTS = (
    "agr aqua bio carb civ clim coast commun cultur dem dig eco edu ener enviro equi farm fin flor for frag geo "
    "glob gov gran habit hydr indu inno integr irri jur labor legis lit mar medi migr mobil mun nat nutri ocean "
    "organ part pol popul prod prot reg rehab resil rur san sci sed serv sol stat struct sustain tech terr therm "
    "trans urb val veg vet vill volt wat wild zon alba bren cald dorn elm fal gren hart isk jor kel lund mor nev "
    "orl pell quin ros sel tav ulm vern wex yar zel kam bas tor lim pan kor san mal dar nak sul tam"
).split()
_MIDDLES = (
    "a e i o u al an ar at el en er et il in ir is ol on or os ul un ur ab ac ad ag am ec ed em ic id im oc".split()
)
_ENDINGS = (
    "tion tions ment ments ity ities ance ness ing ings ed er ers al als ive ism ist ists ation ations able ful less "
    "ship ural onal ical ology graph meter ville burg stad ford a o e is um ix ara ene ina ora esh ani uko amba"
).split()

LANGUAGE_ENDINGS: dict[str, tuple[str, ...]] = {
    "fr": (
        "tion",
        "tions",
        "ement",
        "ements",
        "ité",
        "ités",
        "eur",
        "eurs",
        "euse",
        "ique",
        "iques",
        "é",
        "ée",
        "ées",
        "er",
        "aux",
    ),
    "es": (
        "ción",
        "ciones",
        "miento",
        "mientos",
        "idad",
        "idades",
        "ador",
        "adores",
        "ico",
        "icas",
        "ado",
        "adas",
        "ar",
        "os",
    ),
    "de": (
        "ung",
        "ungen",
        "heit",
        "heiten",
        "keit",
        "lich",
        "licher",
        "schaft",
        "schaften",
        "en",
        "er",
        "isch",
        "ische",
        "bau",
    ),
}
LANGUAGE_SMALL_WORDS: dict[str, tuple[str, ...]] = {
    "fr": tuple("de la le et les des en pour dans du à une sur par avec au plus est qui".split()),
    "es": tuple("de la el y en los las para del con por una que al su se como más es".split()),
    "de": tuple("der die und in den von für mit des im auf eine zur durch das ist auch zu".split()),
}


def vocabulary(language: str, size: int) -> list[str]:
    """All distinct words of a language, most frequent first; the same list on every machine."""
    rng = random.Random(f"polyfolio-{language}")
    head = HEAD_WORDS if language == "en" else LANGUAGE_SMALL_WORDS[language]
    endings = tuple(_ENDINGS) if language == "en" else LANGUAGE_ENDINGS[language]
    words = dict.fromkeys(head)
    for count in itertools.count(1):
        if len(words) >= size:
            break
        middles = "".join(rng.choice(_MIDDLES) for _ in range(rng.choice((0, 1, 1, 1, 2)) + (count > size)))
        words.setdefault(rng.choice(_ROOTS) + middles + rng.choice(endings))
    return list(words)[:size]
