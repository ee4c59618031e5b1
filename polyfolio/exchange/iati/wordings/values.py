"""Problems of a single value."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.iati.wordings.wording import (
    CORRECT,
    ERROR,
    KEPT,
    LEFT_OUT,
    NOTE,
    NOTHING,
    WARNING,
    Wording,
)

_UNKNOWN_AMOUNT = _("The amount is kept as not known, which is never counted as zero.")
_READ_AS = _("It was read as {read_as}.")
_LOOK = _("Look whether that is right.")

VALUE_WORDINGS: dict[str, Wording] = {
    "value-too-long": Wording(WARNING, _("A value is longer than {longest} characters: {value}"), LEFT_OUT, CORRECT),
    "attribute-missing": Wording(WARNING, _("“{attribute}” is missing or empty."), _("The rest was kept."), CORRECT),
    "code-unknown": Wording(
        WARNING,
        _("“{value}” is not in the list {code_list}."),
        KEPT,
        _("Correct the code, or load a newer version of the list."),
    ),
    "country-unreadable": Wording(WARNING, _("“{value}” is no country code of two letters."), LEFT_OUT, CORRECT),
    "date-impossible": Wording(ERROR, _("There is no such day: {value}"), LEFT_OUT, CORRECT),
    "date-unreadable": Wording(ERROR, _("“{value}” is no date of the form 2024-12-31."), LEFT_OUT, CORRECT),
    "date-form": Wording(NOTE, _("The date {value} is not of the form 2024-12-31."), _("It was understood."), CORRECT),
    "date-unlikely": Wording(WARNING, _("The date {value} is hard to believe."), KEPT, CORRECT),
    "instant-unreadable": Wording(
        WARNING, _("“{value}” is no date and time of the form 2024-12-31T23:59:59Z."), LEFT_OUT, CORRECT
    ),
    "not-yes-or-no": Wording(WARNING, _("“{value}” is neither 1 nor 0."), LEFT_OUT, CORRECT),
    "number-unreadable": Wording(WARNING, _("“{value}” is no whole number that makes sense here."), LEFT_OUT, CORRECT),
    "percentage-unreadable": Wording(ERROR, _("“{value}” is no percentage."), LEFT_OUT, CORRECT),
    "percentage-impossible": Wording(ERROR, _("{value} % is not between 0 and 100."), LEFT_OUT, CORRECT),
    "percentage-form": Wording(
        NOTE, _("The percentage {value} should be a bare number."), _("It was understood."), CORRECT
    ),
    "amount-missing": Wording(ERROR, _("The amount is empty."), _UNKNOWN_AMOUNT, CORRECT),
    "amount-unreadable": Wording(ERROR, _("“{value}” is no amount."), _UNKNOWN_AMOUNT, CORRECT),
    "amount-too-large": Wording(ERROR, _("The amount {value} is hard to believe."), _UNKNOWN_AMOUNT, CORRECT),
    "amount-form": Wording(
        WARNING,
        _("The amount {value} should be written without separators, with a point for decimals."),
        _READ_AS,
        _LOOK,
    ),
    "amount-negative": Wording(
        NOTE, _("The amount {value} is negative."), _("It was kept, and marked as a correction."), NOTHING
    ),
    "currency-missing": Wording(
        ERROR,
        _("Neither the amount nor the activity states a currency."),
        _("The amount was kept without one; it takes part in no sum."),
        _("Add default-currency to the activity, and import the file again."),
    ),
    "currency-unreadable": Wording(
        ERROR,
        _("“{value}” is no currency code of three letters."),
        _("The amount was kept without a currency; it takes part in no sum."),
        CORRECT,
    ),
    "currency-form": Wording(NOTE, _("The currency {value} should be in capitals."), _("It was understood."), CORRECT),
    "currency-unknown": Wording(
        WARNING,
        _("There is no currency {value}."),
        _("The amount was kept in it; it cannot be converted."),
        CORRECT,
    ),
    "address-unsafe": Wording(WARNING, _("“{value}” is no web address that is safe to link to."), LEFT_OUT, CORRECT),
    "point-unreadable": Wording(WARNING, _("“{value}” is no latitude and longitude."), LEFT_OUT, CORRECT),
    "point-impossible": Wording(
        WARNING, _("{value} lies outside the world; latitude comes first, then longitude."), LEFT_OUT, CORRECT
    ),
    "point-nowhere": Wording(
        WARNING, _("The point {value} lies in the sea off Ghana; it usually means that none was known."), KEPT, CORRECT
    ),
    "narrative-missing": Wording(
        WARNING, _("Text stands without a narrative around it: {value}"), _("It was read as if it had one."), CORRECT
    ),
    "markup-in-narrative": Wording(
        WARNING, _("A narrative holds the element “{value}”."), _("Its text was taken, the element was not."), CORRECT
    ),
    "markup-in-text": Wording(
        NOTE,
        _("The text holds mark-up: {value}"),
        _("It was kept as plain text; nothing of it is ever executed."),
        CORRECT,
    ),
    "escaped-twice": Wording(
        NOTE, _("Special characters are escaped twice: {value}"), _("They were read as meant."), CORRECT
    ),
    "text-very-long": Wording(
        WARNING,
        _("The text is {length} characters long: {value}"),
        _("It was kept whole."),
        _("Look whether it belongs here."),
    ),
    "language-twice": Wording(
        WARNING,
        _("Two texts stand in the language “{language}”; the second is: {value}"),
        _("The first was taken; the activity keeps both in its source."),
        CORRECT,
    ),
    "language-unreadable": Wording(
        WARNING, _("“{value}” is no language code."), _("The activity's own language was taken instead."), CORRECT
    ),
    "language-unknown": Wording(WARNING, _("There is no language “{value}”."), KEPT, CORRECT),
}
