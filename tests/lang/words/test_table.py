"""The table of words: whole, known to the grammar and to what runs it, and every example is a program."""

from __future__ import annotations

from dataclasses import fields

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.inputs.assumptions import Assumptions
from stratagem.lang.inputs.readers import READERS
from stratagem.lang.program.program import Enter, Rest
from stratagem.lang.syntax import tables
from stratagem.lang.syntax.stuck import CLAUSE_WORDS, STATEMENT_WORDS
from stratagem.lang.words.table import WORDS, Word, names
from stratagem.runtime.trading import books

KEPT = [word for word in WORDS if word.example]


def test_every_word_says_what_it_means_and_shows_it() -> None:
    for word in WORDS:
        assert word.meaning, word
        assert word.example or word.kind.endswith("later"), word
        assert word.kind in ("fill", "assumption", "later") or word.meaning.strip(".") == word.meaning
    assert len({(word.kind, word.name) for word in WORDS}) == len(WORDS)


def test_the_grammar_has_every_clause_and_every_later_word() -> None:
    assert CLAUSE_WORDS <= set(tables.LITERALS) >= set(names("later"))
    assert {word for word in tables.ROWS[tables.START["start"]] if word.isalpha()} == STATEMENT_WORDS
    assert {*names("statement"), *names("joint")} <= set(tables.LITERALS)
    today = "stratagem strategy on universe watch assume param let state fn require enter exit cancel rebalance atomic"
    today += " sequence prefer deposit withdraw guard plot emit alert test"
    assert {word for word in STATEMENT_WORDS if word not in names("later")} == set(today.split())


def test_what_runs_knows_every_book_and_assumption() -> None:
    assert {name.replace(".", "_") for name in names("book")} <= {
        function.removeprefix("read_") for function in dir(books) if function.startswith("read_")
    }
    said = set(names("assumption"))
    assert said == {"model", *READERS}
    assert said - {"leverage"} == {field.name for field in fields(Assumptions)} - {"guards"}  # it is a margin


def test_every_clause_reaches_the_program() -> None:
    own = {field.name for field in fields(Enter)}
    resting = dict.fromkeys(field.name for field in fields(Rest))
    sizes = dict.fromkeys(("size", "risk", "volatility"), "sizing")
    renamed = {**sizes, "take": "takes", **dict.fromkeys(resting, "rest")}
    assert {renamed.get(name, name) for name in names("clause", "enter")} <= own


def program(word: Word) -> str:
    """A whole program around the example of a word."""
    beside = "exit long when close < open\nguard exposure 500%\n"
    if word.kind == "joint" and not word.example.startswith(tuple(names("statement"))):
        return f"plot {word.example}"
    if word.kind.startswith("fact of"):
        return f'test "t" prices 10, 11 expect {word.example}'
    if word.kind in ("guard", "action", "reset", "part of a test", "statement", "joint", "leg", "period"):
        return f"on GLD, GDX\n{word.example}" if "GLD" in word.example else word.example
    if word.kind == "assumption":
        return f"{word.example}\n"
    if word.name == "once":
        return f"{beside}{word.example}"
    if word.name in ("weight", "band"):
        return f"rebalance monthly {word.example}{' weight 20%' if word.name == 'band' else ''}"
    if word.kind in ("clause", "fill", "bracket", "moment"):
        stop = "" if word.example.startswith("stop") else " stop 5%"
        return f"{beside}enter long when close > open {word.example}{stop}"
    if word.example.startswith(("enter", "param")):
        return f"{beside}{word.example}"
    if word.example.startswith("size"):
        return f"{beside}enter long when close > open {word.example}"
    return f"plot {word.example}"


@pytest.mark.parametrize("word", KEPT, ids=lambda word: f"{word.kind} {word.name}")
def test_the_example_compiles_and_has_the_word_in_it(word: Word) -> None:
    text = program(word)
    assert check_text(text).program is not None, (text, check_text(text).diagnostics)
    assert word.name in text or word.kind == "weekday"
