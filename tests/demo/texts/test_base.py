"""The initiatives written by hand: complete, told once, in the field's codes, and on the map."""

from __future__ import annotations

from collections import Counter

from polyfolio.demo import files
from polyfolio.demo.texts import base
from tests.demo.texts.helping import by_hand, repeated, unknown_codes, words


def test_written_texts_are_as_many_as_promised() -> None:
    texts = base.partner_initiatives()

    counted = {
        "partners": len(texts) >= 190,
        "countries": len({country for text in texts for country in text["countries"]}) >= 60,
        "french": len([text for text in texts if "title_fr" in text and "summary_fr" in text]),
        "spanish": len([text for text in texts if "title_es" in text and "summary_es" in text]),
        "ideas": len([text for text in base.hub_initiatives() if text["kind"] == "idea"]),
        "pilots": len([text for text in base.hub_initiatives() if text["kind"] == "pilot"]),
        "ambassadors": len(files.document("city_hub/ambassadors")["ambassador"]),
        "cities": len(files.document("mission/cities")["city"]),
    }

    assert counted == {
        "partners": True,
        "countries": True,
        "french": 25,
        "spanish": 27,
        "ideas": 12,
        "pilots": 5,
        "ambassadors": 35,
        "cities": 23,
    }


def test_one_programme_is_a_part_of_all() -> None:
    one = base.partner_initiatives("tourism")

    assert one == [text for text in base.partner_initiatives() if text["programme"] == "tourism"]


def test_written_texts_speak_the_fields_codes() -> None:
    assert unknown_codes(by_hand()) == []


def test_written_texts_name_four_other_targets_at_most() -> None:
    wrong = [text["code"] for text in by_hand() if not 1 <= len(set(text["targets"])) <= 5]

    assert wrong == []


def test_written_summaries_have_sixty_to_a_hundred_and_ten_words() -> None:
    wrong = [text["code"] for text in by_hand() if not 60 <= words(text["summary"]) <= 110]

    assert wrong == []


def test_written_texts_are_told_once() -> None:
    texts = by_hand()

    assert {name: repeated(text[name] for text in texts) for name in ("code", "title", "summary")} == {  # type: ignore[literal-required]
        "code": [],
        "title": [],
        "summary": [],
    }


def test_written_texts_stand_on_the_map() -> None:
    missing = [text["code"] for text in by_hand() if text["place"] and "latitude" not in text]

    assert missing == []


def test_every_city_of_the_mission_has_two_initiatives() -> None:
    held = Counter(text["city"] for text in base.mission_initiatives() if "city" in text)

    assert held == {city["code"]: 2 for city in files.document("mission/cities")["city"]}


def test_hub_names_only_its_own_ambassadors_and_actors() -> None:
    ambassadors = {each["code"] for each in files.document("city_hub/ambassadors")["ambassador"]}
    ties = files.document("city_hub/ties")
    actors = {each["code"] for each in ties["actor"]}
    texts = base.hub_initiatives()
    codes = {text["code"] for text in texts}

    strangers = [code for text in texts for code in text["team"] if code not in ambassadors]
    strangers += [text["pilot"] for text in texts if text.get("pilot", text["code"]) not in codes]
    strangers += [tie["from"] for tie in ties["tie"] if tie["from"] not in ambassadors]
    strangers += [tie["to"] for tie in ties["tie"] if tie["to"] not in actors]

    assert strangers == []
