"""A small IATI file: five activities that can be taken, and one that cannot."""

from __future__ import annotations

TITLES = (
    "Mending bicycles in Nakuru",
    "Mending radios in Nakuru",
    "Mending school desks in Kisumu",
    "Seed exchange in Kisumu",
    "Rain barrels in Eldoret",
)
NAMELESS = "<title><narrative>Nobody can tell which this is</narrative></title>"
BROKEN = f'<iati-activity default-currency="KES">{NAMELESS}</iati-activity>'


def activity(number: int, title: str) -> str:
    return f"""
  <iati-activity xml:lang="en" default-currency="KES">
    <iati-identifier>XM-EXAMPLE-{number}</iati-identifier>
    <reporting-org ref="XM-EXAMPLE" type="21"><narrative>Menders of the Rift</narrative></reporting-org>
    <title><narrative>{title}</narrative></title>
    <description><narrative>What is broken is looked at together before it is thrown away.</narrative></description>
    <participating-org ref="XM-EXAMPLE" role="4"><narrative>Menders of the Rift</narrative></participating-org>
    <activity-status code="2"/>
    <activity-date type="1" iso-date="2024-0{number}-01"/>
    <recipient-country code="KE"/>
    <sector code="14050"/>
    <transaction>
      <transaction-type code="2"/><transaction-date iso-date="2024-06-01"/>
      <value currency="KES" value-date="2024-06-01">{number}00000</value>
    </transaction>
  </iati-activity>"""


def file_of_six() -> bytes:
    good = "".join(activity(number, title) for number, title in enumerate(TITLES, start=1))
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}\n<iati-activities version="2.03">{good}{BROKEN}</iati-activities>'.encode()
