"""Adding, editing and deleting resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.audit.models import AuditRecord
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.slugs import slug_base, unique_slug
from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.network.models import Network
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.parts import TARGET
from polyfolio.portfolios.models import Resource

FIELDS = (
    "title",
    "summary",
    "kind",
    "url",
    "published_on",
    "languages",
    "countries",
    "sdg_targets",
    "visibility",
)
RELATED = ("organisations", "programmes", "initiatives", "themes")

Related = Mapping[str, Sequence[models.Model]]


def create(
    *,
    network: Network,
    title: Mapping[str, str],
    kind: str,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    related: Related | None = None,
) -> Resource:
    """Add a resource to a network."""
    require(by, "portfolios.create_resource", network)
    given = _clean({**(values or {}), "title": title, "kind": kind})
    with transaction.atomic():
        resource = Resource(network=network, **given)
        base = slug_base(best_text(resource.title), fallback="resource")
        taken = set(Resource.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        resource.slug = unique_slug(base, taken=taken, fallback="resource")
        return records.create(resource, fields=FIELDS, by=by, at=at, related=_known(related))


def edit(
    *,
    resource: Resource,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    related: Related | None = None,
) -> AuditRecord | None:
    """Change what is given and leave the rest; None where nothing differs."""
    with transaction.atomic():
        locked = records.lock(resource)
        require(by, "portfolios.edit_resource", locked)
        given = _clean(values or {}, is_new=False)
        return records.change(locked, given, by=by, at=at, related=_known(related))


def delete(*, resource: Resource, by: User, at: datetime, reason: str = "") -> AuditRecord:
    """Take a resource out of every list; `restore` brings it back."""
    with transaction.atomic():
        locked = records.lock(resource)
        require(by, "portfolios.delete_resource", locked)
        return records.delete(locked, by=by, at=at, reason=reason)


def restore(*, resource: Resource, by: User, at: datetime) -> AuditRecord:
    with transaction.atomic():
        locked = records.lock(resource)
        require(by, "portfolios.delete_resource", locked)
        return records.restore(locked, by=by, at=at)


def _known(related: Related | None) -> Related:
    unknown = set(related or {}) - set(RELATED)
    if unknown:
        raise KeyError(f"A resource has no {', '.join(sorted(unknown))}.")
    return related or {}


def _clean(values: Mapping[str, Any], *, is_new: bool = True) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise KeyError(f"A resource has no {', '.join(sorted(unknown))}.")
    given = {name: clean_texts(value) if name in {"title", "summary"} else value for name, value in values.items()}
    if (is_new or "title" in given) and not best_text(given.get("title")):
        raise RefusedError(_("Give it a title in at least one language."), field="title")
    strange = next((each for each in given.get("sdg_targets", []) if not TARGET.match(each)), None)
    if strange is not None:
        raise RefusedError(_("“%s” is no SDG target.") % strange, field="sdg_targets")
    return given
