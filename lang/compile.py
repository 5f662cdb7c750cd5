"""Text to typed program: the one entry to everything in `lang`.

The parser and the elaborator are imported when a text is compiled: a program whose plan is kept needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .program.program import Program


def compile_text(text: str | bytes, source: str = "<text>", *, timezone: str | None = None) -> Program:
    """The typed program of a text; CompileError holds every diagnostic if it has a fault.

    timezone: the calendar zone, where the host overrides the program's own.
    """
    from .elaborate.elaborate import elaborate
    from .syntax.parse import parse

    module, warnings = parse(text, source)
    written = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return elaborate(module, {source: written}, warnings, timezone=timezone)


def compile_expression(text: str, *, timezone: str | None = None) -> Program:
    """The program whose only definition is `value`: what `strat eval EXPR` and `evaluate` run."""
    return compile_text(f"let value = {text}", "<expression>", timezone=timezone)
