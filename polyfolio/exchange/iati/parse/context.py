"""What all parts of the parser share: one activity's defaults, and its problems with their places."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from lxml import etree

from polyfolio.exchange.iati.codelists import CodeLists
from polyfolio.exchange.iati.file.markup import line_in, local_name
from polyfolio.exchange.iati.problems import Problem, problem

# An activity with ten thousand transactions without a currency says so this often, then how many more there are.
MOST_OF_A_KIND = 20


class Memory:
    """What is known to be in order from the activities before, so that the same code is not looked at a million
    times.
    """

    MOST = 5_000

    def __init__(self, codes: CodeLists, today: date) -> None:
        self.codes = codes
        self.today = today
        self.clean: defaultdict[str, set[str]] = defaultdict(set)
        self.languages: dict[str, str] = {}

    def note_clean(self, code_list: str, code: str) -> None:
        known = self.clean[code_list]
        if len(known) < self.MOST:
            known.add(code)


class Context:
    """One activity while it is parsed. `line` is where it begins in the file."""

    __slots__ = (
        "_kinds", "clean", "codes", "currency", "identifier", "language", "languages", "line", "memory", "ordinal",
        "problems", "today",
    )  # fmt: skip

    def __init__(self, memory: Memory, *, ordinal: int, line: int, identifier: str, language: str) -> None:
        self.memory = memory
        self.codes = memory.codes
        self.clean = memory.clean
        self.languages = memory.languages
        self.ordinal = ordinal
        self.line = line
        self.identifier = identifier
        self.language = language
        self.currency = ""
        self.today = memory.today
        self.problems: list[Problem] = []
        self._kinds: dict[str, int] = {}

    def report(self, element: etree._Element, code: str, value: str = "", /, **params: str | int) -> None:
        """Note a problem at `element`, or only count it when there are many of its kind already."""
        count = self._kinds.get(code, 0) + 1
        self._kinds[code] = count
        if count <= MOST_OF_A_KIND:
            self.problems.append(
                problem(
                    code,
                    ordinal=self.ordinal,
                    line=self._line_of(element),
                    identifier=self.identifier,
                    element=path_of(element),
                    value=value,
                    **params,
                )
            )

    def all_problems(self) -> tuple[Problem, ...]:
        """The problems noted, and for each kind of which there were too many how many were not shown."""
        unshown = [
            problem(
                "more-of-the-same",
                ordinal=self.ordinal,
                line=self.line,
                identifier=self.identifier,
                value=code,
                count=count - MOST_OF_A_KIND,
            )
            for code, count in self._kinds.items()
            if count > MOST_OF_A_KIND
        ]
        return (*self.problems, *unshown)

    def _line_of(self, element: etree._Element) -> int:
        """Elements that the upgrade made have no line of their own; their parent's is nearest."""
        at: etree._Element | None = element
        while at is not None:
            if line := line_in(at):
                return self.line + line - 1
            at = at.getparent()
        return self.line


def path_of(element: etree._Element) -> str:
    """Where an element stands below its activity: `transaction[3]/value`; empty for the activity itself."""
    steps: list[str] = []
    at = element
    while (parent := at.getparent()) is not None and local_name(at) != "iati-activity":
        step = local_name(at)
        before = sum(1 for _ in at.itersiblings(at.tag, preceding=True))
        if before or next(at.itersiblings(at.tag), None) is not None:
            step += f"[{before + 1}]"
        steps.append(step)
        at = parent
    return "/".join(reversed(steps))
