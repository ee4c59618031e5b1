"""The form of a wording, and sentences that many share."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.choices import Severity


@dataclass(frozen=True, slots=True)
class Wording:
    """Three translatable sentences with places for {value}, {element}, {line} and the problem's own params."""

    severity: Severity
    message: Promise | str
    done: Promise | str
    remedy: Promise | str


CRITICAL, ERROR, WARNING, NOTE = Severity.CRITICAL, Severity.ERROR, Severity.WARNING, Severity.NOTE

NOTHING_READ = _("Nothing was imported.")
NOT_TAKEN = _("This activity was not imported; all others were.")
KEPT = _("It was kept as it stands.")
LEFT_OUT = _("The value was left out of our record; the activity keeps it in its source.")
READ_ON = _("Everything else was read.")
NOTHING = _("Nothing needs to be done.")
CORRECT = _("Correct it where the file is made, and import the file again.")
ASK = _("Ask the publisher to correct it.")
