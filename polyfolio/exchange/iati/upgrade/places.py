"""Locations: 1.01 to 1.03 wrote coordinates and gazetteers otherwise than 1.04 and after."""

from __future__ import annotations

from lxml import etree

from polyfolio.exchange.iati.upgrade.codes import GAZETTEER
from polyfolio.exchange.iati.upgrade.tree import Upgrade, rename, sort_children, take_text, wrap_and_merge

WGS84 = "http://www.opengis.net/def/crs/EPSG/0/4326"
ISO_COUNTRY = "A4"
EXACT, APPROXIMATE = "1", "2"


def upgrade_location(up: Upgrade, element: etree._Element) -> None:
    up.keep_attribute(element, "percentage")
    for name in ("name", "description", "activity-description"):
        wrap_and_merge(element, name, always=True)
    for child in list(element):
        if child.tag == "coordinates":
            _coordinates(up, element, child)
        elif child.tag == "gazetteer-entry":
            _gazetteer(up, child)
        elif child.tag == "administrative":
            _administrative(up, child)
        elif child.tag == "location-type":
            _location_type(up, element, child)
        elif child.tag in {"location-id", "location-reach", "exactness", "location-class", "feature-designation"}:
            up.drop_label(child)
    sort_children(element)


def _coordinates(up: Upgrade, location: etree._Element, element: etree._Element) -> None:
    latitude, longitude = element.get("latitude"), element.get("longitude")
    if location.find("point") is not None or not latitude or not longitude:
        up.keep_element(element)
        return
    precision = (element.get("precision") or "").strip()
    if precision and location.find("exactness") is None:
        etree.SubElement(location, "exactness", {"code": EXACT if precision == EXACT else APPROXIMATE})
    for name in list(element.attrib):
        if name == "precision" and precision != EXACT:
            up.keep_attribute(element, name)
        else:
            del element.attrib[name]
    rename(element, "point")
    take_text(element)
    element.set("srsName", WGS84)
    etree.SubElement(element, "pos").text = f"{latitude.strip()} {longitude.strip()}"


def _gazetteer(up: Upgrade, element: etree._Element) -> None:
    vocabulary = GAZETTEER.get((element.get("gazetteer-ref") or "").strip().lower())
    if vocabulary is None or not (element.text or "").strip():
        up.keep_element(element)
        return
    code = take_text(element)
    element.attrib.clear()
    rename(element, "location-id")
    element.set("vocabulary", vocabulary)
    element.set("code", code)


def _administrative(up: Upgrade, element: etree._Element) -> None:
    for name in ("adm1", "adm2"):
        up.keep_attribute(element, name)
    up.keep_text(element)
    country = element.get("country")
    if element.get("code"):
        up.keep_attribute(element, "country")
    elif country and country.strip():
        element.attrib.clear()
        element.set("vocabulary", ISO_COUNTRY)
        element.set("code", country.strip())
    else:
        up.keep_element(element)


def _location_type(up: Upgrade, location: etree._Element, element: etree._Element) -> None:
    up.drop_label(element)
    if location.find("feature-designation") is None and element.get("code"):
        rename(element, "feature-designation")
    else:
        up.keep_element(element)
