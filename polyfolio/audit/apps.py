from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "polyfolio.audit"
    label = "audit"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from polyfolio.audit import people, subjects
        from polyfolio.audit.actions import changes
        from polyfolio.people import log, personal
        from polyfolio.people.models import User

        post_migrate.connect(hold_guard, sender=self)
        log.register(changes.write)
        personal.register("log", export=people.written_by, erase=people.mask_account)
        subjects.register(
            User,
            change="people.manage_account",
            visible=people.visible_accounts,
            labels={"role": _("Role"), "scope": _("Where"), "token": _("Token")},
            personal=people.PERSONAL,
        )


def hold_guard(*, using: str, **_: Any) -> None:
    """Lay the log's guard after each migration (SQLite drops triggers with a table that it rebuilds)."""
    from polyfolio.audit import guard

    guard.hold(connections[using])
