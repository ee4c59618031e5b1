"""Beginning an exploration, handing out its links, and who sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from polyfolio.audit.actions import undo
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.notify.models import Mail
from polyfolio.people.queries import digest
from polyfolio.people.rules import NotAllowedError
from polyfolio.sensemaking.actions import explorations
from polyfolio.sensemaking.models import Exploration, ExplorationInvitation
from polyfolio.sensemaking.queries import explorations as queries
from tests.factories.explorations import make_exploration, make_link
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_member, make_steward, make_user
from tests.factories.portfolios import make_portfolio

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "title": " How we support new work ",
    "organisation_name": "Ministry of Repair",
    "size": "under_250",
    "country": "KE",
    "sectors": ["05", "07"],
    "opens_on": date(2026, 3, 1),
    "closes_on": date(2026, 3, 31),
}


def test_create_keeps_what_is_given() -> None:
    portfolio = make_portfolio()
    steward = make_steward(portfolio)

    made = explorations.create(network=portfolio.network, portfolio=portfolio, values=VALUES, by=steward, at=AT)

    kept = Exploration.objects.get(pk=made.pk)
    found = {name: getattr(kept, name) for name in VALUES}
    assert found == VALUES | {"title": "How we support new work"}
    assert (kept.organisation_key, kept.portfolio, kept.state, kept.is_comparable) == (
        "ministry of repair",
        portfolio,
        "open",
        False,
    )
    assert AuditRecord.objects.filter(verb="exploration.create", subject_id=made.pk).exists()


def test_a_recorded_organisation_gives_its_name() -> None:
    network = make_network()
    organisation = make_organisation(network, title={"en": "Kenya Repair Authority"})

    made = explorations.create(
        network=network, values=VALUES | {"organisation": organisation}, by=make_steward(network), at=AT
    )

    assert (made.organisation_name, made.organisation_key) == ("Kenya Repair Authority", "kenya repair authority")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"organisation_name": ""}, "organisation_name"),
        ({"country": "XX"}, "country"),
        ({"sectors": ["99"]}, "sectors"),
        ({"state": "half"}, "state"),
        ({"closes_on": date(2026, 2, 1)}, "closes_on"),
        ({"closes_on": date(2028, 3, 1)}, "closes_on"),
        ({"opens_on": None}, "opens_on"),
    ],
)
def test_create_refuses(values: dict[str, Any], field: str) -> None:
    network = make_network()

    with pytest.raises(RefusedError) as refusal:
        explorations.create(network=network, values=VALUES | values, by=make_steward(network), at=AT)

    assert refusal.value.field == field
    assert not Exploration.objects.exists()


def test_create_refuses_another_networks_portfolio_and_unknown_fields() -> None:
    portfolio, steward = make_portfolio(), make_admin()

    with pytest.raises(RefusedError):
        explorations.create(network=make_network(), portfolio=portfolio, values=VALUES, by=steward, at=AT)
    with pytest.raises(ValueError, match="weather"):
        explorations.create(network=portfolio.network, values={"weather": 1}, by=steward, at=AT)


def test_only_stewards_run_it() -> None:
    exploration = make_exploration()
    member = make_member(exploration.network)
    acts: list[Any] = [
        lambda: explorations.create(network=exploration.network, values=VALUES, by=member, at=AT),
        lambda: explorations.edit(exploration=exploration, values={"title": "x"}, by=member, at=AT),
        lambda: explorations.close(exploration=exploration, by=member, at=AT),
        lambda: explorations.delete(exploration=exploration, by=member, at=AT),
        lambda: explorations.share(exploration=exploration, by=member, at=AT),
        lambda: explorations.invite(exploration=exploration, email="a@example.org", by=member, at=AT),
    ]

    for act in acts:
        with pytest.raises(NotAllowedError):
            act()


def test_close_reopen_delete_and_undo() -> None:
    exploration = make_exploration(opens_on=date(2026, 1, 1), closes_on=date(2026, 2, 1))
    steward = make_steward(exploration.network)

    closed = explorations.close(exploration=exploration, by=steward, at=AT)
    assert Exploration.objects.get().state == "closed"
    assert explorations.close(exploration=exploration, by=steward, at=AT) is None
    explorations.reopen(exploration=exploration, by=steward, at=AT)
    again = Exploration.objects.get()
    assert (again.state, again.closes_on) == ("open", date(2026, 3, 18))
    assert closed is not None

    row = explorations.delete(exploration=again, by=steward, at=AT)
    assert not queries.visible(steward).exists()
    undo.take_back(row=row, by=steward, at=AT + timedelta(minutes=1))
    assert queries.visible(steward).get() == exploration


def test_a_shared_link_is_kept_as_a_digest() -> None:
    exploration = make_exploration(opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31))
    steward = make_steward(exploration.network)

    link = explorations.share(exploration=exploration, by=steward, at=AT)

    secret = link.path.strip("/").split("/")[-1]
    kept = ExplorationInvitation.objects.get()
    assert (kept.digest, kept.is_personal, kept.email) == (digest(secret), False, "")
    assert kept.expires_at.date() == date(2026, 4, 7)
    assert len(secret) > 40
    assert queries.by_link(secret, at=AT) == kept
    assert secret not in str(list(AuditRecord.objects.values()))


def test_a_personal_link_goes_by_mail() -> None:
    exploration = make_exploration()
    steward = make_steward(exploration.network)

    link = explorations.invite(exploration=exploration, email=" Ann@Example.org ", by=steward, at=AT)

    mail = Mail.objects.get()
    assert (mail.to, link.invitation.is_personal, link.invitation.email) == ("ann@example.org", True, "ann@example.org")
    assert link.path in str(mail.__dict__)
    assert "ann@example.org" not in str(list(AuditRecord.objects.values()))
    for wrong in ("", "ann", "ann@", "<script>@x.org"):
        with pytest.raises(RefusedError):
            explorations.invite(exploration=exploration, email=wrong, by=steward, at=AT)


def test_links_that_open_nothing() -> None:
    exploration = make_exploration()
    steward = make_steward(exploration.network)
    old = make_link(exploration, expires_at=AT - timedelta(seconds=1))
    gone = make_link(exploration, expires_at=AT + timedelta(days=1))
    explorations.withdraw(invitation=queries.by_link(gone, at=AT), by=steward, at=AT)

    for secret in (old, gone):
        with pytest.raises(queries.LinkOverError):
            queries.by_link(secret, at=AT)
    with pytest.raises(ExplorationInvitation.DoesNotExist):
        queries.by_link("guessed", at=AT)
    explorations.delete(exploration=exploration, by=steward, at=AT)
    with pytest.raises(ExplorationInvitation.DoesNotExist):
        queries.by_link(old, at=AT)


def test_who_sees_it() -> None:
    """Roles in the network or portfolio, as far as they see the portfolio and the organisation."""
    network = make_network()
    portfolio = make_portfolio(network, visibility="stewards")
    hidden = make_organisation(network, visibility="private")
    in_network = make_exploration(network)
    in_portfolio = make_exploration(portfolio=portfolio)
    of_hidden = make_exploration(network, organisation=hidden)
    people = {
        "visitor": AnonymousUser(),
        "somebody": make_user(),
        "other steward": make_steward(make_network()),
        "member": make_member(network),
        "steward": make_steward(network),
        "portfolio steward": make_steward(portfolio),
        "admin": make_admin(),
    }

    seen = {name: set(queries.visible(user)) for name, user in people.items()}

    assert seen == {
        "visitor": set(),
        "somebody": set(),
        "other steward": set(),
        "member": {in_network},
        "steward": {in_network, in_portfolio},
        "portfolio steward": {in_portfolio},
        "admin": {in_network, in_portfolio, of_hidden},
    }
