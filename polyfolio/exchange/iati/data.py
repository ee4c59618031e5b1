"""What an IATI activity says, typed. Codes stay as IATI writes them.

A text is `{language: text}`, its language `und` where none is stated. Bounds that hold for every value here, so that
no column overflows: identifiers ≤ 300 characters, references ≤ 200, codes ≤ 80, vocabularies ≤ 20, addresses ≤ 2,000,
currencies three capital letters, countries two, |amount| < 10¹⁸. What did not fit is blank here, named in a problem,
and still whole in the kept XML. Missing is `""`, `None` or `()`, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar, dataclass_transform

from polyfolio.lib.texts import Texts

_Record = TypeVar("_Record")


@dataclass_transform(frozen_default=True)
def record(cls: type[_Record]) -> type[_Record]:
    """A slotted dataclass that the type checker holds to be frozen.

    Not frozen at run time: that would cost five times as much for each of the million small objects in a big file.
    """
    return dataclass(slots=True)(cls)


@record
class ReportingOrganisation:
    ref: str
    type: str
    is_secondary: bool
    names: Texts


@record
class Participation:
    """`role`: 1 funding, 2 accountable, 3 extending, 4 implementing."""

    ref: str
    type: str
    role: str
    names: Texts
    activity_identifier: str
    crs_channel: str


@record
class OtherIdentifier:
    ref: str
    type: str
    owner_ref: str
    owner_names: Texts


@record
class ActivityDate:
    """`type`: 1 planned start, 2 actual start, 3 planned end, 4 actual end."""

    type: str
    on: date | None
    texts: Texts


@record
class Contact:
    type: str
    organisation: Texts
    department: Texts
    person: Texts
    job_title: Texts
    telephones: tuple[str, ...]
    emails: tuple[str, ...]
    websites: tuple[str, ...]
    mailing_addresses: tuple[Texts, ...]


@record
class Country:
    code: str
    percentage: Decimal | None
    names: Texts


@record
class Region:
    vocabulary: str
    vocabulary_uri: str
    code: str
    percentage: Decimal | None
    names: Texts


@record
class PlaceCode:
    """A gazetteer's code (`level` blank) or an administrative division (`level` "0", "1"…)."""

    vocabulary: str
    code: str
    level: str


@record
class Location:
    ref: str
    reach: str
    gazetteer: tuple[PlaceCode, ...]
    administrative: tuple[PlaceCode, ...]
    names: Texts
    descriptions: Texts
    activity_descriptions: Texts
    latitude: float | None
    longitude: float | None
    exactness: str
    location_class: str
    feature: str


@record
class Sector:
    vocabulary: str
    vocabulary_uri: str
    code: str
    percentage: Decimal | None
    names: Texts


@record
class Tag:
    vocabulary: str
    vocabulary_uri: str
    code: str
    names: Texts


@record
class SdgMention:
    """A goal, or a target of it. `source`: tag, sector or transaction; `percentage`: of a sector that states one."""

    goal: int
    target: str
    source: str
    percentage: Decimal | None


@record
class PolicyMarker:
    vocabulary: str
    vocabulary_uri: str
    code: str
    significance: str
    names: Texts


@record
class HumanitarianScope:
    type: str
    vocabulary: str
    vocabulary_uri: str
    code: str
    names: Texts


@record
class AidType:
    vocabulary: str
    code: str


@record
class CountryBudgetItem:
    vocabulary: str
    code: str
    percentage: Decimal | None
    descriptions: Texts


@record
class Party:
    """The organisation that gives (provider) or gets (receiver) an amount."""

    ref: str
    type: str
    names: Texts
    activity_identifier: str


@record
class Budget:
    """`type`: 1 original, 2 revised; `status`: 1 indicative, 2 committed."""

    type: str
    status: str
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    currency: str
    value_on: date | None
    is_correction: bool


@record
class PlannedDisbursement:
    type: str
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    currency: str
    value_on: date | None
    is_correction: bool
    provider: Party | None
    receiver: Party | None


@record
class Transaction:
    """`type`: 1 incoming funds … 13 incoming pledge. What it does not state follows from the activity's defaults."""

    ref: str
    type: str
    on: date | None
    amount: Decimal | None
    currency: str
    value_on: date | None
    is_correction: bool
    is_humanitarian: bool | None
    descriptions: Texts
    provider: Party | None
    receiver: Party | None
    disbursement_channel: str
    sectors: tuple[Sector, ...]
    countries: tuple[Country, ...]
    regions: tuple[Region, ...]
    flow_type: str
    finance_type: str
    aid_types: tuple[AidType, ...]
    tied_status: str


@record
class DocumentLink:
    """`url` is blank where its scheme is not http, https or ftp."""

    url: str
    format: str
    titles: Texts
    descriptions: Texts
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    published_on: date | None


@record
class RelatedActivity:
    """`type`: 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party."""

    ref: str
    type: str


@record
class LegacyDatum:
    name: str
    value: str
    iati_equivalent: str


@record
class Condition:
    type: str
    texts: Texts


@record
class Reference:
    """A result's or indicator's code in a published vocabulary."""

    vocabulary: str
    code: str
    uri: str


@record
class Measurement:
    """`value` is as published; `number` only where that is a number. `dimensions` are (name, value) pairs."""

    value: str
    number: Decimal | None
    comments: Texts
    locations: tuple[str, ...]
    dimensions: tuple[tuple[str, str], ...]
    documents: tuple[DocumentLink, ...]


@record
class Baseline:
    year: int | None
    on: date | None
    measurement: Measurement


@record
class Period:
    starts_on: date | None
    ends_on: date | None
    targets: tuple[Measurement, ...]
    actuals: tuple[Measurement, ...]


@record
class Indicator:
    """`measure`: 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative."""

    measure: str
    is_ascending: bool
    is_aggregable: bool | None
    titles: Texts
    descriptions: Texts
    documents: tuple[DocumentLink, ...]
    references: tuple[Reference, ...]
    baselines: tuple[Baseline, ...]
    periods: tuple[Period, ...]


@record
class Result:
    """`type`: 1 output, 2 outcome, 3 impact, 9 other."""

    type: str
    is_aggregable: bool | None
    titles: Texts
    descriptions: Texts
    documents: tuple[DocumentLink, ...]
    references: tuple[Reference, ...]
    indicators: tuple[Indicator, ...]


@record
class ActivityData:
    """One activity. `descriptions` are by type: 1 general, 2 objectives, 3 target groups, 4 other."""

    identifier: str
    language: str
    currency: str
    is_humanitarian: bool | None
    hierarchy: int | None
    last_updated_at: datetime | None
    linked_data_uri: str
    budget_not_provided: str
    reporting: ReportingOrganisation | None
    titles: Texts
    descriptions: Mapping[str, Texts]
    participations: tuple[Participation, ...]
    other_identifiers: tuple[OtherIdentifier, ...]
    status: str
    dates: tuple[ActivityDate, ...]
    planned_start_on: date | None
    actual_start_on: date | None
    planned_end_on: date | None
    actual_end_on: date | None
    contacts: tuple[Contact, ...]
    scope: str
    countries: tuple[Country, ...]
    regions: tuple[Region, ...]
    locations: tuple[Location, ...]
    sectors: tuple[Sector, ...]
    tags: tuple[Tag, ...]
    sdgs: tuple[SdgMention, ...]
    country_budget_items: tuple[CountryBudgetItem, ...]
    humanitarian_scopes: tuple[HumanitarianScope, ...]
    policy_markers: tuple[PolicyMarker, ...]
    collaboration_type: str
    flow_type: str
    finance_type: str
    aid_types: tuple[AidType, ...]
    tied_status: str
    budgets: tuple[Budget, ...]
    planned_disbursements: tuple[PlannedDisbursement, ...]
    capital_spend: Decimal | None
    transactions: tuple[Transaction, ...]
    documents: tuple[DocumentLink, ...]
    related_activities: tuple[RelatedActivity, ...]
    legacy: tuple[LegacyDatum, ...]
    has_conditions: bool | None
    conditions: tuple[Condition, ...]
    results: tuple[Result, ...]
