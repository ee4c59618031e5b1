"""A database of a promised size for the page benchmark: one big portfolio, a small one, mixed visibility."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.db import transaction
from django.utils import timezone

from polyfolio.audit.models import AuditRecord
from polyfolio.funding.models import MoneyYear
from polyfolio.network.choices import OrganisationKind
from polyfolio.network.models import Body, Membership, Network, Organisation
from polyfolio.people.models import Grant, User
from polyfolio.portfolios.models import (
    Entry,
    Initiative,
    InitiativeSdg,
    InitiativeSector,
    InitiativeTerritory,
    Participation,
    Portfolio,
)
from polyfolio.reporting.models import Indicator, Result
from polyfolio.sensemaking.arithmetic.diamond import facets_at, from_answers
from polyfolio.sensemaking.models import (
    Frame,
    Move,
    Placement,
    PortfolioTerm,
    Region,
    Scenario,
    Standing,
    TargetMix,
    TermUse,
    WantedCell,
    ZoneStay,
)
from polyfolio.vocabulary.models import Theme

VISIBILITIES = (("public", 50), ("network", 25), ("portfolio", 12), ("stewards", 8), ("private", 5))
COUNTRIES = ("KE", "SE", "VN", "BR", "FR", "DE", "IN", "ZA", "PE", "GH", "MA", "CO", "ID", "TH", "MX", "SN", "UG", "NP")
FACETS = ("mis", "enh", "ada", "ant")
WORDS = ("repair", "market", "school", "harbour", "textile", "water", "roof", "soil", "bus", "kitchen", "timber")
SEED = 12


@dataclass(frozen=True)
class World:
    """What the benchmark opens, and as whom."""

    big: Portfolio
    small: Portfolio
    parent: Portfolio
    initiative: Initiative
    scenario: Scenario
    member: User
    steward: User


@dataclass
class _Makings:
    network: Network
    programmes: list[Body]
    themes: list[Theme]
    organisations: list[Organisation]
    author: User


def make_world(count: int) -> World:
    """`count` initiatives in one portfolio, as many outside it, and another portfolio with ten."""
    rng = random.Random(SEED)
    with transaction.atomic():
        makings = _surroundings(rng)
        inside = _initiatives(makings, rng, count)
        _initiatives(makings, rng, count, start=count)
        few = _initiatives(makings, rng, 10, start=2 * count)
        big, small, parent = (_portfolio(makings.network, name) for name in ("big", "small", "parent"))
        big.parents.add(parent)
        small.parents.add(parent)
        _fill(big, inside, rng)
        _fill(small, few, rng)
        rich = inside[count // 2]
        scenario = _scenario(big, inside)
        return World(
            big, small, parent, rich, scenario, _person(makings, big, "member"), _person(makings, big, "steward")
        )


def _surroundings(rng: random.Random) -> _Makings:
    network = Network.objects.create(slug="n", title={"en": "Network"})
    programmes = [
        Body.objects.create(network=network, slug=f"p{number}", kind="programme", title={"en": f"Programme {number}"})
        for number in range(6)
    ]
    themes = [Theme.objects.create(slug=f"t{number}", title={"en": f"Theme {number}"}) for number in range(12)]
    rows = [
        Organisation(
            slug=f"o{number}", title={"en": f"Organisation {number}"}, label=f"Organisation {number}", kind=kind
        )
        for number, kind in zip(range(720), cycle(OrganisationKind.values), strict=False)
    ]
    organisations = Organisation.objects.bulk_create(rows)
    Membership.objects.bulk_create([Membership(network=network, organisation=each) for each in organisations])
    author = User.objects.create_user("author@example.org", None, name="Author")
    rng.shuffle(organisations)
    return _Makings(network, programmes, themes, organisations, author)


def _initiatives(makings: _Makings, rng: random.Random, count: int, start: int = 0) -> list[Initiative]:
    names, weights = zip(*VISIBILITIES, strict=True)
    now = timezone.now()
    rows = []
    for number in range(start, start + count):
        title = f"{rng.choice(WORDS)} {rng.choice(WORDS)} {number}".capitalize()
        summary = " ".join(rng.choices(WORDS, k=90)).capitalize()
        began = date(2018, 1, 1) + timedelta(days=rng.randrange(2500))
        rows.append(
            Initiative(
                network=makings.network,
                slug=f"i{number}",
                title={"en": title, "fr": title},
                label=title,
                summary={"en": summary, "fr": summary},
                daily_life={"en": "A shorter way to school."},
                kind=rng.choice(["pilot", "project", "programme", "training"]),
                status=rng.choice(["pipeline", "implementation", "finalisation", "closed"]),
                priority=rng.choice(["high", "medium", "low", ""]),
                visibility=rng.choices(names, weights)[0],
                actual_start_on=began,
                planned_end_on=began + timedelta(days=900),
                created_by=makings.author,
                updated_at=now - timedelta(days=rng.randrange(900)),
                last_substantive_update_at=now - timedelta(days=rng.randrange(900)),
            )
        )
    made = Initiative.objects.bulk_create(rows, batch_size=500)
    _around(makings, rng, made)
    return made


def _around(makings: _Makings, rng: random.Random, made: list[Initiative]) -> None:
    kinds = ["funding", "accountable", "implementing"]

    def each(row: Callable[[Initiative], Iterable[Any]]) -> list[Any]:
        return [one for initiative in made for one in row(initiative)]

    _bulk(
        Participation,
        each(
            lambda i: (
                Participation(initiative=i, organisation=organisation, role=role)
                for organisation, role in zip(rng.sample(makings.organisations, 3), kinds, strict=True)
            )
        ),
    )
    _bulk(
        InitiativeTerritory,
        each(lambda i: (InitiativeTerritory(initiative=i, country=code) for code in rng.sample(COUNTRIES, 2))),
    )
    _bulk(
        InitiativeSector,
        each(
            lambda i: (InitiativeSector(initiative=i, code=code) for code in rng.sample(["11110", "14020", "31110"], 2))
        ),
    )
    _bulk(InitiativeSdg, each(lambda i: _sdgs(i, rng)))
    _bulk(MoneyYear, each(lambda i: _money(i, rng)))
    themes, programmes = Initiative.themes.through, Initiative.programmes.through
    _bulk(themes, each(lambda i: (themes(initiative=i, theme=theme) for theme in rng.sample(makings.themes, 2))))
    _bulk(programmes, each(lambda i: [programmes(initiative=i, body=rng.choice(makings.programmes))]))
    _bulk(AuditRecord, each(_log))
    results = Result.objects.bulk_create([Result(initiative=i, level="output", label="Result") for i in made])
    names = [f"Number of things of kind {number}" for number in range(60)]
    _bulk(Indicator, [Indicator(result=each, label=rng.choice(names)) for each in results])


def _sdgs(initiative: Initiative, rng: random.Random) -> Iterable[InitiativeSdg]:
    main, *others = rng.sample(range(1, 18), 4)
    yield InitiativeSdg(initiative=initiative, goal=main, standing="main")
    for goal in others:
        yield InitiativeSdg(initiative=initiative, goal=goal)
        yield InitiativeSdg(initiative=initiative, goal=goal, target=f"{goal}.{rng.randrange(1, 4)}")


def _money(initiative: Initiative, rng: random.Random) -> Iterable[MoneyYear]:
    if rng.random() < 0.3:
        return
    currency = rng.choice(["EUR", "EUR", "USD", "SEK"])
    first = rng.randrange(2016, 2024)
    for year in range(first, first + 3):
        for flow in ("committed", "spent"):
            amount = Decimal(rng.randrange(1000, 900_000))
            yield MoneyYear(initiative=initiative, year=year, flow=flow, currency=currency, amount=amount)


def _log(initiative: Initiative) -> Iterable[AuditRecord]:
    for verb in ("initiative.create", "initiative.change", "initiative.enter"):
        yield AuditRecord(
            at=initiative.updated_at,
            actor_label="Author",
            verb=verb,
            subject_type="initiative",
            subject_id=initiative.pk,
            subject_label=initiative.label,
            after={"status": initiative.status},
        )


def _portfolio(network: Network, name: str) -> Portfolio:
    return Portfolio.objects.create(
        network=network,
        slug=name,
        title={"en": f"The {name} portfolio"},
        intent={"en": "Nothing is thrown away that somebody can use."},
        visibility="public",
    )


def _fill(portfolio: Portfolio, initiatives: list[Initiative], rng: random.Random) -> None:
    facets = Frame.objects.get(code="facets", portfolio=None)
    zones = list(Region.objects.filter(frame__code="zones", frame__portfolio=None))
    assessor = User.objects.get(email="author@example.org")
    _bulk(Entry, [Entry(portfolio=portfolio, initiative=each, entered_on=date(2024, 1, 1)) for each in initiatives])
    placements, standings, stays = [], [], []
    for initiative in initiatives:
        if rng.random() < 0.8:
            x, y = from_answers(rng.choice(FACETS), rng.choice(FACETS))
            found = facets_at(x, y)
            place = {"portfolio": portfolio, "initiative": initiative, "frame": facets, "x": x, "y": y}
            shares = {facet.value: 1 / len(found) for facet in found}
            placed_at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(900))
            said = {"assessor": assessor, "assessor_label": "Author", "placed_at": placed_at, "rationale": "Why not."}
            placements.append(Placement(**place, **said))
            contested = rng.random() < 0.05
            standings.append(
                Standing(**place, **shares, facets=" ".join(found), is_mixed=not found, is_contested=contested)
            )
        if rng.random() < 0.9:
            zone = rng.choice(zones)
            stays.append(
                ZoneStay(
                    portfolio=portfolio,
                    initiative=initiative,
                    frame=zone.frame,
                    zone=zone,
                    since_on=date(2024, 1, 1),
                )
            )
    _bulk(Placement, placements)
    _bulk(Standing, standings)
    _bulk(ZoneStay, stays)
    terms = [
        PortfolioTerm.objects.create(portfolio=portfolio, kind=kind, code=f"{kind}-{number}", title={"en": f"{number}"})
        for kind in ("lever", "field")
        for number in range(12)
    ]
    _bulk(TermUse, [TermUse(term=term, initiative=each) for each in initiatives for term in rng.sample(terms, 3)])
    TargetMix.objects.create(portfolio=portfolio, frame=facets, shares=dict.fromkeys(FACETS, 0.25), reason="Remit.")
    WantedCell.objects.create(
        portfolio=portfolio,
        row_dimension="theme",
        row="t3",
        column_dimension="zone",
        column="blue",
        threshold=10**4,
        reason="Nobody yet.",
    )


def _scenario(portfolio: Portfolio, initiatives: list[Initiative]) -> Scenario:
    made: Scenario = Scenario.objects.create(portfolio=portfolio, title="Less", starts_on=date(2026, 1, 1))
    kinds = ("stop", "boost", "hand_over")
    rows = [
        Move(scenario=made, kind=kinds[place % 3], initiative=each, position=place)
        for place, each in enumerate(initiatives[:20])
    ]
    _bulk(Move, rows)
    return made


def _person(makings: _Makings, portfolio: Portfolio, role: str) -> User:
    """Signed in with as many kinds of grants as somebody may have, so that no shortcut of an administrator applies."""
    user = User.objects.create_user(f"{role}@example.org", None, name=role.capitalize())
    scopes = [("network", makings.network.pk, "member"), ("portfolio", portfolio.pk, role)]
    scopes += [("organisation", makings.organisations[0].pk, "focal_point")]
    for kind, pk, held in scopes:
        Grant.objects.create(user=user, role=held, scope_type=kind, scope_id=pk, given_at=datetime.now(UTC))
    return user


def _bulk(model: Any, rows: list[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=2000)
