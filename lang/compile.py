"""Text to typed program: the one entry to everything in `lang`."""

from __future__ import annotations

from .elaborate.elaborate import elaborate
from .program.program import Program
from .syntax.parse import parse


def compile_text(text: str | bytes, source: str = "<text>", *, timezone: str | None = None) -> Program:
    """The typed program of a text; CompileError holds every diagnostic if it has a fault.

    timezone: the calendar zone, where the host overrides the program's own.
    """
    module, warnings = parse(text, source)
    written = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return elaborate(module, {source: written}, warnings, timezone=timezone)


def compile_expression(text: str, *, timezone: str | None = None) -> Program:
    """The program whose only definition is `value`: what `strat eval EXPR` and `evaluate` run."""
    return compile_text(f"let value = {text}", "<expression>", timezone=timezone)
