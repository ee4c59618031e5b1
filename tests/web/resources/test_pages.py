"""A resource's pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from polyfolio.portfolios.models import Resource
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_steward, make_user
from tests.factories.portfolios import make_initiative, make_resource

pytestmark = pytest.mark.django_db


def given(**values: Any) -> dict[str, Any]:
    rows = ("organisations", "initiatives")
    management = {f"{name}-TOTAL_FORMS": 0 for name in rows} | {f"{name}-INITIAL_FORMS": 0 for name in rows}
    return management | {"kind": "tool", "visibility": "public"} | values


def test_visitor_reads_it(client: Client) -> None:
    resource = make_resource(title={"en": "Repair price book"}, countries=["KE"], sdg_targets=["12.5"])

    page = client.get(f"/resources/{resource.slug}/").content.decode()

    assert "Repair price book" in page
    assert "Kenya" in page


def test_steward_records_one_with_its_makers(client: Client) -> None:
    network = make_network()
    maker, origin = make_organisation(network), make_initiative(network)
    client.force_login(make_steward(network))

    client.post(
        f"/networks/{network.slug}/resources/new/",
        given(
            title__en="Price book",
            **{
                "organisations-TOTAL_FORMS": 1,
                "organisations-0-organisation": f"{maker} [{maker.slug}]",
                "initiatives-TOTAL_FORMS": 1,
                "initiatives-0-initiative": f"{origin} [{origin.slug}]",
            },
        ),
    )

    made = Resource.objects.get()
    assert (made.title, list(made.organisations.all()), list(made.initiatives.all())) == (
        {"en": "Price book"},
        [maker],
        [origin],
    )


def test_editing_keeps_what_the_editor_does_not_see(client: Client) -> None:
    network = make_network()
    hidden = make_initiative(make_network(), visibility="private")
    resource = make_resource(network)
    resource.initiatives.add(hidden)
    client.force_login(make_steward(network))

    answer = client.post(f"/resources/{resource.slug}/edit/", given(title__en="New title"))

    assert answer.status_code == 302
    assert Resource.objects.get().title == {"en": "New title"}
    assert list(resource.initiatives.all()) == [hidden]


def test_unknown_maker_is_named_and_nothing_typed_is_lost(client: Client) -> None:
    network = make_network()
    client.force_login(make_steward(network))
    rows = {"organisations-TOTAL_FORMS": 1, "organisations-0-organisation": "Nobody at all"}

    answer = client.post(f"/networks/{network.slug}/resources/new/", given(title__en="Price book", **rows))

    assert answer.status_code == 422
    assert "Price book" in answer.content.decode()
    assert "Nothing by this name is recorded" in answer.content.decode()


def test_delete_takes_it_out_of_lists(client: Client) -> None:
    network = make_network()
    resource = make_resource(network)
    client.force_login(make_steward(network))

    client.post(f"/resources/{resource.slug}/delete/")

    assert client.get(f"/resources/{resource.slug}/").status_code == 404


@pytest.mark.parametrize("path", ["edit/", "delete/"])
def test_stranger_may_change_nothing(path: str, client: Client) -> None:
    resource = make_resource()
    client.force_login(make_user())

    assert client.post(f"/resources/{resource.slug}/{path}").status_code == 403
