"""The database itself refuses to change or delete log rows: triggers, laid after every migration.

One door stays: while a row of `audit_masking` is open (inside one transaction, never after it), the words of a
log row may be masked. When, who, what was done and to which record stay as they are even then.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_auditrecord"
MASKING = "audit_masking"
REFUSAL = "The audit log is append-only."
FIXED = ("id", '"at"', "actor_id", "verb", "subject_type", "subject_id", "batch")

_NEW_IS_OTHER = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
_NEW = ", ".join(f"NEW.{name}" for name in FIXED)
_OLD = ", ".join(f"OLD.{name}" for name in FIXED)
_IS_OPEN = f"EXISTS (SELECT 1 FROM {MASKING} WHERE is_open)"  # noqa: S608  # our own constants

REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb} ON {TABLE}" for verb in ("change", "truncate")],
}
INSTALL = {
    "sqlite": [
        *REMOVE["sqlite"],
        f"""
        CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """,
        f"""
        CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
        WHEN NOT {_IS_OPEN} OR {_NEW_IS_OTHER}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """,
    ],
    "postgresql": [
        *REMOVE["postgresql"],
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF {_IS_OPEN} AND ROW({_NEW}) IS NOT DISTINCT FROM ROW({_OLD}) THEN RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '{REFUSAL}';
        END $$
        """,
        f"""
        CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()
        """,
        f"""
        CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()
        """,
    ],
}


def hold(connection: BaseDatabaseWrapper) -> None:
    """Refuse updates and deletes from now on; harmless where it holds already."""
    _run(connection, INSTALL)


def release(connection: BaseDatabaseWrapper) -> None:
    """Allow them, for a restore or a test that empties every table; `hold` again at its end."""
    _run(connection, REMOVE)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
