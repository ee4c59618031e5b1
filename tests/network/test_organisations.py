from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import subscribe, unsubscribe
from polyfolio.lib.refusals import MovedError, RefusedError
from polyfolio.network.actions import organisations
from polyfolio.network.choices import MembershipState
from polyfolio.network.events import OrganisationRenamed
from polyfolio.network.models import Membership, Organisation
from polyfolio.network.queries import organisations as queries
from polyfolio.people.choices import GrantRole, Visibility
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_body, make_membership, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
ROR = {"scheme": "ROR", "value": "05abc"}
HUE = {"name": "Huế", "country": "VN", "region": "", "latitude": 16.46, "longitude": 107.59}


@pytest.fixture
def heard():
    events: list[OrganisationRenamed] = []
    subscribe(OrganisationRenamed, events.append)
    yield events
    unsubscribe(OrganisationRenamed, events.append)


def test_create():
    network, theme = make_network(), make_theme()
    steward = make_steward(network)

    made = organisations.create(
        title={"en": "Huế Works"},
        acronym="HW",
        country="VN",
        website="https://www.hue.example/about",
        themes=[theme],
        identifiers=[ROR],
        places=[HUE],
        member_of=network,
        by=steward,
        at=AT,
    )

    assert (made.slug, made.label, made.name_key, made.other_keys, made.website_domain) == (
        "hue-works",
        "Huế Works",
        "hue works",
        "|hue works|hw|",
        "hue.example",
    )
    assert list(made.identifiers.values("scheme", "value")) == [ROR]
    assert list(made.places.values(*HUE)) == [HUE]
    assert list(made.memberships.values_list("network", "state")) == [(network.pk, "active")]
    assert list(AuditRecord.objects.values_list("verb", flat=True)) == [
        "organisation.create",
        "organisation.membership",
    ]


def test_create_without_network_by_a_focal_point():
    user = make_member(make_organisation(), GrantRole.FOCAL_POINT)

    made = organisations.create(title={"en": "New"}, kind="informal_group", by=user, at=AT)

    assert (made.slug, made.created_by) == ("new-2", user)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": {}}, "title"),
        ({"identifiers": [ROR, ROR]}, "identifiers"),
    ],
)
def test_create_refuses(more, field):
    with pytest.raises(RefusedError) as refusal:
        organisations.create(**({"title": {"en": "x"}, "by": make_admin(), "at": AT} | more))

    assert refusal.value.field == field
    assert not Organisation.objects.exists()


def test_create_refuses_an_identifier_of_another():
    make_organisation(title={"en": "Works"}).identifiers.create(**ROR)

    with pytest.raises(RefusedError, match="Works"):
        organisations.create(title={"en": "x"}, identifiers=[ROR], by=make_admin(), at=AT)


def test_create_refuses_wrong_values():
    with pytest.raises(ValidationError):
        organisations.create(title={"en": "x"}, sector="dragons", by=make_admin(), at=AT)


def test_create_is_refused_to_those_who_may_not():
    network = make_network()

    with pytest.raises(NotAllowedError):
        organisations.create(title={"en": "x"}, by=make_user(), at=AT)
    with pytest.raises(NotAllowedError):
        organisations.create(title={"en": "x"}, member_of=network, by=make_member(network, GrantRole.EDITOR), at=AT)


def test_edit_changes_and_tells(heard, django_capture_on_commit_callbacks):
    organisation, parent = make_organisation(title={"en": "Old"}), make_organisation()
    organisation.identifiers.create(**ROR)

    with django_capture_on_commit_callbacks(execute=True):
        row = organisations.edit(
            organisation=organisation,
            values={"title": {"en": "New"}, "parent": parent},
            parts={"identifiers": [], "places": [HUE]},
            themes=[],
            by=make_admin(),
            at=AT,
            reason="renamed by decree",
        )

    assert row is not None
    assert set(row.after) == {"title", "parent", "identifiers", "places"}
    assert heard == [OrganisationRenamed(organisation.pk)]


def test_edit_of_nothing(heard, django_capture_on_commit_callbacks):
    organisation = make_organisation()

    with django_capture_on_commit_callbacks(execute=True):
        row = organisations.edit(organisation=organisation, values={"acronym": ""}, by=make_admin(), at=AT)

    assert (row, heard) == (None, [])


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_edit_refuses_rings(field):
    top = make_organisation()
    middle = make_organisation(**{field: top})
    bottom = make_organisation(**{field: middle})

    for other in (top, bottom):
        with pytest.raises(RefusedError) as refusal:
            organisations.edit(organisation=top, values={field: other}, by=make_admin(), at=AT)
        assert refusal.value.field == field


def test_edit_refuses():
    organisation, admin = make_organisation(), make_admin()
    make_organisation().identifiers.create(**ROR)

    with pytest.raises(NotAllowedError):
        organisations.edit(organisation=organisation, values={}, by=make_user(), at=AT)
    with pytest.raises(RefusedError):
        organisations.edit(organisation=organisation, values={"title": {}}, by=admin, at=AT)
    with pytest.raises(RefusedError):
        organisations.edit(organisation=organisation, values={}, parts={"identifiers": [ROR]}, by=admin, at=AT)


def test_edit_keeps_its_own_identifier():
    organisation = make_organisation()
    organisation.identifiers.create(**ROR)

    row = organisations.edit(organisation=organisation, values={}, parts={"identifiers": [ROR]}, by=make_admin(), at=AT)

    assert row is None


def test_delete():
    network = make_network()
    organisation = make_organisation(network)

    row = organisations.delete(organisation=organisation, by=make_steward(network), at=AT, reason="double")

    assert (row.verb, row.reason) == ("organisation.delete", "double")
    with pytest.raises(NotAllowedError):
        organisations.delete(organisation=organisation, by=make_user(), at=AT)


def test_membership_begins_changes_and_stays_in_the_history():
    network, organisation = make_network(title={"en": "Hub"}), make_organisation()
    steward = make_steward(network)
    organisations.set_membership(network=network, organisation=organisation, by=steward, at=AT)

    membership = organisations.set_membership(
        network=network,
        organisation=organisation,
        state=MembershipState.WITHDRAWN,
        joined_on=date(2020, 1, 1),
        left_on=date(2026, 1, 1),
        reason="moved away",
        by=steward,
        at=AT,
    )
    organisations.set_membership(
        network=network,
        organisation=organisation,
        state=MembershipState.WITHDRAWN,
        joined_on=date(2020, 1, 1),
        left_on=date(2026, 1, 1),
        by=steward,
        at=AT,
    )

    assert Membership.objects.get() == membership
    assert list(AuditRecord.objects.values_list("before", "after", "reason")) == [
        ({"membership: Hub": ""}, {"membership: Hub": "active"}, ""),
        ({"membership: Hub": "active"}, {"membership: Hub": "withdrawn · 2020-01-01 · 2026-01-01"}, "moved away"),
    ]


def test_membership_refuses():
    network, organisation = make_network(), make_organisation()

    with pytest.raises(NotAllowedError):
        organisations.set_membership(network=network, organisation=organisation, by=make_user(), at=AT)
    with pytest.raises(RefusedError) as refusal:
        organisations.set_membership(
            network=network,
            organisation=organisation,
            joined_on=date(2026, 1, 1),
            left_on=date(2025, 1, 1),
            by=make_admin(),
            at=AT,
        )
    assert refusal.value.field == "left_on"


def test_membership_entered_by_mistake_is_taken_out():
    network = make_network()
    organisation = make_organisation(network)
    membership = organisation.memberships.get()

    with pytest.raises(NotAllowedError):
        organisations.end_membership(membership=membership, by=make_user(), at=AT)
    organisations.end_membership(membership=membership, by=make_steward(network), at=AT)

    assert not Membership.objects.exists()
    assert AuditRecord.objects.get().after == {f"membership: {network}": ""}


def test_find_follows_merges():
    kept = make_organisation()
    middle = make_organisation(merged_into=kept, deleted_at=AT)
    first = make_organisation(merged_into=middle, deleted_at=AT)

    assert queries.find(None, kept.slug) == kept
    for moved in (first, middle):
        with pytest.raises(MovedError) as found:
            queries.find(None, moved.slug)
        assert found.value.record == kept


def test_find_hides_what_is_not_seen():
    hidden = make_organisation(visibility=Visibility.PRIVATE)
    deleted = make_organisation(deleted_at=AT)
    moved = make_organisation(merged_into=hidden, deleted_at=AT)
    to_nowhere = make_organisation(merged_into=deleted, deleted_at=AT)

    for slug in (hidden.slug, deleted.slug, moved.slug, to_nowhere.slug, "nobody"):
        with pytest.raises(Organisation.DoesNotExist):
            queries.find(None, slug)
    assert queries.deleted(deleted.slug) == deleted


def test_named_finds_by_any_name():
    found = make_organisation(title={"en": "Ministry of Water"}, other_names=["Bộ Nước"], acronym="MW")
    make_organisation(title={"en": "Ministry of Fire"})

    for words in ("water min", "nuoc", "mw"):
        assert list(queries.named(None, words)) == [found]


def test_roles_and_ids():
    network = make_network()
    organisation, hidden = make_organisation(network), make_organisation(visibility=Visibility.PRIVATE)
    body = make_body(network)
    role = make_role(body, organisation=organisation)
    make_role(body, organisation=organisation, person=make_person())

    assert list(queries.roles_of(None, organisation)) == [role]
    assert queries.by_ids(None, [organisation.pk, hidden.pk]) == {organisation.pk: organisation}


def test_one_membership_per_network_is_the_databases_own_rule():
    network, organisation = make_network(), make_organisation()
    make_membership(network, organisation)

    assert str(organisation.memberships.get()) == f"{organisation} in {network}"
