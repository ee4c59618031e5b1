from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from polyfolio.audit.actions import changes
from polyfolio.notify import steps
from polyfolio.notify.actions import notices
from polyfolio.notify.models import Notice
from polyfolio.notify.steps import Step
from polyfolio.people.models import User
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_grant, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    cache.clear()
    found = make_user()
    client.force_login(found)
    return found


@pytest.fixture
def queue():
    provided: list[Step] = []

    def provider(user, on):
        return provided

    steps.register(provider)
    yield provided
    steps._providers.remove(provider)


def step(title: str, days: int | None) -> Step:
    due_on = None if days is None else timezone.localdate() + timedelta(days=days)
    return Step(title=title, why=f"why {title}", button="Do it", address=f"/do/{title}/", due_on=due_on)


def test_queue_says_what_why_and_when(client, user, queue):
    queue += [step("anytime", None), step("soon", 9), step("now", 0), step("tomorrow", 1), step("late", -1)]

    response = client.get("/next-steps/")
    text = response.content.decode()

    assert [(each.step.title, each.due_words, each.is_late) for each in response.context["waiting"]] == [
        ("late", "late", True),
        ("now", "today", False),
        ("tomorrow", "in 1 day", False),
        ("soon", "in 9 days", False),
        ("anytime", "", False),
    ]
    assert "5 things wait for you" in text
    assert 'href="/do/soon/"' in text
    assert "why soon" in text


def test_empty_queue_teaches(client, user):
    assert "Nothing waits for you" in client.get("/next-steps/").content.decode()


def test_steward_finds_the_gaps_of_their_network(client, user):
    network = make_network(slug="hub", title={"en": "Hub"})
    make_organisation(network)
    client.force_login(make_steward(network))

    text = client.get("/next-steps/").content.decode()

    assert "1 partner of Hub has no focal point" in text
    assert "/networks/hub/partners/?gap=focal_point" in text


def test_what_happened_since_the_last_visit(client, user):
    now = timezone.now()
    User.objects.filter(pk=user.pk).update(visited_at=now - timedelta(days=3))
    old, new = make_organisation(title={"en": "Old news"}), make_organisation(title={"en": "New news"})
    changes.write(record=old, verb="organisation.change", by=None, at=now - timedelta(days=4))
    for _number in range(2):
        changes.write(record=new, verb="organisation.change", by=None, at=now - timedelta(days=1))
    changes.write(record=make_user(), verb="user.change", by=None, at=now)

    first = client.get("/next-steps/")
    again = client.get("/next-steps/")

    for response in (first, again):
        text = response.content.decode()
        assert "New news" in text
        assert "Old news" not in text
        assert "2 changes" in text
        assert [news.happening.record for news in response.context["news"]] == [new]


def test_quiet_time_says_since_when(client, user):
    assert "Nobody changed anything that you can see since" in client.get("/next-steps/").content.decode()


def test_notices_are_read_one_by_one_or_all_at_once(client, user):
    first = notices.give(user=user, text="Your import is done", at=timezone.now(), address="/networks/")
    notices.give(user=user, text="Somebody answered", at=timezone.now())

    text = client.get("/notices/").content.decode()
    assert "Your import is done" in text

    assert client.get(f"/notices/{first.pk}/")["Location"] == "/networks/"
    assert Notice.objects.filter(read_at=None).count() == 1

    client.post("/notices/read/")
    assert not Notice.objects.filter(read_at=None).exists()
    assert "1 notice is read." in client.get("/notices/").content.decode()


def test_notice_about_nothing_leads_to_the_notices(client, user):
    notice = notices.give(user=user, text="x", at=timezone.now())

    assert client.get(f"/notices/{notice.pk}/")["Location"] == "/notices/"


def test_no_notices_teach(client, user):
    assert "No notices" in client.get("/notices/").content.decode()


def test_home_costs_the_same_for_one_and_fifty(user, queries_of):
    def add(number: int) -> None:
        for _each in range(number):
            changes.write(record=make_organisation(), verb="organisation.change", by=None, at=timezone.now())

    add(1)
    one = queries_of("/next-steps/")
    add(49)

    assert queries_of("/next-steps/") == one <= 20


def test_what_speaks_of_most_comes_first(user, queue):
    queue += [Step(title, "why", "Go", "/") for title in ("9 wait", "10 wait", "Answer")]

    assert [str(step.title) for step in steps.of(user, on=timezone.localdate())] == ["Answer", "10 wait", "9 wait"]


def test_what_one_looks_after_stands_there_with_the_way_to_it(client):
    organisation = make_organisation(title={"en": "City of Lund"})
    network = make_network(title={"en": "Lasting"})
    person = make_member(organisation, "focal_point")
    make_grant(person, "steward", network)
    client.force_login(person)

    page = client.get("/next-steps/").content.decode()

    assert f"/organisations/{organisation.slug}/work/" in page
    assert f"/imports/new/?network={network.slug}" in page
