"""States of import runs and what happened to each row of a source."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


ENDED_STATES = (RunState.DONE, RunState.STOPPED, RunState.UNDONE)


class EndReason(models.TextChoices):
    """Why a run ended without reading its source to the end."""

    BY_PERSON = "by_person", _("Somebody stopped it.")
    STUCK = "stuck", _("It broke off several times at the same place and was not tried again.")
    UNCHANGED = "unchanged", _("The address still gives the file that was imported before.")


class Outcome(models.TextChoices):
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    FAILED = "failed", _("failed")


class Severity(models.TextChoices):
    CRITICAL = "critical", _("critical")
    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    NOTE = "note", _("note")


class MatchState(models.TextChoices):
    """An accepted match is no row any more: the two are one organisation."""

    PROPOSED = "proposed", _("to be decided")
    REJECTED = "rejected", _("different organisations")


class MatchReason(models.TextChoices):
    NAME = "name", _("It has the same name.")
    OTHER_NAME = "other_name", _("It goes by the same name.")
