"""The fields of the index, and how a document becomes one row of it."""

from __future__ import annotations

from functools import cache

import orjson
from tantivy import Document, Schema, SchemaBuilder

from polyfolio.lib.texts import Texts
from polyfolio.search.documents import SearchDocument, key_of
from polyfolio.search.facets import FACETS, SLOTS, check
from polyfolio.search.storage.codes import CodeBook
from polyfolio.search.words import BLANKS, PLAIN, TEXT_LANGUAGES, analyzer_name, key_text, prepare, text_language

# Raise it whenever fields, analyzers or the meaning of a stored value change: every index is then built anew.
FORMAT = 1

KEY = "key"
WORDS = "words"  # every word of title and body in plain letters: phrases, beginnings of words, spelling
NAMES = "names"
VISIBLE_TO = "visible_to"
LABEL = "label"
FACET_TERMS = "facets"
UPDATED = "updated"
STARTS = "starts"
STORED = "stored"

INDEXED_LETTERS = 1_000_000
STORED_LETTERS = 12_000
LABEL_LETTERS = 120
NO_START = -1


def title_field(language: str) -> str:
    return f"title_{language}"


def body_field(language: str) -> str:
    return f"body_{language}"


@cache
def columns(facet: str) -> tuple[str, ...]:
    """The columns that together hold every value of `facet`; the last holds what the dense ones have no room for."""
    return (*dense_columns(facet), f"more_{facet}")


@cache
def dense_columns(facet: str) -> tuple[str, ...]:
    return tuple(f"{facet}_{slot}" for slot in range(SLOTS[facet]))


_PLAN = tuple((facet, slots, dense_columns(facet), columns(facet)[-1]) for facet, slots in SLOTS.items())
FACET_NAMES = frozenset(FACETS)


@cache
def schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field(KEY, indexed=True, fast=True)  # deleting by an unsigned term deletes nothing
    for language in TEXT_LANGUAGES:
        builder.add_text_field(title_field(language), tokenizer_name=analyzer_name(language), index_option="freq")
        builder.add_text_field(body_field(language), tokenizer_name=analyzer_name(language), index_option="freq")
    builder.add_text_field(WORDS, tokenizer_name=analyzer_name(PLAIN), index_option="position")
    builder.add_text_field(NAMES, tokenizer_name=analyzer_name(PLAIN), index_option="position")
    builder.add_text_field(VISIBLE_TO, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(LABEL, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(FACET_TERMS, tokenizer_name=BLANKS, index_option="basic")
    builder.add_integer_field(UPDATED, fast=True)
    builder.add_integer_field(STARTS, fast=True)
    for facet in FACETS:
        for column in columns(facet):
            builder.add_unsigned_field(column, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    return builder.build()


def to_row(document: SearchDocument, book: CodeBook) -> Document:
    """One row of the index; new facet codes, languages and kinds are entered in `book`."""
    row = Document()
    row.add_integer(KEY, key_of(document.kind, document.object_id))
    book.note_kind(document.kind)
    _add_texts(row, document, book)
    for name in document.names:
        row.add_text(NAMES, prepare(name))
    for token in document.visible_to:
        row.add_text(VISIBLE_TO, token)
    row.add_text(LABEL, key_text(document.sort_label()[: LABEL_LETTERS * 2])[:LABEL_LETTERS])
    row.add_integer(UPDATED, int(document.updated_at.timestamp()))
    row.add_integer(STARTS, document.starts_on.toordinal() if document.starts_on else NO_START)
    _add_facets(row, document, book)
    row.add_bytes(STORED, _stored(document))
    return row


def _add_texts(row: Document, document: SearchDocument, book: CodeBook) -> None:
    for texts, field in ((document.title, title_field), (document.body, body_field)):
        for language, text in texts.items():
            if text:
                short, prepared = text_language(language), prepare(text[:INDEXED_LETTERS])
                book.note_language(short)
                row.add_text(field(short), prepared)
                row.add_text(WORDS, prepared)


def _add_facets(row: Document, document: SearchDocument, book: CodeBook) -> None:
    """The codes as terms to filter by and as numbers in columns to count; this is where most time goes."""
    given, terms, add = {**document.facets, "kind": (document.kind,)}, dict[str, None](), row.add_unsigned
    if given.keys() - FACET_NAMES:
        check(given)
    for facet, slots, dense, more in _PLAN:
        used, entries = 0, book.entries[facet]
        for code in given.get(facet, ()):
            number, term = entries.get(code) or book.entry(facet, code)
            if term not in terms:
                terms[term] = None
                add(dense[used] if used < slots else more, number)
                used += 1
        for column in dense[used:]:
            add(column, 0)
    row.add_text(FACET_TERMS, " ".join(terms))


def _stored(document: SearchDocument) -> bytes:
    body = {language: text[:STORED_LETTERS] for language, text in document.body.items() if text}
    return orjson.dumps([document.address, document.title, body, list(document.names), dict(document.extra)])


def from_stored(content: bytes) -> tuple[str, Texts, Texts, list[str], dict[str, str]]:
    """Address, title, body, names and extra columns of a row."""
    address, title, body, names, extra = orjson.loads(content)
    return address, title, body, names, extra
