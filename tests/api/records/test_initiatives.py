from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from polyfolio.people.choices import GrantRole, Visibility
from tests.api.conftest import Caller
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward
from tests.factories.portfolios import make_initiative, make_portfolio
from tests.factories.vocabulary import make_theme

LONG_AGO = timedelta(days=1200)


def test_initiative_is_added_with_everything_around_it(caller: Callable[..., Caller]) -> None:
    network, theme = make_network(), make_theme()
    organisation, programme = make_organisation(network), make_body(network)
    call = caller(make_steward(network))
    body = {
        "title": {"en": "Second life for nets", "sv": "Nät får nytt liv"},
        "summary": {"en": "Old fishing nets become yarn."},
        "kind": "pilot",
        "status": "implementation",
        "priority": "high",
        "planned_start_on": "2024-03-01",
        "planned_end_on": "2026-03-01",
        "methods": ["workshops"],
        "visibility": "public",
        "themes": [theme.slug],
        "programmes": [programme.slug],
        "participations": [{"organisation": organisation.slug, "role": "co_owner"}],
        "territories": [{"country": "SE", "percentage": "62.5"}],
        "places": [{"name": "Lund", "latitude": 55.7, "longitude": 13.19}],
        "sectors": [{"code": "14050", "name": "Waste"}],
        "sdgs": [{"goal": 12, "target": "12.5", "standing": "main"}, {"goal": 14}],
        "identifiers": [{"scheme": "iati", "value": "XI-1-7"}],
        "documents": [{"url": "https://example.org/nets.pdf", "title": {"en": "Nets"}}],
        "contacts": [{"person": "Ada Lind", "email": "ada@example.org"}],
    }

    added = call.post(f"/networks/{network.slug}/initiatives", body)

    assert (added.status, added.body["slug"], added.body["starts_on"]) == (201, "second-life-for-nets", "2024-03-01")
    assert {name: added.body[name] for name in ("title", "summary", "kind", "status", "priority", "methods")} == {
        name: body[name] for name in ("title", "summary", "kind", "status", "priority", "methods")
    }
    assert added.body["participations"][0]["organisation"]["slug"] == organisation.slug
    assert added.body["territories"][0] | {"percentage": "62.500000"} == {
        "country": "SE",
        "region": "",
        "region_vocabulary": "",
        "name": "",
        "percentage": "62.500000",
    }
    assert added.body["sdgs"] == [
        {"goal": 12, "target": "12.5", "standing": "main"},
        {"goal": 14, "target": "", "standing": "other"},
    ]
    assert (added.body["countries"], added.body["sdg_goals"]) == (["SE"], [12, 14])
    assert call.get(added.body["href"]).body == added.body


def test_more_than_five_other_goals_are_refused_with_what_to_do(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative()
    sdgs = [{"goal": 12, "standing": "main"}, *({"goal": goal} for goal in range(1, 7))]

    refused = caller(make_admin()).patch(f"/initiatives/{initiative.slug}", {"sdgs": sdgs})

    assert (refused.status, refused.body["detail"]) == (
        422,
        [
            {
                "loc": ["body", "sdgs"],
                "message": "Choose at most 5 other goals; these are 6. Which matter most?",
                "remedy": "Keep the five goals that matter most as “other”, and leave the rest out.",
            }
        ],
    )


def test_five_other_goals_are_taken(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative()
    sdgs = [{"goal": 12, "standing": "main"}, *({"goal": goal} for goal in range(1, 6))]

    changed = caller(make_admin()).patch(f"/initiatives/{initiative.slug}", {"sdgs": sdgs, "reason": "Agreed."})

    assert (changed.status, changed.body["sdg_goals"]) == (200, [1, 2, 3, 4, 5, 12])


@pytest.mark.parametrize(
    ("body", "loc"),
    [
        ({"planned_start_on": "2025-02-01", "planned_end_on": "2025-01-01"}, ["body", "planned_end_on"]),
        ({"planned_start_on": "1 May"}, ["body", "planned_start_on"]),
        ({"programmes": ["elsewhere"]}, ["body", "programmes", 0]),
        ({"participations": [{"organisation": "nobody", "role": "funding"}]}, ["body", "participations", 0]),
        ({"territories": [{}]}, ["body", "territories"]),
        ({"sdgs": [{"goal": 12, "target": "13.1"}]}, ["body", "sdgs"]),
        ({"sdgs": [{"goal": 18}]}, ["body", "sdgs", 0, "goal"]),
        ({"documents": [{"url": "javascript:alert(1)"}]}, ["body"]),
        ({"network": "another"}, ["body", "network"]),
    ],
)
def test_what_is_not_right_is_refused_with_its_place(caller: Callable[..., Caller], body: dict, loc: list) -> None:
    initiative = make_initiative()

    refused = caller(make_admin()).patch(f"/initiatives/{initiative.slug}", body)

    assert (refused.status, refused.body["detail"][0]["loc"][: len(loc)]) == (422, loc)


def test_focal_point_edits_their_own_and_no_other(caller: Callable[..., Caller]) -> None:
    organisation = make_organisation()
    own, other = make_initiative(owners=[organisation]), make_initiative()
    call = caller(make_member(organisation, GrantRole.FOCAL_POINT))

    statuses = [call.patch(f"/initiatives/{each.slug}", {"priority": "low"}).status for each in (own, other)]

    assert statuses == [200, 403]


def test_participants_whom_the_caller_does_not_see_are_shown_without_record_and_kept(
    caller: Callable[..., Caller],
) -> None:
    hidden = make_organisation(visibility=Visibility.PRIVATE)
    own = make_organisation()
    initiative = make_initiative(owners=[own, hidden])
    call = caller(make_member(own, GrantRole.FOCAL_POINT))
    where = f"/initiatives/{initiative.slug}"
    shown = [each["organisation"] for each in call.get(where).body["participations"]]

    changed = call.patch(where, {"participations": [{"organisation": own.slug, "role": "accountable"}]})

    assert shown == [{"slug": own.slug, "label": own.label, "href": f"/api/v1/organisations/{own.slug}"}, None]
    assert {(each.organisation_id, each.role) for each in initiative.participations.all()} == {
        (own.pk, "accountable"),
        (hidden.pk, "implementing"),
    }
    assert changed.status == 200


def test_initiative_that_is_hidden_from_its_writer_is_still_answered(caller: Callable[..., Caller]) -> None:
    portfolio = make_portfolio()
    initiative = make_initiative(portfolio.network)
    portfolio.entries.create(initiative=initiative)
    call = caller(make_member(portfolio, GrantRole.EDITOR))

    changed = call.patch(f"/initiatives/{initiative.slug}", {"visibility": "private"})

    assert (changed.status, changed.body["visibility"]) == (200, "private")
    assert call.get(f"/initiatives/{initiative.slug}").status == 404


def test_portfolios_are_named_as_far_as_they_are_seen(caller: Callable[..., Caller], anybody: Caller) -> None:
    initiative = make_initiative()
    seen = make_portfolio(core=[initiative])
    make_portfolio(core=[initiative], visibility=Visibility.PRIVATE)
    where = f"/initiatives/{initiative.slug}"

    assert [each["portfolio"]["slug"] for each in anybody.get(where).body["portfolios"]] == [seen.slug]
    assert len(caller(make_admin()).get(where).body["portfolios"]) == 2


def test_dormant_initiative_is_left_out_until_asked_for_and_revived(
    caller: Callable[..., Caller], anybody: Caller
) -> None:
    dormant = make_initiative(last_substantive_update_at=timezone.now() - LONG_AGO)
    make_initiative()
    totals = [anybody.get(f"/initiatives?dormant={which}").body["total"] for which in ("without", "with", "only")]

    revived = caller(make_admin()).post(f"/initiatives/{dormant.slug}/revive")

    assert (totals, anybody.get("/initiatives").body["total"]) == ([1, 2, 1], 2)
    assert (revived.status, revived.body["is_dormant"]) == (200, False)


def test_initiatives_are_narrowed(anybody: Caller) -> None:
    theme, organisation = make_theme(), make_organisation()
    programme = make_body()
    ours = make_initiative(
        programme.network,
        owners=[organisation],
        countries=["SE"],
        goals=[12],
        themes=[theme],
        programmes=[programme],
        title={"en": "Night buses"},
        kind="pilot",
        status="closed",
        priority="high",
    )
    portfolio = make_portfolio(core=[ours])
    make_initiative(updated_at=timezone.now() - LONG_AGO)
    since = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    queries = (
        "q=buses",
        "kind=pilot,idea",
        "status=closed",
        "priority=high",
        "country=SE",
        "goal=12,13",
        f"theme={theme.slug}",
        f"programme={programme.slug}",
        f"network={programme.network.slug}",
        f"organisation={organisation.slug}",
        f"portfolio={portfolio.slug}",
        f"updated_since={since}",
    )

    found = {query: [each["slug"] for each in anybody.get(f"/initiatives?{query}").body["items"]] for query in queries}

    assert found == {query: [ours.slug] for query in queries}


def test_deleted_initiative_comes_back(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative()
    call = caller(make_admin())

    undo = call.delete(f"/initiatives/{initiative.slug}").body["undo"]

    assert call.get(f"/initiatives/{initiative.slug}").status == 404
    assert (call(undo["method"], undo["href"]).status, call.get(f"/initiatives/{initiative.slug}").status) == (201, 200)


def test_history_reads_field_by_field_and_each_change_can_be_taken_back(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative(summary={"en": "Before"})
    call = caller(make_admin(name="Grace"))
    where = f"/initiatives/{initiative.slug}"
    changed = call.patch(where, {"summary": {"en": "After"}, "reason": "Clearer."})
    undo = changed.headers["Link"].partition("<")[2].partition(">")[0]

    (row,) = call.get(f"{where}/history").body["items"]

    assert (row["by"], row["reason"], row["undo"]["href"]) == ("Grace", "Clearer.", undo)
    assert [(each["field"], each["language"], each["old"], each["new"]) for each in row["differences"]] == [
        ("summary", "en", "Before", "After")
    ]
    assert call.get(row["href"]).body == row
    assert (call.post(undo).status, call.get(where).body["summary"]) == (201, {"en": "Before"})


def test_change_that_was_overtaken_is_not_taken_back_unless_forced(caller: Callable[..., Caller]) -> None:
    initiative = make_initiative(summary={"en": "First"})
    call = caller(make_admin())
    where = f"/initiatives/{initiative.slug}"
    undo = call.patch(where, {"summary": {"en": "Second"}}).headers["Link"].partition("<")[2].partition(">")[0]
    call.patch(where, {"summary": {"en": "Third"}})

    assert (call.post(undo).status, call.post(f"{undo}?is_forced=true").status) == (409, 201)
    assert call.get(where).body["summary"] == {"en": "First"}
