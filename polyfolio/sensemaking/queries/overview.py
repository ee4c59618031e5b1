"""What a portfolio's overview shows, counted over its members in one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from polyfolio.audit.models import AuditRecord
from polyfolio.funding.choices import MoneyFlow
from polyfolio.funding.models import MoneyYear
from polyfolio.funding.queries.sums import YearSum
from polyfolio.network.models import Organisation
from polyfolio.portfolios.choices import UNDER_WAY, LinkKind, SdgStanding
from polyfolio.portfolios.models import Initiative, InitiativeLink, InitiativeSdg, InitiativeTerritory, Participation
from polyfolio.sensemaking.arithmetic.mixes import Mix, Weighed, mix
from polyfolio.sensemaking.choices import Facet
from polyfolio.sensemaking.queries.holdings import Holding
from polyfolio.sensemaking.queries.statements import Question, Statement, answers, then

FLOWS = (
    MoneyFlow.COMMITTED,
    MoneyFlow.SPENT,
    MoneyFlow.REVISED,
    MoneyFlow.BUDGETED,
    MoneyFlow.INCOMING,
    MoneyFlow.REPLANNED,
    MoneyFlow.PLANNED,
)
"""The overview shows the first of these of which anything is known; the money page shows them all."""
MONEY = MoneyYear._meta.db_table
LINKS = InitiativeLink._meta.db_table
LOG = AuditRecord._meta.db_table
CHANGES_SHOWN = 8
UNPLACED = "-"
CONTESTED = "!"


@dataclass(frozen=True)
class Snapshot:
    """A portfolio as one viewer sees it. Zones and themes are by their ids, None where an initiative is in none.

    `goals` holds by SDG goal how many initiatives name it, and `main_goals` how many of these as their main one.
    `change_ids` are the newest log rows of the initiatives that changed last, one for each.
    """

    total: int
    under_way: int
    zones: Mapping[int | None, int]
    groups: Sequence[Weighed]
    contested: int
    goals: Mapping[int, int]
    main_goals: Mapping[int, int]
    countries: Mapping[str, int]
    organisation_ids: frozenset[int]
    themes_by_zone: Mapping[tuple[int, int], int]
    money: Sequence[YearSum]
    money_known: int
    contested_ids: Sequence[int]
    change_ids: Sequence[int]

    @property
    def mix(self) -> Mix:
        return mix(self.groups, unplaced=self.total - sum(group.count for group in self.groups))


def snapshot(holding: Holding) -> Snapshot:
    """One query, whatever the portfolio holds."""
    found = answers(_statement(holding), _questions())
    ids, statuses, zones, places = found["initiatives"]
    stands = Counter(places)
    goals, main_goals = found["goals"]
    money, known = _money(found)
    return Snapshot(
        total=len(ids),
        under_way=sum(number for status, number in Counter(statuses).items() if status in UNDER_WAY),
        zones={int(zone) if zone else None: number for zone, number in Counter(zones).items()},
        groups=[_weighed(place, number) for place, number in stands.items() if place != UNPLACED],
        contested=sum(number for place, number in stands.items() if place.endswith(CONTESTED)),
        goals=_numbered(Counter(goals)),
        main_goals=_numbered(Counter(main_goals)),
        countries=Counter([token[:2] for token in dict.fromkeys(found["countries"][0])]),
        organisation_ids=frozenset(map(int, set(found["organisations"][0]))),
        themes_by_zone=_cells(dict(zip(ids, zones, strict=True)), *found["themes"]),
        money=money,
        money_known=known,
        contested_ids=[int(pk) for pk, place in zip(ids, places, strict=True) if place.endswith(CONTESTED)],
        change_ids=sorted(map(int, found["changes"][0]), reverse=True),
    )


def organisations_seen(holding: Holding, found: Snapshot) -> int:
    """Organisations that take part and that the viewer sees, each once however many roles it holds. One query."""
    seen: int = Organisation.objects.visible_to(holding.viewer).filter(pk__in=found.organisation_ids or [0]).count()
    return seen


def _statement(holding: Holding) -> Statement:
    statement = Statement()
    members, is_ranked = holding.members().order_by(), len(holding.portfolio_ids) > 1
    statement.add(
        "members", members.values_list("pk", "status", "updated_at"), "id, status, updated_at", is_materialized=True
    )
    statement.add("zones", _pairs(holding.stays(), F("zone_id")), "id, zone", is_materialized=is_ranked)
    place = Concat("facets", Case(When(is_contested=True, then=Value(CONTESTED)), default=Value("")))
    statement.add("standings", _pairs(holding.standings(), place), "id, place", is_materialized=is_ranked)
    statement.add("goals", _goals(), "id, named, main")
    statement.add("countries", _pairs(InitiativeTerritory.objects.exclude(country=""), F("country")), "id, country")
    statement.add("organisations", _pairs(Participation.objects.all(), F("organisation_id")), "id, organisation")
    statement.add("themes", _pairs(Initiative.themes.through.objects.all(), F("theme_id")), "id, theme")
    statement.add_sql("chosen", f"SELECT CASE {_first_known()} END", "flow", is_materialized=True)
    statement.add_sql("parts", _parts(), "id", is_materialized=True)
    statement.add_sql("changes", _changes(), "row", is_materialized=True)
    return statement


def _first_known() -> str:
    """The first flow of which any member carries an amount, as the branches of a CASE."""
    rows = f"members {then()} {MONEY} AS known ON known.initiative_id = members.id"
    return " ".join(
        f"WHEN EXISTS (SELECT 1 FROM {rows} AND known.flow = '{flow}') THEN '{flow}'"  # noqa: S608  # our own
        for flow in FLOWS
    )


def _parts() -> str:
    """Members that are part of another member which carries money of the chosen flow (as `sums.not_in_a_whole`)."""
    links = f"members {then()} {LINKS} AS link ON link.source_id = members.id AND link.kind = '{LinkKind.PARENT}'"
    whole = f"{MONEY} AS whole ON whole.initiative_id = link.target_id AND whole.flow = chosen.flow"
    rows = f"chosen CROSS JOIN {links} {then()} {whole} AND link.target_id IN (SELECT id FROM members)"  # noqa: S608
    return f"SELECT members.id FROM {rows}"  # noqa: S608  # our own names


def _changes() -> str:
    """The newest log row of each of the members that changed last."""
    last = f"(SELECT id FROM members ORDER BY updated_at DESC, id DESC LIMIT {CHANGES_SHOWN}) AS last"  # noqa: S608
    log = f"{LOG} AS log ON log.subject_type = 'initiative' AND log.subject_id = last.id"
    return f"SELECT MAX(log.id) FROM {last} {then()} {log} GROUP BY last.id"  # noqa: S608  # our own names


def _pairs(rows: QuerySet[Any, Any], *columns: Any) -> QuerySet[Any, Any]:
    named = {f"column_{place}": column for place, column in enumerate(columns)}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list("initiative_id", *named)
    return found


def _goals() -> QuerySet[Any, Any]:
    """Goals that initiatives name: each once, at the first of its targets, and once more where it is the main one."""
    rows = InitiativeSdg.objects.all()
    earlier = rows.filter(initiative=OuterRef("initiative"), goal=OuterRef("goal"), target__lt=OuterRef("target"))
    named = Case(When(Q(target="") | ~Exists(earlier), then=F("goal")))
    return _pairs(rows, named, Case(When(standing=SdgStanding.MAIN, then=F("goal"))))


def _questions() -> dict[str, Question]:
    """What is asked of the members."""

    def of(name: str) -> str:
        return f"members {then()} {name} ON {name}.id = members.id"

    zone, place = "COALESCE(CAST(zones.zone AS text), '')", f"COALESCE(standings.place, '{UNPLACED}')"
    money = f"chosen CROSS JOIN members {then()} {MONEY} AS money ON money.initiative_id = members.id"
    in_sums = "money.flow = chosen.flow AND members.id NOT IN (SELECT id FROM parts)"
    return {
        "initiatives": Question(
            ("members.id", "members.status", zone, place),
            "members LEFT JOIN zones ON zones.id = members.id LEFT JOIN standings ON standings.id = members.id",
        ),
        "goals": Question(("goals.named", "goals.main"), of("goals")),
        "countries": Question(("countries.country || members.id",), of("countries")),
        "organisations": Question(("organisations.organisation",), of("organisations")),
        "themes": Question(("themes.theme", "members.id"), of("themes")),
        "changes": Question(("changes.row",), "changes"),
        "flow": Question(("chosen.flow",), "chosen"),
        "money": Question(
            ("money.currency || '/' || money.year", "members.id", "money.amount"), f"{money} AND {in_sums}"
        ),
    }


def _weighed(place: str, number: int) -> Weighed:
    facets = tuple(Facet(name) for name in place.removesuffix(CONTESTED).split())
    return Weighed(facets=facets, count=number, known=number, weight=float(number))


def _numbered(counts: Counter[str]) -> dict[int, int]:
    return {int(key): number for key, number in counts.items()}


def _cells(zone_of: Mapping[str, str], themes: Sequence[str], ids: Sequence[str]) -> dict[tuple[int, int], int]:
    cells = Counter(zip(themes, map(zone_of.__getitem__, ids), strict=True))
    return {(int(theme), int(zone)): number for (theme, zone), number in cells.items() if zone}


def _money(found: Mapping[str, list[list[str]]]) -> tuple[list[YearSum], int]:
    """The sums of the chosen flow by year and currency, and how many initiatives they come from.

    An initiative has one amount for each, so that there are as many initiatives behind a sum as amounts in it.
    """
    places, whose, amounts = found["money"]
    sums: dict[str, list[str]] = defaultdict(list)
    for place, amount in zip(places, amounts, strict=True):
        sums[place].append(amount)
    rows = [
        YearSum(
            flow=MoneyFlow(found["flow"][0][0]),
            year=int(place.partition("/")[2]),
            currency=place.partition("/")[0],
            amount=sum(map(Decimal, each), Decimal(0)),
            initiatives=len(each),
        )
        for place, each in sums.items()
    ]
    return sorted(rows, key=lambda row: (row.year, row.currency)), len(set(whose))
