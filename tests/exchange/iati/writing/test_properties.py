"""Whatever is done to a file: the counts add up, nothing raises, nothing is half written, and undoing restores."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyfolio.exchange.choices import RunState
from polyfolio.exchange.models import ImportItem, ImportProblem, SourceRecord
from polyfolio.portfolios.models import Initiative, InitiativeIdentifier
from tests.exchange.iati.files import activity, file_of
from tests.exchange.iati.writing.test_adding import WHOLE
from tests.exchange.iati.writing.test_undoing import CHANGED
from tests.exchange.running import NOW, counts, database, import_file, undo
from tests.factories.network import make_network

pytestmark = pytest.mark.django_db

EXAMPLES = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
RELATED = '<related-activity type="1" ref="B"/><related-activity type="2" ref="C"/>'
FILE = file_of(activity(WHOLE + RELATED, "A"), activity(WHOLE, "B"), activity(CHANGED, "C")).encode()
OTHER = file_of(activity(CHANGED, "A"), activity(WHOLE + RELATED, "B"), activity(WHOLE, "D")).encode()
PIECES = [b"", b"<", b">", b"&", b'"', b"\x00", b"\xff", b"<!--", b"]]>", b"<x/>", b"9" * 40, b"-", b"\r", "é".encode()]
WORDS = [b"code=", b"iso-date=", b"percentage=", b"</narrative>", b"<value", b"ref=", b"type=", b"2020", b"USD", b"A"]


def mutated(content: bytes, choices: list[tuple[str, int, int]]) -> bytes:
    """The file with bytes replaced, words swapped, stretches cut out or doubled."""
    data = bytearray(content)
    for kind, where, which in choices:
        at = where % max(len(data), 1)
        if kind == "piece":
            data[at:at] = PIECES[which % len(PIECES)]
        elif kind == "cut":
            del data[at : at + which % 200]
        elif kind == "double":
            data[at:at] = data[at : at + which % 400]
        elif kind == "word":
            word = WORDS[which % len(WORDS)]
            found = data.find(word, at)
            if found >= 0:
                data[found : found + len(word)] = WORDS[where % len(WORDS)]
        else:
            del data[at:]
    return bytes(data)


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["piece", "cut", "double", "word", "end"]), st.integers(0, 1 << 16), st.integers(0, 1 << 16)
    ),
    max_size=6,
)


def taken_back(check: Callable[[], None]) -> None:
    """Run inside a transaction that leaves nothing behind."""
    with transaction.atomic():
        check()
        transaction.set_rollback(True)


def is_whole() -> None:
    """Each initiative has its identifier, its source and its item; none has anything twice."""
    initiatives = set(Initiative.objects.kept().values_list("pk", flat=True))
    named = InitiativeIdentifier.objects.filter(scheme="iati", initiative__in=initiatives)
    assert set(named.values_list("initiative", flat=True)) == initiatives
    assert set(SourceRecord.objects.values_list("initiative", flat=True)) == initiatives
    assert set(ImportItem.objects.filter(outcome="added").values_list("initiative", flat=True)) >= initiatives
    connection.check_constraints()


@EXAMPLES
@given(MUTATIONS)
def test_any_file_is_imported_whole_or_told(choices: list[tuple[str, int, int]]) -> None:
    def check() -> None:
        run = import_file(mutated(FILE, choices))

        assert run.state == RunState.DONE
        assert sum(counts(run)) == run.total
        assert not ImportProblem.objects.filter(run=run, code="not-written").exists()
        assert all(problem.words.message for problem in ImportProblem.objects.filter(run=run))
        is_whole()

    taken_back(check)


@EXAMPLES
@given(MUTATIONS)
def test_any_second_file_is_merged_and_undone(choices: list[tuple[str, int, int]]) -> None:
    def check() -> None:
        network = make_network()
        import_file(FILE, network=network)
        before = database()

        run = import_file(mutated(OTHER, choices), network=network, at=NOW + timedelta(hours=1))

        assert sum(counts(run)) == run.total
        assert not ImportProblem.objects.filter(run=run, code="not-written").exists()
        is_whole()
        undo(run, at=NOW + timedelta(hours=2))
        assert database() == before

    taken_back(check)


@EXAMPLES
@given(MUTATIONS)
def test_any_file_is_unchanged_the_second_time(choices: list[tuple[str, int, int]]) -> None:
    def check() -> None:
        network, content = make_network(), mutated(FILE, choices)
        first = import_file(content, network=network)

        second = import_file(content, network=network, at=NOW + timedelta(hours=1))

        added, changed, unchanged, failed = counts(second)
        assert (added, changed) == (0, 0)
        assert (unchanged, failed) == (first.added, first.failed)

    taken_back(check)


@EXAMPLES
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_any_order_of_people_and_files_keeps_what_people_did(chance: random.Random, rounds: int) -> None:
    """Files of two versions come in any order while people write a language that no file has."""

    def check() -> None:
        network = make_network()
        import_file(FILE, network=network)
        for number in range(rounds):
            for initiative in Initiative.objects.kept():
                initiative.title = initiative.title | {"de": f"Titel {number}"}
                initiative.save()
            content = chance.choice([FILE, OTHER])
            run = import_file(content, network=network, at=NOW + timedelta(hours=number + 1))
            assert sum(counts(run)) == run.total
            titles = Initiative.objects.filter(created_at__lt=NOW + timedelta(hours=1)).values_list("title", flat=True)
            assert all(title["de"] == f"Titel {number}" for title in titles)

    taken_back(check)
