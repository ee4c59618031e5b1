"""Small IATI files for tests, and what comes out of them."""

from __future__ import annotations

import io
from datetime import date

from polyfolio.exchange.iati.activities import FailedActivity, RawActivity, ReadActivity
from polyfolio.exchange.iati.codelists import CodeLists
from polyfolio.exchange.iati.data import ActivityData
from polyfolio.exchange.iati.problems import Problem
from polyfolio.exchange.iati.reader import IatiReader

TODAY = date(2024, 6, 30)
# An activity about which there is nothing to say.
COMPLETE = """
  <reporting-org ref="XM-1" type="40"><narrative>Reporter</narrative></reporting-org>
  <title><narrative>Title</narrative></title>
  <description><narrative>Description</narrative></description>
  <participating-org ref="XM-2" role="1"><narrative>Partner</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2020-01-01"/>
  <recipient-country code="BR"/>
  <sector code="11110"/>
"""


def activity(inner: str = COMPLETE, identifier: str = "XM-1-A", attributes: str = 'default-currency="USD"') -> str:
    """One activity of version 2; without an `iati-identifier` where `identifier` is empty."""
    named = f"<iati-identifier>{identifier}</iati-identifier>" if identifier else ""
    return f'<iati-activity xml:lang="en" {attributes}>{named}{inner}</iati-activity>'


def file_of(*activities: str, attributes: str = 'version="2.03"') -> str:
    return f"<iati-activities {attributes}>\n" + "\n".join(activities) + "\n</iati-activities>\n"


def reader_of(content: str | bytes, *, codes: CodeLists | None = None, max_activity: int = 1 << 26) -> IatiReader:
    data = content.encode() if isinstance(content, str) else content
    return IatiReader(io.BytesIO(data), codes=codes, today=TODAY, max_activity=max_activity)


Item = ReadActivity | FailedActivity | Problem


def read_all(content: str | bytes, *, codes: CodeLists | None = None, max_activity: int = 1 << 26) -> list[Item]:
    """Everything in a file, parsed."""
    reader = reader_of(content, codes=codes, max_activity=max_activity)
    return [reader.parse(item) if isinstance(item, RawActivity) else item for item in reader.scan()]


def read_one(inner: str, *, codes: CodeLists | None = None, attributes: str = 'default-currency="USD"') -> ReadActivity:
    """The one activity of a version 2.03 file."""
    (item,) = (
        item
        for item in read_all(file_of(activity(inner, attributes=attributes)), codes=codes)
        if not isinstance(item, Problem)
    )
    assert isinstance(item, ReadActivity)
    return item


def data_of(inner: str, *, codes: CodeLists | None = None, attributes: str = 'default-currency="USD"') -> ActivityData:
    return read_one(inner, codes=codes, attributes=attributes).data


def seen(items: list[Item]) -> list[str]:
    """What came out, in short: an identifier, a failure's identifier and code, or the code of a problem of the file."""
    short: list[str] = []
    for item in items:
        if isinstance(item, ReadActivity):
            short.append(item.identifier)
        elif isinstance(item, FailedActivity):
            short.append(f"{item.identifier}!{item.problems[-1].code}")
        else:
            short.append(item.code)
    return short


def told(item: Item, *, only: str = "") -> list[tuple[str, str, str]]:
    """The problems of an activity as (code, element, value); with `only` those of which the code begins so."""
    problems = (item,) if isinstance(item, Problem) else item.problems
    return [(found.code, found.element, found.value) for found in problems if found.code.startswith(only)]
