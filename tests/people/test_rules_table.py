"""Role × verb × visibility, as tables for the verbs of people and networks."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from polyfolio.lib.permissions import known_verbs
from polyfolio.network.choices import Capacity
from polyfolio.network.models import Body, Network, Organisation, Person, Role
from polyfolio.people import rules
from polyfolio.people.choices import GrantRole, Visibility
from polyfolio.people.models import Grant, Invitation, User
from polyfolio.people.rules import NotAllowedError, may, may_give, require, roles_to_give
from tests.factories.network import make_body, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_grant, make_member, make_steward, make_user

pytestmark = pytest.mark.django_db

PEOPLE = (
    "visitor",
    "somebody",
    "member",
    "reviewer",
    "network_editor",
    "network_desk",
    "network_steward",
    "other_steward",
    "body_steward",
    "focal_point",
    "organisation_editor",
    "organisation_member",
    "author",
    "person_themselves",
    "left_the_house",
    "admin",
)
EVERYBODY = set(PEOPLE)
SIGNED_IN = EVERYBODY - {"visitor", "left_the_house"}
STEWARDS = {"network_desk", "network_steward", "admin"}
EDITORS = STEWARDS | {"network_editor", "focal_point", "organisation_editor", "author"}
MEETING_STRANGERS = STEWARDS | {
    "network_editor",
    "other_steward",
    "body_steward",
    "focal_point",
    "organisation_editor",
}

# verb → (which record, who may)
TABLE: dict[str, tuple[str, set[str]]] = {
    "network.create_network": ("nothing", {"admin"}),
    "network.edit_network": ("network", STEWARDS),
    "network.delete_network": ("network", {"admin"}),
    "network.add_body": ("network", STEWARDS),
    "network.edit_body": ("body", STEWARDS | {"body_steward"}),
    "network.delete_body": ("body", STEWARDS | {"body_steward"}),
    "network.set_membership": ("network", STEWARDS),
    "network.create_organisation": ("nothing", MEETING_STRANGERS),
    "network.edit_organisation": ("organisation", EDITORS),
    "network.delete_organisation": ("organisation", STEWARDS),
    "network.merge_organisation": ("organisation", STEWARDS),
    "network.create_person": ("nothing", MEETING_STRANGERS),
    "network.edit_person": (
        "person",
        STEWARDS | {"focal_point", "organisation_editor", "author", "person_themselves"},
    ),
    "network.delete_person": ("person", STEWARDS | {"author", "person_themselves"}),
    "network.see_contact": (
        "person",
        STEWARDS | {"focal_point", "organisation_editor", "author", "person_themselves"},
    ),
    "network.appoint": ("body", STEWARDS | {"body_steward"}),
    "people.administer": ("nothing", {"admin"}),
    "people.manage_account": ("account", {"person_themselves", "admin"}),
    "people.see_roles": ("organisation", STEWARDS | {"focal_point"}),
    "people.take_back_role": ("grant", STEWARDS | {"person_themselves"}),
    "people.give_admin": ("network", {"admin"}),
    "people.give_steward": ("network", STEWARDS),
    "people.give_desk": ("network", STEWARDS),
    "people.give_focal_point": ("organisation", STEWARDS),
    "people.give_reviewer": ("network", STEWARDS),
    "people.give_editor": ("organisation", STEWARDS | {"focal_point"}),
    "people.give_member": ("organisation", STEWARDS | {"focal_point"}),
}

# Who sees an organisation of the network, by its visibility.
SEEN: dict[str, set[str]] = {
    Visibility.PUBLIC: EVERYBODY,
    Visibility.NETWORK: (STEWARDS | {"member", "reviewer", "network_editor", "author"})
    | {"focal_point", "organisation_editor", "organisation_member"},
    Visibility.STEWARDS: STEWARDS | {"author", "focal_point", "organisation_editor", "organisation_member"},
    Visibility.PRIVATE: {"admin", "author", "focal_point", "organisation_editor", "organisation_member"},
}


@pytest.fixture
def place() -> dict[str, Any]:
    """A network with a body, an organisation, a person at work there, and somebody of every kind."""
    network = make_network()
    body = make_body(network)
    author, themselves = make_user(), make_user()
    organisation = make_organisation(network, created_by=author)
    person = make_person(organisation, created_by=author, user=themselves)
    grant = make_grant(themselves, GrantRole.MEMBER, network)
    Grant.objects.filter(pk=grant.pk).update(user=themselves)
    people: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "somebody": make_user(),
        "member": make_member(network),
        "reviewer": make_member(network, GrantRole.REVIEWER),
        "network_editor": make_member(network, GrantRole.EDITOR),
        "network_desk": make_member(network, GrantRole.DESK),
        "network_steward": make_steward(network),
        "other_steward": make_steward(make_network()),
        "body_steward": make_steward(body),
        "focal_point": make_member(organisation, GrantRole.FOCAL_POINT),
        "organisation_editor": make_member(organisation, GrantRole.EDITOR),
        "organisation_member": make_member(organisation),
        "author": author,
        "person_themselves": themselves,
        "left_the_house": make_steward(network, is_active=False),
        "admin": make_admin(),
    }
    return {
        "nothing": None,
        "network": network,
        "body": body,
        "organisation": organisation,
        "person": person,
        "account": themselves,
        "grant": grant,
        "people": people,
    }


@pytest.mark.parametrize("verb", sorted(TABLE))
def test_who_may(place, verb):
    record, expected = TABLE[verb]

    allowed = {name for name, user in place["people"].items() if may(user, verb, place[record])}

    assert allowed == expected


def test_table_holds_every_verb_of_these_rooms():
    assert sorted(TABLE) == [verb for verb in known_verbs() if verb.partition(".")[0] in {"network", "people"}]


@pytest.mark.parametrize("visibility", sorted(SEEN))
def test_who_sees_an_organisation(place, visibility):
    Organisation.objects.filter(pk=place["organisation"].pk).update(visibility=visibility)

    seeing = {
        name
        for name, user in place["people"].items()
        if Organisation.objects.visible_to(user).filter(pk=place["organisation"].pk).exists()
    }

    expected = SEEN[visibility] | ({"person_themselves"} if visibility == Visibility.NETWORK else set())
    assert seeing == expected


@pytest.mark.parametrize("visibility", sorted(SEEN))
@pytest.mark.parametrize("verb", ["network.edit_organisation", "network.delete_organisation"])
def test_who_sees_and_may(place, verb, visibility):
    """A page asks both: what a person does not see they cannot change, whatever the rule says."""
    Organisation.objects.filter(pk=place["organisation"].pk).update(visibility=visibility)

    able = {
        name
        for name, user in place["people"].items()
        if Organisation.objects.visible_to(user).filter(pk=place["organisation"].pk).exists()
        and may(user, verb, place["organisation"])
    }

    assert able == TABLE[verb][1] & SEEN[visibility]


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        (Visibility.PUBLIC, EVERYBODY),
        (Visibility.NETWORK, STEWARDS | {"member", "reviewer", "network_editor", "person_themselves"}),
        (Visibility.STEWARDS, STEWARDS),
    ],
)
@pytest.mark.parametrize("model", [Network, Body])
def test_who_sees_a_network_and_its_bodies(place, model, visibility, expected):
    Network.objects.filter(pk=place["network"].pk).update(visibility=visibility)
    record = place["network"] if model is Network else place["body"]

    seeing = {
        name for name, user in place["people"].items() if model.objects.visible_to(user).filter(pk=record.pk).exists()
    }

    assert seeing == expected


@pytest.mark.parametrize(
    ("may_be_named", "expected"),
    [
        (True, EVERYBODY),
        (
            False,
            STEWARDS | {"focal_point", "organisation_editor", "organisation_member", "author", "person_themselves"},
        ),
    ],
)
def test_who_sees_a_person_and_their_role(place, may_be_named, expected):
    Person.objects.filter(pk=place["person"].pk).update(may_be_named=may_be_named)
    role = make_role(place["body"], person=place["person"], capacity=Capacity.LEAD)

    def seeing(model: Any, pk: int) -> set[str]:
        return {name for name, user in place["people"].items() if model.objects.visible_to(user).filter(pk=pk).exists()}

    assert seeing(Person, place["person"].pk) == expected
    assert seeing(Role, role.pk) == expected


def test_address_is_shown_to_whom_they_agreed(place):
    Person.objects.filter(pk=place["person"].pk).update(may_be_contacted=True)
    person = Person.objects.get(pk=place["person"].pk)

    seeing = {name for name, user in place["people"].items() if may(user, "network.see_contact", person)}

    assert seeing == SIGNED_IN


def test_organisation_of_no_network_is_its_authors():
    author = make_user()
    organisation = make_organisation(created_by=author)

    assert may(author, "network.delete_organisation", organisation)
    assert not may(make_user(), "network.delete_organisation", organisation)


def test_organisation_of_two_networks_is_deleted_only_by_who_stewards_both():
    one, two = make_network(), make_network()
    organisation = make_organisation(one)
    organisation.memberships.create(network=two)
    steward = make_steward(one)

    assert not may(steward, "network.delete_organisation", organisation)

    make_grant(steward, GrantRole.STEWARD, two)
    assert may(steward, "network.delete_organisation", organisation)


def test_installations_administrator_is_one_by_grant():
    user = make_user()
    make_grant(user, GrantRole.ADMIN)

    assert may(user, "people.administer")


def test_unknown_verb_is_a_mistake_and_not_a_no():
    with pytest.raises(KeyError, match="praise"):
        may(make_admin(), "network.praise")


def test_require_names_the_verb():
    with pytest.raises(NotAllowedError, match="create_network"):
        require(make_user(), "network.create_network")


def test_roles_to_give(place):
    network, people = place["network"], place["people"]

    assert roles_to_give(people["network_steward"], network) == [role for role in GrantRole if role != GrantRole.ADMIN]
    assert roles_to_give(people["focal_point"], place["organisation"]) == [GrantRole.EDITOR, GrantRole.MEMBER]
    assert roles_to_give(people["member"], network) == []
    assert not may_give(people["network_steward"], GrantRole.STEWARD, None)


def test_invitation_is_taken_back_by_who_might_have_sent_it(place):
    invitation = Invitation(
        email="x@example.org",
        role=GrantRole.MEMBER,
        scope_type="network",
        scope_id=place["network"].pk,
        expires_at=timezone.now(),
    )

    allowed = {name for name, user in place["people"].items() if rules.may(user, "people.take_back_role", invitation)}

    assert allowed == STEWARDS


def test_account_that_left_sees_what_is_public():
    user: User = make_admin(is_active=False)

    assert not may(user, "people.administer")
