"""Deterministic records for the search benchmarks: Zipf-like words, topics that make words meet, several languages."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from benchmarks.search_words import vocabulary

LANGUAGES = ("en", "fr", "es", "de")
LANGUAGE_SHARES = (70, 15, 10, 5)
VOCABULARY_SIZES = {"en": 120_000, "fr": 60_000, "es": 50_000, "de": 50_000}
SMALL_WORDS = 30  # the first ranks are articles and prepositions: everywhere in texts, rarely in queries
TOPICS = 400
TOPIC_WORDS = 60
WORDS_A_RECORD = 90


@dataclass(frozen=True, slots=True)
class Record:
    """One generated record, in the terms that every engine under test is given."""

    number: int
    kind: str
    language: str
    title: str
    summary: str
    names: tuple[str, ...]
    visible_to: tuple[str, ...]
    facets: dict[str, tuple[str, ...]]
    updated_at: datetime
    starts_on: date


class _Language:
    def __init__(self, language: str) -> None:
        self.words = vocabulary(language, VOCABULARY_SIZES[language])
        weights = [1 / (rank + 2.7) ** 1.05 for rank in range(len(self.words))]
        self.cumulative = list(itertools.accumulate(weights))
        rng = random.Random(f"topics-{language}")
        self.topics = [
            [self.words[min(int(SMALL_WORDS * 900 ** rng.random()), len(self.words) - 1)] for _ in range(TOPIC_WORDS)]
            for _ in range(TOPICS)
        ]
        self.topic_cumulative = list(itertools.accumulate(1 / (rank + 2) for rank in range(TOPIC_WORDS)))


class Generator:
    """Makes record number n, the same on every machine and for every order of asking."""

    def __init__(self) -> None:
        self._languages = {language: _Language(language) for language in LANGUAGES}
        self._countries = list(itertools.accumulate(1 / (rank + 3) for rank in range(160)))
        self._sectors = list(itertools.accumulate(1 / (rank + 5) for rank in range(240)))
        self._organisations = list(itertools.accumulate(1 / (rank + 20) for rank in range(5000)))

    def records(self, start: int, stop: int) -> Iterator[Record]:
        """Records start … stop-1 in order."""
        return (self.record(number) for number in range(start, stop))

    def record(self, number: int) -> Record:
        rng = random.Random(number * 7919 + 11)
        language = rng.choices(LANGUAGES, LANGUAGE_SHARES)[0]
        topic = rng.randrange(TOPICS)
        words = self._words(rng, language, topic)
        title = " ".join(words[:8]).capitalize()
        sentences = [" ".join(words[at : at + 16]).capitalize() + "." for at in range(8, len(words), 16)]
        started = date(2010, 1, 1) + timedelta(days=rng.randrange(6000))
        return Record(
            number=number,
            kind=rng.choices(("initiative", "organisation", "resource", "portfolio"), (80, 10, 8, 2))[0],
            language=language,
            title=title,
            summary=" ".join(sentences),
            names=(f"XM-PF-{number:07d}", "".join(word[0] for word in words[:5]).upper()),
            visible_to=self._visible_to(rng),
            facets=self._facets(rng, language, topic, started.year),
            updated_at=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=rng.randrange(180_000_000)),
            starts_on=started,
        )

    def _words(self, rng: random.Random, language: str, topic: int) -> list[str]:
        book = self._languages[language]
        common = rng.choices(book.words, cum_weights=book.cumulative, k=WORDS_A_RECORD)
        special = rng.choices(book.topics[topic], cum_weights=book.topic_cumulative, k=WORDS_A_RECORD // 3)
        for index, word in enumerate(special):
            common[index * 3] = word
        return common

    def _visible_to(self, rng: random.Random) -> tuple[str, ...]:
        if rng.random() < 0.7:
            return ("public",)
        network = rng.randrange(6)
        tokens = [f"network-steward:{network}", f"organisation:{rng.randrange(720)}"]
        if rng.random() < 0.6:
            tokens.append(f"network:{network}")
        return tuple(tokens)

    def _facets(self, rng: random.Random, language: str, topic: int, year: int) -> dict[str, tuple[str, ...]]:
        first_theme = topic % 24
        return {
            "type": (str(rng.randrange(5)),),
            "status": (str(rng.choices(range(1, 7), (5, 40, 10, 35, 6, 4))[0]),),
            "programme": (str(topic % 30),),
            "theme": self._several(rng, range(24), (70, 22, 8), first=first_theme),
            "sdg_goal": self._several(rng, range(1, 18), (45, 30, 15, 10), first=topic % 17 + 1),
            "country": self._weighted(rng, self._countries, (65, 15, 10, 6, 4)),
            "sector": self._weighted(rng, self._sectors, (60, 25, 15)),
            "organisation": self._weighted(rng, self._organisations, (30, 40, 20, 10)),
            "year": tuple(str(year + offset) for offset in range(rng.choice((1, 2, 3, 4)))),
            "language": (language,),
        }

    def _several(self, rng: random.Random, codes: range, counts: tuple[int, ...], first: int) -> tuple[str, ...]:
        count = rng.choices(range(1, len(counts) + 1), counts)[0]
        return tuple(str(code) for code in dict.fromkeys((first, *rng.sample(codes, count - 1))))

    def _weighted(self, rng: random.Random, cumulative: list[float], counts: tuple[int, ...]) -> tuple[str, ...]:
        count = rng.choices(range(1, len(counts) + 1), counts)[0]
        ranks = rng.choices(range(len(cumulative)), cum_weights=cumulative, k=count)
        return tuple(str(rank) for rank in dict.fromkeys(ranks))


@dataclass(frozen=True, slots=True)
class Question:
    """One query of the benchmark: words as a person types them, and what the person may see."""

    words: str
    visible_to: frozenset[str]


READERS: tuple[frozenset[str], ...] = (
    frozenset({"public"}),
    frozenset({"public", "network:1", "organisation:77"}),
    frozenset({"public", "network:2", "network-steward:2", *(f"organisation:{number}" for number in range(30))}),
    frozenset({"everything"}),
)


def questions(count: int) -> list[Question]:
    """Queries of one to four words, most of them of words that meet in records, none of them an article.

    Every fourth ends in the middle of a word, as it is when results follow the typing.
    """
    rng = random.Random("questions")
    languages = {language: _Language(language) for language in LANGUAGES}
    made = []
    for number in range(count):
        book = languages[rng.choices(LANGUAGES, LANGUAGE_SHARES)[0]]
        chosen = _question_words(rng, book, length=number % 4 + 1)
        if number // 4 % 4 == 3:
            chosen[-1] = chosen[-1][: max(4, len(chosen[-1]) // 2)]
        made.append(Question(" ".join(chosen), READERS[rng.randrange(len(READERS))]))
    return made


def _question_words(rng: random.Random, book: _Language, length: int) -> list[str]:
    chosen: dict[str, None] = {}
    topic = rng.choice(book.topics)
    while len(chosen) < length:
        if rng.random() < 0.5:
            word = rng.choices(topic, [1 / (rank + 2) for rank in range(TOPIC_WORDS)])[0]
        else:
            word = book.words[int(SMALL_WORDS * (3000 / SMALL_WORDS) ** rng.random())]
        if word not in book.words[:SMALL_WORDS]:
            chosen.setdefault(word)
    return list(chosen)
