"""Matches the arguments of a call with the parameters of what is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..diagnostics.model import Fix
from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest
from ..syntax.tree import Argument, Call, Expr


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter to be filled: required if it has no default."""

    name: str
    required: bool


def match(
    reports: Reports, call: Call, function: str, slots: Sequence[Slot], fixes: Callable[[], Iterable[Fix]] = tuple
) -> dict[str, Expr] | None:
    """Parameter name -> expression for every argument given; None (and reports) if they do not fit.

    fixes: what may be meant where an argument is missing.
    """
    taken: dict[str, Expr] = {}
    names = [slot.name for slot in slots]
    fits = True
    for position, argument in enumerate(call.arguments):
        name = _slot_name(reports, argument, position, function, names)
        if name is None:
            fits = False
        elif name in taken:
            reports.error("E104", f"`{name}` is given twice to `{function}`", argument.span)
            fits = False
        else:
            taken[name] = argument.value
    missing = [slot.name for slot in slots if slot.required and slot.name not in taken]
    if fits and missing:
        _missing(reports, call.span, function, missing, slots, fixes())
        fits = False
    return taken if fits else None


def signature(function: str, slots: Sequence[Slot]) -> str:
    """`ema(source, length)`; what may be left out is in brackets."""
    return f"{function}({', '.join(s.name if s.required else f'[{s.name}]' for s in slots)})"


def _slot_name(reports: Reports, argument: Argument, position: int, function: str, names: Sequence[str]) -> str | None:
    if argument.name is None:
        if position < len(names):
            return names[position]
        count = f"{len(names)} argument{'s' if len(names) != 1 else ''}" if names else "no arguments"
        reports.error("E104", f"`{function}` takes {count}; this is one more", argument.span)
        return None
    if argument.name in names:
        return argument.name
    close = nearest(argument.name, names)
    fixes = []
    if close:
        span = Span(argument.span.source, argument.span.start, argument.span.start + len(argument.name))
        fixes = [replace(f"replace with `{close}`", span, close)]
    reports.error(
        "E104", f"`{function}` has no argument named `{argument.name}`", argument.span, fixes=fixes,
        notes=[f"it takes {', '.join(names)}" if names else "it takes none"],
    )  # fmt: skip
    return None


def _missing(
    reports: Reports, span: Span, function: str, missing: Sequence[str], slots: Sequence[Slot], fixes: Iterable[Fix]
) -> None:
    listed = " and ".join(f"`{name}`" for name in missing)
    reports.error("E104", f"`{function}` needs {listed}", span, fixes=fixes, help=f"it is {signature(function, slots)}")
