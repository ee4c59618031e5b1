from __future__ import annotations

from collections.abc import Callable

import pytest

from polyfolio.people.choices import Visibility
from tests.api.conftest import Caller
from tests.factories.network import make_network, make_organisation, make_role
from tests.factories.people import make_admin, make_steward, make_user
from tests.factories.vocabulary import make_theme


def test_organisation_is_recorded_with_what_stands_around_it(caller: Callable[..., Caller]) -> None:
    network, theme, parent = make_network(), make_theme(), make_organisation()
    call = caller(make_steward(network))
    body = {
        "title": {"en": "Linden Workshops", "fr": ""},
        "kind": "ngo",
        "country": "SE",
        "parent": parent.slug,
        "themes": [theme.slug],
        "identifiers": [{"scheme": "XI-ROR", "value": "012a77v79"}],
        "places": [{"name": "Lund", "country": "SE", "latitude": 55.7, "longitude": 13.19}],
        "member_of": network.slug,
    }

    recorded = call.post("/organisations", body)

    assert (recorded.status, recorded.body["slug"]) == (201, "linden-workshops")
    assert recorded.body["parent"]["slug"] == parent.slug
    assert [each["slug"] for each in recorded.body["networks"]] == [network.slug]
    assert recorded.body["identifiers"] == body["identifiers"]
    assert recorded.body["places"] == [body["places"][0] | {"region": ""}]


def test_list_that_is_left_out_stays_and_one_that_is_given_is_whole(caller: Callable[..., Caller]) -> None:
    organisation = make_organisation()
    organisation.identifiers.create(scheme="A", value="1")
    organisation.places.create(name="Lund")
    call = caller(make_admin())

    changed = call.patch(f"/organisations/{organisation.slug}", {"identifiers": [], "kind": ""})

    assert (changed.body["identifiers"], [each["name"] for each in changed.body["places"]]) == ([], ["Lund"])


def test_relatives_that_the_reader_does_not_see_are_left_out(caller: Callable[..., Caller], anybody: Caller) -> None:
    hidden = make_organisation(visibility=Visibility.PRIVATE)
    organisation = make_organisation(parent=hidden)
    where = f"/organisations/{organisation.slug}"

    assert anybody.get(where).body["parent"] is None
    assert caller(make_admin()).get(where).body["parent"]["slug"] == hidden.slug


@pytest.mark.parametrize(
    ("body", "loc"),
    [
        ({"country": "Sweden"}, ["body", "country"]),
        ({"kind": "club"}, ["body", "kind"]),
        ({"places": [{"name": "Lund", "latitude": 200}]}, ["body", "places", 0, "latitude"]),
        ({"parent": "nothing"}, ["body", "parent"]),
        ({"themes": ["nothing"]}, ["body", "themes", 0]),
        ({"website": "nowhere"}, ["body", "website"]),
        ({"title": {"english": "No such language"}}, ["body", "title", "english"]),
        ({"identifiers": [{"scheme": "A", "value": "1"}, {"scheme": "A", "value": "1"}]}, ["body", "identifiers"]),
    ],
)
def test_what_is_not_right_is_refused_with_its_place(caller: Callable[..., Caller], body: dict, loc: list) -> None:
    organisation = make_organisation()

    refused = caller(make_admin()).patch(f"/organisations/{organisation.slug}", body)

    assert (refused.status, refused.body["detail"][0]["loc"][: len(loc)]) == (422, loc)


def test_look_alikes_are_named_with_the_reason(caller: Callable[..., Caller]) -> None:
    known = make_organisation(title={"en": "Linden Workshops"})

    alike = caller(make_user()).get("/organisations/look-alikes?name=LINDEN workshops Ltd.".replace(" ", "%20"))

    assert [(each["organisation"]["slug"], each["reason"]) for each in alike.body] == [
        (known.slug, "has the same name")
    ]


def test_merged_organisation_leads_to_what_it_became(caller: Callable[..., Caller]) -> None:
    kept, merged = make_organisation(), make_organisation()
    call = caller(make_admin())

    done = call.post(f"/organisations/{kept.slug}/merge", {"merged": merged.slug, "reason": "The same."})
    moved = call.get(f"/organisations/{merged.slug}/roles?limit=2")

    assert (done.status, done.body["slug"], done.body["other_names"]) == (200, kept.slug, [merged.label])
    assert (moved.status, moved.headers["Location"]) == (308, f"/api/v1/organisations/{kept.slug}/roles?limit=2")


def test_merging_asks_for_the_right_over_both(caller: Callable[..., Caller]) -> None:
    network = make_network()
    kept, merged = make_organisation(network), make_organisation(make_network())

    refused = caller(make_steward(network)).post(f"/organisations/{kept.slug}/merge", {"merged": merged.slug})

    assert refused.status == 403


def test_organisation_is_deleted(caller: Callable[..., Caller]) -> None:
    organisation = make_organisation()
    call = caller(make_admin())

    removed = call.delete(f"/organisations/{organisation.slug}")

    assert (removed.status, removed.body["label"]) == (200, organisation.label)
    assert call.get(f"/organisations/{organisation.slug}").status == 404


def test_organisations_are_narrowed(anybody: Caller) -> None:
    network, theme = make_network(), make_theme()
    ours = make_organisation(
        network, title={"en": "Linden"}, acronym="LW", kind="ngo", sector="business", level="local", country="SE"
    )
    ours.themes.add(theme)
    make_organisation(country="NO")
    queries = ("q=lw", "kind=ngo,un", "sector=business", "level=local", "country=SE", f"theme={theme.slug}")

    found = {
        query: [each["slug"] for each in anybody.get(f"/organisations?{query}").body["items"]]
        for query in (*queries, f"network={network.slug}")
    }

    assert found == {query: [ours.slug] for query in found}
    assert anybody.get("/organisations?network=nothing").status == 422


def test_roles_of_an_organisation_are_listed(anybody: Caller) -> None:
    organisation = make_organisation()
    role = make_role(make_role_body(), organisation=organisation)

    listed = anybody.get(f"/organisations/{organisation.slug}/roles")

    assert [(each["id"], each["capacity"], each["person"]) for each in listed.body["items"]] == [
        (role.pk, "partner", None)
    ]


def make_role_body() -> object:
    from tests.factories.network import make_body

    return make_body()
