from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils.translation import gettext_lazy

from polyfolio.notify import queries, steps
from polyfolio.notify.actions import notices
from polyfolio.notify.models import Notice
from polyfolio.notify.steps import Step
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
TODAY = AT.date()


def test_give_speaks_the_persons_language():
    user = make_user(language="fr")

    notice = notices.give(user=user, text=gettext_lazy("Monday"), at=AT, address="/x/")

    assert (notice.text, notice.address, notice.noticed_at, str(notice)) == ("lundi", "/x/", AT, "lundi")


def test_give_cuts_what_is_too_long():
    assert len(notices.give(user=make_user(), text="word " * 200, at=AT).text) <= 500


def test_read_and_read_all():
    user, other = make_user(), make_user()
    first, second, strange = (notices.give(user=each, text="x", at=AT) for each in (user, user, other))

    notices.read(notice=first, at=AT)
    notices.read(notice=first, at=AT + timedelta(days=1))
    assert Notice.objects.get(pk=first.pk).read_at == AT
    assert queries.unread_count(user) == 1

    assert notices.read_all(user=user, at=AT) == 1
    assert queries.unread_count(user) == 0
    assert queries.unread_count(other) == 1
    assert list(queries.of(user)) == [second, first]
    assert queries.find(user, first.pk) == first
    with pytest.raises(Notice.DoesNotExist):
        queries.find(user, strange.pk)


@pytest.fixture
def queue():
    cache.clear()
    provided: list[Step] = []

    def provider(user, on):
        return provided

    steps.register(provider)
    steps.register(provider)
    yield provided
    steps._providers.remove(provider)


def step(title: str, due_on: date | None = None) -> Step:
    return Step(title=title, why="because", button="Do it", address="/", due_on=due_on)


def test_what_is_due_first_stands_first(queue):
    queue += [step("b"), step("late", TODAY - timedelta(days=1)), step("a"), step("soon", TODAY)]

    assert [each.title for each in steps.of(make_user(), on=TODAY)] == ["late", "soon", "a", "b"]


def test_count_is_at_most_a_minute_old(queue):
    user = make_user()
    queue.append(step("a"))
    assert steps.count(user, on=TODAY) == 1

    queue.append(step("b"))
    assert steps.count(user, on=TODAY) == 1
    assert len(steps.of(user, on=TODAY)) == 2
    assert steps.count(user, on=TODAY) == 2
