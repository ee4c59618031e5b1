"""What the search index holds of this room: networks, bodies, organisations, and persons who agreed to be named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from polyfolio.lib.texts import Texts
from polyfolio.network.choices import BodyKind
from polyfolio.network.models import Body, Network, Organisation, Person
from polyfolio.people.choices import Visibility
from polyfolio.search.documents import SearchDocument, register


class _Rows:
    """Ids of every row of a model that nobody deleted."""

    rows: QuerySet[Any]

    def all_ids(self) -> Iterator[int]:
        ids: Iterator[int] = self.rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
        return ids


class Networks(_Rows):
    rows = Network.objects.kept()

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        for network in Network.objects.kept().filter(pk__in=ids).prefetch_related("themes"):
            yield SearchDocument(
                kind="network",
                object_id=network.pk,
                address=network.get_absolute_url(),
                title=network.title,
                label=network.label,
                names=(network.acronym,) if network.acronym else (),
                body=network.intent,
                visible_to=_network_tokens(network),
                facets=_facets(theme=[theme.slug for theme in network.themes.all()]),
                updated_at=network.updated_at,
            )


class Bodies(_Rows):
    rows = Body.objects.kept()

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        rows = Body.objects.kept().filter(pk__in=ids, network__deleted_at=None).select_related("network")
        for body in rows:
            yield SearchDocument(
                kind="body",
                object_id=body.pk,
                address=body.get_absolute_url(),
                title=body.title,
                label=body.label,
                names=(body.acronym,) if body.acronym else (),
                body=body.description,
                visible_to=_network_tokens(body.network),
                facets=_facets(type=[body.kind], programme=[body.slug] if body.kind == BodyKind.PROGRAMME else []),
                updated_at=body.updated_at,
                extra={"network": body.network.label},
            )


class Organisations(_Rows):
    rows = Organisation.objects.kept()

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        rows = (
            Organisation.objects.kept()
            .filter(pk__in=ids)
            .prefetch_related("themes", "identifiers", "places", "memberships", "roles__body")
        )
        for organisation in rows:
            identifiers = [each.value for each in organisation.identifiers.all()]
            places = [each.name for each in organisation.places.all()]
            yield SearchDocument(
                kind="organisation",
                object_id=organisation.pk,
                address=organisation.get_absolute_url(),
                title=organisation.title,
                label=organisation.label,
                names=_some(organisation.acronym, *organisation.other_names, *identifiers, *places),
                body=_joined(organisation.description, organisation.drivers),
                visible_to=_organisation_tokens(organisation),
                facets=_organisation_facets(organisation),
                updated_at=organisation.updated_at,
            )


class Persons(_Rows):
    """Only those who agreed to be named; the others are found by nobody."""

    rows = Person.objects.kept().filter(may_be_named=True)

    def documents(self, ids: Sequence[int]) -> Iterable[SearchDocument]:
        rows = Person.objects.kept().filter(pk__in=ids, may_be_named=True)
        for person in rows.prefetch_related("affiliations__organisation", "roles__body"):
            works_at = [each.organisation for each in person.affiliations.all()]
            public = [each for each in works_at if each.visibility == Visibility.PUBLIC and not each.is_deleted]
            yield SearchDocument(
                kind="person",
                object_id=person.pk,
                address=person.get_absolute_url(),
                title={"en": person.name},
                label=person.name,
                names=tuple(each.label for each in public),
                visible_to=("public",),
                facets=_facets(organisation=[each.slug for each in public], language=person.languages),
                updated_at=person.updated_at,
                extra={"organisation": public[0].label} if public else {},
            )


def register_all() -> None:
    register("network", Networks())
    register("body", Bodies())
    register("organisation", Organisations())
    register("person", Persons())


def _network_tokens(network: Network) -> tuple[str, ...]:
    """As `network_seen_by` has it, in the words of `Access.tokens`."""
    tokens = [f"network-steward:{network.pk}"]
    if network.visibility == Visibility.PUBLIC:
        tokens.append("public")
    if network.visibility == Visibility.NETWORK:
        tokens.append(f"network:{network.pk}")
    return tuple(tokens)


def _organisation_tokens(organisation: Organisation) -> tuple[str, ...]:
    """As `OrganisationQuerySet.seen_by` has it, in the words of `Access.tokens`."""
    tokens = [f"organisation:{organisation.pk}"]
    if organisation.visibility == Visibility.PUBLIC:
        tokens.append("public")
    if organisation.created_by_id is not None:
        tokens.append(f"user:{organisation.created_by_id}")
    for membership in organisation.memberships.all():
        if organisation.visibility == Visibility.NETWORK:
            tokens.append(f"network:{membership.network_id}")
        if organisation.visibility != Visibility.PRIVATE:
            tokens.append(f"network-steward:{membership.network_id}")
    return tuple(tokens)


def _organisation_facets(organisation: Organisation) -> dict[str, tuple[str, ...]]:
    programmes = [
        role.body.slug
        for role in organisation.roles.all()
        if not role.is_deleted and role.body.kind == BodyKind.PROGRAMME and not role.body.is_deleted
    ]
    countries = [organisation.country, *(place.country for place in organisation.places.all())]
    return _facets(
        type=[organisation.kind],
        organisation_kind=[organisation.kind],
        country=countries,
        theme=[theme.slug for theme in organisation.themes.all()],
        programme=programmes,
        language=organisation.languages,
        organisation=[organisation.slug],
    )


def _facets(**values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each facet's codes once, without empty ones; facets that hold none are left out."""
    kept = {name: _some(*codes) for name, codes in values.items()}
    return {name: codes for name, codes in kept.items() if codes}


def _some(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _joined(*texts: Texts) -> Texts:
    """Several texts as one, language by language."""
    languages = dict.fromkeys(language for each in texts for language in each)
    return {language: "\n\n".join(each[language] for each in texts if language in each) for language in languages}
