"""An initiative and what stands around it. IATI calls it an activity."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from polyfolio.audit.models import Record
from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.network.models import Body, Network, Organisation
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import (
    InitiativeKind,
    InitiativeStatus,
    LinkConfidence,
    LinkKind,
    ParticipationRole,
    Priority,
    SdgStanding,
)
from polyfolio.portfolios.visibility import InitiativeQuerySet
from polyfolio.vocabulary.models import Theme


class Initiative(Record):
    """Something that organisations do on purpose: an idea, pilot, project, policy measure, campaign…"""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="initiatives")
    slug = models.SlugField(max_length=100, unique=True)
    title = TextsField()
    label = LabelField()
    summary = TextsField()
    objectives = TextsField()
    daily_life = TextsField()
    kind = models.CharField(max_length=16, choices=InitiativeKind, default=InitiativeKind.PROJECT)
    status = models.CharField(max_length=16, choices=InitiativeStatus, default=InitiativeStatus.PIPELINE)
    priority = models.CharField(max_length=8, choices=Priority, blank=True)
    planned_start_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    actual_start_on = models.DateField(null=True, blank=True)
    actual_end_on = models.DateField(null=True, blank=True)
    starts_on = models.GeneratedField(
        expression=Coalesce("actual_start_on", "planned_start_on"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    ends_on = models.GeneratedField(
        expression=Coalesce("actual_end_on", "planned_end_on"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    horizon_months = models.PositiveSmallIntegerField(null=True, blank=True)
    budget_lines: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    methods: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.NETWORK)
    last_substantive_update_at = models.DateTimeField(default=timezone.now)
    themes: models.ManyToManyField[Theme, Any] = models.ManyToManyField(Theme, blank=True, related_name="initiatives")
    programmes: models.ManyToManyField[Body, Any] = models.ManyToManyField(Body, blank=True, related_name="initiatives")

    objects: ClassVar[Any] = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        indexes = [
            models.Index(fields=["network", "label"]),
            models.Index(fields=["-updated_at"]),
            models.Index(fields=["starts_on"]),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("initiative", args=[self.slug])


class InitiativeIdentifier(models.Model):
    """An identifier under which an initiative is known elsewhere; IATI's own has the scheme `iati`."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="identifiers")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=300)
    owner_name = models.CharField(max_length=300, blank=True)
    owner_ref = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["network", "scheme", "value"])]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "scheme", "value"],
                condition=Q(scheme="iati"),
                name="portfolios_iati_identifier_once",
            )
        ]

    def __str__(self) -> str:
        return self.value


class Participation(models.Model):
    """An organisation takes part in an initiative in a role. Names are kept as they were given by a source."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=16, choices=ParticipationRole)
    name_given = models.CharField(max_length=500, blank=True)
    ref_given = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "organisation", "role"], name="portfolios_participation_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_role_display()}"


class InitiativeTerritory(models.Model):
    """A country or region that an initiative benefits, with its share in percent where one is stated."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="territories")
    country = models.CharField(max_length=2, blank=True, db_index=True)
    region = models.CharField(max_length=40, blank=True)
    region_vocabulary = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200, blank=True)
    percentage = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["initiative", "country"])]
        constraints = [
            models.CheckConstraint(condition=~Q(country="", region="", name=""), name="portfolios_territory_is_named")
        ]

    def __str__(self) -> str:
        return self.name or self.country or self.region


class InitiativePlace(models.Model):
    """A place of an initiative. Latitude and longitude in degrees (WGS 84)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class InitiativeSector(models.Model):
    """A sector by somebody's classification (vocabulary + code), with its share in percent where one is stated."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="sectors")
    vocabulary = models.CharField(max_length=20, default="1")
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=300, blank=True)
    percentage = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["vocabulary", "code"])]

    def __str__(self) -> str:
        return self.name or self.code


class InitiativeSdg(models.Model):
    """An SDG goal (`12`) or target (`12.5`) of an initiative, and how it stands to it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="sdgs")
    goal = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=6, blank=True)
    standing = models.CharField(max_length=10, choices=SdgStanding, default=SdgStanding.OTHER)

    class Meta:
        indexes = [
            models.Index(fields=["goal", "initiative"]),
            models.Index(fields=["initiative", "goal", "standing"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "goal", "target"], name="portfolios_sdg_once"),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(standing="main"), name="portfolios_one_main_sdg"
            ),
            models.CheckConstraint(condition=Q(goal__gte=1, goal__lte=17), name="portfolios_sdg_goal_exists"),
        ]

    def __str__(self) -> str:
        return self.target or str(self.goal)


class InitiativeDocument(models.Model):
    """A document elsewhere that an initiative points to."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="documents")
    url = models.URLField(max_length=2000)
    title = TextsField()
    label = LabelField()
    format = models.CharField(max_length=100, blank=True)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    categories: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    published_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label or self.url


class InitiativeContact(models.Model):
    """Whom to ask about an initiative, as its owner published it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="contacts")
    organisation = models.CharField(max_length=300, blank=True)
    department = models.CharField(max_length=300, blank=True)
    person = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=500, blank=True)
    address = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.person or self.organisation or self.email


class InitiativeLink(models.Model):
    """One initiative stands in a relation to another, known here or (by its identifier) elsewhere."""

    source = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.CASCADE, related_name="linked_from")
    target_identifier = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=LinkKind)
    confidence = models.CharField(max_length=12, choices=LinkConfidence, default=LinkConfidence.CLAIMED)
    claimed_on = models.DateField(default=timezone.localdate)
    claimed_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="claimed_links"
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                condition=Q(target__isnull=False),
                name="portfolios_link_once",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | ~Q(target_identifier=""),
                name="portfolios_link_has_target",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("source")), name="portfolios_link_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target or self.target_identifier}"
