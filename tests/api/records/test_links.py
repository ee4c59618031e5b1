from __future__ import annotations

from collections.abc import Callable

from polyfolio.people.choices import GrantRole, Visibility
from tests.api.conftest import Caller
from tests.factories.network import make_organisation
from tests.factories.people import make_admin, make_member
from tests.factories.portfolios import make_initiative, make_link


def test_link_is_claimed_and_confirmed_by_the_other_side(caller: Callable[..., Caller]) -> None:
    ours, theirs = make_organisation(), make_organisation()
    source, target = make_initiative(owners=[ours]), make_initiative(owners=[theirs])
    we, they = caller(make_member(ours, GrantRole.FOCAL_POINT)), caller(make_member(theirs, GrantRole.FOCAL_POINT))
    body = {"kind": "builds_on", "target": target.slug, "claimed_by": ours.slug, "note": "Same method."}

    claimed = we.post(f"/initiatives/{source.slug}/links", body)
    own = we.post(f"{claimed.body['href']}/confirm")
    confirmed = they.post(f"{claimed.body['href']}/confirm")
    again = they.post(f"{claimed.body['href']}/confirm")

    assert (claimed.status, claimed.body["confidence"], claimed.body["claimed_by"]) == (201, "claimed", ours.label)
    assert (own.status, confirmed.status, confirmed.body["confidence"], again.status) == (403, 200, "confirmed", 409)


def test_link_to_something_elsewhere_names_its_identifier(caller: Callable[..., Caller]) -> None:
    source = make_initiative()

    claimed = caller(make_admin()).post(
        f"/initiatives/{source.slug}/links", {"kind": "parent", "target_identifier": "XI-1-9"}
    )

    assert (claimed.status, claimed.body["target"], claimed.body["target_identifier"]) == (201, None, "XI-1-9")


def test_link_to_nothing_is_refused(caller: Callable[..., Caller]) -> None:
    source = make_initiative()
    call = caller(make_admin())

    refused = [
        call.post(f"/initiatives/{source.slug}/links", {"kind": "parent"} | more).body["detail"][0]["loc"]
        for more in ({}, {"target": "nothing"}, {"target": source.slug}, {"claimed_by": "nobody"})
    ]

    assert refused == [["body", "target"]] * 3 + [["body", "claimed_by"]]


def test_link_is_seen_by_whoever_sees_both_sides(caller: Callable[..., Caller], anybody: Caller) -> None:
    source, hidden = make_initiative(), make_initiative(visibility=Visibility.PRIVATE)
    make_link(source, hidden)
    shown = make_link(make_initiative(), source, "parent")
    where = f"/initiatives/{source.slug}/links"

    assert [each["id"] for each in anybody.get(where).body["items"]] == [shown.pk]
    assert (caller(make_admin()).get(where).body["total"], anybody.get(f"{where}?kind=builds_on").body["total"]) == (
        2,
        0,
    )


def test_link_is_taken_away(caller: Callable[..., Caller]) -> None:
    link = make_link(make_initiative(), make_initiative())
    call = caller(make_admin())

    assert (call.delete(f"/links/{link.pk}").status, call.get(f"/links/{link.pk}").status) == (200, 404)
