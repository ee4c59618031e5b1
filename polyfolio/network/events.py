"""News of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationMerged:
    """Every link of `merged_id` is now a link of `kept_id`; what names the organisation is to be read again."""

    kept_id: int
    merged_id: int


@dataclass(frozen=True)
class OrganisationRenamed:
    """An organisation has another name; what shows its name is to be read again."""

    organisation_id: int
