"""Loading code lists that others publish, from their own files (IATI code-list XML)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from lxml import etree

from polyfolio.lib.fields import shorten
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.texts import Texts, best_text
from polyfolio.vocabulary.models import Code, CodeList
from polyfolio.vocabulary.queries import GENERATION

XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE_FALLBACK = "en"
CHANGING = ("title", "label", "description", "category", "is_active")
BATCH = 500
LONGEST_NAME = 80
LONGEST_CODE = 200


class CodeListError(RefusedError):
    """The file is no code list; the message says what is wrong with it."""


@dataclass(frozen=True)
class Loaded:
    """What one file changed: codes added, changed, as they were, and no longer in the list (kept, inactive)."""

    name: str
    added: int
    changed: int
    unchanged: int
    retired: int


def load(file: Path | IO[bytes], *, at: datetime, source: str = "") -> Loaded:
    """Load one code list; a second run of the same file changes nothing. Raises CodeListError.

    Codes that the file no longer has stay, so that records that use them keep their names, and become inactive.
    """
    root = _parse(file)
    name = root.get("name", "").strip()
    if root.tag != "codelist" or not name:
        raise CodeListError(
            _("This is not an IATI code list: its first element is <%s>.") % etree.QName(root).localname
        )
    language = root.get(XML_LANGUAGE, LANGUAGE_FALLBACK)
    given = {row["code"]: row for row in _rows(root, language)}
    longest = max((len(part) for row in given.values() for part in (row["code"], row["category"])), default=0)
    if len(name) > LONGEST_NAME or longest > LONGEST_CODE:
        raise CodeListError(
            _("Names of lists have at most %(name)s characters, codes and categories at most %(code)s.")
            % {"name": LONGEST_NAME, "code": LONGEST_CODE}
        )
    if not given:
        raise CodeListError(_("The code list “%s” holds no codes.") % name)
    with transaction.atomic():
        title = _narratives(root.find("metadata/name"), language) or {LANGUAGE_FALLBACK: name}
        holder, _is_new = CodeList.objects.update_or_create(
            name=name, defaults={"title": title, "source": source or _source(file), "loaded_at": at}
        )
        loaded = _write(holder, given)
    cache.delete(GENERATION)
    return loaded


def _parse(file: Path | IO[bytes]) -> etree._Element:
    """Read XML that may be anybody's: no entities, no network, no outside definitions."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.parse(str(file) if isinstance(file, Path) else file, parser).getroot()
    except etree.XMLSyntaxError as problem:
        raise CodeListError(_("The file is not XML: %s") % problem.msg) from None
    except OSError as problem:
        raise CodeListError(_("The file cannot be read: %s") % problem) from None
    return root


def _rows(root: etree._Element, language: str) -> Iterator[dict[str, Any]]:
    for item in root.iterfind("codelist-items/codelist-item"):
        code = (item.findtext("code") or "").strip()
        if not code:
            continue
        titles = _narratives(item.find("name"), language)
        yield {
            "code": code,
            "title": titles or {language: code},
            "description": _narratives(item.find("description"), language),
            "category": (item.findtext("category") or "").strip(),
            "is_active": item.get("status", "active") != "withdrawn",
        }


def _narratives(element: etree._Element | None, language: str) -> Texts:
    """The narratives below an element by language; version 1 lists write the text into the element itself."""
    if element is None:
        return {}
    texts: Texts = {}
    for narrative in element.iterfind("narrative"):
        text = " ".join("".join(str(part) for part in narrative.itertext()).split())
        if text:
            texts.setdefault(narrative.get(XML_LANGUAGE, language), text)
    direct = " ".join((element.text or "").split())
    return texts or ({element.get(XML_LANGUAGE, language): direct} if direct else {})


def _write(holder: CodeList, given: Mapping[str, dict[str, Any]]) -> Loaded:
    there = {code.code: code for code in holder.codes.all()}
    added = [Code(code_list=holder, **row) for code, row in given.items() if code not in there]
    changed = []
    for code, row in given.items():
        known = there.get(code)
        if known is not None and any(getattr(known, name) != row[name] for name in row):
            for name, value in row.items():
                setattr(known, name, value)
            known.label = shorten(best_text(known.title), 300)  # bulk updates pass the field's own pre_save by
            changed.append(known)
    retired = [known for known in there.values() if known.code not in given and known.is_active]
    for gone in retired:
        gone.is_active = False
    Code.objects.bulk_create(added, batch_size=BATCH)
    Code.objects.bulk_update([*changed, *retired], CHANGING, batch_size=BATCH)
    unchanged = len(given) - len(added) - len(changed)
    return Loaded(holder.name, len(added), len(changed), unchanged, len(retired))


def _source(file: Path | IO[bytes]) -> str:
    return file.name if isinstance(file, Path) else ""
