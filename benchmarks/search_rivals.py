"""The same records in SQLite FTS5 and in PostgreSQL's full-text search, asked as well as each can be."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import psycopg

from benchmarks.search_records import Question, Record

WORD = re.compile(r"[^\W_]+")
EVERYTHING = "everything"


class Rival(Protocol):
    name: str

    def add(self, records: Sequence[Record]) -> None: ...
    def finish(self) -> None: ...
    def search(self, question: Question) -> tuple[int, int]:
        """How many rows came back, and the exact total."""
        ...

    def close(self) -> None: ...


def _token(token: str) -> str:
    return token.replace(":", "_").replace("-", "_")


class SqliteFts:
    """FTS5 with the Porter stemmer; visibility stands in a column of the index, which is the quickest way there."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts.sqlite3")
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-262144; PRAGMA mmap_size=2000000000;"
            "CREATE VIRTUAL TABLE records USING fts5(title, names, body, seen, "
            "tokenize=\"porter unicode61 remove_diacritics 2 tokenchars '_'\", prefix='4');"
        )

    def add(self, records: Sequence[Record]) -> None:
        rows = (
            (
                record.number,
                record.title,
                " ".join(record.names),
                record.summary,
                " ".join(map(_token, record.visible_to)),
            )
            for record in records
        )
        with self._db:
            self._db.executemany("INSERT INTO records(rowid, title, names, body, seen) VALUES (?, ?, ?, ?, ?)", rows)

    def finish(self) -> None:
        with self._db:
            self._db.execute("INSERT INTO records(records) VALUES ('optimize')")

    def search(self, question: Question) -> tuple[int, int]:
        words = WORD.findall(question.words)
        wanted = " AND ".join(f'{{title names body}} : "{word}"' for word in words) + " *"
        if EVERYTHING not in question.visible_to:
            wanted += " AND seen : (" + " OR ".join(f'"{_token(token)}"' for token in question.visible_to) + ")"
        rows = self._db.execute(
            "SELECT rowid, title, snippet(records, 2, '[', ']', '…', 30) FROM records "
            "WHERE records MATCH ? ORDER BY bm25(records, 3.5, 3.0, 1.0, 0.0) LIMIT 20",
            (wanted,),
        ).fetchall()
        [total] = self._db.execute("SELECT count(*) FROM records WHERE records MATCH ?", (wanted,)).fetchone()
        return len(rows), total

    def close(self) -> None:
        self._db.close()


class PostgresFts:
    """One weighted tsvector a record, stemmed in its language, with a GIN index."""

    name = "PostgreSQL FTS"
    database = "polyfolio_bench_search"
    configs = {"en": "english", "fr": "french", "es": "spanish", "de": "german"}

    def __init__(self, server: str) -> None:
        self._server = server
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.database}")
            admin.execute(f"CREATE DATABASE {self.database}")
        self._db = psycopg.connect(f"{server}/{self.database}", autocommit=True)
        self._db.execute("SET maintenance_work_mem = '512MB'")
        self._db.execute("SET work_mem = '64MB'")
        self._db.execute(
            "CREATE UNLOGGED TABLE records "
            "(id bigint, config regconfig, title text, names text, body text, seen text[], words tsvector)"
        )

    def add(self, records: Sequence[Record]) -> None:
        with self._db.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE IF NOT EXISTS fresh (LIKE records)")
            cursor.execute("TRUNCATE fresh")
            with cursor.copy("COPY fresh (id, config, title, names, body, seen) FROM STDIN") as copy:
                for record in records:
                    config = self.configs[record.language]
                    names = " ".join(record.names)
                    copy.write_row(
                        (record.number, config, record.title, names, record.summary, list(record.visible_to))
                    )
            cursor.execute(
                "INSERT INTO records SELECT id, config, title, names, body, seen, "
                "setweight(to_tsvector(config, title), 'A') || setweight(to_tsvector('simple', names), 'B') || "
                "setweight(to_tsvector(config, body), 'D') FROM fresh"
            )

    def finish(self) -> None:
        self._db.execute("CREATE INDEX records_words ON records USING gin (words)")
        self._db.execute("VACUUM ANALYZE records")

    def search(self, question: Question) -> tuple[int, int]:
        words = WORD.findall(question.words)
        typed = " & ".join(words) + ":*"
        asked = " || ".join(f"to_tsquery('{config}', %(typed)s)" for config in self.configs.values())
        seen = "" if EVERYTHING in question.visible_to else "AND seen && %(seen)s"
        rows = self._db.execute(
            f"WITH asked AS MATERIALIZED (SELECT {asked} AS query), "
            f"found AS (SELECT id, config, title, body, ts_rank(words, query) AS rank, count(*) OVER () AS total "
            f"FROM records, asked WHERE words @@ query {seen} ORDER BY rank DESC LIMIT 20) "
            "SELECT id, title, ts_headline(config, body, query), total FROM found, asked ORDER BY rank DESC",
            {"typed": typed, "seen": list(question.visible_to)},
        ).fetchall()
        return len(rows), rows[0][3] if rows else 0

    def close(self) -> None:
        self._db.close()
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.database}")
