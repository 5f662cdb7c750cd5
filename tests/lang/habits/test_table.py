"""Every row of the table of habits: the foreign text is answered with what to write, and what to write compiles."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import Checked, check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.lang.habits.table import EXAMPLE, SAME, Row, rows

STATEMENTS = frozenset(
    "stratagem strategy on universe watch assume param let state fn require enter exit cancel rebalance atomic prefer "
    "deposit withdraw guard plot emit alert".split()
)
CLAUSES = frozenset(
    "size risk cap stop target take trail expire scale once fill limit trigger valid until because".split()
)
ROWS = rows()
TOLD = [row for row in ROWS if not row.known]


def program(part: str, becomes: str) -> str:
    """A program around a part, in the place where `becomes` may stand."""
    first = (becomes.split() or ["enter"])[0]
    if first in STATEMENTS or first == "#":
        return f"{part}\n"
    if first == "or":
        return f"let value = close > open {part}\n"
    if first == "weight":
        return f"on A, level every 1d\nrebalance monthly\n  {part}\n"
    if first not in CLAUSES:
        return f"let value = {part}\n"
    needed = {"risk": "  stop 1%\n", "valid": "  limit 1%\n", "until": "  limit 1%\n"}.get(first, "")
    return f"enter long when close > open\n{needed}  {part}\nexit long when false\nguard exposure 300%\n"


def name(row: Row) -> str:
    return f"{row.origin}: {row.foreign}"


def answers(found: Checked) -> list[Diagnostic]:
    return [d for d in found.diagnostics if d.code == "E024"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.ours], ids=name)
def test_what_is_written_here_compiles(row: Row) -> None:
    found = check_text(program(row.becomes, row.becomes))
    assert found.program is not None, [d.message for d in found.diagnostics]


@pytest.mark.parametrize("row", TOLD, ids=name)
def test_the_foreign_text_is_answered_with_what_to_write(row: Row) -> None:
    found = answers(check_text(program(row.example, row.becomes)))
    assert found, "no answer"
    said = " ".join([found[0].message, *(d.message for d in found), *(d.help for d in found)])
    assert row.becomes in said if row.becomes else row.note[:30] in said, said


@pytest.mark.parametrize("row", [row for row in TOLD if row.kind != EXAMPLE and row.ours], ids=name)
def test_its_fix_compiles(row: Row) -> None:
    text = program(row.example, row.becomes)
    for _ in range(3):
        found = check_text(text)
        if found.program is not None:
            break
        text = apply_fixes(text, answers(found))
    assert check_text(text).program is not None, text


@pytest.mark.parametrize("row", [row for row in ROWS if row.known], ids=name)
def test_what_the_reader_answers_by_itself(row: Row) -> None:
    found = check_text(program(row.example, row.becomes))
    assert found.program is None and not answers(found)
    mended = apply_fixes(program(row.example, row.becomes), [d for d in found.diagnostics if d.is_error][:1])
    assert check_text(mended).program is not None


def test_there_are_very_many_and_none_twice() -> None:
    assert len(ROWS) >= 500
    spellings = [(row.foreign.lower(), row.part) for row in ROWS]
    assert len(spellings) == len(set(spellings))
    assert all(row.note for row in ROWS if row.kind != SAME and not row.ours)
