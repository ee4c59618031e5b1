"""What stewards watch and what they do: flags, follow-ups of holes, support structures, a portfolio's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FlagCode(models.TextChoices):
    STATUS_QUO = "status_quo", _("Status quo")
    UNSUPPORTED = "unsupported", _("Unsupported")
    CRISIS = "crisis", _("Crisis")
    PROJECTIFIED = "projectified", _("Projectified")
    ORPHANED = "orphaned", _("Orphaned")
    FAD = "fad", _("Fad")
    DRIFT = "drift", _("Drift")
    UNQUANTIFIED = "unquantified", _("Unquantified")


class FollowUpKind(models.TextChoices):
    """What follows from a hole, besides a decision to leave it."""

    NEED = "need", _("make it a need")
    CALL = "call", _("open a call")
    QUESTION = "question", _("ask the network")


class SupportKind(models.TextChoices):
    UNIT = "unit", _("unit")
    FUND = "fund", _("fund")
    METHOD = "method", _("method")
    PROCUREMENT = "procurement", _("procurement route")
    LAB = "lab", _("lab")
    SKILLS = "skills", _("skill programme")


class TermKind(models.TextChoices):
    """Which of a portfolio's own dimensions a term belongs to."""

    LEVER = "lever", _("lever")
    FIELD = "field", _("field")
    OWN_THEME = "own_theme", _("own theme")
