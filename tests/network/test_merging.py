"""Two records of one organisation become one, with every link."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.events import subscribe, unsubscribe
from polyfolio.lib.refusals import MovedError, RefusedError
from polyfolio.network.actions import merging
from polyfolio.network.events import OrganisationMerged
from polyfolio.network.models import Membership, Organisation
from polyfolio.network.queries import organisations
from polyfolio.people.choices import GrantRole
from polyfolio.people.models import Grant, Invitation
from polyfolio.people.rules import NotAllowedError
from tests.factories.network import make_body, make_membership, make_network, make_organisation, make_person, make_role
from tests.factories.people import make_admin, make_grant, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_participation
from tests.factories.vocabulary import make_theme

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def admin():
    return make_admin()


def fresh(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


def test_every_table_that_points_to_organisations_is_walked():
    found = {f"{field.model._meta.label}.{field.name}" for field in merging.links_to(Organisation)}

    expected = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if getattr(field, "concrete", False)
        and not field.many_to_many
        and field.is_relation
        and field.related_model is Organisation
    }
    assert found == expected
    assert {"network.Membership.organisation", "portfolios.Participation.organisation"} < found
    assert "network.Organisation_themes.organisation" in found


def test_merge_moves_every_link(admin):
    network = make_network()
    kept, merged = make_organisation(), make_organisation(network)
    person = make_person(merged)
    role = make_role(make_body(network), organisation=merged)
    child, heir = make_organisation(parent=merged), make_organisation(successor=merged)
    theme = make_theme()
    merged.themes.set([theme])
    merged.identifiers.create(scheme="ROR", value="1")
    merged.places.create(name="Huế")
    initiative = make_initiative(network, owners=[merged])

    row = merging.merge(kept=kept, merged=merged, by=admin, at=AT, reason="same")

    kept = fresh(kept)
    assert [each.network for each in kept.memberships.all()] == [network]
    assert [each.person for each in kept.affiliations.all()] == [person]
    assert list(kept.roles.all()) == [role]
    assert list(kept.children.all()) == [child]
    assert list(kept.predecessors.all()) == [heir]
    assert list(kept.themes.all()) == [theme]
    assert kept.identifiers.count() == kept.places.count() == 1
    assert [each.initiative for each in kept.participations.all()] == [initiative]
    assert (row.verb, row.subject_id, row.reason) == ("organisation.merge", kept.pk, "same")
    assert row.after["merged"]["id"] == merged.pk
    assert row.after["moved"]["memberships"] == 1


def test_merge_leaves_the_old_address_redirecting(admin):
    kept, merged = make_organisation(), make_organisation()
    earlier = make_organisation(merged_into=merged, deleted_at=AT)

    merging.merge(kept=kept, merged=merged, by=admin, at=AT)

    for slug in (merged.slug, earlier.slug):
        with pytest.raises(MovedError) as moved:
            organisations.find(None, slug)
        assert moved.value.record == kept
    assert (fresh(merged).merged_into, fresh(merged).deleted_at) == (kept, AT)
    assert fresh(earlier).merged_into == kept


def test_merge_drops_links_that_both_had(admin):
    network = make_network()
    kept, merged = make_organisation(network), make_organisation(network)
    only = make_membership(make_network(), merged)
    initiative = make_initiative(network)
    for each in (kept, merged):
        make_participation(initiative, each)
    shared = make_theme()
    kept.themes.set([shared])
    merged.themes.set([shared])

    merging.merge(kept=kept, merged=merged, by=admin, at=AT)

    assert set(fresh(kept).memberships.values_list("network", flat=True)) == {network.pk, only.network_id}
    assert Membership.objects.count() == 2
    assert initiative.participations.count() == 1
    assert list(fresh(kept).themes.all()) == [shared]


def test_merge_fills_what_is_open_and_keeps_both_names(admin):
    kept = make_organisation(title={"en": "Works"}, country="VN", other_names=["The Works"], languages=["vi"])
    merged = make_organisation(
        title={"en": "Work Shops", "fr": "Ateliers"},
        country="LA",
        acronym="WS",
        website="https://ws.example",
        description={"en": "Mends things."},
        other_names=["Works"],
        languages=["en", "vi"],
    )

    merging.merge(kept=kept, merged=merged, by=admin, at=AT)

    found = fresh(kept)
    assert (found.country, found.acronym, found.website, found.description, found.languages) == (
        "VN",
        "WS",
        "https://ws.example",
        {"en": "Mends things."},
        ["vi", "en"],
    )
    assert found.title == {"en": "Works", "fr": "Ateliers"}
    assert found.other_names == ["The Works", "Work Shops"]


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_merge_makes_nobody_their_own(admin, field):
    top = make_organisation()
    kept = make_organisation()
    merged = make_organisation(**{field: kept})
    Organisation.objects.filter(pk=kept.pk).update(**{field: top})
    Organisation.objects.filter(pk=top.pk).update(**{field: merged})

    merging.merge(kept=fresh(kept), merged=fresh(merged), by=admin, at=AT)

    assert getattr(fresh(kept), field) is None
    assert getattr(fresh(top), field) == kept


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_merge_into_ones_own_child(admin, field):
    grand = make_organisation()
    merged = make_organisation(**{field: grand})
    kept = make_organisation(**{field: merged})

    merging.merge(kept=kept, merged=merged, by=admin, at=AT)

    assert getattr(fresh(kept), field) == grand


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_merge_takes_over_relatives(admin, field):
    other = make_organisation()
    kept, merged = make_organisation(), make_organisation(**{field: other})

    merging.merge(kept=kept, merged=merged, by=admin, at=AT)

    assert getattr(fresh(kept), field) == other


def test_merge_brings_roles_invitations_and_files(admin):
    kept, merged = make_organisation(), make_organisation()
    both, one = make_user(), make_user()
    make_grant(both, GrantRole.EDITOR, kept)
    make_grant(both, GrantRole.EDITOR, merged)
    make_grant(one, GrantRole.EDITOR, merged)
    Invitation.objects.create(
        email="a@example.org",
        role=GrantRole.EDITOR,
        scope_type="organisation",
        scope_id=merged.pk,
        digest="x",
        expires_at=AT,
    )
    attachment = apps.get_model("files", "Attachment").objects.create(
        subject_type="organisation", subject_id=merged.pk, file="x", name="x", content_type="x", size=1, sha256="x"
    )

    merging.merge(kept=kept, merged=merged, by=admin, at=AT)

    assert set(Grant.objects.values_list("user", "scope_id")) == {(both.pk, kept.pk), (one.pk, kept.pk)}
    assert Invitation.objects.get().scope_id == kept.pk
    attachment.refresh_from_db()
    assert attachment.subject_id == kept.pk


def test_merge_tells(admin, django_capture_on_commit_callbacks):
    kept, merged = make_organisation(), make_organisation()
    events: list[OrganisationMerged] = []
    subscribe(OrganisationMerged, events.append)

    with django_capture_on_commit_callbacks(execute=True):
        merging.merge(kept=kept, merged=merged, by=admin, at=AT)

    unsubscribe(OrganisationMerged, events.append)
    assert events == [OrganisationMerged(kept.pk, merged.pk)]
    assert set(AuditRecord.objects.values_list("verb", "subject_id")) == {
        ("organisation.merged_into", merged.pk),
        ("organisation.merge", kept.pk),
    }


def test_merge_refuses(admin):
    kept, merged, deleted = make_organisation(), make_organisation(), make_organisation(deleted_at=AT)

    with pytest.raises(RefusedError, match="different"):
        merging.merge(kept=kept, merged=kept, by=admin, at=AT)
    with pytest.raises(RefusedError, match="deleted"):
        merging.merge(kept=kept, merged=deleted, by=admin, at=AT)
    with pytest.raises(NotAllowedError):
        merging.merge(kept=kept, merged=merged, by=make_user(), at=AT)


def test_merge_asks_for_both(admin):
    network = make_network()
    steward = make_steward(network)
    own, strange = make_organisation(network), make_organisation(make_network())

    for kept, merged in ((own, strange), (strange, own)):
        with pytest.raises(NotAllowedError):
            merging.merge(kept=kept, merged=merged, by=steward, at=AT)
