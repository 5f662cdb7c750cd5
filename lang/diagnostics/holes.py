"""The questions of a text as values: where each stands, what it asks, what would be right there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .lines import lines_of
from .model import QUESTION, Diagnostic


@dataclass(frozen=True, slots=True)
class Hole:
    """A question in place of a value, `?"how much of the equity"`.

    code: "Q001". kind and unit: of the answer that would be right there, as `Answer` lists them; noun: the same in
    words; example: how one is written. start, end: where it stands, in characters of the text; lines and columns count
    from 1.
    """

    code: str
    question: str
    kind: str
    unit: str
    noun: str
    example: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def lines(self) -> tuple[str, ...]:
        """What is asked for, in lines."""
        return (self.question, f"asks for {self.noun}", *([f"example: {self.example}"] if self.example else []))


def found_in(diagnostics: Iterable[Diagnostic], text: str) -> tuple[Hole, ...]:
    """The questions among what is said of a text, in its order."""
    lines = lines_of(text)
    found = []
    for said in sorted(diagnostics, key=lambda diagnostic: diagnostic.span.start):
        if said.severity == QUESTION and said.asked is not None:
            answer, span = said.asked, said.span
            places = (*lines.position(span.start), *lines.position(span.end))
            found.append(Hole(said.code, said.message, answer.kind, answer.unit, answer.noun, answer.example,
                              span.start, span.end, *places))  # fmt: skip
    return tuple(found)
