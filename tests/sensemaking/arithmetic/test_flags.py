"""The arithmetic of flags, by cases computed by hand, and by what holds for every case."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from polyfolio.sensemaking.arithmetic.flags import (
    DEFAULTS,
    LIMITS,
    PERCENT,
    Facts,
    Finding,
    Look,
    Rule,
    State,
    findings,
)
from polyfolio.sensemaking.choices import Facet, FlagCode

MIS, ENH, ADA, ANT = Facet


def found(code: FlagCode, facts: Facts, threshold: int | None = None) -> Finding:
    return findings(facts, [Rule(code, DEFAULTS[code] if threshold is None else threshold)])[0]


def looks(*distances: float | None) -> tuple[Look, ...]:
    return tuple(Look(date(2020 + year, 1, 1), each) for year, each in enumerate(distances))


@pytest.mark.parametrize(
    ("code", "facts", "state", "percent"),
    [
        # 61 of 100 is more than 60 %; 60 of 100 is not.
        (FlagCode.STATUS_QUO, Facts(9, money={ENH: 61.0, MIS: 39.0}), State.RAISED, 61),
        (FlagCode.STATUS_QUO, Facts(9, money={ENH: 60.0, MIS: 40.0}), State.QUIET, 60),
        (FlagCode.STATUS_QUO, Facts(9, money={ENH: 60.001, MIS: 39.999}), State.RAISED, 61),
        (FlagCode.STATUS_QUO, Facts(9), State.UNKNOWN, None),
        # 3 of 5 known horizons are short: 60 %; the 7 starts that tell none do not count.
        (FlagCode.CRISIS, Facts(20, starts=12, horizons=5, short=3), State.RAISED, 60),
        (FlagCode.CRISIS, Facts(20, starts=12, horizons=4, short=2), State.QUIET, 50),
        (FlagCode.CRISIS, Facts(20, starts=12), State.UNKNOWN, None),
        (FlagCode.PROJECTIFIED, Facts(3, unlinked=2), State.RAISED, 67),
        (FlagCode.PROJECTIFIED, Facts(4, unlinked=2), State.QUIET, 50),
        (FlagCode.PROJECTIFIED, Facts(0), State.UNKNOWN, None),
        (FlagCode.UNQUANTIFIED, Facts(10, unquantified=6), State.RAISED, 60),
        (FlagCode.UNQUANTIFIED, Facts(10, unquantified=0), State.QUIET, 0),
    ],
)
def test_shares(code: FlagCode, facts: Facts, state: State, percent: int | None) -> None:
    finding = found(code, facts)

    assert (finding.state, finding.percent) == (state, percent)


def test_unsupported_names_the_facets_that_nothing_serves() -> None:
    facts = Facts(9, active={MIS: 5, ENH: 2, ADA: 1, ANT: 0}, supported=frozenset({ENH}))

    assert found(FlagCode.UNSUPPORTED, facts).facets == (MIS, ADA)
    assert found(FlagCode.UNSUPPORTED, facts, 2).facets == (MIS,)
    assert found(FlagCode.UNSUPPORTED, facts, 6).state == State.QUIET
    assert found(FlagCode.UNSUPPORTED, Facts(9)).state == State.UNKNOWN


def test_orphaned_is_raised_by_one_initiative_or_by_a_portfolio_without_steward() -> None:
    assert found(FlagCode.ORPHANED, Facts(9, unowned=1)).state == State.RAISED
    assert found(FlagCode.ORPHANED, Facts(9, unowned=0)).state == State.QUIET
    assert found(FlagCode.ORPHANED, Facts(9, unowned=2), 3).state == State.QUIET
    assert found(FlagCode.ORPHANED, Facts(9, unowned=0, has_steward=False)).state == State.RAISED


def test_fad_names_the_method_of_most_and_the_first_of_equals() -> None:
    facts = Facts(30, starts=20, with_method=10, methods={"sprint": 5, "lab": 5, "survey": 1})

    finding = found(FlagCode.FAD, facts)

    assert (finding.state, finding.method, finding.percent) == (State.RAISED, "lab", 50)
    assert found(FlagCode.FAD, facts, 50).state == State.QUIET
    assert found(FlagCode.FAD, Facts(30, starts=20)).state == State.UNKNOWN


@pytest.mark.parametrize(
    ("distances", "threshold", "state"),
    [
        ((0.1, 0.2, 0.3), 3, State.RAISED),
        ((0.1, 0.2, 0.2), 3, State.QUIET),
        ((0.3, 0.1, 0.2), 3, State.QUIET),
        ((0.3, 0.1, 0.2), 2, State.RAISED),
        ((None, 0.1, 0.2), 3, State.UNKNOWN),
        ((0.1, 0.2), 3, State.UNKNOWN),
    ],
)
def test_drift_rises_from_look_to_look(distances: tuple[float | None, ...], threshold: int, state: State) -> None:
    assert found(FlagCode.DRIFT, Facts(9, looks=looks(*distances)), threshold).state == state


def test_flag_that_is_off_is_not_computed() -> None:
    rule = Rule(FlagCode.PROJECTIFIED, 50, is_on=False)

    assert findings(Facts(1, unlinked=1), [rule]) == [Finding(rule, State.OFF)]


def test_every_flag_has_a_default_within_its_limits() -> None:
    assert set(DEFAULTS) == set(LIMITS) == set(FlagCode)
    assert all(LIMITS[code][0] <= threshold <= LIMITS[code][1] for code, threshold in DEFAULTS.items())


COUNTS = some.integers(0, 10_000)


@given(whole=COUNTS, part=COUNTS, threshold=some.integers(1, 99), code=some.sampled_from(sorted(PERCENT)))
def test_shown_percent_and_state_never_contradict_each_other(
    whole: int, part: int, threshold: int, code: FlagCode
) -> None:
    part = min(part, whole)
    facts = Facts(
        whole,
        money={ENH: float(part), MIS: float(whole - part)},
        horizons=whole,
        short=part,
        unlinked=part,
        with_method=whole,
        methods={"lab": part},
        unquantified=part,
    )

    finding = found(code, facts, threshold)

    if not whole:
        assert (finding.state, finding.percent) == (State.UNKNOWN, None)
    else:
        assert finding.percent is not None
        assert (finding.state == State.RAISED) == (finding.percent > threshold) == (100 * part > threshold * whole)
