"""Boards, programmes, desks and groups of a network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.slugs import slug_base, unique_slug
from polyfolio.lib.texts import Texts, best_text
from polyfolio.network.actions.networks import refuse_untitled
from polyfolio.network.models import Body, Network
from polyfolio.people.models import User
from polyfolio.people.rules import require

FIELDS = ("title", "kind", "acronym", "description", "parent", "position")


def create(*, network: Network, title: Texts, kind: str, by: User, at: datetime, **values: Any) -> Body:
    """A new body of `network`; `parent` is a body of the same network."""
    require(by, "network.add_body", network)
    refuse_untitled(title)
    with transaction.atomic():
        body = Body(network=network, title=title, kind=kind, **values)
        _refuse_parent(body, body.parent)
        text = body.acronym or best_text(title)
        base = slug_base(text, fallback="body")
        taken = set(Body.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        body.slug = unique_slug(text, taken=taken, fallback="body")
        return records.create(body, fields=FIELDS, by=by, at=at)


def edit(*, body: Body, values: Mapping[str, Any], by: User, at: datetime, reason: str = "") -> AuditRecord | None:
    """Change fields of FIELDS; a body never stands under itself."""
    require(by, "network.edit_body", body)
    if "title" in values:
        refuse_untitled(values["title"])
    with transaction.atomic():
        locked = records.lock(body)
        if "parent" in values:
            _refuse_parent(locked, values["parent"])
        return records.change(locked, values, by=by, at=at, reason=reason)


def delete(*, body: Body, by: User, at: datetime) -> AuditRecord:
    """Take a body out of every list; bodies under it stay, initiatives keep their programme."""
    require(by, "network.delete_body", body)
    with transaction.atomic():
        return records.delete(records.lock(body), by=by, at=at)


def _refuse_parent(body: Body, parent: Body | None) -> None:
    """A parent is another body of the same network, and not one that stands below this one."""
    above = parent
    while above is not None:
        if above.network_id != body.network_id:
            raise RefusedError(_("Choose a body of the same network."), field="parent")
        if body.pk is not None and above.pk == body.pk:
            raise RefusedError(_("A body cannot stand under itself."), field="parent")
        above = above.parent
