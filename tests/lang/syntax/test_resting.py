"""Clauses of orders that rest and of levels that move: what each becomes in the tree, and where it stands."""

from __future__ import annotations

import pytest
from stratagem.lang.syntax import tree
from stratagem.lang.syntax.parse import parse

from .reading import sound
from .test_parse import shown


def clauses(text: str) -> list[tuple[str, str, str]]:
    """Word, value and level of each clause of the first statement."""
    (statement,) = sound(text).statements
    assert isinstance(statement, (tree.Enter, tree.Exit))
    return [(c.word, shown(c.value), shown(c.at) if c.at else "") for c in statement.clauses]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("limit close - 1", [("limit", "(close - 1)", "")]),
        ("trigger high limit high + 1ticks", [("trigger", "high", ""), ("limit", "(high + 1ticks)", "")]),
        ("valid 5 bars until close < open", [("valid", "(5 bars)", ""), ("until", "(close < open)", "")]),
        ("valid day", [("valid", "day", "")]),
        ("stop 0r after 1r", [("stop", "0r", "1r")]),
        ("stop 2% stop entry after 1r stop entry + 1r after 2r",
         [("stop", "2%", ""), ("stop", "entry", "1r"), ("stop", "(entry + 1r)", "2r")]),
        ("take 50% at 1r take 25% at entry + 5", [("take", "50%", "1r"), ("take", "25%", "(entry + 5)")]),
        ("trail 2 * atr(14) after 1r", [("trail", "(2 * atr(14))", "1r")]),
        ("expire next_open", [("expire", "next_open", "")]),
        ('expire "15:55" size 10 units', [("expire", "15:55", ""), ("size", "10", "")]),
        ("limit limit trigger trigger valid valid until until take take at at",
         [("limit", "limit", ""), ("trigger", "trigger", ""), ("valid", "valid", ""), ("until", "until", ""),
          ("take", "take", "at")]),
    ],
)  # fmt: skip
def test_what_a_clause_becomes(written: str, read: list[tuple[str, str, str]]) -> None:
    read = [(word, value.replace("2%", "0.02%").replace("50%", "0.5%").replace("25%", "0.25%"), at)
            for word, value, at in read]  # fmt: skip
    assert clauses(f"enter long when c {written}") == read
    assert clauses(f"exit short when c {written}") == read


def test_a_clause_ends_with_its_level() -> None:
    text = "enter long when c take 50% at entry + 5 because \"x\""
    (statement,) = sound(text).statements
    assert isinstance(statement, tree.Enter)
    first, second = statement.clauses
    assert text[first.span.start : first.span.end] == "take 50% at entry + 5"
    assert first.at is not None and text[first.at.span.start : first.at.span.end] == "entry + 5"
    assert (second.word, second.at) == ("because", None)


def test_cancel_is_a_statement_of_its_own() -> None:
    text = "enter long when a limit b\ncancel long when c and d\ncancel short when e"
    _, first, second = sound(text).statements
    assert isinstance(first, tree.Cancel) and isinstance(second, tree.Cancel)
    assert (first.side, shown(first.condition), second.side) == ("long", "(c and d)", "short")
    assert text[first.span.start : first.span.end] == "cancel long when c and d"


@pytest.mark.parametrize("text", ["cancel when c", "cancel long c", "cancel long when c size 5%", "take 50% at 1r"])
def test_what_is_none_of_it_is_told(text: str) -> None:
    assert [d for d in parse(text).diagnostics if d.is_error]
