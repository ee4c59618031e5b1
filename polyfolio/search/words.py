"""From text to words: one way for what is indexed, what is asked for and what is marked in excerpts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from tantivy import Filter, Index, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMMERS = {
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
BLANKS = "blanks"  # the analyzer of what is already terms, a blank between two
PLAIN = "und"  # every language without a stemmer: letters are folded, nothing else
TEXT_LANGUAGES = (*STEMMERS, PLAIN)
LANGUAGES_WITH_SMALL_WORDS = frozenset(["da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ru", "sv"])
SAME_STEMMER = {"nb": "no", "nn": "no"}
LONGEST_WORD = 60  # bytes; what is longer is no word
KNOWN_WORDS = 100_000

# Scripts written without spaces: each letter becomes a word, and letters that are typed together a phrase.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED_LETTER = re.compile(f"([{_UNSPACED}])")
_NEEDS_CARE = re.compile(f"[\u0300-\u036f\ud800-\udfff{_UNSPACED}]")


def prepare(text: str) -> str:
    """`text` as it is given to the index: accents joined to their letters, unspaced scripts spaced."""
    if text.isascii() or not _NEEDS_CARE.search(text):
        return text
    whole = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no letter
    return _UNSPACED_LETTER.sub(r" \1 ", unicodedata.normalize("NFC", whole))


def text_language(language: str) -> str:
    """The field that a text in `language` goes to: `en` for `en-GB`, `und` where there is no stemmer."""
    short = language.replace("_", "-").split("-")[0].lower()
    short = SAME_STEMMER.get(short, short)
    return short if short in STEMMERS else PLAIN


def analyzer_name(language: str) -> str:
    return f"words_{language}"


@cache
def analyzer(language: str) -> TextAnalyzer:
    """What cuts a text in `language` (one of TEXT_LANGUAGES) into the terms of the index."""
    builder = (
        TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())
    )
    if language in STEMMERS:  # accents carry meaning for stemmers, so they go last
        builder = builder.filter(Filter.stemmer(STEMMERS[language]))
    return builder.filter(Filter.ascii_fold()).build()


@cache
def _accented() -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase()).build()


def register_analyzers(index: Index) -> None:
    """Make the analyzers known to an opened index: tantivy keeps them per process and index object."""
    for language in TEXT_LANGUAGES:
        index.register_tokenizer(analyzer_name(language), analyzer(language))
    index.register_tokenizer(BLANKS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())


def split(text: str) -> list[str]:
    """The words of `text` in order, in small letters with their accents."""
    return _accented().analyze(prepare(text))


class _Terms(dict[str, str]):
    """What single words become in one language, remembered."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._analyzer = analyzer(language)

    def __missing__(self, word: str) -> str:
        if len(self) > KNOWN_WORDS:
            self.clear()
        terms = self._analyzer.analyze(word)
        term = self[word] = terms[0] if terms else ""
        return term


_terms: dict[str, _Terms] = {}


def term(word: str, language: str = PLAIN) -> str:
    """The term that `word` is in the index when its text is in `language`; empty when it is no word."""
    known = _terms.get(language)
    if known is None:
        known = _terms[language] = _Terms(language)
    return known[word]


def key_text(text: str) -> str:
    """`text` as plain words, one blank between two: by it two titles are the same, and lists are sorted."""
    return " ".join(analyzer(PLAIN).analyze(prepare(text)))


@cache
def _plain_letters() -> dict[int, str]:
    """Small plain letters for every Latin letter that has one; each for one, so that places in a text stay."""
    found = {}
    for code in (*range(ord("A"), ord("Z") + 1), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        found[code] = base if len(base) == 1 else chr(code)
    return found


def plain_letters(text: str) -> str:
    """`text` in small letters without accents, exactly as long as it is."""
    if text.isascii():
        return text.lower()
    plain = text.translate(_plain_letters())
    lowered = plain.lower()
    return lowered if len(lowered) == len(text) else plain


@cache
def _without_small_words(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stopword(STEMMERS[language])).build()


def is_small(word: str, languages: Iterable[str]) -> bool:
    """Whether `word` is an article, a preposition or the like in one of `languages`: typed, but not looked for."""
    short = {text_language(language) for language in languages} & LANGUAGES_WITH_SMALL_WORDS
    return any(not _without_small_words(language).analyze(word) for language in short)
