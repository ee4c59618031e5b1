"""Who: reporting and participating organisations, contacts, other identifiers."""

from __future__ import annotations

from lxml import etree

from polyfolio.exchange.iati import data
from polyfolio.exchange.iati.file.markup import children
from polyfolio.exchange.iati.parse import values
from polyfolio.exchange.iati.parse.context import Context
from polyfolio.exchange.iati.parse.texts import merge, names, texts
from polyfolio.lib.texts import Texts

LONGEST_LINE = 300


def reporting_organisation(ctx: Context, element: etree._Element) -> data.ReportingOrganisation:
    ref = values.short(ctx, element, element.get("ref"))
    if not ref:
        ctx.report(element, "attribute-missing", attribute="ref")
    return data.ReportingOrganisation(
        ref,
        values.code(ctx, element, "type", "OrganisationType"),
        values.truth(ctx, element, "secondary-reporter") is True,
        names(ctx, element),
    )


def participation(ctx: Context, element: etree._Element) -> data.Participation:
    found = data.Participation(
        values.short(ctx, element, element.get("ref")),
        values.code(ctx, element, "type", "OrganisationType"),
        values.needed_code(ctx, element, "role", "OrganisationRole"),
        names(ctx, element),
        values.short(ctx, element, element.get("activity-id"), 300),
        values.code(ctx, element, "crs-channel-code", "CRSChannelCode"),
    )
    if not found.ref and not found.names:
        ctx.report(element, "organisation-unnamed")
    return found


def other_identifier(ctx: Context, element: etree._Element) -> data.OtherIdentifier:
    owner = element.find("owner-org")
    return data.OtherIdentifier(
        values.short(ctx, element, element.get("ref"), 300),
        values.code(ctx, element, "type", "OtherIdentifierType"),
        values.short(ctx, owner, owner.get("ref")) if owner is not None else "",
        names(ctx, owner) if owner is not None else {},
    )


def contact(ctx: Context, element: etree._Element) -> data.Contact:
    lines: dict[str, list[str]] = {"telephone": [], "email": [], "website": []}
    labels: dict[str, Texts] = {"organisation": {}, "department": {}, "person-name": {}, "job-title": {}}
    addresses: list[Texts] = []
    for child in children(element):
        tag = str(child.tag)
        if tag == "website":
            lines[tag].append(values.address(ctx, child, child.text))
        elif tag in lines:
            lines[tag].append(values.short(ctx, child, child.text, LONGEST_LINE))
        elif tag in labels:
            merge(labels[tag], names(ctx, child))
        elif tag == "mailing-address":
            addresses.append(texts(ctx, child))
    return data.Contact(
        values.code(ctx, element, "type", "ContactType"),
        labels["organisation"],
        labels["department"],
        labels["person-name"],
        labels["job-title"],
        tuple(filter(None, lines["telephone"])),
        tuple(filter(None, lines["email"])),
        tuple(filter(None, lines["website"])),
        tuple(filter(None, addresses)),
    )
