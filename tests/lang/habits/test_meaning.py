"""What a habit becomes means, among other words, what it means alone: it is held against the same in brackets.

Two texts mean the same where they are one typed program; a condition denied twice counts as not denied.
"""

from __future__ import annotations

from functools import cache

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.lang.habits.rewrite import begins_value
from stratagem.lang.habits.table import EXAMPLE, Row, rows
from stratagem.lang.program.nodes import Node
from stratagem.lang.program.program import Program

from ...each import each, parts

CONDITIONS = (
    "not {}", "not ({})", "close > 1 and not {}", "not {} and close > 1", "not {} or close > 1", "not not {}",
    "NOT {}", "close > 1 and NOT {}", "close > 1 AND {}", "{} and close > 1", "{} or close > 1",
    "open > 1 or close > 1 and {}", "close > 1 and {} and open > 1", "{} == true", "not {} == false",
    "if {} then 1 else 2", "if not {} then 1 else 2", "recent({}, 5)", "recent(not {}, 5)",
)  # fmt: skip
NUMBERS = ("2 * {}", "{} / 2", "close - {}", "-{}", "{} - 1 > 0 and close > 1", "max({}, 1)", "not {} > 1", "({})[1]")
VALUES = [row for row in rows() if row.kind != EXAMPLE and row.ours and not row.known and begins_value(row.ours)]


def holds(row: Row, among: str) -> bool:
    """Whether the row can stand there: a part at its begin or end that takes whole expressions takes those too."""
    begin, end = row.pattern[0], row.pattern[-1]
    if " == " in among and {"==", "!=", "<", ">"} & {word.text for word in row.pattern}:
        return False  # comparisons do not chain
    begins = among.startswith("{}") or begin.text not in ("$c", "$d", "$w")
    return begins and (among.endswith(("{}", ")")) or not end.is_part)


def is_one(row: Row, alone: str) -> bool:
    """Whether the row is a value of the kind that can be alone so."""
    return check_text(f"let v = {alone.format(row.becomes)}").program is not None


def mended(text: str) -> tuple[str, Program | None]:
    """The text after every fix that habits and slips offer first, and its program where it is one."""
    found = check_text(text)
    for _ in range(4):
        if found.program is not None:
            break
        text = apply_fixes(text, [d for d in found.diagnostics if d.is_error])
        found = check_text(text)
    return text, found.program


@cache
def meaning(text: str) -> object:
    """What `v` means; None of a text that is no program."""
    program = check_text(text).program
    return None if program is None else _read(program.lets["v"])


def _read(value: object) -> object:
    if not isinstance(value, Node):
        return {name: _read(field) for name, field in value.items()}  # type: ignore[attr-defined]
    args = [_read(arg) for arg in value.args]
    if value.name == "beq" and args[0][0] == "not":  # type: ignore[index]
        return _denied(("beq", "('beq',)", args[0][1], args[1]))  # type: ignore[index]
    if value.name in ("and", "or"):  # they bind no matter how
        parts = [arg[1:] if arg[0] == value.name else (arg,) for arg in args]  # type: ignore[index]
        return value.name, *parts[0], *parts[1]
    return _denied(args[0]) if value.name == "not" else (value.name, repr(value.data), *args)


def _denied(condition: object) -> object:
    return condition[1] if condition[0] == "not" else ("not", condition)  # type: ignore[index]


@pytest.mark.parametrize("rows", parts(VALUES, 40), ids=lambda rows: f"{rows[0].foreign} to {rows[-1].foreign}")
def test_among_other_words_it_means_what_it_means_in_brackets(rows: list[Row]) -> None:
    each(rows, means_the_same, lambda row: row.foreign)


def means_the_same(row: Row) -> None:
    """Among all contexts where it can stand."""
    contexts = CONDITIONS if is_one(row, "not ({})") else NUMBERS if is_one(row, "-({})") else ()
    for among in contexts:
        if not holds(row, among):
            continue
        written = f"let v = {among.format(row.example)}"
        meant = f"let v = {among.format(f'({row.becomes})')}".replace("NOT", "not").replace("AND", "and")
        expected = meaning(meant)
        if expected is None:
            continue  # a share that is no condition, a constant without a bar before
        text, program = mended(written)
        assert program is not None and _read(program.lets["v"]) == expected, f"{written!r} becomes {text!r}"


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("not close.notna()", "is_na(close)"),
        ('not df["close"].notna()', "is_na(close)"),
        ("not self.data.close.notna()", "is_na(close)"),
        ("close > 1 and not close.notna()", "close > 1 and is_na(close)"),
        ("not self.position", "position.flat"),
        ("not in position", "position.flat"),
        ("not self.position.is_long", "not position.long"),
        ("NOT close.between(1, 2)", "not (close >= 1 and close <= 2)"),
        ("iff(close > 1, close > 2, close > 3) and open > 1",
         "(if close > 1 then close > 2 else close > 3) and open > 1"),
        ("2 * close if close > 1 else open", "if close > 1 then 2 * close else open"),
    ],
)  # fmt: skip
def test_what_is_denied_stays_denied(written: str, becomes: str) -> None:
    assert mended(f"let v = {written}")[0] == f"let v = {becomes}"
