"""Problems that show only when an activity becomes a record, and those of fetching a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.iati.wordings.wording import (
    CORRECT,
    CRITICAL,
    ERROR,
    LEFT_OUT,
    NOTE,
    NOTHING,
    NOTHING_READ,
    WARNING,
    Wording,
)

_TRY_AGAIN = _("Open the address in a browser. If it works there, try again later, or download the file and import it.")

WRITING_WORDINGS: dict[str, Wording] = {
    "status-by-dates": Wording(
        NOTE,
        _("No status is stated that is known here: “{value}”"),
        _("By its actual dates it was read as “{read_as}”."),
        _("Set the status where the file is made, or on the initiative's page here."),
    ),
    "role-left-out": Wording(WARNING, _("“{value}” is no role of {name} that is known here."), LEFT_OUT, CORRECT),
    "transaction-left-out": Wording(
        WARNING,
        _("“{value}” is no kind of transaction that is known here, so its amount could be added to nothing."),
        _("The transaction was left out of our record; the activity keeps it in its source."),
        CORRECT,
    ),
    "budget-end-left-out": Wording(
        WARNING,
        _("The budget ends on {value}, before it begins."),
        _("The budget was kept without its end; the activity keeps it in its source."),
        CORRECT,
    ),
    "goals-to-choose": Wording(
        NOTE,
        _("The activity names {count} goals: {value}"),
        _("All were kept, marked as imported."),
        _("Choose a main goal and at most five others on the initiative's page."),
    ),
    "edited-here": Wording(
        NOTE,
        _("The source and a person here have both changed this. Here it said: {value}"),
        _("What the source says was taken; what stood here is in the history."),
        _("Look at the history, and bring back what should stay."),
    ),
    "deleted-here": Wording(
        NOTE,
        _("The activity has changed, but somebody deleted it here."),
        _("It stays deleted, and nothing was read."),
        _("Restore the initiative if it should be here, and import the file again."),
    ),
    "not-written": Wording(
        ERROR,
        _("The activity could be read, but not be written ({value})."),
        _("Nothing of it was imported; all others were."),
        _("This is a fault of Polyfolio. Please report it, with this activity."),
    ),
    "file-gone": Wording(
        CRITICAL,
        _("The file that was to be read is not where it was stored."),
        _("What was imported until then stays."),
        _("Import the file again."),
    ),
    "address-refused": Wording(
        CRITICAL,
        _("The address cannot be used: {value}"),
        NOTHING_READ,
        _("Check it, or download the file and import it."),
    ),
    "address-private": Wording(
        CRITICAL,
        _("The address leads into a private network ({value})."),
        NOTHING_READ,
        _("Download the file and import it, or ask the administrator to set POLYFOLIO_ALLOW_PRIVATE_ADDRESSES."),
    ),
    "address-unreachable": Wording(CRITICAL, _("The address does not answer: {value}"), NOTHING_READ, _TRY_AGAIN),
    "address-answers-error": Wording(
        CRITICAL, _("The address answers with an error: {value}"), NOTHING_READ, _TRY_AGAIN
    ),
    "address-too-slow": Wording(
        CRITICAL, _("The file did not arrive within {value} minutes."), NOTHING_READ, _TRY_AGAIN
    ),
    "address-too-large": Wording(
        CRITICAL,
        _("The file is larger than {value} MB, the most that is taken from an address."),
        NOTHING_READ,
        _("Download it and import it with the command line, which has no limit."),
    ),
    "address-unchanged": Wording(
        NOTE,
        _("The address still gives the file that was imported before."),
        _("Nothing was read, because nothing would change."),
        NOTHING,
    ),
}
