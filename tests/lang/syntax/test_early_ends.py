"""A statement that ends too early is reported at its end, and the line that comes next is only mentioned."""

from __future__ import annotations

import pytest
from stratagem.lang.syntax.parse import parse

NEXT = "\nenter long when true\nexit long when true"

# What ends too early, the code, and the word at its end.
CASES = (
    ("state best = close", "E022", "close"),
    ("let a = 1 +", "E001", "+"),
    ("let a =", "E001", "="),
    ("let a", "E001", "a"),
    ("let a = (1 + 2", "E005", "2"),
    ("let a = if close > open then 1", "E014", "1"),
    ("let a = if close > open", "E014", "open"),
    ("plot", "E001", "plot"),
    ("emit hot", "E001", "hot"),
    ("param n = 5 in 1", "E020", "1"),
    ("guard drawdown", "E001", "drawdown"),
    ("exit long", "E001", "long"),
    ("exit long when true size", "E001", "size"),
    ("exit long when true because", "E001", "because"),
    ("assume fee", "E001", "fee"),
    ("strategy", "E001", "strategy"),
    ("on AAPL every", "E001", "every"),
    ("fn f(x)\n  let y = x", "E001", "x"),
)  # fmt: skip


@pytest.mark.parametrize(("written", "code", "end"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("between", ["", "\n\n  # a comment\n"])
def test_reported_at_the_end_of_its_statement(written: str, code: str, end: str, between: str) -> None:
    text = f"let before = 1\n{written}{between}{NEXT}"
    (found,) = parse(text).diagnostics
    last = text.index(written) + len(written)
    assert (found.code, text[found.span.start : found.span.end], found.span.end) == (code, end, last)


def test_the_next_statement_is_mentioned() -> None:
    text = "state best = close\n\nenter long when best > 1"
    (note,) = parse(text).diagnostics[0].notes
    assert note.span is not None and text[note.span.start : note.span.end] == "enter"
    assert note.message == "the next statement begins here"


def test_a_word_on_the_same_line_is_the_culprit_itself() -> None:
    for text, word in (("let a = close plot", "plot"), ("let a = 1 +\n* 2", "*"), ("let a = b\n) + 1", ")")):
        span = parse(text).diagnostics[0].span
        assert text[span.start : span.end] == word
