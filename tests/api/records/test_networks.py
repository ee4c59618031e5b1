from __future__ import annotations

from collections.abc import Callable

from polyfolio.network.models import Network
from polyfolio.people.choices import Visibility
from tests.api.conftest import Caller
from tests.factories.network import make_body, make_membership, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward
from tests.factories.vocabulary import make_theme


def test_network_is_begun_and_read(caller: Callable[..., Caller]) -> None:
    theme = make_theme()
    call = caller(make_admin())
    body = {
        "title": {"en": "One water", "fr": "Une eau"},
        "acronym": "OW",
        "themes": [theme.slug],
        "visibility": "network",
    }

    begun = call.post("/networks", body)

    assert (begun.status, begun.body["href"], begun.body["title"]) == (201, "/api/v1/networks/ow", body["title"])
    assert begun.body["themes"] == [{"slug": theme.slug, "label": theme.label, "href": f"/api/v1/themes/{theme.slug}"}]
    assert call.get("/networks/ow").body == begun.body


def test_network_is_changed_only_where_something_was_sent(caller: Callable[..., Caller]) -> None:
    network = make_network(acronym="OW", website="https://example.org/")
    call = caller(make_steward(network))

    changed = call.patch(f"/networks/{network.slug}", {"acronym": "WO"})

    assert (changed.status, changed.body["acronym"], changed.body["website"]) == (200, "WO", "https://example.org/")
    assert changed.headers["Link"].endswith('/undo>; rel="undo"')


def test_network_is_not_overwritten_unread(caller: Callable[..., Caller]) -> None:
    network = make_network()
    call = caller(make_steward(network))
    where = f"/networks/{network.slug}"
    read = call.get(where).headers["ETag"]
    changed = call.patch(where, {"acronym": "A"}, If_Match=read)

    overtaken = call.patch(where, {"acronym": "B"}, If_Match=read)

    assert (changed.status, overtaken.status) == (200, 412)
    assert Network.objects.get(pk=network.pk).acronym == "A"
    assert call.patch(where, {"acronym": "C"}, If_Match=changed.headers["ETag"]).status == 200
    assert call.patch(where, {"acronym": "D"}, If_Match="*").status == 200


def test_network_that_is_refused_under_a_condition_stays(caller: Callable[..., Caller]) -> None:
    network = make_network()
    call = caller(make_steward(network))
    read = call.get(f"/networks/{network.slug}").headers["ETag"]

    refused = call.patch(f"/networks/{network.slug}", {"acronym": "A", "title": {}}, If_Match=read)

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["body", "title"])
    assert Network.objects.get(pk=network.pk).acronym == ""


def test_deleted_network_comes_back(caller: Callable[..., Caller]) -> None:
    network = make_network()
    call = caller(make_admin())

    removed = call.delete(f"/networks/{network.slug}")
    gone = call.get(f"/networks/{network.slug}").status
    undone = call.post(removed.body["undo"]["href"])

    assert (removed.body["label"], gone, undone.status) == (network.label, 404, 201)
    assert call.get(f"/networks/{network.slug}").status == 200


def test_network_of_its_members_is_listed_to_them_only(caller: Callable[..., Caller], anybody: Caller) -> None:
    network = make_network(visibility=Visibility.NETWORK)

    assert anybody.get("/networks").body["total"] == 0
    assert caller(make_member(network)).get("/networks").body["items"][0]["slug"] == network.slug


def test_body_stands_under_another(caller: Callable[..., Caller]) -> None:
    network = make_network()
    above = make_body(network, slug="board")
    call = caller(make_steward(network))
    where = f"/networks/{network.slug}/bodies"

    added = call.post(where, {"title": {"en": "Desk"}, "kind": "coordination_desk", "parent": "board"})

    assert (added.status, added.body["slug"], added.body["parent"]["label"]) == (201, "desk", above.label)
    assert call.patch(f"{where}/desk", {"parent": None}).body["parent"] is None
    assert call.get(f"{where}?kind=coordination_desk").body["total"] == 1


def test_body_under_one_that_is_not_there_is_refused(caller: Callable[..., Caller]) -> None:
    network = make_network()

    refused = caller(make_steward(network)).post(
        f"/networks/{network.slug}/bodies", {"title": {"en": "Desk"}, "kind": "board", "parent": "nothing"}
    )

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["body", "parent"])


def test_body_is_deleted(caller: Callable[..., Caller]) -> None:
    body = make_body()

    removed = caller(make_steward(body.network)).delete(f"/networks/{body.network.slug}/bodies/{body.slug}")

    assert (removed.status, removed.body["undo"]["method"]) == (200, "POST")


def test_partner_joins_and_leaves(caller: Callable[..., Caller]) -> None:
    network, organisation = make_network(), make_organisation()
    call = caller(make_steward(network))
    where = f"/networks/{network.slug}/partners/{organisation.slug}"

    joined = call.put(where, {"joined_on": "2024-05-01"})
    left = call.put(where, {"state": "withdrawn", "joined_on": "2024-05-01", "left_on": "2025-05-01"})

    assert (joined.body["state"], joined.body["joined_on"]) == ("active", "2024-05-01")
    assert (left.body["state"], left.body["left_on"]) == ("withdrawn", "2025-05-01")
    assert call.get(where).body == left.body
    assert call.delete(where).body == {"label": f"{organisation} in {network}", "undo": None}
    assert call.get(where).status == 404


def test_partners_are_narrowed_as_on_their_page(anybody: Caller) -> None:
    network, theme = make_network(), make_theme()
    ours = make_organisation(network, title={"en": "Linden Workshops"}, country="SE", kind="ngo")
    ours.themes.add(theme)
    make_membership(network, make_organisation(title={"en": "Fjord Institute"}, country="NO"), state="overdue")
    where = f"/networks/{network.slug}/partners"

    found = {
        query: [each["organisation"]["slug"] for each in anybody.get(f"{where}?{query}").body["items"]]
        for query in ("q=workshops", "country=SE,FI", "kind=ngo", f"theme={theme.slug}", "state=active")
    }

    assert found == {query: [ours.slug] for query in found}
    assert anybody.get(f"{where}?gap=focal_point").body["total"] == 2
    assert anybody.get(f"{where}?theme=nothing").body["detail"][0]["loc"] == ["query", "theme"]
