"""Texts: `"at {close}"` to its literal parts and the expressions in braces."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import tree
from .faults import Faults
from .scanner import Token

_BRACE = re.compile(r"\{\{|\}\}|\{|\}")
_FORMATTED = re.compile(r"([^{}?:!]*)((?:![rsa])?:[^{}?:]*|![rsa])")
"""A value with a format of another language behind it."""
_DECIMALS = re.compile(r":(?:,?\.([0-9]{1,2})f?|[FN]([0-9]{1,2})|[#,]*0?\.(0+))")
"""The format that says how many decimals are shown, as `.2f`, `F2` or `0.00`, and nothing else."""
_FACTOR = re.compile(r"\w+(\.\w+)*(\([^()]*\))?")
"""What needs no brackets before `*`."""


def read(faults: Faults, token: Token, inner: Callable[[int, int], tree.Expr]) -> tuple[str | tree.Expr, ...]:
    """The parts of a text; `inner` reads the expression between two offsets of the source."""
    body = token.text[1:-1]
    parts: list[str | tree.Expr] = []
    literal: list[str] = []
    at = 0
    while match := _BRACE.search(body, at):
        literal.append(body[at : match.start()])
        at = match.end()
        if len(match[0]) == 2:
            literal.append(match[0][0])
        elif match[0] == "}":
            _stray(faults, token, match.start())
        else:
            close = _closing(body, at)
            if close < 0:
                _open(faults, token, match.start())
                break
            parts.extend(filter(None, ["".join(literal)]))
            end = close if (shown := _FORMATTED.fullmatch(body, at, close)) is None else shown.end(1)
            if shown is not None:
                _format(faults, shown, token.start + 1)
            parts.append(inner(token.start + 1 + at, token.start + 1 + end))
            literal, at = [], close + 1
    last = "".join([*literal, body[at:]])
    return tuple(parts + ([last] if last or not parts else []))


def _closing(body: str, at: int) -> int:
    """Where the brace opened before `at` is closed, -1 if it is not."""
    depth = 1
    for index in range(at, len(body)):
        depth += {"{": 1, "}": -1}.get(body[index], 0)
        if not depth:
            return index
    return -1


def _stray(faults: Faults, token: Token, at: int) -> None:
    start = token.start + 1 + at
    faults.error("E008", "this `}` closes nothing", start, start + 1, help="a brace itself is written twice: `}}`",
                 fixes=[faults.fix("write `}}`", (start, start + 1, "}}"))])  # fmt: skip


def _open(faults: Faults, token: Token, at: int) -> None:
    start = token.start + 1 + at
    faults.error("E008", "this `{` is never closed", start, start + 1,
                 help="a value is shown as `{close}`; a brace itself is written twice: `{{`",
                 fixes=[faults.fix("write `{{`", (start, start + 1, "{{"))])  # fmt: skip


def _format(faults: Faults, shown: re.Match[str], before: int) -> None:
    """`{close:.2f}`: the value alone is read on, so that its own faults are found. before: where the body begins."""
    value, decimals = shown[1].strip(), _DECIMALS.fullmatch(shown[2].rstrip())
    start, end = before + shown.start(2), before + shown.end(2)
    fixes, rounded = [], "round(close * 100) / 100"
    if decimals and value:
        factor = "1" + "0" * int(decimals[1] or decimals[2] or len(decimals[3]))
        whole = value if _FACTOR.fullmatch(value) else f"({value})"
        rounded = f"round({whole} * {factor}) / {factor}" if factor != "1" else f"round({value})"
        fixes = [faults.fix(f"replace with `{rounded}`", (before + shown.start(1), end, rounded), safe=True)]
    faults.error("E008", "a value in a text takes no format", start, end, help=f"round it: `{{{rounded}}}`",
                 fixes=fixes)  # fmt: skip
