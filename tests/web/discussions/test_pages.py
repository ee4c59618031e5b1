"""Pages of talks: who sees, who says, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.models import Comment, Discussion, Placement
from tests.factories.discussions import make_comment, make_discussion
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> tuple[Portfolio, Initiative]:
    network = make_network()
    initiative = make_initiative(network, title={"en": "Repair counters"})
    return make_portfolio(network, core=[initiative]), initiative


def at(place: tuple[Portfolio, Initiative], more: str = "") -> str:
    return f"/portfolios/{place[0].slug}/initiatives/{place[1].slug}/discussion/{more}"


def test_talk_from_question_to_end(client: Client, place: Any) -> None:
    portfolio, initiative = place
    make_placement(portfolio, initiative, "mis")
    make_placement(portfolio, initiative, "ada")
    client.force_login(make_steward(portfolio, name="Ann"))

    empty = client.get(at(place)).content.decode()
    opened = client.post(at(place, "open/"), {"question": "Is it a mission?"}, follow=True).content.decode()
    said = client.post(at(place, "comments/"), {"text": "I doubt it, @Nobody Here"}, follow=True).content.decode()
    given = {"resolution": "It answers needs.", "purpose": "ada", "driver": "ada"}
    ended = client.post(at(place, "resolve/"), given, follow=True).content.decode()

    assert "People see it differently" in empty
    assert "Is it a mission?" in opened
    assert "I doubt it, @Nobody Here" in said
    assert "@Nobody Here was not told" in said
    assert "It answers needs." in ended
    assert Placement.objects.filter(is_agreed=True).count() == 1


def test_named_people_are_marked_and_suggested(client: Client, place: Any) -> None:
    make_member(place[0], name="Bo Ek, desk")
    client.force_login(make_steward(place[0], name="Ann"))
    make_discussion(*place)

    client.post(at(place, "comments/"), {"text": "What does @Bo Ek say? <b>"})
    page = client.get(at(place)).content.decode()

    assert '<span class="talk-name">@Bo Ek</span> say? &lt;b&gt;' in page
    assert "[&quot;Bo Ek&quot;]" in page


def test_empty_comment_keeps_the_answer_open_and_what_was_typed(client: Client, place: Any) -> None:
    said = make_comment(make_discussion(*place))
    client.force_login(make_steward(place[0]))

    nothing = client.post(at(place, "comments/"), {"text": " "})
    long = client.post(at(place, "comments/"), {"text": "x" * 20_001, "parent": said.pk})

    assert (nothing.status_code, long.status_code) == (422, 422)
    assert "Write something first." in nothing.content.decode()
    assert "x" * 20_001 in long.content.decode()
    assert Comment.objects.count() == 1


def test_refused_question_and_end_keep_what_was_typed(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))

    long = client.post(at(place, "open/"), {"question": "q" * 2_001})
    make_discussion(*place)
    half = client.post(at(place, "resolve/"), {"resolution": "We agree", "purpose": "mis"})

    assert (long.status_code, half.status_code) == (422, 422)
    assert "q" * 2_001 in long.content.decode()
    assert "We agree" in half.content.decode()
    assert Discussion.objects.get().is_open


def test_taken_back_says_so_and_can_be_undone(client: Client, place: Any) -> None:
    author = make_member(place[0])
    said = make_comment(make_discussion(*place), "Rash words", by=author)
    client.force_login(author)

    page = client.post(at(place, f"comments/{said.pk}/take-back/"), follow=True).content.decode()

    assert "Taken back." in page
    assert "Rash words" not in page
    undo = page.partition('action="/history/changes/')[2].partition('"')[0]
    client.post(f"/history/changes/{undo}")
    assert "Rash words" in client.get(at(place)).content.decode()


def test_word_it_anew(client: Client, place: Any) -> None:
    author = make_member(place[0])
    said = make_comment(make_discussion(*place), "First words", by=author)
    client.force_login(author)

    form = client.get(at(place, f"comments/{said.pk}/")).content.decode()
    page = client.post(at(place, f"comments/{said.pk}/"), {"text": "Second words"}, follow=True).content.decode()

    assert "First words" in form
    assert "Second words" in page
    assert "worded anew" in page
    assert client.post(at(place, f"comments/{said.pk}/"), {"text": " "}).status_code == 422


def test_take_up_again(client: Client, place: Any) -> None:
    talk = make_discussion(*place)
    client.force_login(make_steward(place[0]))
    client.post(at(place, "resolve/"), {"resolution": "So be it"})

    client.post(at(place, f"{talk.pk}/reopen/"))
    again = client.post(at(place, f"{talk.pk}/reopen/"), follow=True).content.decode()

    assert Discussion.objects.get().is_open
    assert "This talk is open." in again


def test_readers_see_and_say_nothing(client: Client, place: Any) -> None:
    said = make_comment(make_discussion(*place), "Plain words")
    client.force_login(make_user())

    page = client.get(at(place)).content.decode()
    answers = [
        client.post(at(place, more)).status_code
        for more in ("open/", "comments/", "resolve/", f"comments/{said.pk}/", f"comments/{said.pk}/take-back/")
    ]

    assert "Plain words" in page
    assert "<textarea" not in page.partition("<main")[2]
    assert answers == [403, 403, 403, 403, 403]


def test_hidden_initiative_has_no_talk(client: Client) -> None:
    network = make_network()
    hidden = make_initiative(network, visibility="private", title={"en": "Hidden thing"})
    portfolio = make_portfolio(network, core=[hidden])
    said = make_comment(make_discussion(portfolio, hidden, question="Hidden question"))
    client.force_login(make_steward(portfolio))
    place = portfolio, hidden

    listed = client.get(f"/portfolios/{portfolio.slug}/discussions/").content.decode()

    assert "Hidden" not in listed
    assert [client.get(at(place)).status_code, client.get(at(place, f"comments/{said.pk}/")).status_code] == [404, 404]


def test_comment_of_another_initiative_is_not_found(client: Client, place: Any) -> None:
    other = make_initiative(place[0].network)
    make_entry(place[0], other)
    author = make_member(place[0])
    said = make_comment(make_discussion(place[0], other), by=author)
    client.force_login(author)

    assert client.get(at(place, f"comments/{said.pk}/")).status_code == 404


def test_list_parts_open_from_ended(client: Client, place: Any) -> None:
    make_discussion(*place, question="Open question")
    other = make_initiative(place[0].network)
    make_entry(place[0], other)
    make_discussion(place[0], other, question="Old one", state="resolved", resolved_at="2026-01-01T00:00Z")
    address = f"/portfolios/{place[0].slug}/discussions/"

    pages = [client.get(f"{address}{query}").content.decode() for query in ("", "?state=resolved", "?state=x")]

    assert [("Open question" in page, "Old one" in page) for page in pages] == [
        (True, False),
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize("what", ["list", "talk"])
def test_costs_the_same_for_much_as_for_little(
    what: str, client: Client, place: Any, queries_of: Callable[[str], int]
) -> None:
    talk = make_discussion(*place)
    make_comment(talk)
    client.force_login(make_steward(place[0]))
    address = f"/portfolios/{place[0].slug}/discussions/" if what == "list" else at(place)
    few = queries_of(address)
    for _number in range(12):
        more = make_initiative(place[0].network)
        make_entry(place[0], more)
        make_comment(make_discussion(place[0], more))
        make_comment(talk, parent=make_comment(talk))
        make_member(place[0])

    assert queries_of(address) == few


def test_long_reasons_are_kept_and_folded(client: Client, place: Any) -> None:
    client.force_login(make_steward(place[0]))
    words = " ".join(f"word{number}" for number in range(5_000))

    client.post(
        f"/portfolios/{place[0].slug}/initiatives/{place[1].slug}/place/",
        {"purpose": "mis", "driver": "mis", "rationale": words},
    )
    page = client.get(at(place)).content.decode()

    assert Placement.objects.get().rationale == words
    assert "Read all of it" in page
    assert "word4999" in page
