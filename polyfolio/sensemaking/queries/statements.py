"""One statement over a portfolio's members: who they are is found out once, however much is asked about them.

Parts are compiled by the ORM. Values come back joined into one text a question and are counted in Python: sorting
tens of thousands of rows to group them costs the database more than joining them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Rows = QuerySet[Any, Any]


@dataclass
class Statement:
    """`WITH …`: named sets of rows, and the values that their placeholders stand for."""

    sets: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, name: str, rows: Rows, columns: str, *, is_materialized: bool = False) -> None:
        """Name the rows of an ORM query. What is not materialised is joined as its tables, by their indexes."""
        sql, values = rows.query.sql_with_params()
        self.add_sql(name, sql, columns, is_materialized=is_materialized)
        self.values += values

    def add_sql(self, name: str, sql: str, columns: str, *, is_materialized: bool = False) -> None:
        hint = "MATERIALIZED" if is_materialized else "NOT MATERIALIZED"
        self.sets.append(f"{name}({columns}) AS {hint} ({sql})")

    def run(self, select: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(self.sets)} {select}", self.values)
            return list(cursor.fetchall())


@dataclass(frozen=True)
class Question:
    """Expressions to gather over a joined set of rows. Nulls are left out, so columns side by side hold none."""

    columns: Sequence[str]
    rows: str


def answers(statement: Statement, questions: Mapping[str, Question]) -> dict[str, list[list[str]]]:
    """Each question's columns as texts, side by side, in no particular order. One query for all."""
    asked = [
        f"(SELECT {', '.join(_gathered(column) for column in each.columns)} FROM {each.rows}) AS answer_{name}"  # noqa: S608  # our own
        for name, each in questions.items()
    ]
    row = iter(statement.run(f"SELECT * FROM {', '.join(asked)}")[0])  # noqa: S608  # our own
    return {name: [_split(next(row)) for _column in each.columns] for name, each in questions.items()}


def then() -> str:
    """A join that keeps its order: SQLite would begin with the bigger table, not knowing how few the members are."""
    return "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"


def _gathered(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"string_agg(CAST({column} AS text), ',')"
    return f"group_concat({column})"


def _split(found: Any) -> list[str]:
    return [] if found is None else str(found).split(",")
