"""What the search index holds of this room: initiatives, resources and portfolios, made in chunks from value lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from polyfolio.lib.texts import Texts, best_language
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import (
    Entry,
    Initiative,
    InitiativeIdentifier,
    InitiativePlace,
    InitiativeSdg,
    InitiativeSector,
    InitiativeTerritory,
    Participation,
    Portfolio,
    Resource,
)
from polyfolio.portfolios.queries.dormancy import dormant
from polyfolio.portfolios.visibility import OPEN_GRADES, SHARED_GRADES
from polyfolio.search.documents import SearchDocument, register

Facets = Mapping[str, tuple[str, ...]]
Contribution = Callable[[Sequence[int]], Mapping[int, Facets]]

# Facets of which the list of hits shows badges.
KEPT = ("type", "status", "country", "facet", "zone", "portfolio_class")

DAC = frozenset({"1", "2"})
MOST_YEARS = 20

_contributions: list[Contribution] = []


def contribute(contribution: Contribution) -> None:
    """Let an upper room add facets to initiatives' documents: initiative id → facet → codes, in few queries a chunk."""
    if contribution not in _contributions:
        _contributions.append(contribution)


@dataclass
class _Gathered:
    """Rows of a chunk by initiative id, each list in the order of the database."""

    participations: Mapping[int, list[Any]]
    themes: Mapping[int, list[Any]]
    programmes: Mapping[int, list[Any]]
    sdgs: Mapping[int, list[Any]]
    countries: Mapping[int, list[Any]]
    places: Mapping[int, list[Any]]
    sectors: Mapping[int, list[Any]]
    identifiers: Mapping[int, list[Any]]
    entries: Mapping[int, list[Any]]
    dormant: frozenset[int]
    more: list[Mapping[int, Facets]] = field(default_factory=list)


class _Rows:
    """Ids of every row of a model that nobody deleted."""

    model: type[Model]

    def all_ids(self) -> Iterator[int]:
        rows: QuerySet[Any, Any] = self.model._default_manager.filter(deleted_at__isnull=True)
        ids: Iterator[int] = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
        return ids


class Initiatives(_Rows):
    model = Initiative

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        """Twelve queries a chunk, whatever stands around the initiatives, and those of the contributions."""
        rows = list(Initiative.objects.kept().filter(pk__in=ids).order_by("pk").values_list(*_COLUMNS, named=True))
        found = _gather([row.pk for row in rows])
        address = _addresses("initiative")
        for row in rows:
            yield _initiative(row, found, address)


_GRADES = ("portfolio__visibility", "portfolio__network__visibility")
_COLUMNS = (
    "pk",
    "slug",
    "title",
    "label",
    "summary",
    "objectives",
    "daily_life",
    "kind",
    "status",
    "visibility",
    "network_id",
    "network__visibility",
    "created_by_id",
    "languages",
    "starts_on",
    "ends_on",
    "updated_at",
)


def _gather(ids: Sequence[int]) -> _Gathered:
    at = timezone.now()
    participations = Participation.objects.filter(initiative__in=ids, organisation__deleted_at__isnull=True)
    entries = Entry.objects.filter(
        initiative__in=ids, state=AdmissionState.ADMITTED, portfolio__deleted_at__isnull=True
    )
    return _Gathered(
        participations=_by_initiative(
            participations,
            "organisation_id",
            "organisation__slug",
            "organisation__kind",
            "organisation__label",
            "organisation__visibility",
        ),
        themes=_by_initiative(Initiative.themes.through.objects.filter(initiative__in=ids), "theme__slug"),
        programmes=_by_initiative(Initiative.programmes.through.objects.filter(initiative__in=ids), "body__slug"),
        sdgs=_by_initiative(InitiativeSdg.objects.filter(initiative__in=ids), "goal", "target"),
        countries=_by_initiative(InitiativeTerritory.objects.filter(initiative__in=ids).exclude(country=""), "country"),
        places=_by_initiative(InitiativePlace.objects.filter(initiative__in=ids).exclude(name=""), "name"),
        sectors=_by_initiative(InitiativeSector.objects.filter(initiative__in=ids), "vocabulary", "code"),
        identifiers=_by_initiative(InitiativeIdentifier.objects.filter(initiative__in=ids), "value"),
        entries=_by_initiative(entries, "portfolio_id", "portfolio__slug", "portfolio_class", *_GRADES),
        dormant=frozenset(Initiative.objects.filter(dormant(at), pk__in=ids).values_list("pk", flat=True)),
        more=[contribution(ids) for contribution in _contributions],
    )


def _by_initiative(rows: QuerySet[Any, Any], *columns: str) -> dict[int, list[Any]]:
    """Each initiative's rows: single values, or tuples where there are several columns."""
    found: dict[int, list[Any]] = defaultdict(list)
    if len(columns) == 1:
        for initiative, value in rows.order_by("pk").values_list("initiative_id", *columns):
            found[initiative].append(value)
    else:
        for initiative, *values in rows.order_by("pk").values_list("initiative_id", *columns):
            found[initiative].append(values)
    return found


def _initiative(row: Any, found: _Gathered, address: Callable[[str], str]) -> SearchDocument:
    who = found.participations.get(row.pk, ())
    entries = found.entries.get(row.pk, ())
    names = [name for _pk, _slug, _kind, name, visibility in who if visibility == Visibility.PUBLIC]
    facets = _initiative_facets(row, found, who, entries)
    return SearchDocument(
        kind="initiative",
        object_id=row.pk,
        address=address(row.slug),
        title=row.title,
        label=row.label,
        names=_some([*found.identifiers.get(row.pk, ()), *found.places.get(row.pk, ())]),
        body=_body((row.daily_life, row.summary, row.objectives), names),
        visible_to=_initiative_tokens(row, who, entries),
        facets=facets,
        starts_on=row.starts_on,
        updated_at=row.updated_at,
        extra=kept(facets),
    )


def _initiative_facets(row: Any, found: _Gathered, who: Sequence[Any], entries: Sequence[Any]) -> Facets:
    sdgs = found.sdgs.get(row.pk, ())
    facets = {
        "type": (row.kind,),
        "status": (row.status,),
        "dormant": ("yes" if row.pk in found.dormant else "no",),
        "theme": _some(found.themes.get(row.pk, ())),
        "programme": _some(found.programmes.get(row.pk, ())),
        "portfolio": _some(slug for _pk, slug, *_rest in entries),
        "portfolio_class": _some(each for _pk, _slug, each, *grades in entries if _is_open(*grades)) or ("listed",),
        "sdg_goal": _some(str(goal) for goal, _target in sdgs),
        "sdg_target": _some(target for _goal, target in sdgs),
        "country": _some(found.countries.get(row.pk, ())),
        "sector": _some(_sector(*each) for each in found.sectors.get(row.pk, ())),
        "organisation": _some(slug for _pk, slug, *_rest in who),
        "organisation_kind": _some(kind for _pk, _slug, kind, *_rest in who),
        "year": _years(row.starts_on, row.ends_on),
        "language": _some(row.languages or row.title),
    }
    for more in found.more:
        facets |= more.get(row.pk, {})
    return {name: codes for name, codes in facets.items() if codes}


def kept(facets: Facets) -> dict[str, str]:
    """The codes that the list of hits shows, parted by blanks."""
    return {name: " ".join(facets[name]) for name in KEPT if facets.get(name)}


def _initiative_tokens(row: Any, who: Sequence[Any], entries: Sequence[Any]) -> tuple[str, ...]:
    """As `InitiativeQuerySet.seen_by` has it, in the words of `Access.tokens`."""
    if _is_open(row.visibility, row.network__visibility):
        return ("public",)
    tokens = _common_tokens(row)
    for portfolio, *_rest in entries:
        if row.visibility in SHARED_GRADES:
            tokens.append(f"portfolio:{portfolio}")
        elif row.visibility != Visibility.PRIVATE:
            tokens.append(f"portfolio-steward:{portfolio}")
    if row.visibility != Visibility.PRIVATE:
        tokens += [f"organisation:{pk}" for pk, *_rest in who]
    return tuple(dict.fromkeys(tokens))


def _is_open(visibility: str, network_visibility: str) -> bool:
    return visibility == Visibility.PUBLIC == network_visibility


def _common_tokens(row: Any) -> list[str]:
    """Those who see a row that is not open to everybody, whatever stands around it."""
    tokens = [f"user:{row.created_by_id}"] if row.created_by_id is not None else []
    if row.visibility in OPEN_GRADES:
        tokens.append(f"network:{row.network_id}")
    if row.visibility != Visibility.PRIVATE:
        tokens.append(f"network-steward:{row.network_id}")
    return tokens


class Resources(_Rows):
    model = Resource

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        """Five queries a chunk."""
        address = _addresses("resource")
        rows = Resource.objects.kept().filter(pk__in=ids).order_by("pk")
        rows = rows.select_related("network")
        for row in rows.prefetch_related("themes", "programmes", "organisations", "initiatives"):
            makers = [each for each in row.organisations.all() if not each.is_deleted]
            shown = [each.label for each in makers if each.visibility == Visibility.PUBLIC]
            facets = {
                "type": (row.kind,),
                "theme": _some(each.slug for each in row.themes.all()),
                "programme": _some(each.slug for each in row.programmes.all()),
                "sdg_goal": _some(target.partition(".")[0] for target in row.sdg_targets),
                "sdg_target": _some(row.sdg_targets),
                "country": _some(row.countries),
                "organisation": _some(each.slug for each in makers),
                "organisation_kind": _some(each.kind for each in makers),
                "year": (str(row.published_on.year),) if row.published_on else (),
                "language": _some(row.languages or row.title),
            }
            yield SearchDocument(
                kind="resource",
                object_id=row.pk,
                address=address(row.slug),
                title=row.title,
                label=row.label,
                body=_body((row.summary,), shown),
                visible_to=_resource_tokens(row),
                facets={name: codes for name, codes in facets.items() if codes},
                starts_on=row.published_on,
                updated_at=row.updated_at,
                extra=kept(facets),
            )


def _resource_tokens(row: Resource) -> tuple[str, ...]:
    if _is_open(row.visibility, row.network.visibility):
        return ("public",)
    return tuple(_common_tokens(row))


class Portfolios(_Rows):
    model = Portfolio

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        """Two queries a chunk."""
        address = _addresses("portfolio")
        rows = Portfolio.objects.kept().filter(pk__in=ids).order_by("pk").select_related("network")
        for row in rows.prefetch_related("themes"):
            facets = {
                "status": (row.status,),
                "theme": _some(each.slug for each in row.themes.all()),
                "portfolio": (row.slug,),
                "language": _some(row.title),
            }
            yield SearchDocument(
                kind="portfolio",
                object_id=row.pk,
                address=address(row.slug),
                title=row.title,
                label=row.label,
                body=_body((row.intent, row.north_star, row.frame_after, row.frame_before), ()),
                visible_to=portfolio_tokens(row),
                facets={name: codes for name, codes in facets.items() if codes},
                updated_at=row.updated_at,
                extra=kept(facets),
            )


def portfolio_tokens(row: Portfolio) -> tuple[str, ...]:
    """As `PortfolioQuerySet.seen_by` has it, in the words of `Access.tokens`."""
    if _is_open(row.visibility, row.network.visibility):
        return ("public",)
    tokens = _common_tokens(row)
    if row.visibility in SHARED_GRADES:
        tokens.append(f"portfolio:{row.pk}")
    elif row.visibility == Visibility.STEWARDS:
        tokens.append(f"portfolio-steward:{row.pk}")
    return tuple(tokens)


def register_all() -> None:
    register("initiative", Initiatives())
    register("resource", Resources())
    register("portfolio", Portfolios())


def _addresses(name: str) -> Callable[[str], str]:
    """The address of a record by its slug, worked out once a chunk."""
    before, after = reverse(name, args=["slug"]).split("slug")
    return lambda slug: f"{before}{slug}{after}"


def _body(texts: Iterable[Texts], names: Sequence[str]) -> Texts:
    """Several texts as one, language by language; organisations' names stand at the end of the main one."""
    joined: dict[str, str] = {}
    for each in texts:
        for language, text in each.items():
            joined[language] = f"{joined[language]}\n\n{text}" if language in joined else text
    if names:
        main = best_language(joined) or "en"
        joined[main] = f"{joined.get(main, '')}\n\n{', '.join(dict.fromkeys(names))}".strip()
    return joined


def _some(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _sector(vocabulary: str, code: str) -> str:
    """DAC sectors by the group of their first three digits; others by vocabulary and code (as in hole matrices)."""
    return code[:3] if vocabulary in DAC else f"{vocabulary}-{code}"


def _years(start: date | None, end: date | None) -> tuple[str, ...]:
    """The years an initiative is under way; only the first where its end is not known or far."""
    if start is None:
        return ()
    last = end.year if end is not None and 0 <= end.year - start.year < MOST_YEARS else start.year
    return tuple(str(year) for year in range(start.year, last + 1))
