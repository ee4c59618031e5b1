"""Talks about initiatives' places: opening, saying, naming, ending, taking back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from polyfolio.audit.actions.undo import take_back
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.notify.models import Notice
from polyfolio.people import personal
from polyfolio.people.models import User
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.models import Initiative, Portfolio
from polyfolio.sensemaking.actions import comments, discussions
from polyfolio.sensemaking.actions.placements import Answers
from polyfolio.sensemaking.models import Comment, Discussion, Placement
from polyfolio.sensemaking.queries.discussions import people_around, threads
from tests.factories.discussions import make_comment, make_discussion
from tests.factories.network import make_network
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.sensemaking import make_placement, standing_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def portfolio() -> Portfolio:
    network = make_network()
    return make_portfolio(network, core=[make_initiative(network, title={"en": "Repair"})])


@pytest.fixture
def initiative(portfolio: Portfolio) -> Initiative:
    return portfolio.entries.get().initiative


def begin(portfolio: Portfolio, initiative: Initiative, by: User, question: str = "Why a mission?") -> Discussion:
    return discussions.begin(portfolio=portfolio, initiative=initiative, question=question, by=by, at=AT)


def test_begin_keeps_who_asked_what(portfolio: Portfolio, initiative: Initiative) -> None:
    member = make_member(portfolio)

    opened = begin(portfolio, initiative, member, " Why a mission? ")

    kept = Discussion.objects.get(pk=opened.pk)
    assert (kept.question, kept.created_by, kept.created_at, kept.state) == ("Why a mission?", member, AT, "open")
    assert AuditRecord.objects.get().verb == "discussion.create"


@pytest.mark.parametrize("question", ["", "  \n", "x" * 2_001])
def test_begin_refuses_no_question_and_a_speech(question: str, portfolio: Portfolio, initiative: Initiative) -> None:
    with pytest.raises(RefusedError) as refused:
        begin(portfolio, initiative, make_member(portfolio), question)

    assert (refused.value.field, Discussion.objects.count()) == ("question", 0)


def test_one_talk_is_open_at_a_time(portfolio: Portfolio, initiative: Initiative) -> None:
    make_discussion(portfolio, initiative)

    with pytest.raises(RefusedError):
        begin(portfolio, initiative, make_steward(portfolio))


def test_begin_refuses_strangers_and_initiatives_outside(portfolio: Portfolio, initiative: Initiative) -> None:
    with pytest.raises(NotAllowedError):
        begin(portfolio, initiative, make_user())
    with pytest.raises(RefusedError):
        begin(portfolio, make_initiative(portfolio.network), make_steward(portfolio))


def test_naming_tells_those_who_may_see_it(portfolio: Portfolio, initiative: Initiative) -> None:
    ann, bo = make_member(portfolio, name="Ann Berg, desk"), make_user(name="Bo Ek")
    talk = make_discussion(portfolio, initiative)

    written = comments.write(
        discussion=talk, text="@Ann Berg and @Bo Ek, look", by=make_member(portfolio, name="Cy"), at=AT
    )

    assert (written.told, written.not_told) == ((ann,), ("Bo Ek",))
    assert list(Notice.objects.values_list("user__name", "text", "address")) == [
        (
            "Ann Berg, desk",
            "Cy named you in a talk about the place of “Repair”.",
            f"/portfolios/{portfolio.slug}/initiatives/{initiative.slug}/discussion/#comment-{written.comment.pk}",
        )
    ]
    assert bo.notices.count() == 0


def test_members_of_a_network_are_not_told_of_what_stewards_alone_see() -> None:
    network = make_network()
    hidden = make_initiative(network, visibility="stewards")
    portfolio = make_portfolio(network, core=[hidden])
    make_member(network, name="Ann")
    steward = make_steward(network, name="Bo")

    assert people_around(portfolio, hidden) == [steward]


def test_people_around_are_exactly_those_who_see_both() -> None:
    network = make_network(visibility="network")
    initiative = make_initiative(network, visibility="portfolio")
    portfolio = make_portfolio(network, core=[initiative], visibility="network")
    people = [make_member(portfolio), make_member(network), make_steward(network), make_steward(portfolio)]
    seeing = [
        each
        for each in people
        if Initiative.objects.visible_to(each).filter(pk=initiative.pk).exists()
        and Portfolio.objects.visible_to(each).filter(pk=portfolio.pk).exists()
    ]

    assert {each.pk for each in people_around(portfolio, initiative)} == {each.pk for each in seeing}


def test_answering_tells_whom_one_answers(portfolio: Portfolio, initiative: Initiative) -> None:
    ann, bo = make_member(portfolio, name="Ann"), make_member(portfolio, name="Bo")
    talk = make_discussion(portfolio, initiative)
    said = make_comment(talk, by=ann)

    answer = comments.write(discussion=talk, text="Yes, and more.", parent=said, by=bo, at=AT)

    assert answer.comment.parent == said
    assert Notice.objects.get().text == "Bo answered you in the talk about the place of “Repair”."


@pytest.mark.parametrize("text", ["", "  ", "x" * 20_001])
def test_write_refuses_nothing_and_too_much(text: str, portfolio: Portfolio, initiative: Initiative) -> None:
    talk = make_discussion(portfolio, initiative)

    with pytest.raises(RefusedError):
        comments.write(discussion=talk, text=text, by=make_steward(portfolio), at=AT)


def test_write_refuses_strangers_ended_talks_and_answers_elsewhere(
    portfolio: Portfolio, initiative: Initiative
) -> None:
    talk, steward = make_discussion(portfolio, initiative), make_steward(portfolio)
    other = make_comment(make_discussion(make_portfolio(core=[initiative]), initiative))

    with pytest.raises(NotAllowedError):
        comments.write(discussion=talk, text="x", by=make_user(), at=AT)
    with pytest.raises(RefusedError):
        comments.write(discussion=talk, text="x", parent=other, by=steward, at=AT)
    discussions.resolve(discussion=talk, resolution="Done.", by=steward, at=AT)
    with pytest.raises(RefusedError):
        comments.write(discussion=talk, text="x", by=steward, at=AT)


def test_reword_is_ones_own_and_tells_only_new_names(portfolio: Portfolio, initiative: Initiative) -> None:
    ann, bo = make_member(portfolio, name="Ann"), make_member(portfolio, name="Bo")
    steward = make_steward(portfolio)
    talk = make_discussion(portfolio, initiative)
    said = comments.write(discussion=talk, text="@Ann?", by=steward, at=AT).comment

    written = comments.reword(comment=said, text="@Ann and @Bo?", by=steward, at=AT)

    assert (written.told, Notice.objects.filter(user=ann).count(), bo.notices.count()) == ((bo,), 1, 1)
    assert Comment.objects.get().edited_at == AT
    with pytest.raises(NotAllowedError):
        comments.reword(comment=said, text="x", by=ann, at=AT)


def test_taken_back_keeps_its_place_and_comes_back_with_undo(portfolio: Portfolio, initiative: Initiative) -> None:
    ann, talk = make_member(portfolio), make_discussion(portfolio, initiative)
    said = make_comment(talk, by=ann)
    answer = make_comment(talk, parent=said)

    row = comments.take_back(comment=said, by=ann, at=AT)

    assert [(each.comment, each.depth, each.comment.is_deleted) for each in threads([talk])[talk.pk]] == [
        (said, 0, True),
        (answer, 1, False),
    ]
    with pytest.raises(RefusedError):
        comments.take_back(comment=said, by=ann, at=AT)
    take_back(row=row, by=ann, at=AT)
    assert not Comment.objects.get(pk=said.pk).is_deleted


def test_take_back_is_the_writers_and_the_stewards(portfolio: Portfolio, initiative: Initiative) -> None:
    said = make_comment(make_discussion(portfolio, initiative))

    with pytest.raises(NotAllowedError):
        comments.take_back(comment=said, by=make_member(portfolio), at=AT)
    comments.take_back(comment=said, by=make_steward(portfolio), at=AT)


def test_deep_answers_go_on_beside_each_other(portfolio: Portfolio, initiative: Initiative) -> None:
    talk, steward = make_discussion(portfolio, initiative), make_steward(portfolio)
    last = None
    for number in range(9):
        last = comments.write(discussion=talk, text=str(number), parent=last, by=steward, at=AT).comment

    assert max(each.depth for each in threads([talk])[talk.pk]) == 4


def test_resolve_records_what_was_agreed(portfolio: Portfolio, initiative: Initiative) -> None:
    make_placement(portfolio, initiative, "ada")
    make_placement(portfolio, initiative, "mis")
    talk, steward = make_discussion(portfolio, initiative), make_steward(portfolio)

    discussions.resolve(
        discussion=talk, resolution="The council set the goal.", agreed=Answers("mis", "mis"), by=steward, at=AT
    )

    kept = Discussion.objects.get()
    standing = standing_of(portfolio, initiative)
    assert (kept.state, kept.resolved_by, kept.agreed) == ("resolved", steward, Placement.objects.get(is_agreed=True))
    assert kept.agreed.rationale == "The council set the goal."
    assert (standing.facets, standing.is_agreed, standing.is_contested) == ("mis", True, True)


def test_whoever_opened_it_ends_it_and_cannot_agree_for_all(portfolio: Portfolio, initiative: Initiative) -> None:
    ann = make_member(portfolio)
    talk = make_discussion(portfolio, initiative, by=ann)

    with pytest.raises(NotAllowedError):
        discussions.resolve(discussion=talk, resolution="x", agreed=Answers("mis", "mis"), by=ann, at=AT)
    with pytest.raises(NotAllowedError):
        discussions.resolve(discussion=talk, resolution="x", by=make_member(portfolio), at=AT)
    discussions.resolve(discussion=talk, resolution="We differ, and why is written above.", by=ann, at=AT)

    assert (Discussion.objects.get().state, Placement.objects.count()) == ("resolved", 0)


@pytest.mark.parametrize(
    ("resolution", "agreed"), [(" ", None), ("x" * 20_001, None), ("x", Answers("mis", "")), ("x", Answers("so", "so"))]
)
def test_resolve_refuses(resolution: str, agreed: Any, portfolio: Portfolio, initiative: Initiative) -> None:
    talk = make_discussion(portfolio, initiative)

    with pytest.raises(RefusedError):
        discussions.resolve(discussion=talk, resolution=resolution, agreed=agreed, by=make_steward(portfolio), at=AT)

    assert (Discussion.objects.get().state, Placement.objects.count()) == ("open", 0)


def test_ended_talk_is_taken_up_again_unless_another_is_open(portfolio: Portfolio, initiative: Initiative) -> None:
    steward, talk = make_steward(portfolio), make_discussion(portfolio, initiative)
    with pytest.raises(RefusedError):
        discussions.reopen(discussion=talk, by=steward, at=AT)
    discussions.resolve(discussion=talk, resolution="x", by=steward, at=AT)
    with pytest.raises(RefusedError):
        discussions.resolve(discussion=talk, resolution="x", by=steward, at=AT)

    discussions.reopen(discussion=talk, by=steward, at=AT)
    assert Discussion.objects.get().is_open

    discussions.resolve(discussion=talk, resolution="x", by=steward, at=AT)
    make_discussion(portfolio, initiative)
    with pytest.raises(RefusedError):
        discussions.reopen(discussion=talk, by=steward, at=AT)


def test_whoever_is_forgotten_leaves_words_without_a_name(portfolio: Portfolio, initiative: Initiative) -> None:
    ann, bo = make_member(portfolio, name="Ann"), make_member(portfolio, name="Bo")
    talk = make_discussion(portfolio, initiative)
    comments.write(discussion=talk, text="Hear me", by=ann, at=AT)
    comments.write(discussion=talk, text="@Ann, yes", by=bo, at=AT)

    held = personal.held_about(ann)["comments"]
    comments.forget(ann, AT)

    assert held == [{"at": AT.isoformat(), "text": "Hear me"}]
    assert [(each.author_label, list(each.mentioned.all())) for each in Comment.objects.order_by("pk")] == [
        ("", []),
        ("Bo", []),
    ]
