"""A batch adds what single creates would add, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions import batches, initiatives
from polyfolio.portfolios.actions.batches import Draft
from polyfolio.portfolios.models import Initiative
from tests.factories.network import make_network
from tests.factories.people import make_steward, make_user
from tests.factories.vocabulary import make_theme

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def shape(initiative: Initiative) -> dict[str, object]:
    return {
        "title": initiative.title,
        "label": initiative.label,
        "kind": initiative.kind,
        "themes": [theme.slug for theme in initiative.themes.all()],
        "sdgs": list(initiative.sdgs.values_list("goal", "target", "standing")),
        "territories": list(initiative.territories.values_list("country", flat=True)),
    }


def test_create_many_adds_what_create_adds() -> None:
    network, theme = make_network(), make_theme()
    steward = make_steward(network)
    given = {
        "title": {"en": "Repair counters "},
        "values": {"kind": "pilot"},
        "parts": {"sdgs": [{"goal": 12, "target": "12.5", "standing": "main"}], "territories": [{"country": "KE"}]},
        "related": {"themes": [theme]},
    }
    single = initiatives.create(network=network, by=steward, at=NOW, **given)

    [one] = batches.create_many(network=network, drafts=[Draft(**given)], by=steward, at=NOW)

    assert shape(Initiative.objects.get(pk=one.pk)) == shape(single)
    assert (single.slug, one.slug) == ("repair-counters", "repair-counters-2")


def test_create_many_writes_one_log_row_each_in_one_batch() -> None:
    network = make_network()
    steward = make_steward(network)
    earlier = datetime(2024, 1, 1, tzinfo=UTC)

    batches.create_many(
        network=network,
        drafts=[Draft({"en": "A"}, at=earlier), Draft({"en": "A"})],
        by=steward,
        at=NOW,
    )

    rows = list(AuditRecord.objects.filter(verb="initiative.create").order_by("pk"))
    assert [(row.at, row.subject_label) for row in rows] == [(earlier, "A"), (NOW, "A")]
    assert len({row.batch for row in rows}) == 1


def test_create_many_adds_nothing_where_one_is_refused() -> None:
    network = make_network()
    steward = make_steward(network)

    with pytest.raises(RefusedError):
        batches.create_many(network=network, drafts=[Draft({"en": "A"}), Draft({"en": " "})], by=steward, at=NOW)

    assert not Initiative.objects.exists()


def test_create_many_asks_the_rule() -> None:
    with pytest.raises(NotAllowedError):
        batches.create_many(network=make_network(), drafts=[], by=make_user(), at=NOW)
