"""What initiatives leave behind for others."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from polyfolio.audit.models import Record
from polyfolio.lib.fields import LabelField, TextsField
from polyfolio.network.models import Body, Network, Organisation
from polyfolio.people.choices import Visibility
from polyfolio.portfolios.choices import ResourceKind
from polyfolio.portfolios.models.initiatives import Initiative
from polyfolio.portfolios.visibility import ResourceQuerySet
from polyfolio.vocabulary.models import Theme


class Resource(Record):
    """A publication, tool, guideline, dataset, training, policy, medium or case study."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="resources")
    slug = models.SlugField(max_length=100, unique=True)
    title = TextsField()
    label = LabelField()
    summary = TextsField()
    kind = models.CharField(max_length=16, choices=ResourceKind)
    url = models.URLField(max_length=2000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    countries: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    sdg_targets: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    organisations: models.ManyToManyField[Organisation, Any] = models.ManyToManyField(
        Organisation, blank=True, related_name="resources"
    )
    programmes: models.ManyToManyField[Body, Any] = models.ManyToManyField(Body, blank=True, related_name="resources")
    initiatives: models.ManyToManyField[Initiative, Any] = models.ManyToManyField(
        Initiative, blank=True, related_name="resources"
    )
    themes: models.ManyToManyField[Theme, Any] = models.ManyToManyField(Theme, blank=True, related_name="resources")

    objects: ClassVar[Any] = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.slug])
