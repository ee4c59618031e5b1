from __future__ import annotations

from tests.api.conftest import Caller
from tests.factories.vocabulary import make_code, make_theme


def test_theme_stands_under_another(anybody: Caller) -> None:
    parent = make_theme(slug="materials", title={"en": "Materials"})
    theme = make_theme(slug="steel", title={"en": "Steel", "fr": "Acier"}, parent=parent, synonyms=["iron"])

    shown = anybody.get("/themes/steel").body

    assert (shown["title"], shown["parent"]["slug"], shown["synonyms"]) == (theme.title, "materials", ["iron"])
    assert [each["slug"] for each in anybody.get("/themes?q=steel").body["items"]] == ["steel"]


def test_codes_are_looked_up(anybody: Caller) -> None:
    make_code("Sector", "14050", title={"en": "Waste"}, category="140")
    make_code("Sector", "21010", title={"en": "Transport"}, category="210")
    where = "/code-lists/Sector"

    found = [
        [each["code"] for each in anybody.get(f"{where}/codes?{query}").body["items"]]
        for query in ("q=waste", "q=1405", "category=140")
    ]

    assert found == [["14050"]] * 3
    assert (anybody.get(where).body["name"], anybody.get(f"{where}/codes").body["total"]) == ("Sector", 2)


def test_goals_carry_our_labels_and_their_targets(anybody: Caller) -> None:
    goals = anybody.get("/sdgs").body

    assert ([each["number"] for each in goals], sum(len(each["targets"]) for each in goals)) == (
        list(range(1, 18)),
        169,
    )
    assert {"en", "fr", "es"} <= set(goals[11]["label"])
    assert goals[11]["targets"][4]["code"] == "12.5"


def test_choices_read_in_the_callers_language(anybody: Caller) -> None:
    english = {each["name"]: each["choices"] for each in anybody.get("/choices").body}

    assert {"value": "mis", "label": "mission-oriented"} in english["facet"]
    assert len(english) > 20
