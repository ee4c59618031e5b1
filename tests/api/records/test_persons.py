from __future__ import annotations

from collections.abc import Callable

from polyfolio.network.models import Role
from tests.api.conftest import Caller
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_steward, make_user


def test_person_is_recorded_and_changed(caller: Callable[..., Caller]) -> None:
    network = make_network()
    organisation, other = make_organisation(network), make_organisation(network)
    call = caller(make_steward(network))
    body = {
        "name": "Ada Lind",
        "email": "ada@example.org",
        "affiliations": [{"organisation": organisation.slug, "title": "Director", "since_on": "2024-01-01"}],
    }

    recorded = call.post("/persons", body)
    changed = call.patch(recorded.body["href"], {"affiliations": [{"organisation": other.slug}]})

    assert (recorded.status, recorded.body["email"]) == (201, "ada@example.org")
    assert recorded.body["affiliations"][0]["title"] == "Director"
    assert [each["organisation"]["slug"] for each in changed.body["affiliations"]] == [other.slug]


def test_contact_is_shown_to_whoever_may_see_it(caller: Callable[..., Caller], anybody: Caller) -> None:
    network = make_network()
    person = make_person(make_organisation(network), may_be_named=True)
    where = f"/persons/{person.pk}"

    assert (anybody.get(where).body["email"], caller(make_user()).get(where).body["email"]) == (None, None)
    assert caller(make_steward(network)).get(where).body["email"] == person.email


def test_history_hides_personal_words_from_others(caller: Callable[..., Caller], anybody: Caller) -> None:
    person = make_person(may_be_named=True, email="before@example.org")
    admin = caller(make_admin(name="Grace"))
    admin.patch(f"/persons/{person.pk}", {"email": "after@example.org", "languages": ["sv"]})
    where = f"/persons/{person.pk}/history"

    seen = [(each["by"], [one["field"] for one in each["differences"]]) for each in anybody.get(where).body["items"]]
    known = [(each["by"], [one["field"] for one in each["differences"]]) for each in admin.get(where).body["items"]]

    assert (seen, known) == ([("", ["languages"])], [("Grace", ["email", "languages"])])


def test_persons_are_narrowed(anybody: Caller) -> None:
    organisation = make_organisation()
    ours = make_person(organisation, name="Ada Lind", may_be_named=True)
    make_person(name="Somebody else", may_be_named=True)
    make_person(name="Ada hidden")

    found = [
        [each["id"] for each in anybody.get(f"/persons?{query}").body["items"]]
        for query in ("q=lind%20ada", f"organisation={organisation.slug}")
    ]

    assert found == [[ours.pk], [ours.pk]]


def test_person_is_deleted_or_forgotten(caller: Callable[..., Caller]) -> None:
    first, second = make_person(), make_person()
    call = caller(make_admin())

    deleted, forgotten = call.delete(f"/persons/{first.pk}"), call.post(f"/persons/{second.pk}/erase")

    assert (deleted.body["undo"] is not None, forgotten.body["undo"]) == (True, None)
    assert [call.get(f"/persons/{each.pk}").status for each in (first, second)] == [404, 404]


def test_role_is_given_changed_and_superseded(caller: Callable[..., Caller]) -> None:
    body = make_body()
    organisation = make_organisation(body.network)
    person, other = make_person(organisation), make_person(organisation)
    call = caller(make_steward(body.network))
    where = f"/networks/{body.network.slug}/bodies/{body.slug}/roles"
    nomination = {"capacity": "focal_point", "organisation": organisation.slug, "since_on": "2024-01-01"}

    given = call.post(where, nomination | {"person": person.pk})
    changed = call.patch(given.body["href"], {"pledge": "Two days a month."})
    later = call.post(
        where, nomination | {"person": other.pk, "since_on": "2025-01-01", "supersedes": given.body["id"]}
    )

    assert (given.status, given.body["person"]["id"], changed.body["pledge"]) == (201, person.pk, "Two days a month.")
    assert (later.status, Role.objects.get(pk=given.body["id"]).until_on.isoformat()) == (201, "2024-12-31")
    assert {each["id"] for each in call.get(where).body["items"]} == {given.body["id"], later.body["id"]}
    assert call.get(f"/persons/{other.pk}/roles").body["total"] == 1


def test_role_for_nobody_is_refused(caller: Callable[..., Caller]) -> None:
    body = make_body()

    refused = caller(make_steward(body.network)).post(
        f"/networks/{body.network.slug}/bodies/{body.slug}/roles", {"capacity": "observer"}
    )

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["body", "person"])


def test_role_is_deleted(caller: Callable[..., Caller]) -> None:
    role = make_role(make_body())

    assert caller(make_steward(role.body.network)).delete(f"/roles/{role.pk}").status == 200
