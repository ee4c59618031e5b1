"""How people of the example networks argue: enough of it, about initiatives we have, and in disagreement."""

from __future__ import annotations

import pytest

from polyfolio.demo import files
from polyfolio.demo.texts import sense
from polyfolio.portfolios.choices import ResourceKind
from polyfolio.sensemaking.choices import Dimension, Driver, Facet, FacetAnswer
from tests.demo.texts.helping import NETWORKS, TARGETS, THEMES, by_hand


def test_texts_are_as_many_as_promised() -> None:
    counted = {
        "resources": len(sense.resources()),
        "intents": sum(len(sense.intents(network)) for network in NETWORKS),
        "holes": sum(len(sense.holes(network)) for network in NETWORKS),
        "rationales": len(files.document("sense/rationales")["rationales"]),
        "transitions": len(files.document("sense/drivers")["transitions"]),
    }

    assert counted == {"resources": 40, "intents": 12, "holes": 20, "rationales": 60, "transitions": 30}


def test_texts_are_about_initiatives_we_have() -> None:
    codes = {text["code"] for text in by_hand()}
    told = [row["initiative"] for row in files.document("sense/rationales")["rationales"]]
    told += [row["initiative"] for row in files.document("sense/drivers")["transitions"]]
    told += [row["initiative"] for network in NETWORKS for row in sense.news(network)]
    told += [code for resource in sense.resources() for code in resource["initiatives"]]

    strangers = sorted(set(told) - codes)

    assert strangers == []


def test_rationales_disagree_about_many_initiatives() -> None:
    said: dict[str, set[str]] = {}
    for row in files.document("sense/rationales")["rationales"]:
        said.setdefault(row["initiative"], set()).add(row["purpose"])

    contested = [code for code, purposes in said.items() if len(purposes) > 1]

    assert len(contested) >= 20


def test_rationales_of_an_initiative_are_its_own() -> None:
    assert [row["voice"] for row in sense.rationales("proc-05")] == ["school cook", "ministry adviser"]


@pytest.mark.parametrize("purpose", FacetAnswer.values)
def test_general_rationales_go_round(purpose: str) -> None:
    written = files.document("sense/general")["rationale"][purpose]

    assert sense.rationale(purpose, len(written)) == written[0]


def test_a_transition_is_the_initiatives_own_where_there_is_one() -> None:
    driver, sentence = sense.transition("proc-02", 0)

    assert (driver, sentence.split(",")[0]) == ("crisis", "The incinerator failed for three weeks")


def test_other_transitions_take_turns_over_all_drivers() -> None:
    drivers = [sense.transition("nowhere", number)[0] for number in range(6)]

    assert sorted(drivers) == sorted(Driver.values)


def test_intents_have_a_whole_target_mix_and_three_positions_at_least() -> None:
    told = [intent for network in NETWORKS for intent in sense.intents(network)]

    wrong = [
        intent["code"]
        for intent in told
        if sum(intent["target_mix"].values()) != 100
        or set(intent["target_mix"]) != set(Facet.values)
        or not 3 <= len(intent["position"]) <= 5
    ]

    assert wrong == []


def test_resources_speak_the_fields_codes() -> None:
    wrong = [
        each["code"]
        for each in sense.resources()
        if each["kind"] not in ResourceKind.values
        or not THEMES.issuperset(each["themes"])
        or not TARGETS.issuperset(each["targets"])
    ]

    assert wrong == []


def test_holes_speak_the_fields_codes() -> None:
    told = [hole for network in NETWORKS for hole in sense.holes(network)]

    wrong = [hole["reason"] for hole in told if not {hole["rows"], hole["cols"]} <= set(Dimension.values)]

    assert wrong + [hole["row"] for hole in told if hole["rows"] == "theme" and hole["row"] not in THEMES] == []
