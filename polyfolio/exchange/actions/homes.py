"""Where an import goes when nobody says so: the only network there is, or one that is made for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import records
from polyfolio.lib.refusals import RefusedError
from polyfolio.network.actions.networks import FIELDS
from polyfolio.network.models import Network

SLUG = "imported"


class NetworkNotChosenError(RefusedError):
    """There are several networks, or none of that name; the message lists those that there are."""


def home(*, slug: str, at: datetime) -> Network:
    """The network of that address; without one the only network, and in an empty installation a new one.

    For the command line, which has every right. Raises NetworkNotChosenError.
    """
    networks: dict[str, Network] = {network.slug: network for network in Network.objects.kept().order_by("slug")}
    if slug in networks:
        return networks[slug]
    if slug:
        raise NetworkNotChosenError(
            _("There is no network “%(slug)s”. Those that there are: %(slugs)s.")
            % {"slug": slug, "slugs": ", ".join(networks) or _("none")}
        )
    if len(networks) == 1:
        return next(iter(networks.values()))
    return networks.get(SLUG) or _made(at)


def _made(at: datetime) -> Network:
    with transaction.atomic():
        network = Network(slug=SLUG, title={"en": "Imported initiatives", "fr": "Initiatives importées"})
        made: Network = records.create(network, fields=FIELDS, by=None, at=at)
    return made
