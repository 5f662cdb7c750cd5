"""Text to typed program: the one entry to everything in `lang`.

The parser and the elaborator are imported when a text is compiled: a program whose plan is kept needs neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .diagnostics.model import Diagnostic
    from .program.program import Program

_EXPRESSION = "<expression>"
_BEFORE = "let value = "


def compile_text(text: str | bytes, source: str = "<text>", *, timezone: str | None = None) -> Program:
    """The typed program of a text; CompileError holds every diagnostic if it has a fault.

    timezone: the calendar zone, where the host overrides the program's own.
    """
    from .elaborate.elaborate import elaborate
    from .syntax.parse import decoded, parse

    module, warnings = parse(text, source)
    return elaborate(module, {source: decoded(text, source)}, warnings, timezone=timezone)


def compile_expression(text: str, *, timezone: str | None = None) -> Program:
    """The program whose only definition is `value`: what `strat eval EXPR` and `evaluate` run.

    What is said of it, in the program or in CompileError, shows the expression alone.
    """
    from .diagnostics.inner import inner
    from .diagnostics.model import CompileError

    def alone(said: Sequence[Diagnostic], sources: Mapping[str, str]) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
        return inner(said, _EXPRESSION, len(_BEFORE)), {**sources, _EXPRESSION: text}

    try:
        program = compile_text(_BEFORE + text, _EXPRESSION, timezone=timezone)
    except CompileError as error:
        raise CompileError(*alone(error.diagnostics, error.sources)) from None
    diagnostics, sources = alone(program.diagnostics, program.sources)
    return replace(program, diagnostics=diagnostics, sources=sources)
