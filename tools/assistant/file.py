"""The file of a strategy that was asked for: the words of the person in a comment, then the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from ...lang.diagnostics.brief import printable
from ...lang.format.format import formatted

WIDTH = 110


def file_text(text: str, said: Sequence[str], answers: Sequence[tuple[str, str]]) -> str:
    """The text in its layout below what was asked: the first request, its changes, each question with its answer."""
    laid = formatted(text)
    body = laid.text if not laid.diagnostics else text
    asked = list(_comment(said, answers)) if said or answers else []
    return "\n".join([*asked, body.lstrip("\n").rstrip("\n")]) + "\n"


def _comment(said: Sequence[str], answers: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield "# Asked for in these words:" if said else "# Answered:"
    for at, words in enumerate(said):
        yield from _lines(f"then: {words}" if at else words)
    for question, answer in answers:
        yield from _lines(f"{question} {answer}")
    yield ""


def _lines(words: str) -> Iterator[str]:
    """Words of a person as lines of a comment, with nothing in them that ends one or steers a terminal."""
    for at, line in enumerate(wrap(printable(" ".join(words.split())), WIDTH) or [""]):
        yield f"#   {'  ' if at else ''}{line}"
