from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions import resources
from polyfolio.portfolios.models import Resource
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_resource

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_create_keeps_what_is_given() -> None:
    network = make_network()
    member, initiative = make_member(network), make_initiative()

    made = resources.create(
        network=network,
        title={"en": "A guide to repair"},
        kind="guideline",
        by=member,
        at=NOW,
        values={"countries": ["SE"], "sdg_targets": ["12.5"], "url": "https://example.org/guide"},
        related={"initiatives": [initiative]},
    )

    kept = Resource.objects.get(pk=made.pk)
    assert (kept.slug, kept.kind, kept.countries, kept.created_by) == ("a-guide-to-repair", "guideline", ["SE"], member)
    assert list(kept.initiatives.all()) == [initiative]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"title": {}}, RefusedError),
        ({"values": {"sdg_targets": ["twelve"]}}, RefusedError),
        ({"values": {"colour": "red"}}, KeyError),
        ({"related": {"friends": []}}, KeyError),
    ],
)
def test_create_refuses_what_cannot_be(given: dict[str, Any], error: type[Exception]) -> None:
    values = {"title": {"en": "A"}, "kind": "tool"} | given

    with pytest.raises(error):
        resources.create(network=make_network(), by=make_admin(), at=NOW, **values)


def test_create_refuses_strangers() -> None:
    with pytest.raises(NotAllowedError):
        resources.create(network=make_network(), title={"en": "A"}, kind="tool", by=make_user(), at=NOW)


def test_edit_by_an_organisation_that_made_it() -> None:
    owner = make_organisation()
    resource = make_resource(kind="tool")
    resource.organisations.add(owner)

    row = resources.edit(resource=resource, by=make_member(owner, "focal_point"), at=NOW, values={"kind": "dataset"})

    assert row is not None
    assert (row.before, row.after) == ({"kind": "tool"}, {"kind": "dataset"})


def test_edit_refuses_strangers() -> None:
    with pytest.raises(NotAllowedError):
        resources.edit(resource=make_resource(), by=make_user(), at=NOW, values={"kind": "dataset"})


def test_delete_and_restore() -> None:
    network = make_network()
    resource, steward = make_resource(network), make_steward(network)
    resources.delete(resource=resource, by=steward, at=NOW)
    gone = list(Resource.objects.visible_to(None))

    resources.restore(resource=resource, by=steward, at=NOW)

    assert (gone, list(Resource.objects.visible_to(None))) == ([], [resource])
