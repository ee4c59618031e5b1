from __future__ import annotations

from collections.abc import Callable

import pytest

from polyfolio.people.choices import GrantRole
from polyfolio.portfolios.checklists import BUILT_IN
from polyfolio.portfolios.models import Initiative, Portfolio
from tests.api.conftest import Caller
from tests.factories.network import make_body, make_organisation
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.portfolios import make_entry, make_initiative, make_portfolio, make_proposal


@pytest.fixture
def portfolio(db: None) -> Portfolio:
    return make_portfolio()


@pytest.fixture
def theirs(portfolio: Portfolio) -> Initiative:
    """A partner's own initiative."""
    return make_initiative(portfolio.network, owners=[make_organisation(portfolio.network)])


def partner_of(initiative: Initiative, caller: Callable[..., Caller]) -> Caller:
    organisation = initiative.participations.get().organisation
    return caller(make_member(organisation, GrantRole.FOCAL_POINT))


def test_core_initiative_is_entered_and_taken_out(caller: Callable[..., Caller], portfolio: Portfolio) -> None:
    initiative = make_initiative(portfolio.network)
    call = caller(make_steward(portfolio.network))
    where = f"/portfolios/{portfolio.slug}/entries"
    body = {"initiative": initiative.slug, "portfolio_class": "core"}

    entered, again = call.post(where, body), call.post(where, body)
    taken_out = call.delete(f"{entered.body['href']}?reason=Finished")

    assert (entered.status, entered.body["state"], entered.body["steps"]) == (201, "admitted", [])
    assert (again.status, again.body["detail"][0]["loc"]) == (422, ["body", "initiative"])
    assert (taken_out.status, call.get(entered.body["href"]).body["state"]) == (200, "withdrawn")
    assert call.get(entered.body["href"]).body["reason"] == "Finished"


def test_partners_own_goes_the_whole_way(
    caller: Callable[..., Caller], portfolio: Portfolio, theirs: Initiative
) -> None:
    they, we = partner_of(theirs, caller), caller(make_steward(portfolio))
    body = {"initiative": theirs.slug, "portfolio_class": "affiliated", "reason": "It fits."}
    proposed = they.post(f"/portfolios/{portfolio.slug}/entries", body)
    where = proposed.body["href"]

    submitted = they.post(f"{where}/steps", {"verb": "submit"})
    waiting = we.get("/me/admissions").body["total"]
    reviewed = we.post(f"{where}/steps", {"verb": "begin_review"})
    too_early = we.post(f"{where}/steps", {"verb": "admit"})
    for question in BUILT_IN:
        answered = we.put(f"{where}/answers/{question.code}", {"is_met": True, "evidence": "Seen."})
    admitted = we.post(f"{where}/steps", {"verb": "admit"})

    assert (proposed.status, proposed.body["state"]) == (201, "draft")
    assert [step["verb"] for step in proposed.body["steps"]] == ["submit", "withdraw"]
    assert (submitted.body["state"], waiting, reviewed.body["state"]) == ("submitted", 1, "under_review")
    assert (too_early.status, too_early.body["detail"][0]["remedy"]) == (
        409,
        "Answer the open questions of the entry’s checklist with yes, then admit it.",
    )
    assert [each["is_met"] for each in answered.body["checklist"]] == [True] * len(BUILT_IN)
    assert (admitted.status, admitted.body["state"]) == (200, "admitted")


def test_step_that_does_not_leave_from_here_is_refused(caller: Callable[..., Caller], portfolio: Portfolio) -> None:
    entry = make_proposal(portfolio, make_initiative(portfolio.network))
    call = caller(make_steward(portfolio))

    refused = call.post(f"/entries/{entry.pk}/steps", {"verb": "admit"})
    silent = call.post(f"/entries/{entry.pk}/steps", {"verb": "decline"})

    assert (refused.status, refused.body["detail"][0]["remedy"]) == (
        409,
        "Read the entry; it says which steps are possible now.",
    )
    assert (silent.status, silent.body["detail"][0]["loc"]) == (422, ["body", "reason"])


def test_partner_decides_nothing(caller: Callable[..., Caller], portfolio: Portfolio, theirs: Initiative) -> None:
    entry = make_proposal(portfolio, theirs)
    they = partner_of(theirs, caller)

    statuses = [
        they.post(f"/entries/{entry.pk}/steps", {"verb": "begin_review"}).status,
        they.put(f"/entries/{entry.pk}/answers/evidence", {"is_met": True}).status,
        they.post(
            f"/portfolios/{portfolio.slug}/entries", {"initiative": theirs.slug, "portfolio_class": "core"}
        ).status,
    ]

    assert statuses == [403, 403, 403]


def test_proposal_is_found_by_those_it_concerns_only(
    caller: Callable[..., Caller], anybody: Caller, portfolio: Portfolio, theirs: Initiative
) -> None:
    entry = make_proposal(portfolio, theirs)
    where, listed = f"/entries/{entry.pk}", f"/portfolios/{portfolio.slug}/entries"
    steward, stranger = caller(make_steward(portfolio)), caller(make_user())

    assert [each.get(where).status for each in (anybody, stranger, partner_of(theirs, caller), steward)] == [
        404,
        404,
        200,
        200,
    ]
    assert [each.get(listed).body["total"] for each in (anybody, stranger, steward)] == [0, 0, 1]
    assert steward.get(f"{listed}?state=admitted").body["total"] == 0
    assert steward.get(f"{listed}?portfolio_class=affiliated").body["total"] == 1


def test_admission_is_nothing_for_strangers(anybody: Caller, portfolio: Portfolio, theirs: Initiative) -> None:
    entry = make_entry(portfolio, theirs, portfolio_class="affiliated", reason="Between us.")

    shown = anybody.get(f"/entries/{entry.pk}").body

    assert (shown["state"], shown["reason"], shown["steps"], shown["checklist"]) == ("admitted", "", [], [])


def test_many_are_entered_at_once(caller: Callable[..., Caller], portfolio: Portfolio) -> None:
    ours = [make_initiative(portfolio.network) for _each in range(2)]
    call = caller(make_steward(portfolio.network))
    body = {"initiatives": [each.slug for each in (*ours, make_initiative())]}

    added = call.post(f"/portfolios/{portfolio.slug}/entries/many", body)
    again = call.post(f"/portfolios/{portfolio.slug}/entries/many", body)

    assert (added.body, again.body) == (
        {"core": 2, "proposed": 1, "already": 0},
        {"core": 0, "proposed": 0, "already": 3},
    )


def test_entry_takes_a_position(caller: Callable[..., Caller], portfolio: Portfolio) -> None:
    entry = make_entry(portfolio, make_initiative(portfolio.network))
    position = portfolio.positions.create(title={"en": "Repair"})
    other = make_portfolio().positions.create(title={"en": "Elsewhere"})
    call = caller(make_steward(portfolio))

    taken = call.put(f"/entries/{entry.pk}/position", {"position": position.pk})
    wrong = call.put(f"/entries/{entry.pk}/position", {"position": other.pk})
    left = call.put(f"/entries/{entry.pk}/position", {"position": None})

    assert (taken.body["position"]["id"], wrong.status, left.body["position"]) == (position.pk, 422, None)


def test_networks_own_questions_are_asked(caller: Callable[..., Caller], portfolio: Portfolio) -> None:
    network = portfolio.network
    programme = make_body(network)
    call = caller(make_steward(network))
    where = f"/networks/{network.slug}/checklists"
    questions = [{"code": "fits", "text": {"en": "Does it fit?"}, "is_required": True}]

    general = call.put(where, {"questions": questions})
    special = call.put(where, {"questions": questions, "programme": programme.slug})

    assert (general.body, special.body["programme"]["slug"]) == (
        {"programme": None, "questions": questions},
        programme.slug,
    )
    assert len(call.get(where).body) == 2
