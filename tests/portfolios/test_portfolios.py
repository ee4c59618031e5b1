from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import Grant
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions import portfolios, roles, statements
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import IntentVersion, Portfolio, Position, ScopeStatement
from polyfolio.portfolios.queries.families import below, members_of
from tests.factories.network import make_network, make_organisation, make_person
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_portfolio

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_create_from_a_search_holds_what_it_found() -> None:
    network = make_network()
    found = [make_initiative(network) for _ in range(3)]

    portfolio = portfolios.create(
        network=network,
        title={"en": "Circular city"},
        by=make_steward(network),
        at=NOW,
        values={"intent": {"en": "Nothing is waste."}},
        initiative_ids=[each.pk for each in found],
    )

    assert (portfolio.slug, portfolio.intent) == ("circular-city", {"en": "Nothing is waste."})
    assert set(portfolio.entries.values_list("initiative", "state")) == {
        (each.pk, AdmissionState.ADMITTED) for each in found
    }


def test_whoever_begins_it_looks_after_it() -> None:
    network = make_network()
    steward = make_steward(network)
    person = make_person(user=steward)

    portfolio = portfolios.create(network=network, title={"en": "Mine"}, by=steward, at=NOW)

    assert [(role.person, role.capacity) for role in portfolio.roles.all()] == [(person, "steward")]
    assert Grant.objects.filter(user=steward, scope_type="portfolio", scope_id=portfolio.pk).exists()


def test_create_stays_off_the_addresses_beside_it() -> None:
    portfolio = portfolios.create(network=make_network(), title={"en": "New"}, by=make_admin(), at=NOW)

    assert portfolio.slug == "new-2"


def test_create_is_the_networks_stewards() -> None:
    network = make_network()

    with pytest.raises(NotAllowedError):
        portfolios.create(network=network, title={"en": "Mine"}, by=make_member(network), at=NOW)


def test_create_needs_a_title() -> None:
    with pytest.raises(RefusedError):
        portfolios.create(network=make_network(), title={}, by=make_admin(), at=NOW)


@pytest.mark.parametrize("given", [{"values": {"slug": "x"}}, {"related": {"friends": []}}])
def test_create_knows_its_fields(given: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        portfolios.create(network=make_network(), title={"en": "A"}, by=make_admin(), at=NOW, **given)


def test_edit_sets_parents() -> None:
    portfolio, parents = make_portfolio(), [make_portfolio(), make_portfolio()]

    row = portfolios.edit(
        portfolio=portfolio,
        by=make_steward(portfolio),
        at=NOW,
        values={"status": "active"},
        related={"parents": parents},
    )

    portfolio.refresh_from_db()
    assert row is not None
    assert (portfolio.status, set(portfolio.parents.all())) == ("active", set(parents))


def test_edit_of_nothing_changes_nothing() -> None:
    portfolio = make_portfolio()

    assert portfolios.edit(portfolio=portfolio, by=make_admin(), at=NOW, values={"status": "forming"}) is None


def test_edit_refuses_rings() -> None:
    top = make_portfolio()
    middle = make_portfolio(parents=[top])
    low = make_portfolio(parents=[middle])
    admin = make_admin()

    for ring in (top, middle, low):
        with pytest.raises(RefusedError) as refused:
            portfolios.edit(portfolio=top, by=admin, at=NOW, related={"parents": [ring]})
        assert refused.value.field == "parents"


def test_edit_refuses_the_intent_which_asks_for_a_reason_elsewhere() -> None:
    with pytest.raises(KeyError):
        portfolios.edit(portfolio=make_portfolio(), by=make_admin(), at=NOW, values={"intent": {"en": "New."}})


def test_edit_refuses_strangers() -> None:
    with pytest.raises(NotAllowedError):
        portfolios.edit(portfolio=make_portfolio(), by=make_user(), at=NOW, values={"status": "active"})


def test_reword_intent_keeps_what_it_said() -> None:
    portfolio = make_portfolio(intent={"en": "Less waste."})
    steward = make_steward(portfolio)

    row = portfolios.reword_intent(
        portfolio=portfolio, intent={"intent": {"en": "No waste."}}, reason="We learnt.", by=steward, at=NOW
    )

    version = IntentVersion.objects.get()
    portfolio.refresh_from_db()
    assert row is not None
    assert (portfolio.intent, version.intent, version.reason) == (
        {"en": "No waste."},
        {"en": "Less waste."},
        "We learnt.",
    )


def test_reword_intent_for_the_first_time_needs_no_reason() -> None:
    portfolio = make_portfolio()

    portfolios.reword_intent(portfolio=portfolio, intent={"intent": {"en": "A."}}, reason="", by=make_admin(), at=NOW)

    assert IntentVersion.objects.count() == 0


def test_reword_intent_without_a_reason_is_refused() -> None:
    portfolio = make_portfolio(intent={"en": "Less waste."})

    with pytest.raises(RefusedError):
        portfolios.reword_intent(
            portfolio=portfolio, intent={"intent": {"en": "A."}}, reason=" ", by=make_admin(), at=NOW
        )


def test_reword_intent_with_the_same_words_changes_nothing() -> None:
    portfolio = make_portfolio(intent={"en": "Less waste."})

    row = portfolios.reword_intent(
        portfolio=portfolio, intent={"intent": {"en": "Less waste. "}}, reason="", by=make_admin(), at=NOW
    )

    assert row is None


def test_delete_and_restore() -> None:
    network = make_network()
    portfolio, steward = make_portfolio(network), make_steward(network)
    portfolios.delete(portfolio=portfolio, by=steward, at=NOW)
    gone = list(Portfolio.objects.visible_to(steward))

    portfolios.restore(portfolio=portfolio, by=steward, at=NOW)

    assert (gone, list(Portfolio.objects.visible_to(steward))) == ([], [portfolio])


def test_below_finds_each_once_nearest_first() -> None:
    assert below(1, [(2, 1), (3, 1), (4, 2), (4, 3), (5, 4), (1, 5), (9, 8)]) == [2, 3, 4, 5]


def test_members_of_leaves_out_what_the_person_does_not_see() -> None:
    top = make_portfolio()
    shown, hidden = make_portfolio(parents=[top]), make_portfolio(parents=[top], visibility="private")
    deeper = make_portfolio(parents=[hidden])

    assert members_of(top, None) == [top.pk, shown.pk]
    assert members_of(top, make_admin()) == [top.pk, shown.pk, hidden.pk, deeper.pk]


def test_scope_statements_come_and_go() -> None:
    portfolio = make_portfolio()
    steward = make_steward(portfolio)
    statement = statements.state_scope(
        portfolio=portfolio, text={"en": "Only textiles."}, author="The board", by=steward, at=NOW
    )
    kept = list(ScopeStatement.objects.values_list("author", "stated_on"))

    statements.withdraw_scope(statement=statement, by=steward, at=NOW)

    assert (kept, ScopeStatement.objects.count()) == ([("The board", date(2026, 3, 4))], 0)


def test_an_empty_scope_statement_is_refused() -> None:
    with pytest.raises(RefusedError):
        statements.state_scope(portfolio=make_portfolio(), text={"en": ""}, by=make_admin(), at=NOW)


def test_positions_come_change_and_go() -> None:
    portfolio, admin = make_portfolio(), make_admin()
    first = statements.add_position(portfolio=portfolio, title={"en": "Markets"}, by=admin, at=NOW)
    statements.add_position(portfolio=portfolio, title={"en": "Schools"}, by=admin, at=NOW)
    statements.edit_position(
        position=first, values={"title": {"en": "Fairs"}, "hypothesis": {"en": "They meet."}}, by=admin, at=NOW
    )
    statements.edit_position(position=first, values={"title": {"en": "Fairs"}}, by=admin, at=NOW)
    kept = list(Position.objects.values_list("label", "position"))

    statements.remove_position(position=first, by=admin, at=NOW)

    assert (kept, Position.objects.count()) == ([("Fairs", 0), ("Schools", 1)], 1)


def test_a_position_needs_a_title() -> None:
    with pytest.raises(RefusedError):
        statements.add_position(portfolio=make_portfolio(), title={"en": " "}, by=make_admin(), at=NOW)


def test_statements_refuse_strangers() -> None:
    with pytest.raises(NotAllowedError):
        statements.add_position(portfolio=make_portfolio(), title={"en": "A"}, by=make_user(), at=NOW)


def grants_of(user: Any) -> list[str]:
    return list(Grant.objects.filter(user=user).order_by("role").values_list("role", flat=True))


def test_a_steward_with_an_account_receives_the_grant_and_loses_it_with_the_role() -> None:
    portfolio, user = make_portfolio(), make_user()
    admin, person = make_admin(), make_person(user=user)
    role = roles.give(portfolio=portfolio, capacity="steward", person=person, by=admin, at=NOW)
    held = grants_of(user)

    roles.end(role=role, by=admin, at=NOW)

    assert (held, grants_of(user)) == (["steward"], [])


def test_a_grant_stays_while_another_role_gives_it() -> None:
    portfolio, user = make_portfolio(), make_user()
    admin, person = make_admin(), make_person(user=user)
    role = roles.give(portfolio=portfolio, capacity="steward", person=person, by=admin, at=NOW)
    roles.give(portfolio=portfolio, capacity="lead", person=person, by=admin, at=NOW)
    roles.give(portfolio=portfolio, capacity="observer", person=person, by=admin, at=NOW)

    roles.end(role=role, by=admin, at=NOW)

    assert grants_of(user) == ["member", "steward"]


def test_a_role_that_ends_later_keeps_its_grant_until_it_lapses() -> None:
    portfolio, user = make_portfolio(), make_user()
    admin, person = make_admin(), make_person(user=user)
    role = roles.give(portfolio=portfolio, capacity="steward", person=person, by=admin, at=NOW)
    roles.end(role=role, by=admin, at=NOW, until_on=date(2026, 6, 30))
    held = grants_of(user)

    before = roles.lapse(at=datetime(2026, 6, 29, tzinfo=UTC))
    after = roles.lapse(at=datetime(2026, 6, 30, tzinfo=UTC))

    assert (held, before, after, grants_of(user)) == (["steward"], 0, 1, [])


def test_lapse_leaves_what_was_given_afterwards() -> None:
    portfolio, user = make_portfolio(), make_user()
    admin, person = make_admin(), make_person(user=user)
    role = roles.give(portfolio=portfolio, capacity="steward", person=person, by=admin, at=NOW)
    roles.end(role=role, by=admin, at=NOW)
    Grant.objects.create(
        user=user,
        role="steward",
        scope_type="portfolio",
        scope_id=portfolio.pk,
        given_at=datetime(2026, 4, 1, tzinfo=UTC),
    )

    assert roles.lapse(at=datetime(2026, 5, 1, tzinfo=UTC)) == 0


def test_an_organisation_or_a_person_without_account_receives_no_grant() -> None:
    portfolio, admin = make_portfolio(), make_admin()
    stewarding = roles.give(portfolio=portfolio, capacity="owner", organisation=make_organisation(), by=admin, at=NOW)
    roles.give(portfolio=portfolio, capacity="steward", person=make_person(), by=admin, at=NOW)

    roles.end(role=stewarding, by=admin, at=NOW)

    assert Grant.objects.count() == 0


def test_a_role_needs_somebody_and_an_end_after_its_start() -> None:
    portfolio, admin, person = make_portfolio(), make_admin(), make_person()

    with pytest.raises(RefusedError):
        roles.give(portfolio=portfolio, capacity="steward", by=admin, at=NOW)
    with pytest.raises(RefusedError):
        roles.give(portfolio=portfolio, capacity="steward", person=person, until_on=date(2020, 1, 1), by=admin, at=NOW)
    role = roles.give(portfolio=portfolio, capacity="steward", person=person, by=admin, at=NOW)
    with pytest.raises(RefusedError):
        roles.end(role=role, by=admin, at=NOW, until_on=date(2020, 1, 1))


def test_roles_are_given_by_stewards() -> None:
    portfolio = make_portfolio()

    with pytest.raises(NotAllowedError):
        roles.give(
            portfolio=portfolio, capacity="steward", person=make_person(), by=make_member(portfolio, "editor"), at=NOW
        )
