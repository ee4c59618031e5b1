from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from polyfolio.audit.actions.undo import take_back
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import subscribe, unsubscribe
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions import initiatives
from polyfolio.portfolios.actions.parts import TooManyGoalsError
from polyfolio.portfolios.events import InitiativeCreated, InitiativeUpdated
from polyfolio.portfolios.models import Initiative
from tests.factories.network import make_body, make_network, make_organisation
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 4, 12, tzinfo=UTC)


def goals(*numbers: int, main: int | None = None, standing: str = "other") -> list[dict[str, Any]]:
    rows = [{"goal": number, "standing": standing} for number in numbers]
    return [{"goal": main, "standing": "main"}, *rows] if main else rows


def test_create_keeps_fields_parts_and_one_log_row() -> None:
    network = make_network()
    steward, theme, programme = make_steward(network), make_theme(), make_body(network)
    owner = make_organisation(network)

    made = initiatives.create(
        network=network,
        title={"EN": " Repair cafés ", "fr": ""},
        by=steward,
        at=NOW,
        values={"kind": "pilot", "planned_start_on": date(2026, 1, 1), "visibility": "public"},
        parts={
            "participations": [{"organisation": owner, "role": "implementing"}],
            "territories": [{"country": "ke", "percentage": "60"}, {"name": "East Africa"}],
            "sdgs": goals(11, main=12),
            "identifiers": [{"scheme": "iati", "value": "XX-1"}],
        },
        related={"themes": [theme], "programmes": [programme]},
    )

    kept = Initiative.objects.get(pk=made.pk)
    log = AuditRecord.objects.get(subject_type="initiative")
    assert (kept.title, kept.slug, kept.label, kept.kind) == (
        {"en": "Repair cafés"},
        "repair-cafes",
        "Repair cafés",
        "pilot",
    )
    assert (kept.created_by, kept.created_at, kept.last_substantive_update_at) == (steward, NOW, NOW)
    assert [(each.organisation, each.role) for each in kept.participations.all()] == [(owner, "implementing")]
    assert sorted((each.country, each.percentage) for each in kept.territories.all()) == [
        ("", None),
        ("KE", Decimal(60)),
    ]
    assert sorted((each.goal, each.standing) for each in kept.sdgs.all()) == [(11, "other"), (12, "main")]
    assert kept.identifiers.get().network == network
    assert (list(kept.themes.all()), list(kept.programmes.all())) == ([theme], [programme])
    assert (log.verb, log.actor_id, "participations" in log.after) == ("initiative.create", steward.pk, True)


def test_create_finds_a_free_address() -> None:
    network = make_network()
    steward = make_steward(network)
    make_initiative(slug="repair")

    made = [initiatives.create(network=network, title={"en": "Repair"}, by=steward, at=NOW) for _ in range(2)]

    assert [each.slug for each in made] == ["repair-2", "repair-3"]


def test_create_refuses_strangers() -> None:
    with pytest.raises(NotAllowedError):
        initiatives.create(network=make_network(), title={"en": "Repair"}, by=make_user(), at=NOW)


def test_create_publishes(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    network = make_network()
    heard: list[InitiativeCreated] = []
    subscribe(InitiativeCreated, heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        made = initiatives.create(network=network, title={"en": "Repair"}, by=make_steward(network), at=NOW)

    unsubscribe(InitiativeCreated, heard.append)
    assert heard == [InitiativeCreated(made.pk)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": {"en": " "}}, "title"),
        (
            {
                "title": {"en": "R"},
                "values": {"planned_start_on": date(2026, 2, 1), "planned_end_on": date(2026, 1, 1)},
            },
            "planned_end_on",
        ),
        ({"title": {"en": "R"}, "parts": {"sdgs": goals(18)}}, "sdgs"),
        ({"title": {"en": "R"}, "parts": {"sdgs": [{"goal": 12, "target": "13.1"}]}}, "sdgs"),
        ({"title": {"en": "R"}, "parts": {"sdgs": goals(1, main=2) + goals(main=3)}}, "sdgs"),
        ({"title": {"en": "R"}, "parts": {"sdgs": goals(1, 1)}}, "sdgs"),
        ({"title": {"en": "R"}, "parts": {"territories": [{"percentage": 10}]}}, "territories"),
        ({"title": {"en": "R"}, "parts": {"territories": [{"country": "KE", "percentage": "much"}]}}, "percentage"),
        ({"title": {"en": "R"}, "parts": {"sectors": [{"code": "11110", "percentage": 101}]}}, "percentage"),
        (
            {"title": {"en": "R"}, "parts": {"participations": [{"organisation": None, "role": "boss"}]}},
            "participations",
        ),
    ],
)
def test_create_refuses_what_cannot_be(given: dict[str, Any], field: str) -> None:
    network = make_network()

    with pytest.raises(RefusedError) as refused:
        initiatives.create(network=network, by=make_steward(network), at=NOW, **given)

    assert (refused.value.field, Initiative.objects.count()) == (field, 0)


@pytest.mark.parametrize("given", [{"values": {"slug": "x"}}, {"parts": {"moods": []}}, {"related": {"friends": []}}])
def test_create_knows_its_fields(given: dict[str, Any]) -> None:
    network = make_network()

    with pytest.raises(KeyError):
        initiatives.create(network=network, title={"en": "R"}, by=make_steward(network), at=NOW, **given)


def test_create_refuses_unknown_fields_of_a_part() -> None:
    network = make_network()

    with pytest.raises(KeyError):
        initiatives.create(
            network=network, title={"en": "R"}, by=make_steward(network), at=NOW, parts={"sdgs": [{"gaol": 1}]}
        )


def test_create_refuses_a_kind_that_does_not_exist() -> None:
    network = make_network()

    with pytest.raises(ValidationError):
        initiatives.create(
            network=network, title={"en": "R"}, by=make_steward(network), at=NOW, values={"kind": "miracle"}
        )


def test_create_refuses_programmes_of_another_network() -> None:
    network = make_network()

    with pytest.raises(RefusedError) as refused:
        initiatives.create(
            network=network, title={"en": "R"}, by=make_steward(network), at=NOW, related={"programmes": [make_body()]}
        )

    assert refused.value.field == "programmes"


def test_five_other_goals_are_allowed_and_a_sixth_is_not() -> None:
    network = make_network()
    steward, initiative = make_steward(network), make_initiative(network)
    initiatives.edit(initiative=initiative, by=steward, at=NOW, parts={"sdgs": goals(1, 2, 3, 4, 5, main=12)})

    with pytest.raises(TooManyGoalsError):
        initiatives.edit(initiative=initiative, by=steward, at=NOW, parts={"sdgs": goals(1, 2, 3, 4, 5, 6, main=12)})

    assert initiative.sdgs.count() == 6


def test_targets_of_the_main_goal_are_no_other_goal() -> None:
    network = make_network()
    initiative = make_initiative(network)
    others = [*goals(1, 2, 3, 4, 5), {"goal": 12, "target": "12.3"}, {"goal": 1, "target": "1.a"}]

    initiatives.edit(
        initiative=initiative, by=make_steward(network), at=NOW, parts={"sdgs": [*others, *goals(main=12)]}
    )

    assert initiative.sdgs.count() == 8


def test_imported_goals_are_not_counted() -> None:
    network = make_network()
    initiative = make_initiative(network)

    initiatives.edit(
        initiative=initiative,
        by=make_steward(network),
        at=NOW,
        parts={"sdgs": goals(*range(1, 17), standing="imported")},
    )

    assert initiative.sdgs.count() == 16


def test_edit_changes_what_is_given_and_logs_the_difference(django_capture_on_commit_callbacks: Any) -> None:
    network = make_network()
    steward = make_steward(network)
    initiative = make_initiative(network, kind="idea", countries=["KE"])
    heard: list[InitiativeUpdated] = []
    subscribe(InitiativeUpdated, heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        row = initiatives.edit(
            initiative=initiative,
            by=steward,
            at=LATER,
            values={"kind": "pilot", "status": "pipeline"},
            parts={"territories": [{"country": "UG"}]},
            reason="Moved.",
        )

    unsubscribe(InitiativeUpdated, heard.append)
    initiative.refresh_from_db()
    assert row is not None
    assert (row.before["kind"], row.after["kind"], row.reason) == ("idea", "pilot", "Moved.")
    assert [each["country"] for each in row.after["territories"]] == ["UG"]
    assert set(row.after) == {"kind", "territories"}
    assert (initiative.kind, initiative.last_substantive_update_at, initiative.updated_at) == ("pilot", LATER, LATER)
    assert heard == [InitiativeUpdated(initiative.pk)]


def test_edit_of_nothing_changes_nothing() -> None:
    network = make_network()
    steward = make_steward(network)
    parts = {
        "participations": [{"organisation": make_organisation(), "role": "funding"}],
        "territories": [{"country": "KE", "percentage": "33.3"}],
        "documents": [{"url": "https://example.org/a", "title": {"en": "A"}}],
        "contacts": [{"person": "Somebody", "email": "somebody@example.org"}],
        "places": [{"name": "Lund", "latitude": 55.7, "longitude": 13.2}],
        "sectors": [{"code": "11110", "percentage": 50}],
        "identifiers": [{"scheme": "iati", "value": "XX-1"}],
        "sdgs": goals(main=3),
    }
    initiative = initiatives.create(network=network, title={"en": "R"}, by=steward, at=NOW, parts=parts)

    row = initiatives.edit(
        initiative=initiative, by=steward, at=LATER, values={"title": {"en": "R"}}, parts=parts, related={"themes": []}
    )

    initiative.refresh_from_db()
    assert (row, initiative.last_substantive_update_at) == (None, NOW)


def test_edit_refuses_those_who_may_not() -> None:
    with pytest.raises(NotAllowedError):
        initiatives.edit(initiative=make_initiative(), by=make_user(), at=NOW, values={"kind": "pilot"})


def test_edit_checks_dates_against_those_that_stand() -> None:
    network = make_network()
    initiative = make_initiative(network, actual_start_on=date(2026, 5, 1))

    with pytest.raises(RefusedError) as refused:
        initiatives.edit(
            initiative=initiative, by=make_steward(network), at=NOW, values={"actual_end_on": date(2026, 4, 1)}
        )

    assert refused.value.field == "actual_end_on"


def test_an_edit_can_be_taken_back_parts_and_all() -> None:
    network = make_network()
    steward = make_steward(network)
    initiative = make_initiative(network, kind="idea", countries=["KE"])
    row = initiatives.edit(
        initiative=initiative,
        by=steward,
        at=NOW,
        values={"kind": "pilot"},
        parts={"territories": [{"country": "UG", "percentage": 20}]},
    )
    assert row is not None

    take_back(row=row, by=steward, at=LATER)

    initiative.refresh_from_db()
    assert (initiative.kind, [each.country for each in initiative.territories.all()]) == ("idea", ["KE"])


def test_revive_counts_as_an_update() -> None:
    network = make_network()
    initiative = make_initiative(network, last_substantive_update_at=datetime(2020, 1, 1, tzinfo=UTC))

    row = initiatives.revive(initiative=initiative, by=make_steward(network), at=NOW)

    initiative.refresh_from_db()
    assert (row.verb, initiative.last_substantive_update_at) == ("initiative.revive", NOW)


def test_delete_and_restore() -> None:
    network = make_network()
    steward, initiative = make_steward(network), make_initiative(network)
    initiatives.delete(initiative=initiative, by=steward, at=NOW, reason="Twice.")
    gone = list(Initiative.objects.visible_to(steward))

    initiatives.restore(initiative=initiative, by=steward, at=LATER)

    assert (gone, list(Initiative.objects.visible_to(steward))) == ([], [initiative])


def test_delete_twice_is_refused() -> None:
    network = make_network()
    initiative = make_initiative(network, deleted_at=NOW)

    with pytest.raises(RefusedError):
        initiatives.delete(initiative=initiative, by=make_steward(network), at=LATER)


@pytest.mark.parametrize("action", [initiatives.delete, initiatives.restore, initiatives.revive])
def test_those_who_may_not(action: Callable[..., Any]) -> None:
    with pytest.raises(NotAllowedError):
        action(initiative=make_initiative(), by=make_user(), at=NOW)
