"""Every row of the table of habits: the foreign text is answered with what to write, and what to write compiles."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import Checked, check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.lang.habits.table import EXAMPLE, SAME, Row, rows

from ...each import each, parts

STATEMENTS = frozenset(
    "stratagem strategy on universe watch assume param let state fn require enter exit cancel rebalance atomic prefer "
    "deposit withdraw guard plot emit alert".split()
)
CLAUSES = frozenset(
    "size risk cap stop target take trail expire scale once fill limit trigger valid until because".split()
)
ROWS = rows()


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


def compiles(row: Row) -> None:
    """What is to be written here."""
    found = check_text(program(row.becomes, row.becomes))
    assert found.program is not None, f"{row.becomes!r} does not compile: {[d.message for d in found.diagnostics]}"


def is_answered(row: Row) -> None:
    """The foreign text is answered with what to write, and the fix of the answer compiles."""
    text = program(row.example, row.becomes)
    found = check_text(text)
    told = answers(found)
    assert told, "no answer"
    said = " ".join([told[0].message, *(d.message for d in told), *(d.help for d in told)])
    assert row.becomes in said if row.becomes else row.note[:30] in said, said
    if row.kind == EXAMPLE or not row.ours:
        return
    for _ in range(3):
        if found.program is not None:
            break
        text = apply_fixes(text, answers(found))
        found = check_text(text)
    assert found.program is not None, f"its fix does not compile: {text}"


def is_known(row: Row) -> None:
    """What the reader answers by itself."""
    text = program(row.example, row.becomes)
    found = check_text(text)
    assert found.program is None and not answers(found)
    mended = apply_fixes(text, [d for d in found.diagnostics if d.is_error][:1])
    assert check_text(mended).program is not None, mended


@pytest.mark.parametrize("rows", parts(ROWS, 200), ids=lambda rows: f"{name(rows[0])} to {name(rows[-1])}")
def test_every_row_is_answered_and_what_to_write_compiles(rows: list[Row]) -> None:
    each(rows, lambda row: (row.ours and compiles(row), is_known(row) if row.known else is_answered(row)), name)


def test_there_are_very_many_and_none_twice() -> None:
    assert len(ROWS) >= 500
    spellings = [(row.foreign.lower(), row.part) for row in ROWS]
    assert len(spellings) == len(set(spellings))
    assert all(row.note for row in ROWS if row.kind != SAME and not row.ours)
