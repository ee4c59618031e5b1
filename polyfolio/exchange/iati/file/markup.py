"""The one hardened way in which text becomes elements here: no entities, no document types, no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from operator import itemgetter

from lxml import etree

ACTIVITY = "iati-activity"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
XML_PREFIX = "xml"
START_TAG = re.compile(rb"""<[^\s/<>]++(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>""")

# huge_tree lifts the limit of 10 MB a text, which real narratives reach. What it guards against cannot happen: an
# activity is parsed as a fragment inside of a root element of ours, where a document type (and so an entity) is a
# syntax error; its size is bounded by the splitter, its depth by libxml2 to 2,048.
_hardened = partial(
    etree.XMLParser, resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True
)
# Comments and indentation are no data: leaving comments out joins the texts around them, leaving both out saves time.
DATA_PARSER = _hardened(remove_comments=True, remove_pis=True, remove_blank_text=True, collect_ids=False)
WHOLE_PARSER = _hardened(strip_cdata=False)


# An element's children. All at once they take half the time that they take one by one.
children: Callable[[etree._Element], list[etree._Element]] = itemgetter(slice(None))


def parse_fragment(xml: bytes, declared: bytes, parser: etree.XMLParser) -> etree._Element:
    """The element holding whatever `xml` holds, its lines those of `xml`; `declared` are the namespaces around it.
    Raises XMLSyntaxError.
    """
    return etree.fromstring(b"<root" + declared + b">" + xml + b"</root>", parser)


def declarations(namespaces: dict[str, str]) -> bytes:
    """Namespace declarations as they stand in a start tag."""
    return b"".join(
        f' xmlns:{prefix}="{_escaped(uri)}"'.encode() for prefix, uri in namespaces.items() if prefix != XML_PREFIX
    )


def _escaped(uri: str) -> str:
    return uri.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def self_contained(xml: bytes, namespaces: dict[str, str], declared: bytes) -> bytes:
    """The same activity, not otherwise touched, with the file's namespaces (`declared`, as written) declared on it."""
    name_end = len(ACTIVITY) + 1
    match = START_TAG.match(xml)
    tag = match[0] if match else b""
    if b"xmlns:" in tag:
        own = set(re.findall(r"\sxmlns:([^\s=]+)\s*=", tag.decode("utf-8", "replace")))
        declared = declarations({prefix: uri for prefix, uri in namespaces.items() if prefix not in own})
    return xml[:name_end] + declared + xml[name_end:]


def local_name(element: etree._Element) -> str:
    """The name without its namespace; empty for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def drop_namespace(root: etree._Element, uri: str) -> None:
    """Turn every element of namespace `uri` into one without a namespace."""
    prefix = f"{{{uri}}}"
    for element in root.iter(f"{prefix}*"):
        element.tag = local_name(element)
    etree.cleanup_namespaces(root.getroottree())


def line_in(element: etree._Element) -> int:
    """The line, from 1, in the text that the element was parsed from; 0 where it was made later."""
    line = element.sourceline
    return line if isinstance(line, int) else 0
