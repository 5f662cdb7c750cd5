"""`rsi(14)`: a function over bars, given what is the same on every bar.

A window, an average or a change of a number is that number, or 0, or missing: the series was left out and a length took
its place. `cumulative(1)` counts bars and `valuewhen(event, 1)` remembers that one was: those mean something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...stdlib import library
from ...stdlib.operator import EVENT, NUMBER, REGISTRY, Operator
from ..diagnostics.model import Fix
from ..diagnostics.reports import LIBRARY, insert, replace
from ..program.nodes import Binding, Node
from ..program.units import Unit
from ..syntax import tree
from .scope import Given, Scope
from .values import Poison, Value

if TYPE_CHECKING:
    from .calls import Calls

SOURCES = frozenset({"source", "upper", "lower", "high", "low", "close", "volume", "returns", "market"})
"""Names of parameters that are series: a constant in their place was meant for another."""
_RETURNS = frozenset({"returns", "market"})
_SHARES = frozenset({"confidence", "decay"})
"""Between 0 and 1: `95` for `95%` would leave nothing but missing values."""
_PERCENT = "percent"
"""From 0 to 100: beyond it a percentile is nothing but missing."""
_MAY_BE_CONSTANT = frozenset({"cumulative", "valuewhen"})


def of_operator(
    part: Calls, call: tree.Call, operator: Operator, scope: Scope, args: Sequence[Node | Poison]
) -> None:
    """An operator called by the author with a constant in the place of its source."""
    if call.span.source.startswith(LIBRARY) or operator.name in _MAY_BE_CONSTANT:
        return
    numbers = {
        a.name: n for a, n in zip(operator.arguments, args, strict=True) if a.kind == NUMBER and isinstance(n, Node)
    }
    if _PERCENT in numbers:
        _percent(part, call, operator.name, scope, numbers[_PERCENT])
    sources = {name: n for name, n in numbers.items() if name in SOURCES}
    if {"a", "b"} <= numbers.keys():
        constant = [name for name in ("a", "b") if _is_constant(numbers[name])]
        sources = {} if operator.missing == EVENT and len(constant) < 2 else {name: numbers[name] for name in constant}
    _check(part, call, operator.name, scope, sources)


def of_function(part: Calls, call: tree.Call, name: str, scope: Scope, given: dict[str, Value]) -> None:
    """A function of the library called by the author with a constant in the place of its source."""
    if not call.span.source.startswith(LIBRARY):
        sources = {to: value for to, value in given.items() if to in SOURCES and isinstance(value, Node)}
        _check(part, call, name, scope, sources)
        for to in sorted(_SHARES & given.keys()):
            _share(part, call, name, scope, to, given[to])
        for to in sorted(_RETURNS & given.keys()):
            _returns(part, call, name, scope, to, given[to])


def _returns(part: Calls, call: tree.Call, name: str, scope: Scope, parameter: str, value: Value) -> None:
    """Prices or money where shares of them belong."""
    written = argument_of(call, name, parameter)
    if written is None or not isinstance(value, Node) or value.unit in (Unit.RATIO, Unit.PLAIN):
        return
    if not _is_constant(value):  # which is told already
        span = part.origin(written.value, scope)[0].span
        part.reports.error(
            "E211", f"`{parameter}` of `{name}` are returns, shares of what was there before; found {value.unit.noun}",
            span, help="the returns of a series are `x / x[1] - 1`",
        )  # fmt: skip


def _share(part: Calls, call: tree.Call, name: str, scope: Scope, parameter: str, value: Value) -> None:
    """A constant that is a share of all there is, and lies outside 0 and 1."""
    written = argument_of(call, name, parameter)
    if written is None or not isinstance(value, Node) or value.kind != "const":
        return
    number = value.data[0]
    if not isinstance(number, float) or 0.0 < number < 1.0:
        return
    percent = f"{number:g}%" if 2.0 <= number < 100.0 else ""
    span = part.origin(written.value, scope)[0].span
    part.reports.error(
        "E206", f"`{parameter}` of `{name}` must be between 0 and 1, found {number:g}", span,
        help=f"a share of all: `{percent or '95%'}`",
        fixes=[replace(f"replace with `{percent}`", span, percent)] if percent and span == written.value.span else [],
    )  # fmt: skip


def _percent(part: Calls, call: tree.Call, name: str, scope: Scope, node: Node) -> None:
    """A constant that says which percentile, and lies outside 0 and 100."""
    written = argument_of(call, name, _PERCENT)
    number = node.data[0] if node.kind == "const" else None
    if written is None or not isinstance(number, float) or 0.0 <= number <= 100.0:
        return
    found = "a missing one" if number != number else f"{number:g}"
    span = part.origin(written.value, scope)[0].span
    part.reports.error("E206", f"`{_PERCENT}` of `{name}` must be from 0 to 100, found {found}", span,
                       help="90 is the value that 90 of 100 do not exceed")  # fmt: skip


def of_history(part: Calls, expr: tree.History, value: Value) -> None:
    """`n[1]` of a number or a parameter."""
    if isinstance(value, Node) and _is_constant(value) and not expr.span.source.startswith(LIBRARY):
        part.reports.error("E210", "this is the same on every bar, so it has no earlier value", expr.span,
                           help="a series has bars before: `close[1]`")  # fmt: skip


def _is_constant(node: Node) -> bool:
    return node.binding < Binding.SERIES


def _check(part: Calls, call: tree.Call, name: str, scope: Scope, sources: dict[str, Node]) -> None:
    for parameter, node in sources.items():
        if not _is_constant(node):
            continue
        written = argument_of(call, name, parameter)
        span = part.origin(written.value, scope)[0].span if written else call.span
        part.reports.error(
            "E210", f"`{name}` is computed over a series, `{part.context.text(span)}` is the same on every bar", span,
            help=f"for example `{_example(name)}`" if _example(name) else "",
            fixes=with_source(part, call, name) if written and span == written.value.span else [],
        )  # fmt: skip
        return


def argument_of(call: tree.Call, name: str, parameter: str) -> tree.Argument | None:
    """The argument that the author gave for a parameter."""
    names = [p for p, _ in _parameters(name)]
    for place, argument in enumerate(call.arguments):
        if argument.name == parameter or (argument.name is None and names[place : place + 1] == [parameter]):
            return argument
    return None


def _parameters(name: str) -> list[tuple[str, str | None]]:
    """Each parameter of a function of the library or of an operator, with its default as text."""
    entry = library.find(name)
    if entry is not None:
        return list(entry.parameters)
    operator = REGISTRY.get(name)
    return [(a.name, None if a.default is None else "") for a in operator.arguments] if operator else []


def _example(name: str) -> str:
    entry = library.find(name)
    found = re.search(r"Example: `([^`]*)`", entry.doc) if entry else None
    return found[1] if found else REGISTRY[name].example if name in REGISTRY else ""


def left_out(part: Calls, call: tree.Call, name: str, scope: Scope) -> list[Fix]:
    """`sma(20)`: the fix where a call is short of an argument because its series was left out."""
    first = call.arguments[0].value if call.arguments else None
    found = part.held(first, scope) if isinstance(first, tree.Name) else None
    parameter = found is not None and isinstance(found[1], Given)
    return with_source(part, call, name) if isinstance(first, tree.Number) or parameter else []


def with_source(part: Calls, call: tree.Call, name: str) -> list[Fix]:
    """The call with the series it is usually given: put before the other arguments, or in place of the first."""
    parameters = _parameters(name)
    leading = [p for p, _ in parameters if p in SOURCES]
    if not leading or [p for p, _ in parameters[: len(leading)]] != leading or any(a.name for a in call.arguments):
        return []
    usual = re.search(rf"\b{name}\((\w+(?:\(\))?)", _example(name))
    series = [default or (usual[1] if usual else p if p in ("high", "low", "close", "volume") else "close")
              for p, default in parameters[: len(leading)]]  # fmt: skip
    required = sum(default is None for _, default in parameters)
    if required <= len(call.arguments) + len(series) <= len(parameters):
        start = call.function.span.end + 1
        text = ", ".join(series) + (", " if call.arguments else "")
        made = f"{name}({text}{part.context.text(call.span)[len(name) + 1 :]}"
        return [insert(f"replace with `{made}`", call.span, start, text)]
    first = call.arguments[0]
    written = part.context.text(first.span)
    return [] if written == series[0] else [replace(f"replace `{written}` with `{series[0]}`", first.span, series[0])]
