"""The questions that a draft leaves open, and the edit that answers one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ...lang.analysis.analysis import analyse
from ...lang.diagnostics.edits import edited
from ...lang.diagnostics.lines import lines_of
from ...lang.diagnostics.model import Diagnostic, Edit
from ...lang.diagnostics.span import Span

HOLES = ("E901",)
"""Codes of what is said of a hole, which is a question and no fault."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the person is asked. expects: what kind of answer is right; example: how one is written; "" if not known."""

    text: str
    start: int
    end: int
    line: int
    expects: str = ""
    example: str = ""


class AnswerError(ValueError):
    """An answer that cannot stand in the place of its question; the message says what is expected."""


def questions(text: str) -> tuple[Question, ...]:
    """Every question of a text, in its order."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Question]:
    analysis = analyse(text)
    lines = lines_of(analysis.text)
    for mark, asked in pairwise(analysis.tokens):
        if mark.kind == "?" and asked.kind == "STRING":
            yield Question(asked.text[1:-1], mark.start, asked.end, lines.position(mark.start)[0])


def answered(text: str, question: Question, written: str) -> str:
    """The text with an answer in the place of a question; AnswerError where it is none."""
    given = written.strip()
    if not given:
        raise AnswerError(f'an answer to "{question.text}" is expected, and this one is empty')
    made = edited(text, [Edit(Span("<text>", question.start, question.end), given)])
    before, after = _faults(text), _faults(made)
    if len(after) > len(before) or "?" in given or "\n" in given:
        why = f": {after[0].message}" if after else ""
        raise AnswerError(f'`{given}` does not answer "{question.text}"{why}')
    return made


def _faults(text: str) -> list[Diagnostic]:
    return [d for d in analyse(text).diagnostics if d.is_error and d.code not in HOLES]
