from __future__ import annotations

from collections.abc import Callable

from polyfolio.people.choices import GrantRole, Visibility
from tests.api.conftest import Caller
from tests.factories.network import make_body, make_organisation
from tests.factories.people import make_admin, make_member, make_steward
from tests.factories.portfolios import make_initiative, make_resource
from tests.factories.vocabulary import make_theme


def test_resource_is_added_changed_and_deleted(caller: Callable[..., Caller]) -> None:
    programme, theme, initiative = make_body(), make_theme(), make_initiative()
    network = programme.network
    call = caller(make_steward(network))
    body = {
        "title": {"en": "How to begin"},
        "kind": "guideline",
        "url": "https://example.org/begin.pdf",
        "countries": ["SE"],
        "sdg_targets": ["12.5"],
        "programmes": [programme.slug],
        "themes": [theme.slug],
        "initiatives": [initiative.slug],
    }

    added = call.post(f"/networks/{network.slug}/resources", body)
    changed = call.patch(added.body["href"], {"kind": "tool"})
    deleted = call.delete(added.body["href"])

    assert (added.status, added.body["slug"], added.body["programmes"][0]["slug"]) == (
        201,
        "how-to-begin",
        programme.slug,
    )
    assert (added.body["initiatives"][0]["slug"], added.body["sdg_targets"]) == (initiative.slug, ["12.5"])
    assert (changed.body["kind"], changed.body["title"], deleted.status) == ("tool", body["title"], 200)


def test_resource_that_is_not_right_is_refused(caller: Callable[..., Caller]) -> None:
    resource = make_resource()
    call = caller(make_admin())

    refused = [
        call.patch(f"/resources/{resource.slug}", body).body["detail"][0]["loc"]
        for body in ({"sdg_targets": ["zero"]}, {"title": {}}, {"organisations": ["nobody"]}, {"url": "nowhere"})
    ]

    assert refused == [["body", "sdg_targets"], ["body", "title"], ["body", "organisations", 0], ["body", "url"]]


def test_owners_whom_the_caller_does_not_see_stay(caller: Callable[..., Caller]) -> None:
    own, hidden = make_organisation(), make_organisation(visibility=Visibility.PRIVATE)
    resource = make_resource()
    resource.organisations.set([own, hidden])
    call = caller(make_member(own, GrantRole.FOCAL_POINT))

    changed = call.patch(f"/resources/{resource.slug}", {"organisations": [own.slug]})

    assert [each["slug"] for each in changed.body["organisations"]] == [own.slug]
    assert set(resource.organisations.all()) == {own, hidden}


def test_resources_are_narrowed(anybody: Caller) -> None:
    theme, organisation, initiative = make_theme(), make_organisation(), make_initiative()
    ours = make_resource(title={"en": "How to begin"}, kind="tool")
    ours.themes.add(theme)
    ours.organisations.add(organisation)
    ours.initiatives.add(initiative)
    make_resource()
    queries = (
        "q=begin",
        "kind=tool",
        f"theme={theme.slug}",
        f"organisation={organisation.slug}",
        f"initiative={initiative.slug}",
        f"network={ours.network.slug}",
    )

    found = {query: [each["slug"] for each in anybody.get(f"/resources?{query}").body["items"]] for query in queries}

    assert found == {query: [ours.slug] for query in queries}
