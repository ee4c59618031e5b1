"""Who may do what with imports: every role, every verb."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from polyfolio.exchange.models import ImportRun, OrganisationMatch
from polyfolio.people.choices import GrantRole
from polyfolio.people.rules import may
from tests.factories.network import make_network, make_organisation
from tests.factories.people import make_admin, make_grant, make_user

pytestmark = pytest.mark.django_db

VERBS = (
    "exchange.list_imports",
    "exchange.start_import",
    "exchange.see_import",
    "exchange.stop_import",
    "exchange.undo_import",
    "exchange.decide_match",
    "exchange.accept_match",
)
# role and what it is bound to → what it may (1) of VERBS
TABLE = {
    ("visitor", ""): "0000000",
    ("nobody", ""): "0000000",
    ("admin", ""): "1111111",
    (GrantRole.STEWARD, "here"): "1111111",
    (GrantRole.DESK, "here"): "1111111",
    (GrantRole.STEWARD, "elsewhere"): "1000000",
    (GrantRole.EDITOR, "here"): "0000000",
    (GrantRole.MEMBER, "here"): "0000000",
    (GrantRole.REVIEWER, "here"): "0000000",
    (GrantRole.FOCAL_POINT, "organisation"): "0000000",
}


@pytest.mark.parametrize(("who", "expected"), TABLE.items(), ids=str)
def test_verbs_by_role(who: tuple[str, str], expected: str) -> None:
    here = make_network()
    places = {"here": here, "elsewhere": make_network(), "organisation": make_organisation(here)}
    run = ImportRun.objects.create(network=here, name="a.xml")
    match = OrganisationMatch.objects.create(
        network=here, provisional=make_organisation(), candidate=make_organisation()
    )
    role, place = who
    user = {"visitor": AnonymousUser, "admin": make_admin}.get(role, make_user)()
    if place:
        make_grant(user, role, places[place])

    records = (None, here, run, run, run, match, match)
    found = "".join(str(int(may(user, verb, record))) for verb, record in zip(VERBS, records, strict=True))

    assert found == expected
    assert ImportRun.objects.visible_to(user).exists() == (expected[2] == "1")
