"""A person says whether two organisations are one."""

from __future__ import annotations

import pytest

from polyfolio.exchange.actions import matches
from polyfolio.exchange.choices import MatchState
from polyfolio.exchange.models import OrganisationMatch
from polyfolio.network.models import Network, Organisation
from polyfolio.people.rules import NotAllowedError
from tests.exchange.iati.files import COMPLETE, activity, file_of
from tests.exchange.running import NOW, import_file, rows, the_initiative
from tests.factories.network import make_membership, make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward

pytestmark = pytest.mark.django_db

NAMED = COMPLETE + '<participating-org role="4"><narrative>Río Claro</narrative></participating-org>'


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def match(network: Network) -> OrganisationMatch:
    make_organisation(title={"en": "Rio Claro"})
    import_file(file_of(activity(NAMED, "A")), network=network)
    return OrganisationMatch.objects.get()


def test_accept_makes_them_one_for_later_imports_too(match: OrganisationMatch, network: Network) -> None:
    known = match.candidate

    matches.accept(match=match, by=make_admin(), at=NOW)
    import_file(file_of(activity(NAMED, "B")), network=network)

    assert OrganisationMatch.objects.count() == 0
    assert rows(the_initiative(identifiers__value="A").participations, "organisation")[-1] == known.pk
    assert rows(the_initiative(identifiers__value="B").participations, "organisation")[-1] == known.pk


def test_reject_is_remembered(match: OrganisationMatch, network: Network) -> None:
    by = make_admin()

    matches.reject(match=match, by=by, at=NOW)
    import_file(file_of(activity(NAMED, "B")), network=network)

    match.refresh_from_db()
    assert OrganisationMatch.objects.count() == 1
    assert (match.state, match.decided_by, match.decided_at) == (MatchState.REJECTED, by, NOW)


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_deciding_is_the_stewards(match: OrganisationMatch, network: Network, verb: str) -> None:
    with pytest.raises(NotAllowedError):
        getattr(matches, verb)(match=match, by=make_member(network), at=NOW)

    assert Organisation.objects.kept().count() == 4


@pytest.mark.parametrize(
    ("known_in", "may_join"), [([], True), (["here"], True), (["here", "there"], True), (["there"], False)]
)
def test_steward_joins_what_is_nobody_elses(
    match: OrganisationMatch, network: Network, known_in: list[str], may_join: bool
) -> None:
    for place, where in (("here", network), ("there", make_network())):
        if place in known_in:
            make_membership(where, match.candidate)
    steward = make_steward(network)

    if may_join:
        matches.accept(match=match, by=steward, at=NOW)
    else:
        with pytest.raises(NotAllowedError):
            matches.accept(match=match, by=steward, at=NOW)

    assert Organisation.objects.kept().filter(pk=match.provisional_id).exists() is not may_join
