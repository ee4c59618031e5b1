"""How the log speaks of this room's records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from polyfolio.audit import subjects
from polyfolio.lib.events import publish
from polyfolio.network.actions import roles
from polyfolio.network.events import OrganisationRenamed
from polyfolio.network.models import Body, Network, Organisation, Person, Role
from polyfolio.people.models import User
from polyfolio.vocabulary.countries import country_name

TITLES = {"title": _("Name"), "acronym": _("Acronym"), "themes": _("Themes"), "visibility": _("Who sees it")}


def organisation_settled(organisation: Organisation, by: User, at: datetime) -> None:  # noqa: ARG001  # registry's
    publish(OrganisationRenamed(organisation.pk))


def _country(fact: Any) -> str:
    return country_name(str(fact))


def register_all() -> None:
    subjects.register(
        Network,
        change="network.edit_network",
        delete="network.delete_network",
        labels=TITLES | {"intent": _("Intent"), "dormant_after_months": _("Dormant after months")},
    )
    subjects.register(
        Body,
        change="network.edit_body",
        delete="network.delete_body",
        labels=TITLES | {"parent": _("Stands under"), "kind": _("Kind")},
    )
    subjects.register(
        Organisation,
        change="network.edit_organisation",
        delete="network.delete_organisation",
        settle=organisation_settled,
        labels=TITLES
        | {
            "other_names": _("Other names"),
            "drivers": _("What it is judged by"),
            "identifiers": _("Identifiers"),
            "places": _("Places"),
            "merged_into": _("Merged into"),
            "merged": _("Merged with"),
            "moved": _("Links brought over"),
            "file": _("File"),
        },
        show={"country": _country},
    )
    subjects.register(
        Person,
        change="network.edit_person",
        delete="network.delete_person",
        labels={
            "affiliations": _("Works at"),
            "may_be_named": _("May be named in public"),
            "may_be_contacted": _("May be contacted"),
            "has_account": _("Has an account"),
        },
        personal=frozenset({"name", "email"}),
    )
    subjects.register(
        Role,
        change="network.appoint",
        settle=roles.settle,
        labels={"since_on": _("Since"), "until_on": _("Until"), "superseded_by": _("Superseded by")},
    )
