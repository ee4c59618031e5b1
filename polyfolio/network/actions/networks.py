"""Networks: made, edited, deleted, brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.slugs import slug_base, unique_slug
from polyfolio.lib.texts import Texts, best_text
from polyfolio.network.models import Network
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.vocabulary.models import Theme

FIELDS = ("title", "acronym", "intent", "website", "visibility", "dormant_after_months")
RESERVED = frozenset({"new"})  # addresses of pages beside the records


def create(
    *, title: Texts, by: User, at: datetime, themes: Sequence[Theme] = (), slug: str = "", **values: Any
) -> Network:
    """A new network at an address made of its acronym or title."""
    require(by, "network.create_network")
    refuse_untitled(title)
    with transaction.atomic():
        network = Network(title=title, **values)
        network.slug = free_slug(slug or network.acronym or best_text(title))
        return records.create(network, fields=FIELDS, related={"themes": themes}, by=by, at=at)


def edit(
    *,
    network: Network,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
    themes: Sequence[Theme] | None = None,
    reason: str = "",
) -> AuditRecord | None:
    """Change fields of FIELDS, and the themes where they are given."""
    require(by, "network.edit_network", network)
    if "title" in values:
        refuse_untitled(values["title"])
    with transaction.atomic():
        related = {} if themes is None else {"themes": themes}
        return records.change(records.lock(network), values, related=related, by=by, at=at, reason=reason)


def delete(*, network: Network, by: User, at: datetime) -> AuditRecord:
    """Take a network and everything in it out of every list; undo brings it back."""
    require(by, "network.delete_network", network)
    with transaction.atomic():
        return records.delete(records.lock(network), by=by, at=at)


def free_slug(text: str) -> str:
    base = slug_base(text, fallback="network")
    taken = {*RESERVED, *Network.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return unique_slug(text, taken=taken, fallback="network")


def refuse_untitled(title: Texts) -> None:
    if not best_text(title).strip():
        raise RefusedError(_("Give it a name in at least one language."), field="title")
