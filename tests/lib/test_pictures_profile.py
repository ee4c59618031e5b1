"""The profile: bars with a spread around them."""

from __future__ import annotations

from polyfolio.lib.pictures.diamond import diamond
from polyfolio.lib.pictures.profile import Ability, Bar, profile


def test_bars_carry_value_spread_and_comparison() -> None:
    drawn = profile([Ability("Overview", 62.5, 50.0, 75.0, compared=40.0), Ability("Money", None)])

    assert drawn.bars == (
        Bar("Overview", 62, 62.5, 50.0, 25.0, 40.0, 40, (50, 75)),
        Bar("Money", None, 0.0, None, 0.0, None, None, None),
    )
    assert (drawn.strongest, drawn.weakest) == (None, None)
    assert (drawn.has_spread, drawn.has_comparison) == (True, True)


def test_strongest_and_weakest() -> None:
    drawn = profile([Ability("a", 10.0), Ability("b", 90.0), Ability("c", 50.0)])

    assert drawn.strongest is not None
    assert drawn.weakest is not None
    assert (drawn.strongest.label, drawn.weakest.label) == ("b", "a")
    assert (drawn.has_spread, drawn.has_comparison) == (False, False)


def test_a_diamond_of_scores_has_a_band_and_keeps_to_its_scale() -> None:
    ends = {"mis": 0.2, "enh": 0.1, "ada": 0.0, "ant": 0.2}, {"mis": 0.4, "enh": 0.3, "ada": 0.2, "ant": 0.4}
    drawn = diamond(actual={"mis": 0.3, "enh": 0.2, "ada": None, "ant": 0.3}, spread=ends, full=1.0)

    assert [tip.percent for tip in drawn.tips] == [30, 30, None, 20]
    assert drawn.rings[-1].percent == 100
    assert drawn.band.count("M") == drawn.band.count("Z") == 2
    assert drawn.actual.count("L") == 2
    assert diamond(actual={"mis": 0.3}).band == ""
