"""Networks, their bodies, the organisations and persons in them, and in which role."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from polyfolio.audit.models import Record
from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.network.choices import (
    BodyKind,
    Capacity,
    Level,
    MembershipState,
    OrganisationKind,
    OrganisationSector,
)
from polyfolio.network.fields import DomainField, NameKeyField, OtherKeysField
from polyfolio.network.visibility import (
    BodyQuerySet,
    NetworkQuerySet,
    OrganisationQuerySet,
    PersonQuerySet,
    RoleQuerySet,
)
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.vocabulary.models import Theme


class Network(Record):
    """Organisations that change something together, with bodies that steer it."""

    slug = models.SlugField(max_length=100, unique=True)
    title = TextsField()
    label = LabelField()
    acronym = models.CharField(max_length=40, blank=True)
    intent = TextsField()
    website = models.URLField(blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    dormant_after_months = models.PositiveSmallIntegerField(null=True, blank=True)
    themes: models.ManyToManyField[Theme, Any] = models.ManyToManyField(Theme, blank=True, related_name="networks")

    objects: ClassVar[Any] = NetworkQuerySet.as_manager()

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("network", args=[self.slug])


class Body(Record):
    """A board, programme, desk, committee or group of a network; it may stand under another."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="bodies")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=24, choices=BodyKind)
    title = TextsField()
    label = LabelField()
    acronym = models.CharField(max_length=40, blank=True)
    description = TextsField()
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("body", args=[self.network.slug, self.slug])


class Organisation(Record):
    """An actor of a network: a public body, company, university, or a group without legal identity."""

    slug = models.SlugField(max_length=100, unique=True)
    title = TextsField()
    label = LabelField()
    acronym = models.CharField(max_length=40, blank=True)
    other_names: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=24, choices=OrganisationKind, blank=True)
    sector = models.CharField(max_length=16, choices=OrganisationSector, blank=True)
    level = models.CharField(max_length=16, choices=Level, blank=True)
    country = models.CharField(max_length=2, blank=True)
    website = models.URLField(blank=True)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    description = TextsField()
    drivers = TextsField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors")
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    name_key = NameKeyField(max_length=300, blank=True, editable=False, db_index=True)
    other_keys = OtherKeysField(blank=True, editable=False)
    website_domain = DomainField(max_length=200, blank=True, editable=False, db_index=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="merged"
    )
    themes: models.ManyToManyField[Theme, Any] = models.ManyToManyField(Theme, blank=True, related_name="organisations")

    objects: ClassVar[Any] = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        indexes = [models.Index(fields=["label"]), models.Index(fields=["country"])]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])


class OrganisationIdentifier(models.Model):
    """An identifier of an organisation: a scheme (org-id.guide list, ROR, LEI, Wikidata…) and a value."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="network_identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class OrganisationPlace(models.Model):
    """Where an organisation is at home or at work. Latitude and longitude in degrees (WGS 84)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An organisation takes part in a network, from when to when, and how it stands."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=12, choices=MembershipState, default=MembershipState.ACTIVE)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "organisation"], name="network_membership_once"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="network_membership_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.network}"


class Person(Record):
    """Somebody in the network; may exist without signing in. Contact data is seen by their networks' stewards."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    may_be_named = models.BooleanField(default=False)
    may_be_contacted = models.BooleanField(default=False)

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "persons"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])


class Affiliation(models.Model):
    """A person works at an organisation, from when to when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="affiliations")
    title = models.CharField(max_length=200, blank=True)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=models.F("since_on")),
                name="network_affiliation_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.organisation}"


class Role(Record):
    """An organisation and/or person acts in a body in a capacity, for a time."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    capacity = models.CharField(max_length=24, choices=Capacity)
    since_on = models.DateField(default=timezone.localdate)
    until_on = models.DateField(null=True, blank=True)
    pledge = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="supersedes"
    )

    objects: ClassVar[Any] = RoleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "capacity"]), models.Index(fields=["until_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                name="network_role_has_holder",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("since_on")),
                name="network_role_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        holder = self.person or self.organisation
        return f"{holder}, {self.get_capacity_display()} of {self.body}"
