"""Runs and their reports, as pages and downloads read them."""

from __future__ import annotations

from typing import Any

import pytest

from polyfolio.exchange.choices import Severity
from polyfolio.exchange.models import ImportRun
from polyfolio.exchange.queries import runs
from polyfolio.network.models import Network
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import import_file, undo
from tests.factories.network import make_network
from tests.factories.people import make_admin, make_member, make_steward

pytestmark = pytest.mark.django_db

BAD = COMPLETE.replace("2020-01-01", "2020-02-30").replace('sector code="11110"', 'sector code="1" percentage="5"')


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def run(network: Network) -> ImportRun:
    content = file_of(activity(BAD, "A"), activity(BAD, "B"), activity(identifier="A"))
    return import_file(content, network=network)


def test_runs_are_those_of_ones_networks(run: ImportRun, network: Network) -> None:
    other = import_file(file_of(activity()))

    assert list(runs.runs(make_steward(network))) == [run]
    assert list(runs.runs(make_admin())) == [other, run]
    assert list(runs.runs(make_member(network))) == []
    with pytest.raises(ImportRun.DoesNotExist):
        runs.find(make_steward(network), other.pk)


def test_networks_are_those_one_may_import_into(network: Network) -> None:
    other = make_network(title={"en": "Z"})

    assert list(runs.networks(make_steward(network))) == [network]
    assert list(runs.networks(make_admin())) == [network, other]
    assert list(runs.networks(make_member(network))) == []


def test_problem_kinds_stand_the_gravest_first(run: ImportRun) -> None:
    found = [(kind.severity, kind.code, kind.count, kind.activities) for kind in runs.problem_kinds(run)]

    assert found == [
        (Severity.ERROR, "date-impossible", 2, 2),
        (Severity.ERROR, "identifier-twice", 1, 1),
        (Severity.WARNING, "sector-shares", 2, 2),
    ]


def test_problem_kinds_cost_two_queries(run: ImportRun, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        runs.problem_kinds(run)


def test_problems_of_one_grade_and_kind(run: ImportRun) -> None:
    assert runs.problems(run).count() == 5
    assert runs.problems(run, severity="error").count() == 3
    assert runs.problems(run, severity="error", code="identifier-twice").count() == 1


def test_report_tells_each_problem_with_its_place_and_remedy(run: ImportRun) -> None:
    told = [row for row in runs.report(run) if row["code"] == "date-impossible"]

    assert told[0] == {
        "activity": 1,
        "line": 8,
        "identifier": "A",
        "element": "activity-date",
        "value": "2020-02-30",
        "severity": "error",
        "code": "date-impossible",
        "message": "There is no such day: 2020-02-30",
        "done": "The value was left out of our record; the activity keeps it in its source.",
        "remedy": "Correct it where the file is made, and import the file again.",
    }


def test_items_tell_what_became_of_each(run: ImportRun) -> None:
    assert [(item.identifier, item.outcome) for item in runs.items(run)] == [
        ("A", "added"),
        ("B", "added"),
        ("A", "failed"),
    ]
    assert runs.items(run, outcome="failed").count() == 1


def test_same_file_is_the_latest_import_of_it_that_stands(run: ImportRun, network: Network) -> None:
    content = file_of(activity(BAD, "A"), activity(BAD, "B"), activity(identifier="A"))
    again = import_file(content, network=network)

    assert runs.same_file(again) == run
    assert runs.same_file(run) is None
    undo(run)
    assert runs.same_file(again) is None
