"""Talks about initiatives that people see differently: two that go on, and one that came to an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from polyfolio.demo.cast import Cast
from polyfolio.demo.making import NOW
from polyfolio.people.models import User
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import comments, discussions
from polyfolio.sensemaking.models import Standing
from polyfolio.sensemaking.queries.discussions import people_around

# Question, what the steward says, what the facilitator answers, and what came of it where it came to an end.
TALKS: Sequence[tuple[str, str, str, str]] = (
    (
        "Half of us place this by what it promises, half by how it works today. Which of the two do we mean?",
        "The mandate names a goal and a year. For me that settles what it is for, whatever the weekly work looks like.",
        "The weekly work is where the money goes. Until a budget follows the goal I call it an answer to needs.",
        "",
    ),
    (
        "Do we still test something here, or do we run a service by now?",
        "Two years ago nobody knew whether people would come. They come. What is left to find out?",
        "Whether it works outside the first district. That question is open, and it is why I put it to the right.",
        "",
    ),
    (
        "Who pushes this: those who asked for it, or those who pay for it?",
        "It began with a list of complaints. The payer came later and changed little.",
        "Agreed as to the beginning. Since the second year the payer sets the calendar, and one notices.",
        "Both views stay. We place it by what it is for and look at who pushes it again when the grant ends.",
    ),
)


def make(cast: Cast, portfolio: Portfolio) -> None:
    """As many talks as there are contested initiatives, at most three."""
    contested = Standing.objects.filter(portfolio=portfolio, is_contested=True).order_by("initiative_id")
    # Read anew, because the roles just given are not known to accounts that were read before.
    steward, other = (User.objects.get(pk=user.pk) for user in (cast.steward, cast.second_voice))
    for standing, (question, said, answer, end) in zip(contested.select_related("initiative"), TALKS, strict=False):
        initiative = standing.initiative
        if not {steward, other} <= set(people_around(portfolio, initiative)):
            continue
        at = NOW - timedelta(days=20)
        talk = discussions.begin(portfolio=portfolio, initiative=initiative, question=question, by=steward, at=at)
        first = comments.write(discussion=talk, text=said, by=steward, at=at).comment
        comments.write(
            discussion=talk,
            text=f"@{steward.name.split(',')[0]}: {answer}",
            parent=first,
            by=other,
            at=at + timedelta(days=2),
        )
        if end:
            discussions.resolve(discussion=talk, resolution=end, by=steward, at=at + timedelta(days=9))
