"""Problems of one activity as a whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.iati.wordings.wording import (
    ASK,
    CORRECT,
    ERROR,
    KEPT,
    NOT_TAKEN,
    NOTE,
    NOTHING,
    WARNING,
    Wording,
)

_ADD = _("Add it where the file is made, or on the initiative's page here.")
_WITHOUT = _("The activity was imported without it.")

ACTIVITY_WORDINGS: dict[str, Wording] = {
    "activity-broken": Wording(ERROR, _("The activity is not well-formed XML: {reason}"), NOT_TAKEN, CORRECT),
    "activity-unclosed": Wording(
        ERROR, _("The activity that begins at line {line} is never closed."), NOT_TAKEN, CORRECT
    ),
    "activity-truncated": Wording(
        ERROR,
        _("The file breaks off within the activity that begins at line {line}."),
        NOT_TAKEN,
        _("Download or export the file again, and import it whole."),
    ),
    "activity-too-large": Wording(
        ERROR,
        _("The activity that begins at line {line} is larger than can be read at once."),
        NOT_TAKEN,
        _("Look whether it holds what it should; split it if it does."),
    ),
    "identifier-missing": Wording(
        ERROR,
        _("The activity has no identifier, so it could not be recognised the next time."),
        NOT_TAKEN,
        _("Give it an iati-identifier, and import the file again."),
    ),
    "identifier-twice": Wording(
        ERROR,
        _("The identifier {value} stands in this file already, at line {first}."),
        _("The first activity was taken, this one was not."),
        _("Give each activity an identifier of its own, or remove the one that is out of date."),
    ),
    "identifier-too-long": Wording(
        ERROR, _("The identifier is longer than 300 characters."), NOT_TAKEN, _("Shorten it.")
    ),
    "mended-encoding": Wording(
        WARNING,
        _("Some characters are not valid UTF-8 (bytes {value})."),
        _("They were read as Windows-1252, from which they usually come."),
        _("Look at the accented letters of this activity; correct them where the file is made."),
    ),
    "mended-control": Wording(
        WARNING,
        _("The text holds a control character ({value}), which XML does not allow."),
        _("Each was replaced by a space."),
        CORRECT,
    ),
    "mended-ampersand": Wording(
        WARNING, _("An “&” stands for itself, where “&amp;” is meant: {value}"), _("It was read as meant."), CORRECT
    ),
    "mended-less-than": Wording(
        WARNING, _("A “<” stands for itself, where “&lt;” is meant: {value}"), _("It was read as meant."), CORRECT
    ),
    "mended-entity": Wording(
        WARNING, _("{value} is known to web pages, but not to XML."), _("It was read as on a web page."), CORRECT
    ),
    "entity-unknown": Wording(
        WARNING,
        _("{value} stands for something that is never read here."),
        _("It was kept as these characters; nothing was expanded, fetched or run."),
        CORRECT,
    ),
    "mended-prefix": Wording(
        WARNING,
        _("The prefix “{value}” is used without a namespace being declared for it."),
        _("One was made up, so that the activity can be read and kept."),
        CORRECT,
    ),
    "namespaced": Wording(
        NOTE, _("The activity stands in the namespace {value}; the standard has none."), _("It was ignored."), NOTHING
    ),
    "more-of-the-same": Wording(
        NOTE,
        _("There are {count} more problems of the kind “{value}” in this activity."),
        _("See the first ones."),
        CORRECT,
    ),
    "title-missing": Wording(ERROR, _("The activity has no title."), _WITHOUT, _ADD),
    "description-missing": Wording(WARNING, _("The activity has no description."), _WITHOUT, _ADD),
    "reporting-missing": Wording(ERROR, _("The activity does not say who reports it."), _WITHOUT, _ADD),
    "participants-missing": Wording(WARNING, _("The activity names no organisation that takes part."), _WITHOUT, _ADD),
    "status-missing": Wording(WARNING, _("The activity has no status."), _WITHOUT, _ADD),
    "dates-missing": Wording(WARNING, _("The activity has no dates."), _WITHOUT, _ADD),
    "place-missing": Wording(
        NOTE, _("Neither the activity nor its transactions name a country or region."), _WITHOUT, _ADD
    ),
    "sector-missing": Wording(NOTE, _("Neither the activity nor its transactions name a sector."), _WITHOUT, _ADD),
    "sector-shares": Wording(
        WARNING,
        _("Sectors of vocabulary {vocabulary} should add to 100 %; {stated} of {count} state a share: {value} %."),
        _("The shares were kept as they stand; sums here will not make up for it."),
        CORRECT,
    ),
    "place-shares": Wording(
        WARNING,
        _("The countries and regions should add to 100 %; {stated} of {count} state a share, {value} %."),
        _("The shares were kept as they stand; sums here will not make up for it."),
        CORRECT,
    ),
    "period-backwards": Wording(WARNING, _("The period ends before it begins: {value}"), KEPT, CORRECT),
    "actual-in-future": Wording(
        WARNING, _("A date that is said to be actual lies in the future: {value}"), KEPT, CORRECT
    ),
    "transaction-in-future": Wording(WARNING, _("The transaction lies in the future: {value}"), KEPT, CORRECT),
    "date-twice": Wording(
        WARNING,
        _("The activity states two dates of type {type}; the second is {value}."),
        _("The first was taken."),
        CORRECT,
    ),
    "element-twice": Wording(
        WARNING, _("“{name}” stands more than once, where once is allowed."), _("The first was taken."), CORRECT
    ),
    "element-missing": Wording(WARNING, _("“{name}” is missing."), _("The rest was kept."), CORRECT),
    "organisation-unnamed": Wording(
        WARNING,
        _("An organisation takes part that has neither a name nor an identifier."),
        _("It was left out of our record; the activity keeps it in its source."),
        CORRECT,
    ),
    "upgrade-labels": Wording(
        NOTE,
        _("{count} words beside codes and dates have no place in version 2."),
        _("They were dropped; the codes and dates themselves were kept."),
        NOTHING,
    ),
    "upgrade-kept": Wording(
        NOTE,
        _("{path} has no place in version 2: {value}"),
        _("It was kept at the end of the activity's source."),
        NOTHING,
    ),
    "upgrade-date": Wording(
        NOTE,
        _("A date is written in words: {value}"),
        _("It was read as {read_as}."),
        _("Look whether that is right."),
    ),
    "upgrade-vocabulary": Wording(
        WARNING,
        _("The vocabulary {value} has no successor in version 2."),
        _("Its codes were kept as the publisher's own."),
        ASK,
    ),
}
