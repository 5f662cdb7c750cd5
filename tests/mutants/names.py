"""Which names of the trading core stand beside each other, so that one may be taken for another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stratagem.runtime import trading

FOLDER = Path(trading.__file__).parent
TABLES = ("layout", "rows")
SECTION = re.compile(r"# --- ")
SIBLINGS = (
    ("ticks_down", "ticks_up"), ("lots_down", "lots_up"), ("protective", "profitable"), ("min", "max"),
    ("expect_exit", "expect_enter"), ("reached", "reaches"),
)  # fmt: skip
"""Functions that take the same and do the opposite, where calling the wrong one would still run."""


@cache
def source_of(module: str) -> str:
    """Read once: a file that is edited meanwhile is not what runs."""
    return (FOLDER / f"{module}.py").read_text(encoding="utf-8")


@cache
def neighbours() -> dict[str, str]:
    """A name of a slot or a code -> the next one of its table; names that stand alone are not there."""
    found: dict[str, str] = {}
    for module in TABLES:
        for group in _groups(source_of(module)):
            if len(group) > 1:
                found.update(zip(group, [*group[1:], group[0]], strict=True))
    return found


def _groups(source: str) -> Iterator[list[str]]:
    """The sections of a table of names, and every row of codes (`A, B = 0, 1`)."""
    lines = source.splitlines()
    heads = [number for number, line in enumerate(lines, 1) if SECTION.match(line)]
    sections: dict[int, list[str]] = {}
    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.Assign):
            continue
        target = statement.targets[0]
        if isinstance(target, ast.Tuple):
            yield [name.id for name in target.elts if isinstance(name, ast.Name)]
        elif isinstance(target, ast.Name) and _is_slot(target.id, statement.value):
            sections.setdefault(sum(head < statement.lineno for head in heads), []).append(target.id)
    yield from sections.values()


def _is_slot(name: str, value: ast.expr) -> bool:
    whole = isinstance(value, ast.Constant) and type(value.value) is int
    return whole and not name.endswith(("_WIDTH", "_FIXED")) and name != "TEXT_COUNT"
