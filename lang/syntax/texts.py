"""Texts: `"at {close}"` to its literal parts and the expressions in braces."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import tree
from .faults import Faults
from .scanner import Token

_BRACE = re.compile(r"\{\{|\}\}|\{|\}")


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
            parts.append(inner(token.start + 1 + at, token.start + 1 + close))
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
