from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.rules import NotAllowedError
from polyfolio.portfolios.actions import links
from polyfolio.portfolios.choices import LinkConfidence, LinkKind
from polyfolio.portfolios.models import InitiativeLink
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_initiative, make_link

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_claim_is_dated_and_logged() -> None:
    network = make_network()
    source, target, claimant = make_initiative(network), make_initiative(), make_organisation()

    link = links.claim(
        source=source,
        target=target,
        kind=LinkKind.BUILDS_ON,
        by=make_steward(network),
        at=NOW,
        claimed_by=claimant,
        note="Same team.",
    )

    assert (link.confidence, link.claimed_on, link.claimed_by) == (LinkConfidence.CLAIMED, date(2026, 3, 4), claimant)
    assert AuditRecord.objects.get().after == {"link": f"builds on {target} (claimed)"}


def test_claim_of_what_is_known_elsewhere() -> None:
    link = links.claim(
        source=make_initiative(), target_identifier="XM-DAC-1", kind=LinkKind.PARENT, by=make_admin(), at=NOW
    )

    assert (link.target, link.target_identifier) == (None, "XM-DAC-1")


def refused(**claim: Any) -> None:
    with pytest.raises(RefusedError):
        links.claim(by=make_admin(), at=NOW, **claim)


def test_claim_needs_the_other_side() -> None:
    refused(source=make_initiative(), kind=LinkKind.PARENT)


def test_claim_is_not_to_itself() -> None:
    initiative = make_initiative()

    refused(source=initiative, target=initiative, kind=LinkKind.PARENT)


def test_claim_twice_is_refused() -> None:
    source, target = make_initiative(), make_initiative()
    make_link(source, target)

    refused(source=source, target=target, kind=LinkKind.BUILDS_ON)


def test_parents_make_no_ring() -> None:
    top, middle, low = (make_initiative() for _ in range(3))
    make_link(low, middle, LinkKind.PARENT)
    make_link(middle, top, LinkKind.PARENT)

    refused(source=top, target=low, kind=LinkKind.PARENT)


def test_claim_refuses_strangers() -> None:
    with pytest.raises(NotAllowedError):
        links.claim(source=make_initiative(), target=make_initiative(), kind="parent", by=make_user(), at=NOW)


def test_confirm_is_the_others() -> None:
    owner = make_organisation()
    link = make_link(make_initiative(), make_initiative(owners=[owner]))

    confirmed = links.confirm(link=link, by=make_member(owner, "focal_point"), at=NOW)

    assert confirmed.confidence == LinkConfidence.CONFIRMED


def test_confirm_is_not_the_claimants() -> None:
    owner = make_organisation()
    link = make_link(make_initiative(owners=[owner]), make_initiative())

    with pytest.raises(NotAllowedError):
        links.confirm(link=link, by=make_member(owner, "focal_point"), at=NOW)


@pytest.mark.parametrize("confidence", [LinkConfidence.CONFIRMED, LinkConfidence.DOCUMENTED])
def test_confirm_once(confidence: str) -> None:
    link = make_link(make_initiative(), make_initiative(), confidence=confidence)

    with pytest.raises(RefusedError):
        links.confirm(link=link, by=make_admin(), at=NOW)


@pytest.mark.parametrize("side", ["source", "target"])
def test_remove_is_for_both_sides(side: str) -> None:
    owner = make_organisation()
    ends = {"source": make_initiative(), "target": make_initiative(), side: make_initiative(owners=[owner])}
    link = make_link(**ends)

    links.remove(link=link, by=make_member(owner, "focal_point"), at=NOW, reason="Not so.")

    assert InitiativeLink.objects.count() == 0


def test_remove_refuses_strangers() -> None:
    with pytest.raises(NotAllowedError):
        links.remove(link=make_link(make_initiative(), make_initiative()), by=make_user(), at=NOW)
