"""Every code has its meaning and its smallest text, and every code that is used is registered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.diagnostics.codes import CODES, _read
from stratagem.lang.diagnostics.model import CompileError

ROOT = Path(__file__).resolve().parents[3]
WITHOUT_EXAMPLE = {"E009", "W606", *(f"E6{number:02}" for number in range(1, 13))}


@pytest.mark.parametrize("code", [c for c in CODES.values() if c.example], ids=lambda c: c.code)
def test_the_example_brings_it_about(code: object) -> None:
    try:
        found = compile_text(code.example).diagnostics  # type: ignore[attr-defined]
    except CompileError as error:
        found = error.diagnostics
    assert code.code in [d.code for d in found]  # type: ignore[attr-defined]
    severity = {d.severity for d in found if d.code == code.code}  # type: ignore[attr-defined]
    told = {"E": {"error"}, "Q": {"question"}, "W": {"warning", "hint"}}[code.code[0]]  # type: ignore[attr-defined]
    assert severity and severity <= told


def test_only_what_no_short_text_brings_about_has_no_example() -> None:
    assert {code.code for code in CODES.values() if not code.example} == WITHOUT_EXAMPLE


def test_every_code_in_the_sources_is_registered_and_the_other_way_round() -> None:
    used: set[str] = set()
    for path in (*ROOT.glob("lang/**/*.py"), *ROOT.glob("runtime/**/*.py"), *ROOT.glob("tools/**/*.py")):
        if path.name != "codes.py":
            used |= set(re.findall(r'"([EQW][0-9]{3})"', path.read_text(encoding="utf-8")))
    assert used - CODES.keys() == set(), "add a row to lang/diagnostics/codes.py"
    assert CODES.keys() - used == set(), "nothing says this"


def test_meanings_are_sentences() -> None:
    for code in CODES.values():
        assert code.meaning[0] in "`" or (code.meaning[0].isupper() and code.meaning.rstrip("`").endswith(".")), code


def test_rows_are_read() -> None:
    rows = _read("# head\nE001 One\n     and more.\n   | a\n   | b\nE002 Two.")
    assert tuple(rows["E001"]) == ("E001", "One and more.", "a\nb")
    assert tuple(rows["E002"]) == ("E002", "Two.", "")
