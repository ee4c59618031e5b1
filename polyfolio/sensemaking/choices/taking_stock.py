"""How people hold a portfolio against itself: stocktakes, its own indicators, workshops (domain 3.8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Layer(models.TextChoices):
    """What notes of a stocktake or a workshop are about."""

    SCALE = "scale", _("scale")
    CONNECTIONS = "connections", _("connections")
    LEVERS = "levers", _("levers")
    INTENT = "intent", _("intent")
    CAPABILITIES = "capabilities", _("capabilities")
    ASSETS = "assets", _("assets")
    RELATIONSHIPS = "relationships", _("relationships")


class StocktakeState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Direction(models.TextChoices):
    """Which way of an indicator is the good one."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    HOLD = "hold", _("it should stay as it is")


class WorkshopKind(models.TextChoices):
    EXPLORATION = "exploration", _("exploration")
    STOCKTAKE = "stocktake", _("stocktake")
    SENSEMAKING = "sensemaking", _("sensemaking round")
    LEARNING_HISTORY = "learning_history", _("learning-history workshop")
    TRANSITION_LAB = "transition_lab", _("transition lab")


class WorkshopState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class Board(models.TextChoices):
    """What tokens are placed upon in a step."""

    NONE = "", _("no board")
    DIAMOND = "diamond", _("diamond of facets")
    ZONES = "zones", _("playing field of zones")


class ActKind(models.TextChoices):
    """What happens in a workshop. The first six are everybody's; the others are the facilitator's."""

    PLACE = "place", _("place")
    MOVE = "move", _("move")
    PROPOSE = "propose", _("propose")
    VOTE = "vote", _("vote")
    NOTE = "note", _("note")
    PITCH = "pitch", _("pitch")
    JOIN = "join", _("join")
    START = "start", _("start")
    STEP = "step", _("go to a step")
    TIMER = "timer", _("set the timer")
    REVEAL = "reveal", _("reveal")
    END = "end", _("end")
