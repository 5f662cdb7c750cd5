"""Text to typed program: the one entry to everything in `lang`.

`check_text` tells what it found, for editors and for whoever shows every fault; `compile_text` raises where there is
one. Parser and elaborator are imported when a text is compiled: a program whose plan is kept needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .words.limits import STANDARD as LIMITS

if TYPE_CHECKING:
    from .diagnostics.mend import Verdict
    from .diagnostics.model import Diagnostic
    from .program.program import Program
    from .words.registry import Registry

_EXPRESSION = "<expression>"
_BEFORE = "let value = "


@dataclass(frozen=True, slots=True)
class Checked:
    """A text and what was found: its program, None where it has a fault; everything said of it, errors first."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def check_text(
    text: str | bytes, source: str = "<text>", *, timezone: str | None = None, longest: int = LIMITS.source,
    registry: Registry | None = None, look: Callable[[], None] | None = None,
) -> Checked:
    """The program of a text and everything said of it; never raises for what the text says.

    timezone: the calendar zone, where the host overrides the program's own. longest: bytes of the text.
    registry: what there is without the text; the language as it is if None. look: asked now and then whether
    to go on; what it raises ends this.
    """
    from .elaborate.elaborate import elaborate
    from .resolve.resolve import resolve
    from .syntax.parse import parse
    from .words.registry import STANDARD

    registry = registry or STANDARD
    parsed = parse(text, source, max_bytes=longest)
    if parsed.stopped:
        return _faulty(parsed.diagnostics, {source: parsed.text}, registry)
    resolution = resolve(parsed.module, registry)
    made = elaborate(
        parsed.module, resolution, {source: parsed.text}, parsed.diagnostics, timezone=timezone, registry=registry,
        look=look,
    )  # fmt: skip
    if made.program is None:
        return _faulty(made.diagnostics, made.sources, registry)
    return Checked(made.program, made.diagnostics, made.sources)


def _faulty(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], registry: Registry) -> Checked:
    """What is said of a text with a fault; what comes from the habits of another language is told as that."""
    from .habits.answer import answered

    return Checked(None, _errors_first(answered(diagnostics, sources, registry.names)), sources)


def _errors_first(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(diagnostics, key=lambda d: (not d.is_error, not d.stops)))


def compile_text(
    text: str | bytes, source: str = "<text>", *, timezone: str | None = None, longest: int = LIMITS.source,
    registry: Registry | None = None, look: Callable[[], None] | None = None,
) -> Program:
    """The typed program of a text; CompileError holds every diagnostic if it has a fault.

    timezone: the calendar zone, where the host overrides the program's own. longest: bytes of the text.
    registry: what there is without the text; the language as it is if None. look: asked now and then whether
    to go on; what it raises ends this.
    """
    found = check_text(text, source, timezone=timezone, longest=longest, registry=registry, look=look)
    if found.program is None:
        from .diagnostics.model import CompileError

        raise CompileError(found.diagnostics, dict(found.sources))
    return found.program


def verdict(text: str, source: str = "<text>") -> Verdict:
    """What is said of a text, and its plan: what it would do, whatever it is called and however it is written."""
    from .diagnostics.mend import Verdict
    from .diagnostics.model import CompileError
    from .plan.build import plan
    from .plan.codec import to_json

    try:
        program = compile_text(text, source)
        return Verdict(program.diagnostics, to_json(replace(plan(program), source_hash="")))
    except CompileError as error:
        return Verdict(error.diagnostics, None)


def compile_expression(
    text: str, *, timezone: str | None = None, longest: int = LIMITS.source,
    registry: Registry | None = None, look: Callable[[], None] | None = None,
) -> Program:
    """The program whose only definition is `value`: what `strat eval EXPR` and `evaluate` run.

    What is said of it, in the program or in CompileError, shows the expression alone.
    """
    from .diagnostics.inner import inner
    from .diagnostics.model import CompileError
    from .elaborate.alone import of_expression

    def alone(
        said: Sequence[Diagnostic], sources: Mapping[str, str], program: Program | None = None
    ) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
        told = of_expression(inner(said, _EXPRESSION, len(_BEFORE)), _EXPRESSION, text, program)
        return told, {**sources, _EXPRESSION: text}

    try:
        program = compile_text(
            _BEFORE + text, _EXPRESSION, timezone=timezone, longest=longest + len(_BEFORE), registry=registry,
            look=look,
        )  # fmt: skip
    except CompileError as error:
        raise CompileError(*alone(error.diagnostics, error.sources)) from None
    diagnostics, sources = alone(program.diagnostics, program.sources, program)
    return replace(program, diagnostics=diagnostics, sources=sources)
