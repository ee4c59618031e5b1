"""Code lists: the question that the reader asks of them, and reading them from IATI's own XML."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from lxml import etree

from polyfolio.exchange.iati.file.markup import LANGUAGE
from polyfolio.lib.texts import Texts

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True, remove_pis=True
)


class CodeLists(Protocol):
    """What a reader may ask: is this code in that list (by IATI's name of the list)? Yes, where the list is not
    loaded.
    """

    def has(self, code_list: str, code: str) -> bool: ...


class LoadedCodeLists:
    """Code lists in memory. Withdrawn codes count: old activities use them rightly."""

    def __init__(self, codes: Mapping[str, Collection[str]] | None = None) -> None:
        self._codes = {name: frozenset(values) for name, values in (codes or {}).items()}

    def has(self, code_list: str, code: str) -> bool:
        codes = self._codes.get(code_list)
        return codes is None or code in codes


@dataclass(frozen=True, slots=True)
class CodeListItem:
    code: str
    names: Texts
    descriptions: Texts
    category: str
    url: str
    is_withdrawn: bool
    activated_on: str
    withdrawn_on: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """`is_complete` is false for a list that shows only some of the codes that exist."""

    name: str
    titles: Texts
    descriptions: Texts
    url: str
    category_list: str
    is_complete: bool
    items: tuple[CodeListItem, ...]


class NotACodeListError(ValueError):
    """The file is no IATI code list. Take one of the XML files of the standard's code lists."""


def read_code_list(source: str | BinaryIO) -> CodeList:
    """Read one code list, in the form of version 1 or 2 of the standard. Raises NotACodeListError."""
    try:
        root = etree.parse(source, _PARSER).getroot()
    except etree.XMLSyntaxError as error:
        raise NotACodeListError(f"The file is not XML: {error}") from error
    if root.tag != "codelist" or not root.get("name"):
        raise NotACodeListError(f"The file's root element is {root.tag}, not a codelist with a name.")
    language = root.get(LANGUAGE, "en").lower()
    metadata = root.find("metadata")
    items = [_item(item, language) for item in root.iterfind("codelist-items/codelist-item")]
    return CodeList(
        name=root.get("name", ""),
        titles=_texts(metadata, "name", language),
        descriptions=_texts(metadata, "description", language),
        url=_text(metadata, "url"),
        category_list=root.get("category-codelist", ""),
        is_complete=root.get("complete", "1") in {"1", "true"},
        items=tuple(item for item in items if item.code),
    )


def _item(item: etree._Element, language: str) -> CodeListItem:
    return CodeListItem(
        code=_text(item, "code"),
        names=_texts(item, "name", language),
        descriptions=_texts(item, "description", language),
        category=_text(item, "category"),
        url=_text(item, "url"),
        is_withdrawn=item.get("status") == "withdrawn",
        activated_on=item.get("activation-date", ""),
        withdrawn_on=item.get("withdrawal-date", ""),
    )


def _text(parent: etree._Element | None, tag: str) -> str:
    if parent is None:
        return ""
    return " ".join((parent.findtext(tag) or "").split())


def _texts(parent: etree._Element | None, tag: str, language: str) -> Texts:
    """Texts of `<name><narrative>` (version 2) and of repeated `<name>` (version 1)."""
    texts: Texts = {}
    if parent is None:
        return texts
    for element in parent.iterfind(tag):
        for holder in element.findall("narrative") or [element]:
            text = " ".join((holder.text or "").split())
            if text:
                texts.setdefault(holder.get(LANGUAGE, element.get(LANGUAGE, language)).lower(), text)
    return texts
