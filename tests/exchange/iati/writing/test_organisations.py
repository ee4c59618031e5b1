"""Organisations are known by identifier; a name alone never makes two records one."""

from __future__ import annotations

import pytest

from polyfolio.exchange.models import OrganisationMatch, SourceName
from polyfolio.network.models import Network, Organisation, OrganisationIdentifier
from polyfolio.people.choices import Visibility
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW, counts, import_file, rows, the_initiative
from tests.factories.network import make_membership, make_network, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return make_network()


def taking_part(*organisations: str, identifier: str = "A") -> str:
    """An activity in which these take part: `reference name`, the reference blank where it begins with a space."""
    inner = COMPLETE
    for each in organisations:
        ref, _, name = each.partition(" ")
        written = f'ref="{ref}"' if ref else ""
        inner += f'<participating-org {written} role="4" type="22"><narrative>{name}</narrative></participating-org>'
    return file_of(activity(inner, identifier))


def labels() -> list[str]:
    return rows(Organisation.objects.kept(), "label")


def test_identifier_finds_an_organisation_under_any_name(network: Network) -> None:
    known = make_organisation(title={"en": "Known"})
    OrganisationIdentifier.objects.create(organisation=known, scheme="GB-COH", value="77")

    import_file(taking_part("GB-COH-77 Called_otherwise"), network=network)

    known.refresh_from_db()
    assert known.participations.count() == 1
    assert known.other_names == ["Called_otherwise"]


def test_identifier_without_a_known_list_is_kept_whole(network: Network) -> None:
    import_file(taking_part("12345 Numbered"), network=network)

    assert OrganisationIdentifier.objects.filter(scheme="iati", value="12345").exists()


def test_name_alone_makes_one_record_a_network(network: Network) -> None:
    import_file(taking_part(" Río Claro S.A."), network=network)

    import_file(taking_part(" RIO CLARO", identifier="B"), network=network)

    assert labels() == ["Reporter", "Partner", "Río Claro S.A."]
    assert SourceName.objects.get().key == "rio claro"


def test_name_in_another_network_is_another_record(network: Network) -> None:
    import_file(taking_part(" Río Claro"), network=network)

    import_file(taking_part(" Río Claro"))

    assert labels().count("Río Claro") == 2


def test_look_alike_is_proposed_and_not_made(network: Network) -> None:
    known = make_organisation(title={"en": "Rio Claro"})

    import_file(taking_part(" Río Claro"), network=network)

    match = OrganisationMatch.objects.get()
    assert (match.candidate, match.provisional.label, match.reason) == (known, "Río Claro", "name")
    assert known.participations.count() == 0


def test_look_alike_by_another_name_is_proposed(network: Network) -> None:
    known = make_organisation(title={"en": "Somebody"}, other_names=["Rio Claro"])

    import_file(taking_part("GB-COH-9 Río_Claro".replace("_", " ")), network=network)

    match = OrganisationMatch.objects.get()
    assert (match.candidate, match.reason) == (known, "other_name")


def test_look_alike_that_is_hidden_is_not_proposed(network: Network) -> None:
    make_organisation(title={"en": "Rio Claro"}, visibility=Visibility.STEWARDS)

    import_file(taking_part(" Río Claro"), network=network)

    assert OrganisationMatch.objects.count() == 0


def test_merged_organisation_is_the_one_it_became(network: Network) -> None:
    import_file(taking_part(" Río Claro"), network=network)
    new = make_organisation(title={"en": "New"})
    Organisation.objects.filter(label="Río Claro").update(merged_into=new, deleted_at=NOW)

    import_file(taking_part(" Río Claro", identifier="B"), network=network)

    assert "New" in rows(the_initiative(identifiers__value="B").participations, "organisation__label")


def test_deleted_organisation_comes_back_when_a_source_names_it(network: Network) -> None:
    import_file(taking_part("GB-COH-7 Back"), network=network)
    Organisation.objects.filter(label="Back").update(deleted_at=NOW)

    import_file(taking_part("GB-COH-7 Back", identifier="B"), network=network)

    assert "Back" in labels()


def test_reference_alone_is_a_name_until_a_better_one_comes(network: Network) -> None:
    import_file(taking_part("GB-COH-7 "), network=network)
    assert labels()[-1] == "GB-COH-7"

    import_file(taking_part("GB-COH-7 Seven", identifier="B"), network=network)

    assert labels()[-1] == "Seven"


def test_partner_of_another_network_is_not_taught(network: Network) -> None:
    known = make_organisation(title={"en": "Known"})
    make_membership(make_network(), known)
    OrganisationIdentifier.objects.create(organisation=known, scheme="GB-COH", value="77")

    import_file(taking_part("GB-COH-77 Otherwise"), network=network)

    known.refresh_from_db()
    assert (known.other_names, known.kind) == ([], "")


def test_open_kind_is_filled_from_the_source(network: Network) -> None:
    known = make_organisation(title={"en": "Known"})
    OrganisationIdentifier.objects.create(organisation=known, scheme="GB-COH", value="77")

    import_file(taking_part("GB-COH-77 Known"), network=network)

    known.refresh_from_db()
    assert (known.kind, known.sector, known.level) == ("ngo", "civil_society", "national")


def test_two_keys_of_one_organisation_are_one_participation(network: Network) -> None:
    import_file(taking_part(" Río Claro"), network=network)
    known = make_organisation(title={"en": "Known"})
    OrganisationIdentifier.objects.create(organisation=known, scheme="GB-COH", value="77")
    SourceName.objects.update(organisation=known)

    run = import_file(taking_part("GB-COH-77 Known", " Río Claro", identifier="B"), network=network)

    assert counts(run) == (1, 0, 0, 0)
    assert rows(the_initiative(identifiers__value="B").participations, "role").count("implementing") == 1
