"""What the index holds of this room, who finds it, and when it is read again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from polyfolio.audit.actions import changes, records
from polyfolio.network.documents import Bodies, Networks, Organisations, Persons
from polyfolio.network.models import Organisation
from polyfolio.people.choices import Visibility
from polyfolio.search.models import SearchChange
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_member, make_steward, make_user
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_network():
    theme = make_theme(slug="waste-2")
    network = make_network(acronym="OH", intent={"en": "Less waste."})
    network.themes.set([theme])

    [document] = Networks().documents([network.pk])

    assert (document.kind, document.address, document.title, document.names, document.body) == (
        "network",
        f"/networks/{network.slug}/",
        network.title,
        ("OH",),
        {"en": "Less waste."},
    )
    assert document.facets == {"theme": ("waste-2",)}
    assert set(document.visible_to) == {"public", f"network-steward:{network.pk}"}


@pytest.mark.parametrize(("visibility", "expected"), [(Visibility.NETWORK, {"network"}), (Visibility.STEWARDS, set())])
def test_network_that_is_not_public(visibility, expected):
    network = make_network(visibility=visibility)

    [document] = Networks().documents([network.pk])

    assert set(document.visible_to) == {f"network-steward:{network.pk}"} | {f"{kind}:{network.pk}" for kind in expected}


def test_body():
    body = make_body(acronym="SPP", description={"en": "Buys well."})

    [document] = Bodies().documents([body.pk])

    assert (document.kind, document.names, document.facets, document.extra) == (
        "body",
        ("SPP",),
        {"type": ("programme",), "programme": (body.slug,)},
        {"network": body.network.label},
    )


def test_organisation():
    network = make_network()
    body = make_body(network)
    organisation = make_organisation(
        network,
        title={"en": "Works"},
        acronym="W",
        other_names=["Work Shops"],
        kind="company",
        country="VN",
        languages=["vi"],
        description={"en": "Mends."},
        drivers={"en": "Profit.", "fr": "Le profit."},
    )
    organisation.identifiers.create(scheme="ROR", value="05abc")
    organisation.places.create(name="Huế", country="VN")
    make_role(body, organisation=organisation)

    [document] = Organisations().documents([organisation.pk])

    assert document.names == ("W", "Work Shops", "05abc", "Huế")
    assert document.body == {"en": "Mends.\n\nProfit.", "fr": "Le profit."}
    assert document.facets == {
        "type": ("company",),
        "organisation_kind": ("company",),
        "country": ("VN",),
        "programme": (body.slug,),
        "language": ("vi",),
        "organisation": (organisation.slug,),
    }


@pytest.mark.parametrize("visibility", [grade for grade in Visibility if grade != Visibility.PORTFOLIO])
def test_tokens_say_the_same_as_the_database(visibility):
    network, author = make_network(), make_user()
    organisation = make_organisation(network, visibility=visibility, created_by=author)
    people = [
        None,
        author,
        make_user(),
        make_member(network),
        make_steward(network),
        make_steward(make_network()),
        make_member(organisation),
    ]

    [document] = Organisations().documents([organisation.pk])

    for user in people:
        tokens = user.access.tokens() if user is not None else {"public"}
        by_index = bool(set(tokens) & set(document.visible_to))
        by_database = Organisation.objects.visible_to(user).filter(pk=organisation.pk).exists()
        assert by_index == by_database


def test_person_who_agreed_to_be_named():
    works = make_organisation(title={"en": "Works"})
    secret = make_organisation(visibility=Visibility.PRIVATE)
    person = make_person(works, name="Ada", may_be_named=True, languages=["vi"])
    person.affiliations.create(organisation=secret)

    [document] = Persons().documents([person.pk])

    assert (document.title, document.names, document.visible_to, document.facets, document.extra) == (
        {"en": "Ada"},
        ("Works",),
        ("public",),
        {"organisation": (works.slug,), "language": ("vi",)},
        {"organisation": "Works"},
    )


def test_person_without_work_has_no_organisation():
    person = make_person(may_be_named=True)

    [document] = Persons().documents([person.pk])

    assert (document.extra, document.facets) == ({}, {})


def test_what_is_deleted_or_not_named_leaves_the_index():
    unnamed = make_person()
    gone = make_organisation(deleted_at=AT)
    body = make_body(make_network(deleted_at=AT))

    assert list(Persons().documents([unnamed.pk])) == []
    assert list(Organisations().documents([gone.pk])) == []
    assert list(Bodies().documents([body.pk])) == []
    assert list(Persons().all_ids()) == []
    assert list(Organisations().all_ids()) == []


@pytest.mark.parametrize("number", [1, 50])
def test_organisations_cost_the_same_for_one_and_fifty(django_assert_num_queries, number):
    network = make_network()
    body = make_body(network)
    ids = []
    for _each in range(number):
        organisation = make_organisation(network)
        make_role(body, organisation=organisation)
        ids.append(organisation.pk)

    with django_assert_num_queries(7):
        assert len(list(Organisations().documents(ids))) == number


def noted() -> set[tuple[str, int]]:
    return set(SearchChange.objects.values_list("kind", "object_id"))


def test_change_is_noted_with_what_names_it():
    network = make_network()
    body = make_body(network)
    organisation = make_organisation(network)
    person = make_person(organisation)
    role = make_role(body, organisation=organisation, person=person)

    records.change(records.lock(network), {"acronym": "X"}, by=None, at=AT)
    assert noted() == {("network", network.pk), ("body", body.pk)}

    SearchChange.objects.all().delete()
    records.change(records.lock(role), {"pledge": "x"}, by=None, at=AT)
    assert noted() == {("organisation", organisation.pk), ("person", person.pk)}

    SearchChange.objects.all().delete()
    records.change(records.lock(organisation), {"acronym": "X"}, by=None, at=AT)
    assert noted() == {("organisation", organisation.pk), ("person", person.pk)}


def test_other_records_are_not_noted():
    changes.write(record=make_user(), verb="user.change", by=None, at=AT)

    assert noted() == set()
