"""What people decide about a portfolio (domain: workshops and stocktakes)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DecisionKind(models.TextChoices):
    START = "start", _("start")
    CONTINUE = "continue", _("continue")
    CONNECT = "connect", _("connect")
    BOOST = "boost", _("boost")
    ADAPT = "adapt", _("adapt")
    MERGE = "merge", _("merge")
    HAND_OVER = "hand_over", _("hand over")
    PAUSE = "pause", _("pause")
    STOP = "stop", _("stop")
    LEAVE = "leave", _("leave it empty")


class DecisionState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
