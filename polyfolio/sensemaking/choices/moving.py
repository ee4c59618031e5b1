"""What a what-if scenario may do with a portfolio (domain: moves and what-if)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MoveKind(models.TextChoices):
    START = "start", _("start")
    STOP = "stop", _("stop")
    BOOST = "boost", _("boost")
    MERGE = "merge", _("merge")
    HAND_OVER = "hand_over", _("hand over")
    RE_PLACE = "re_place", _("place anew")
    CHANGE_ZONE = "change_zone", _("change zone")
    CHANGE_MONEY = "change_money", _("change money")


class ScenarioState(models.TextChoices):
    OPEN = "open", _("open")
    ADOPTED = "adopted", _("adopted")
    SET_ASIDE = "set_aside", _("set aside")
