"""When two names are the same name: folded letters, no punctuation, no legal form."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Letters that Unicode does not take apart into a base letter and a mark.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "&": " and "}
)
WORD = re.compile(r"[^\W_]+")
DOTTED = re.compile(r"\b(?:[a-z]\.){1,4}[a-z]?\.?")
_FORMS = """
    ab ag aps as asa asbl bhd bv bvba co corp corporation ev gmbh gbr gie inc incorporated kg kft limited llc llp lp
    ltd ltda mbh nv ood oy oyj plc pte pty sa sarl sas scrl sdn se sgps sia sl slu spa sprl sro srl stichting ua uab
    ug vzw zoo
"""
_ARTICLES = "the la le les el los las das der die il lo gli o os"
LEGAL_FORMS = frozenset(_FORMS.split())
ARTICLES = frozenset(_ARTICLES.split())


def fold(text: str) -> str:
    """`text` in small letters without accents."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).translate(LETTERS)


def name_key(name: str) -> str:
    """What two spellings of one organisation's name share: “The Foo Bar Ltd.” and “FOO-BAR” give `foo bar`."""
    joined = DOTTED.sub(lambda form: form.group().replace(".", ""), fold(name))
    words: list[str] = WORD.findall(joined)
    kept = [word for word in words if word not in LEGAL_FORMS] or words
    if len(kept) > 1 and kept[0] in ARTICLES:
        kept = kept[1:]
    return " ".join(kept)[:300]


def web_domain(address: str) -> str:
    """The domain an address stands in, without `www.`; empty where it names none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""
