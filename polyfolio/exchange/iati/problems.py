"""What was wrong with a file, where, and what it means for the person who reads the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from polyfolio.exchange.choices import Severity
from polyfolio.exchange.iati.wordings import WORDINGS

SHOWN_VALUE = 200


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three sentences in the reader's language: what happened, what was done about it, what to do."""

    message: str
    done: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at one place. `ordinal` counts activities from 1 and is None for the file as a whole; `element`
    is a path below the activity such as `transaction[3]/value`; `value` is what stood there, shortened.
    """

    code: str
    severity: Severity
    ordinal: int | None = None
    line: int = 0
    identifier: str = ""
    element: str = ""
    value: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)

    def explain(self) -> Explanation:
        """The wording of this problem in the active language."""
        wording = WORDINGS[self.code]
        params = {"value": self.value, "element": self.element, "line": self.line, **self.params}
        return Explanation(
            message=str(wording.message).format_map(params),
            done=str(wording.done).format_map(params),
            remedy=str(wording.remedy).format_map(params),
        )


def problem(
    code: str,
    *,
    ordinal: int | None = None,
    line: int = 0,
    identifier: str = "",
    element: str = "",
    value: str = "",
    **params: str | int,
) -> Problem:
    """A problem with the severity that its code has, its value cut to what a report can show."""
    if len(value) > SHOWN_VALUE:
        value = value[:SHOWN_VALUE] + "…"
    return Problem(code, WORDINGS[code].severity, ordinal, line, identifier, element, value, params)
