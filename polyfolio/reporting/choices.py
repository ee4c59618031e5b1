"""Levels of results and kinds of values."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResultLevel(models.TextChoices):
    OUTPUT = "output", _("output")
    OUTCOME = "outcome", _("outcome")
    IMPACT = "impact", _("impact")
    OTHER = "other", _("other")


class ValueKind(models.TextChoices):
    BASELINE = "baseline", _("baseline")
    TARGET = "target", _("target")
    ACTUAL = "actual", _("actual")
