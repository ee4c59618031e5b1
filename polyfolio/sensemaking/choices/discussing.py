"""How a talk about an initiative's place stands, and how an import of placements does."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DiscussionState(models.TextChoices):
    OPEN = "open", _("open")
    RESOLVED = "resolved", _("resolved")


class SheetState(models.TextChoices):
    """A file of placements: read and shown, taken over, or taken back."""

    CHECKED = "checked", _("checked")
    DONE = "done", _("taken over")
    UNDONE = "undone", _("taken back")
