from __future__ import annotations

from collections.abc import Callable

from polyfolio.people.choices import Visibility
from tests.api.conftest import Caller
from tests.factories.network import make_network, make_organisation, make_person
from tests.factories.people import make_admin, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.vocabulary import make_theme


def test_portfolio_is_begun_from_what_a_search_found(caller: Callable[..., Caller]) -> None:
    network, theme, parent = make_network(), make_theme(), make_portfolio()
    initiatives = [make_initiative(network) for _each in range(3)]
    call = caller(make_steward(network))
    body = {
        "title": {"en": "A city that wastes nothing"},
        "intent": {"en": "Everything is used twice."},
        "visibility": "public",
        "vocabulary": [{"word": "repair", "meaning": "Making it work again", "others": ["mending"]}],
        "parents": [parent.slug],
        "themes": [theme.slug],
        "initiatives": [each.slug for each in initiatives],
    }

    begun = call.post(f"/networks/{network.slug}/portfolios", body)

    assert (begun.status, begun.body["intent"], begun.body["vocabulary"]) == (201, body["intent"], body["vocabulary"])
    assert [each["slug"] for each in begun.body["parents"]] == [parent.slug]
    assert call.get(f"{begun.body['href']}/initiatives").body["total"] == 3
    assert call.get(f"/portfolios/{parent.slug}").body["children"][0]["slug"] == begun.body["slug"]


def test_intent_is_reworded_with_a_reason(caller: Callable[..., Caller]) -> None:
    portfolio = make_portfolio(intent={"en": "Before"})
    call = caller(make_steward(portfolio))
    where = f"/portfolios/{portfolio.slug}"

    silent = call.put(f"{where}/intent", {"intent": {"en": "After"}})
    said = call.put(f"{where}/intent", {"intent": {"en": "After"}, "reason": "We learnt."})

    assert (silent.status, silent.body["detail"][0]["loc"]) == (422, ["body", "reason"])
    assert (said.status, said.body["intent"]) == (200, {"en": "After"})
    (version,) = call.get(f"{where}/intent-versions").body["items"]
    assert (version["intent"], version["reason"]) == ({"en": "Before"}, "We learnt.")


def test_portfolio_stands_in_no_ring(caller: Callable[..., Caller]) -> None:
    parent = make_portfolio()
    child = make_portfolio(parents=[parent])

    refused = caller(make_admin()).patch(f"/portfolios/{parent.slug}", {"parents": [child.slug]})

    assert (refused.status, refused.body["detail"][0]["loc"]) == (422, ["body", "parents"])


def test_parents_whom_the_caller_does_not_see_stay(caller: Callable[..., Caller]) -> None:
    hidden = make_portfolio(visibility=Visibility.PRIVATE)
    portfolio = make_portfolio(parents=[hidden])
    call = caller(make_steward(portfolio))

    changed = call.patch(f"/portfolios/{portfolio.slug}", {"parents": [], "status": "active"})

    assert (changed.body["parents"], changed.body["status"]) == ([], "active")
    assert list(portfolio.parents.all()) == [hidden]


def test_portfolio_is_deleted(caller: Callable[..., Caller]) -> None:
    portfolio = make_portfolio()

    assert caller(make_admin()).delete(f"/portfolios/{portfolio.slug}").body["undo"]["method"] == "POST"


def test_portfolios_are_narrowed(anybody: Caller) -> None:
    theme, parent = make_theme(), make_portfolio(title={"en": "Above"})
    ours = make_portfolio(title={"en": "Wastes nothing"}, parents=[parent], status="active")
    ours.themes.add(theme)
    queries = (
        "q=nothing",
        "status=active",
        f"theme={theme.slug}",
        f"parent={parent.slug}",
        f"network={ours.network.slug}",
    )

    found = {query: [each["slug"] for each in anybody.get(f"/portfolios?{query}").body["items"]] for query in queries}

    assert found == {query: [ours.slug] for query in queries}


def test_statement_is_added_and_withdrawn(caller: Callable[..., Caller]) -> None:
    portfolio = make_portfolio()
    call = caller(make_steward(portfolio, name="Ada"))
    where = f"/portfolios/{portfolio.slug}/scope-statements"

    stated = call.post(where, {"text": {"en": "All that is repaired."}})
    empty = call.post(where, {"text": {"en": " "}})

    assert (stated.status, stated.body["author"], empty.status) == (201, "Ada", 422)
    assert (call.get(where).body["total"], call.delete(stated.body["href"]).status) == (1, 200)
    assert call.get(where).body["total"] == 0


def test_position_is_added_reworded_and_removed(caller: Callable[..., Caller]) -> None:
    portfolio = make_portfolio()
    call = caller(make_steward(portfolio))
    where = f"/portfolios/{portfolio.slug}/positions"

    added = call.post(where, {"title": {"en": "Repair"}, "hypothesis": {"en": "People repair."}})
    reworded = call.patch(added.body["href"], {"title": {"en": "Repair as a habit"}})

    assert (added.status, reworded.body["label"], reworded.body["hypothesis"]) == (
        201,
        "Repair as a habit",
        {"en": "People repair."},
    )
    assert call.get(added.body["href"]).body == reworded.body
    assert (call.delete(added.body["href"]).status, call.get(where).body["total"]) == (200, 0)


def test_role_for_a_portfolio_brings_the_rights_and_ends_with_them(caller: Callable[..., Caller]) -> None:
    portfolio, user = make_portfolio(), make_user()
    person = make_person(make_organisation(), user=user, may_be_named=True)
    call, they = caller(make_admin()), caller(user)
    where = f"/portfolios/{portfolio.slug}"

    before = they.patch(where, {"status": "active"}).status
    given = call.post(f"{where}/roles", {"capacity": "steward", "person": person.pk})
    during = they.patch(where, {"status": "active"}).status
    ended = call.post(f"{given.body['href']}/end", {})
    after = they.patch(where, {"status": "closed"}).status

    assert (given.status, given.body["person"]["label"], ended.status) == (201, person.name, 200)
    assert (before, during, after) == (403, 200, 403)
    assert call.get(f"{where}/roles").body["items"][0] == call.get(given.body["href"]).body


def test_role_for_nobody_is_refused(caller: Callable[..., Caller]) -> None:
    portfolio = make_portfolio()
    call = caller(make_admin())

    refused = [
        call.post(f"/portfolios/{portfolio.slug}/roles", {"capacity": "steward"} | more).body["detail"][0]["loc"]
        for more in ({}, {"person": 999_999}, {"organisation": "nobody"})
    ]

    assert refused == [["body", "person"], ["body", "person"], ["body", "organisation"]]
