"""Whose self-assessment it is, and whether it still takes answers (domain: exploration)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExplorationState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class WorkforceSize(models.TextChoices):
    """How many people work there."""

    UNDER_10 = "under_10", _("fewer than 10 people")
    UNDER_50 = "under_50", _("10 to 49 people")
    UNDER_250 = "under_250", _("50 to 249 people")
    UNDER_1000 = "under_1000", _("250 to 999 people")
    FROM_1000 = "from_1000", _("1,000 people or more")


class Function(models.TextChoices):
    """What a public body works on: the ten divisions of the UN's Classification of the Functions of Government."""

    GENERAL = "01", _("general public services")
    DEFENCE = "02", _("defence")
    ORDER = "03", _("public order and safety")
    ECONOMY = "04", _("economic affairs")
    ENVIRONMENT = "05", _("environmental protection")
    HOUSING = "06", _("housing and community amenities")
    HEALTH = "07", _("health")
    CULTURE = "08", _("recreation, culture and religion")
    EDUCATION = "09", _("education")
    SOCIAL = "10", _("social protection")
