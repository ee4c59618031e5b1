from __future__ import annotations

from datetime import UTC, datetime

import pytest

from polyfolio.audit.actions import changes, records
from polyfolio.network.actions import organisations
from polyfolio.network.models import Organisation
from polyfolio.web.history.views import verb_icon, verb_label
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_steward, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def network():
    return make_network()


@pytest.fixture
def steward(client, network):
    user = make_steward(network, name="Ilse Brandt")
    client.force_login(user)
    return user


def edit(organisation: Organisation, steward, **values):
    row = organisations.edit(organisation=organisation, values=values, by=steward, at=AT, reason="by decree")
    assert row is not None
    return row


def test_changes_are_readable(client, network, steward):
    organisation = make_organisation(network, title={"en": "Works"}, country="VN")
    edit(organisation, steward, country="LA", title={"en": "New Works"})
    client.logout()

    text = client.get(f"/history/organisation/{organisation.pk}/").content.decode()

    for words in ("Ilse Brandt", "Because: by decree", "Vietnam", "Laos", "New Works", "4 March 2026"):
        assert words in text
    assert "Bring back" not in text


def test_earlier_values_are_brought_back_whatever_came_after(client, network, steward):
    organisation = make_organisation(network, country="VN")
    row = edit(organisation, steward, country="LA")
    edit(organisation, steward, country="TH")
    assert "Bring back the earlier values" in client.get(f"/history/organisation/{organisation.pk}/").content.decode()

    response = client.post(f"/history/changes/{row.pk}/bring-back/")

    assert response["Location"] == f"/organisations/{organisation.slug}/"
    assert Organisation.objects.get(pk=organisation.pk).country == "VN"


def test_undo_leaves_what_was_changed_since(client, network, steward):
    organisation = make_organisation(network, country="VN")
    row = edit(organisation, steward, country="LA")
    edit(organisation, steward, country="TH")

    response = client.post(f"/history/changes/{row.pk}/undo/")

    assert response["Location"] == f"/history/organisation/{organisation.pk}/"
    assert "Somebody has changed this since" in client.get(response["Location"]).content.decode()
    assert Organisation.objects.get(pk=organisation.pk).country == "TH"


def test_undo_is_refused_to_those_who_may_not(client, network, steward):
    row = edit(make_organisation(network, country="VN"), steward, country="LA")
    client.force_login(make_user())

    assert client.post(f"/history/changes/{row.pk}/undo/").status_code == 403


def test_undo_of_a_creation_leads_home(client, network, steward):
    organisation = make_organisation(network)
    row = changes.write(record=organisation, verb="organisation.create", by=steward, at=AT)

    assert client.post(f"/history/changes/{row.pk}/undo/")["Location"] == "/next-steps/"


def test_records_without_a_page_go_back_to_their_history(client, network, steward):
    body = network.bodies.create(slug="b", kind="board", title={"en": "B"})
    role = body.roles.create(organisation=make_organisation(network), capacity="lead")
    row = records.delete(role, by=steward, at=AT)

    assert client.post(f"/history/changes/{row.pk}/undo/")["Location"] == f"/history/role/{role.pk}/"


def test_deleted_record_is_brought_back_from_its_history(client, network, steward):
    organisation = make_organisation(network)
    row = records.delete(organisation, by=steward, at=AT)

    text = client.get(f"/history/organisation/{organisation.pk}/").content.decode()
    assert "This record is deleted" in text
    assert "Bring it back" in text

    client.post(f"/history/changes/{row.pk}/bring-back/")
    assert not Organisation.objects.get(pk=organisation.pk).is_deleted


def test_history_without_rows_teaches(client):
    organisation = make_organisation()

    assert b"No changes recorded" in client.get(f"/history/organisation/{organisation.pk}/").content


def test_history_costs_the_same_for_one_and_fifty(queries_of):
    organisation = make_organisation(title={"en": "x"})

    def add(number: int) -> None:
        for each in range(number):
            changes.write(
                record=organisation,
                verb="organisation.change",
                by=None,
                at=AT,
                before={"title": {"en": f"{each} words " * 30}, "parent": {"id": 1, "label": "A"}},
                after={"title": {"en": f"{each} other words " * 30}, "parent": {"id": 2, "label": "B"}},
            )

    add(1)
    one = queries_of(f"/history/organisation/{organisation.pk}/")
    add(49)

    assert queries_of(f"/history/organisation/{organisation.pk}/") == one <= 5


@pytest.mark.parametrize(
    ("verb", "label", "icon"),
    [
        ("organisation.delete", "Deleted", "trash"),
        ("entry.admit", "Admit", "edit"),
        ("portfolio.set_target", "Set target", "edit"),
    ],
)
def test_verbs_are_said_in_words(verb, label, icon):
    assert (str(verb_label(verb)), verb_icon(verb)) == (label, icon)
