"""Moves that every part of the upgrade makes: wrapping texts, dropping labels, merging languages, sorting."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from polyfolio.exchange.iati.file.markup import LANGUAGE
from polyfolio.exchange.iati.parse.context import Context, path_of
from polyfolio.exchange.iati.upgrade.codes import ORDER, Codes

# Elements of ours at the end of an activity, holding as text what 2.03 has no place for. The standard allows elements
# of other namespaces there, so that the activity stays valid and nothing is lost.
KEPT_NAMESPACE = "urn:polyfolio:iati:kept-from-version-1"
KEPT = f"{{{KEPT_NAMESPACE}}}kept"
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
WRITTEN_DATE = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+([0-9]{4})")
WRITTEN_DATE_US = re.compile(r"([A-Za-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LAST = 1000


class Upgrade:
    """One activity on its way to 2.03."""

    def __init__(self, ctx: Context, root: etree._Element) -> None:
        self.ctx = ctx
        self.root = root
        self._kept: list[tuple[str, str]] = []
        self._labels = 0

    def finish(self) -> None:
        """Put beside the activity what had no place in it, and say how many labels of codes went."""
        for path, text in self._kept:
            element = etree.SubElement(self.root, KEPT, {"path": path}, {"polyfolio": KEPT_NAMESPACE})
            element.text = text
        if self._labels:
            self.ctx.report(self.root, "upgrade-labels", count=self._labels)

    def keep_element(self, element: etree._Element) -> None:
        """Take an element out of the activity and keep it beside."""
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        self._keep(element, path_of(element), text)
        remove(element)

    def keep_attribute(self, element: etree._Element, name: str) -> None:
        """Take an attribute, if it is there, off an element and keep it beside."""
        value = take_attribute(element, name)
        if value is not None:
            self._keep(element, f"{path_of(element)}/@{name}", value)

    def keep_text(self, element: etree._Element) -> None:
        """Take an element's own text out and keep it beside."""
        text = take_text(element)
        if text:
            self._keep(element, f"{path_of(element)}/text()", text)

    def _keep(self, element: etree._Element, path: str, text: str) -> None:
        self._kept.append((path, text))
        self.ctx.report(element, "upgrade-kept", text, path=path)

    def drop_label(self, element: etree._Element, *, attribute: str = "code", codes: Codes | None = None) -> None:
        """Version 2 has no words beside these codes. Where the words stood instead of the code, they become it."""
        label = take_text(element)
        take_attribute(element, LANGUAGE)
        if not label:
            return
        if (element.get(attribute) or "").strip():
            self._labels += 1
            return
        found = (codes or {}).get(label.lower())
        if found is None and len(label) <= 5 and label.isalnum():
            found = label
        if found is None:
            self._keep(element, f"{path_of(element)}/text()", label)
        else:
            element.set(attribute, found)

    def recode(self, element: etree._Element, attribute: str, codes: Codes) -> None:
        """Exchange a code of version 1 for that of version 2; unknown ones stay, for the code lists to object to."""
        written = element.get(attribute)
        if written is not None:
            element.set(attribute, codes.get(written.strip().lower(), written))

    def date_label(self, element: etree._Element) -> None:
        """Drop the words beside a date, or read the date from them where they are all there is."""
        label = take_text(element)
        take_attribute(element, LANGUAGE)
        if not label:
            return
        if (element.get("iso-date") or "").strip():
            self._labels += 1
            return
        found = written_date(label)
        if found is None:
            self._keep(element, f"{path_of(element)}/text()", label)
        else:
            element.set("iso-date", found.isoformat())
            self.ctx.report(element, "upgrade-date", label, read_as=found.isoformat())


def take_attribute(element: etree._Element, name: str) -> str | None:
    """Remove and give an attribute."""
    value = element.get(name)
    if value is not None:
        del element.attrib[name]
    return value


def take_text(element: etree._Element) -> str:
    """Remove and give an element's own text, wherever it stands between its children."""
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    element.text = None
    for child in element:
        child.tail = None
    return " ".join(" ".join(pieces).split()) if len(pieces) > 1 else pieces[0].strip()


def wrap(element: etree._Element) -> None:
    """Put an element's text and language into a narrative; one that has narratives already is left alone."""
    if element.find("narrative") is not None:
        return
    text = take_text(element)
    language = take_attribute(element, LANGUAGE)
    if not text:
        return
    narrative = etree.Element("narrative")
    narrative.text = text
    if language is not None:
        narrative.set(LANGUAGE, language)
    element.insert(0, narrative)


def wrap_and_merge(parent: etree._Element, name: str, *, always: bool = False) -> None:
    """Wrap the texts of all children of this name, then make one of those that differ in nothing but their language,
    which is how version 1 wrote a text in several; with `always` even where the language is the same.
    """
    first: dict[tuple[tuple[str, str], ...], etree._Element] = {}
    for child in parent.findall(name):
        wrap(child)
        key = tuple(sorted((str(attribute), str(value)) for attribute, value in child.attrib.items()))
        into = first.setdefault(key, child)
        narratives = child.findall("narrative")
        if into is child or not narratives or len(narratives) < len(child) or into.find("narrative") is None:
            continue
        if always or not _languages(into) & _languages(child):
            position = len(into.findall("narrative"))
            for narrative in reversed(narratives):
                into.insert(position, narrative)
            remove(child)


def _languages(element: etree._Element) -> set[str | None]:
    return {narrative.get(LANGUAGE) for narrative in element.findall("narrative")}


def remove(element: etree._Element) -> None:
    """Take an element out of its parent; unlike what lxml does, the text behind it stays."""
    parent = element.getparent()
    assert parent is not None
    tail = element.tail or ""
    before = element.getprevious()
    if tail.strip():
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def rename(element: etree._Element, name: str) -> None:
    element.tag = name


def sort_children(element: etree._Element) -> None:
    """Children in the order of version 2, comments before what they stood before, other namespaces at the end."""
    order = {name: position for position, name in enumerate(ORDER[str(element.tag)])}
    keyed: list[tuple[int, etree._Element]] = []
    key = LAST
    for child in reversed(element):
        if isinstance(child.tag, str):
            key = order.get(child.tag, LAST)
        keyed.append((key, child))
    keyed.reverse()
    if keyed != (ordered := sorted(keyed, key=lambda item: item[0])):
        element[:] = [child for _, child in ordered]


def written_date(text: str) -> date | None:
    """A date in ISO form or in English words; a mere 1/2/2011 could be two dates and is none."""
    try:
        if ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
        if match := WRITTEN_DATE.fullmatch(text):
            return date(int(match[3]), MONTHS[match[2][:3].lower()], int(match[1]))
        if match := WRITTEN_DATE_US.fullmatch(text):
            return date(int(match[3]), MONTHS[match[1][:3].lower()], int(match[2]))
    except (ValueError, KeyError):
        pass
    return None
