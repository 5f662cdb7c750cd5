"""What is told of every shipped strategy, construct and function, word for word; and that no construct lacks a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.format.concrete import Node as Read
from stratagem.lang.format.concrete import Part, statements
from stratagem.lang.program.nodes import KINDS, walk
from stratagem.lang.program.program import Program
from stratagem.lang.program.show import roots
from stratagem.lang.syntax.faults import Faults
from stratagem.lang.syntax.scanner import scan
from stratagem.lang.words.table import WORDS

from .golden import WHOLE, blocks, files, written

ROOT = Path(__file__).resolve().parents[3]
FILES = files()
_NOT_TOLD = re.compile(
    r"start|at_name|later.*|(.*_)?(hole|asked)s?|(test|expect|setting|moment).*|at_bar|at_time|price_below"
)
"""Rules of what is refused, of questions, which no program that runs has, of tests, and of what means no trading."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_told(path: Path) -> None:
    """After a change of words: `python tests/lang/explain/golden.py` writes what is told now; read the difference."""
    assert written(path) == path.read_text(encoding="utf-8")


def programs() -> Iterator[str]:
    for path in FILES:
        if path.stem != WHOLE:
            yield from (block.source for block in blocks(path))


def test_every_rule_of_the_grammar_has_a_text() -> None:
    grammar = (ROOT / "lang/syntax/grammar.lark").read_text(encoding="utf-8")
    rules = set(re.findall(r"-> (\w+)", grammar)) | {
        name for name, body in re.findall(r"^([a-z_]+): (.*)$", grammar, re.MULTILINE) if "->" not in body
    }  # fmt: skip
    found: set[str] = set()
    for source in programs():
        waiting: list[Part] = [*statements(scan(Faults(source, "")).tokens)]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Read):
                found.add(part.rule)
                waiting += part.parts
    assert [rule for rule in sorted(rules - found) if not _NOT_TOLD.fullmatch(rule)] == []


def test_every_kind_of_value_and_every_word_has_a_text() -> None:
    made: list[Program] = [compile_text(source) for source in programs()]
    kinds = {node.kind for program in made for node in walk(roots(program), dict(program.cells))}
    assert not KINDS - kinds
    text = " ".join(programs())
    inner = {"statement test", "part of a test", "fact of a trade", "fact of an order", "fact of a run"}
    inner |= {"reason", "assumption later", "moment later", "later", "other symbol", "series", "time", "weekday"}
    lacks = [f"{word.kind} {word.name}" for word in WORDS
             if not {word.kind, f"{word.kind} {word.name}"} & inner
             and not re.search(rf"\b{re.escape(word.name)}\b", text)]  # fmt: skip
    assert not lacks
