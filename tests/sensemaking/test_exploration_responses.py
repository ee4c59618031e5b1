"""Answering: whose answers they are, when they are taken, and what is told of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.personal import erase_all, held_about
from polyfolio.sensemaking.actions import exploration_responses as responses
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.models import Exploration, ExplorationResponse
from polyfolio.sensemaking.queries import explorations as queries
from tests.factories.explorations import in_days, make_exploration, make_response
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement
from tests.sensemaking.exploration.answering import able, favouring

pytestmark = pytest.mark.django_db

MIS, ENH, ADA, ANT = Facet
FOCUS = {"mis": 4, "enh": 3, "ada": 2, "ant": 1}


def begun(exploration: Exploration | None = None, by: User | None = None, key: str = "key") -> ExplorationResponse:
    return responses.begin(exploration=exploration or make_exploration(), key=key, by=by, at=timezone.now())


def keep(response: ExplorationResponse, item: str, answer: Any, note: str = "") -> ExplorationResponse:
    return responses.keep(response=response, item_key=item, answer=answer, note=note, at=timezone.now())


def test_from_beginning_to_handing_in() -> None:
    response = begun()
    keep(response, "focus", FOCUS, note=" Mine ")
    keep(response, "leaders", {"mis": 2, "enh": 1, "ada": 3, "ant": 4})
    keep(response, "methods", {})
    keep(response, "focus", {**FOCUS, "ant": 0})

    handed_in = responses.submit(response=response, at=timezone.now())

    assert handed_in.answers == {
        "leaders": {"mis": 2, "enh": 1, "ada": 3, "ant": 4},
        "methods": {},
        "focus": {"mis": 4, "enh": 3, "ada": 2, "ant": 0},
    }
    assert handed_in.notes == {}
    assert handed_in.scores["facets"] == {"mis": "50", "enh": "175/3", "ada": "25", "ant": "0"}
    assert responses.submit(response=response, at=timezone.now()).submitted_at == handed_in.submitted_at


def test_an_answer_is_left_open_again() -> None:
    response = begun()
    keep(response, "focus", FOCUS, note="Mine")

    assert keep(response, "focus", None, note="Still mine").answers == {}
    assert ExplorationResponse.objects.get().notes == {"focus": "Still mine"}


@pytest.mark.parametrize(
    ("item", "answer", "note"),
    [
        ("leaders", {"mis": 1, "enh": 1, "ada": 2, "ant": 3}, ""),
        ("focus", {"mis": 5}, ""),
        ("focus", {"weather": 1}, ""),
        ("weather", {"mis": 1}, ""),
        ("focus", {"mis": 1}, "x" * 10_001),
    ],
)
def test_what_is_refused_changes_nothing(item: str, answer: dict[str, int], note: str) -> None:
    response = begun()
    keep(response, "focus", FOCUS)

    with pytest.raises(RefusedError):
        keep(response, item, answer, note)

    kept = ExplorationResponse.objects.get()
    assert (kept.answers, kept.notes) == ({"focus": FOCUS}, {})


def test_the_same_browser_and_the_same_account_come_back_to_their_answers() -> None:
    exploration, user = make_exploration(), make_user()
    first = begun(exploration)
    own = begun(exploration, by=user, key="laptop")

    assert begun(exploration) == first
    assert begun(exploration, by=user, key="phone") == own
    assert begun(exploration, key="another") not in (first, own)
    assert queries.response_of(exploration, key="key", user=None) == first
    assert queries.response_of(exploration, key="", user=user) == own
    assert queries.response_of(exploration, key="laptop", user=None) is None
    assert queries.response_of(exploration, key="laptop", user=make_user()) is None
    assert queries.response_of(make_exploration(), key="key", user=user) is None
    with pytest.raises(RefusedError, match="account"):
        begun(exploration, key="laptop")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "closed"}, "closed"),
        ({"opens_on": in_days(-9), "closes_on": in_days(-1)}, "closed"),
        ({"opens_on": in_days(1), "closes_on": in_days(9)}, "not begun"),
        ({"deleted_at": datetime(2026, 1, 1, tzinfo=UTC)}, "closed"),
    ],
)
def test_outside_its_days_nothing_begins(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        begun(make_exploration(**fields))

    assert not ExplorationResponse.objects.exists()


def test_after_closing_answers_are_kept_as_a_draft() -> None:
    exploration = make_exploration()
    response = begun(exploration)
    Exploration.objects.update(state="closed")

    keep(response, "focus", FOCUS)
    with pytest.raises(RefusedError, match="kept as a draft"):
        responses.submit(response=response, at=timezone.now())

    kept = ExplorationResponse.objects.get()
    assert (kept.answers, kept.submitted_at, kept.scores) == ({"focus": FOCUS}, None, None)


def test_nothing_is_not_handed_in() -> None:
    response = begun()
    keep(response, "overview", {"s1": 4})

    with pytest.raises(RefusedError, match="Answer at least one"):
        responses.submit(response=response, at=timezone.now())


def test_handed_in_answers_stand_until_they_are_taken_back() -> None:
    exploration = make_exploration()
    response = begun(exploration)
    keep(response, "focus", FOCUS)
    responses.submit(response=response, at=timezone.now())

    with pytest.raises(RefusedError, match="Take them back"):
        keep(response, "focus", None)
    with pytest.raises(RefusedError, match="back first"):
        responses.discard(response=response)
    responses.take_back(response=response, at=timezone.now())
    assert queries.outcome(exploration).count == 0
    responses.discard(response=response)
    assert not ExplorationResponse.objects.exists()

    again = begun(exploration)
    keep(again, "focus", FOCUS)
    responses.submit(response=again, at=timezone.now())
    Exploration.objects.update(state="closed")
    with pytest.raises(RefusedError, match="as they were handed in"):
        responses.take_back(response=again, at=timezone.now())


def test_a_group_is_told_from_five_on() -> None:
    exploration = make_exploration()
    make_response(exploration, favouring(ANT), submitted_at=None)
    for _number in range(4):
        make_response(exploration, favouring(MIS) | able(2))

    four = queries.outcome(exploration)
    make_response(exploration, favouring(ENH) | able(4))
    five = queries.outcome(exploration)

    assert (four.count, four.is_shown, set(four.facets.values())) == (4, False, {None})
    assert five.medians == {MIS: 100, ENH: Fraction("87.5"), ADA: Fraction("81.25"), ANT: 75}
    assert five.capability is not None
    assert (five.capability.median, five.capability.count) == (50, 5)


def with_five(**fields: Any) -> Exploration:
    made = make_exploration(**fields)
    for _number in range(5):
        make_response(made, favouring(MIS))
    return made


def test_peers_are_told_from_five_organisations_on() -> None:
    own = with_five(is_comparable=True)
    with_five(organisation_name=own.organisation_name, is_comparable=True)
    with_five(is_comparable=False)
    make_exploration(is_comparable=True)
    twice = with_five(is_comparable=True)
    with_five(is_comparable=True, organisation_name=twice.organisation_name, opens_on=in_days(-99))
    for _number in range(3):
        with_five(is_comparable=True)

    four = queries.peers(own)
    with_five(is_comparable=True)
    five = queries.peers(own)

    assert (four.organisations, four.is_shown, set(four.facets.values())) == (4, False, {None})
    assert (five.organisations, five.is_shown) == (5, True)
    assert five.facets[MIS] is not None
    assert five.facets[MIS].median == 100


def test_over_time_is_the_same_organisation_as_far_as_it_is_seen() -> None:
    network = make_network()
    organisation = make_organisation(network, title={"en": "Ministry of Repair"})
    early = with_five(network=network, organisation=organisation, opens_on=in_days(-400), closes_on=in_days(-390))
    late = make_exploration(network, organisation_name="The Ministry of Repair")
    make_exploration(network)
    make_exploration(organisation=organisation)

    found = queries.over_time(late, make_steward(network))

    assert [(each, made.count) for each, made in found] == [(early, 5), (late, 0)]


def test_activity_is_the_portfolios_mix() -> None:
    first, second = make_initiative(), make_initiative()
    portfolio = make_portfolio(core=[first, second])
    make_placement(portfolio, first, "mis")

    mix = queries.activity(make_exploration(portfolio=portfolio), make_steward(portfolio))

    assert mix is not None
    assert mix.shares == {MIS: 1.0, ENH: 0.0, ADA: 0.0, ANT: 0.0}
    assert (mix.placed, mix.unplaced) == (1, 1)
    assert queries.activity(make_exploration(), None) is None


def test_export_and_erasure() -> None:
    user, exploration = make_user(), make_exploration()
    draft = make_response(make_exploration(), {"focus": FOCUS}, author=user, submitted_at=None)
    handed_in = make_response(exploration, {"focus": FOCUS}, author=user, notes={"focus": "Mine"})

    told = held_about(user)["explorations"]
    assert [(each["answers"], each["notes"]) for each in told] == [
        ({"focus": FOCUS}, {}),
        ({"focus": FOCUS}, {"focus": "Mine"}),
    ]

    erase_all(user, timezone.now() + timedelta(seconds=1))
    left = ExplorationResponse.objects.get()
    assert not ExplorationResponse.objects.filter(pk=draft.pk).exists()
    assert (left.pk, left.author, left.answers, left.notes) == (handed_in.pk, None, {}, {})
    assert left.scores == handed_in.scores
    assert queries.outcome(exploration).count == 1
