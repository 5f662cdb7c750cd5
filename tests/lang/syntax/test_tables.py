"""The tables are the grammar's, and the grammar is one that others can read too."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import UnexpectedInput
from stratagem.lang.compile import check_text
from stratagem.lang.syntax import automaton, tables
from stratagem.lang.syntax.faults import Faults
from stratagem.lang.syntax.parse import parse
from stratagem.lang.syntax.scanner import END, scan
from stratagem.tools import build_tables

from .reading import errors
from .slip_cases import CASES

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = sorted([*ROOT.glob("tests/golden_strategies/*.strat"), *ROOT.glob("s*/**/*.strat")])


@cache
def lark() -> Lark:
    return build_tables.analysed()


def test_the_file_is_what_the_grammar_gives() -> None:
    """A conflict would be an error here: Lark reads the grammar in strict mode."""
    assert build_tables.source(lark()) == build_tables.TABLES.read_text(encoding="utf-8"), (
        "run `python -m stratagem.tools.build_tables`"
    )


def test_the_tables_do_not_depend_on_the_hash_seed() -> None:
    code = "from stratagem.tools.build_tables import *; import sys; sys.stdout.write(source(analysed()))"
    environment = {**os.environ, "PYTHONHASHSEED": "17"}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert found.stdout == build_tables.TABLES.read_text(encoding="utf-8")


def test_rows_that_are_written_by_another_are_whole() -> None:
    """The mark is no symbol of the grammar, and none is left in what is read."""
    symbols = {symbol for row in tables.ROWS for symbol in row}
    assert build_tables.LIKE not in {*tables.LITERALS, *symbols}
    assert symbols == {"", END, *tables.LITERALS, *automaton.KINDS, *(symbol for symbol, _, _ in tables.RULES)}


def test_every_rule_has_its_maker() -> None:
    from stratagem.lang.syntax.statements import Statements

    makers = {make for _, _, make in tables.RULES} - {"", "*"}
    assert [make for make in makers if not callable(getattr(Statements, make, None))] == []


def test_every_value_that_is_passed_on_is_the_only_one() -> None:
    assert [rule for rule in tables.RULES if rule[2] == "" and rule[1] != 1] == []


def test_it_loads_where_models_are_constrained() -> None:
    llguidance = pytest.importorskip("llguidance")
    grammar = llguidance.grammar_from("lark", build_tables.GRAMMAR.read_text(encoding="utf-8"))
    failed, messages = llguidance.LLMatcher.validate_grammar_with_warnings(grammar)
    assert not failed, messages


def test_it_keeps_to_the_common_dialect() -> None:
    text = build_tables.GRAMMAR.read_text(encoding="utf-8")
    rules = [line for line in text.splitlines() if not line.startswith("//")]
    for refused in ("%declare", "%import", "%override", "%extend", "(?=", "(?!", "(?<", "\\b", "*?", "+?"):
        assert not any(refused in line for line in rules), refused


# --- the machine and Lark's own, side by side -------------------------------------------------------------


def ours(text: str) -> bool:
    """Whether the machine takes the text, whatever the builder says of it."""
    return not any(d.code < "E006" or "E010" <= d.code < "E025" for d in errors(text))


def theirs(text: str) -> bool:
    try:
        lark().parse(text, start="start")
    except UnexpectedInput:
        return False
    return True


def kinds(text: str) -> list[tuple[str, str]]:
    literals = {t.name: t.pattern.value for t in lark().terminals}
    keep = ("NAME", "NUMBER", "STRING", "ON_SIDE", "CAPITAL_IN")
    return [(t.type if t.type in keep else literals[t.type], str(t)) for t in lark().lex(text)]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_tokens_are_larks(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [(t.kind, t.text) for t in scan(Faults(text, "x")).tokens[:-1]] == kinds(text)


def test_there_are_programs_to_compare() -> None:
    assert len(PROGRAMS) > 30


LATER = {"universe", "atomic", "rebalance", "sequence", "import", "test", "watch", "prefer"}
PIECES = sorted({word for text, _, mended in CASES for word in f"{text} {mended or ''}".split()} | set(tables.LITERALS))


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@settings(max_examples=400, deadline=None)
def test_what_lark_takes_is_taken(words: list[str]) -> None:
    """But for what follows a word of a later version: it is refused in any case, and slips in it are still told."""
    assume(not LATER & set(words))
    text = " ".join(words)
    if theirs(text):
        assert ours(text)


@given(st.sampled_from(PROGRAMS), st.data())
@settings(max_examples=150, deadline=None)
def test_what_lark_refuses_is_refused(path: Path, data: st.DataObject) -> None:
    words = path.read_text(encoding="utf-8").split("\n")
    at = data.draw(st.integers(0, len(words) - 1))
    line = words[at].split(" ")
    line[data.draw(st.integers(0, len(line) - 1))] = data.draw(st.sampled_from(PIECES))
    text = "\n".join([*words[:at], " ".join(line), *words[at + 1 :]])
    if not theirs(text):
        said = parse(text).diagnostics
        told = any(d.is_error or d.code == "W001" for d in said)
        given = any(d.code == "E416" for d in check_text(text).diagnostics)  # what an assumption takes is read later
        assert told or given, "only curly quotes are read as what they mean"


def test_what_could_stand_somewhere_is_what_is_taken() -> None:
    """`expected` agrees with trying: each kind it names can be read there, and no other."""
    tokens = scan(Faults("enter long when close > 5 stop 2", "x")).tokens
    sample = {"NAME": "x", "NUMBER": "1", "STRING": '"x"', "ON_SIDE": "on entries",
              "CAPITAL_IN": "capital 2 BTC"}  # fmt: skip
    for index in range(len(tokens)):
        wanted = automaton.expected(tokens, 0, index, "start")
        for kind in automaton.KINDS:
            text = " ".join([*(t.text for t in tokens[:index]), sample.get(kind, kind)])
            tried = scan(Faults(text, "x")).tokens
            made = automaton.rules(_Anything())
            try:
                automaton.run(tried, 0, "start", made)
                stuck = len(tried) - 1
            except automaton.Unexpected as unexpected:
                stuck = unexpected.index
            assert (stuck > index) == (kind in wanted), (text, kind)


def test_what_could_stand_somewhere_is_told_in_few_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text has up to fifty faults and is checked two hundred times while it is mended: each fault asks this."""
    tokens = scan(Faults("enter long when close > 5", "x")).tokens
    moves: list[int] = []
    reduce = automaton._reduce
    monkeypatch.setattr(automaton, "_reduce", lambda states, action: (moves.append(action), reduce(states, action)))
    assert len(automaton.expected(tokens, 0, len(tokens) - 1, "start")) > 20
    assert len(moves) < 100


class _Anything:
    """Makes nothing of everything."""

    def __getattr__(self, name: str) -> object:
        return lambda *parts: None
