"""Words that records share: loaded code lists and the stewards' themes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from polyfolio.lib.fields import LabelField, TextsField


class CodeList(models.Model):
    """A list published by somebody else (an IATI code list, say), loaded from its file."""

    name = models.CharField(max_length=80, unique=True)
    title = TextsField()
    label = LabelField(source="title")
    source = models.CharField(max_length=300, blank=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.label or self.name


class Code(models.Model):
    """One entry of a code list, with its names in the languages that the publisher gives."""

    code_list = models.ForeignKey(CodeList, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=200)
    title = TextsField()
    label = LabelField(source="title")
    description = TextsField()
    category = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code_list", "code"], name="vocabulary_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Theme(models.Model):
    """A subject that initiatives and organisations work on; a network may add its own."""

    slug = models.SlugField(max_length=100, unique=True)
    title = TextsField()
    label = LabelField(source="title")
    description = TextsField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    synonyms: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label
