"""Lengths and offsets, and of whose argument a fault is told: the author's own, however far it was handed on."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_letters

from ..diagnostics.model import Answer, Fix, Note
from ..diagnostics.reports import LIBRARY, replace
from ..program.nodes import BOOL, NUMBER, Binding, Clock, Node
from ..program.units import Unit
from ..syntax import tree
from ..words.amounts import LARGEST
from . import ranges
from .arithmetic import is_whole
from .context import Part
from .questions import LENGTH, OFFSET, stand_in
from .scope import Bound, Held, Scope
from .values import POISON, Poison, Value

Fault = tuple[str, str, str, list[Fix]]
"""Code, message, help and fixes."""


class Lengths(Part):
    """Reads what must be a number, a condition or a length."""

    held: Callable[[tree.Expr, Scope], tuple[Scope, Held] | None]

    def origin(self, expr: tree.Expr, scope: Scope) -> tuple[tree.Expr, str]:
        """What was written for an argument that `expr` hands on, and its name, "`length` of `atr`"; "" if it is none.

        The text itself is its name where it stands in the library, which computed it.
        """
        what = ""
        found = self.held(expr.value if isinstance(expr, tree.History) else expr, scope)
        while found is not None and isinstance(found[1], Bound):
            expr, what = found[1].expr, found[1].what
            found = self.held(expr, found[1].scope)
        return expr, f"`{self.context.text(expr.span)}`" if expr.span.source.startswith(LIBRARY) else what

    def wanted(
        self, value: Value, type: str, what: str, expr: tree.Expr, scope: Scope, answer: Answer | None = None
    ) -> Node | Poison:
        """What `expr` stands for if it is of a type; else a report, of the argument that it hands on if it is one."""
        if isinstance(value, Node) and value.type == type:
            return value
        wrote, of = self.origin(expr, scope)
        kind = "a condition" if type == BOOL else "a whole number" if what.startswith("a whole") else "a number"
        return self.expect(value, type, f"{kind} for {of}" if of else what, wrote.span, answer)

    def whole(self, expr: tree.Expr, scope: Scope, clock: Clock, what: str, least: int) -> Node | Poison:
        """A whole number known before the run and not below `least`: a length or an offset."""
        value = self.value(expr, scope, clock)
        if isinstance(value, Poison) and value.hole is not None:
            self.context.questions.wants(value.hole, OFFSET if "offset" in what else LENGTH)
            return self._length_of(value.hole, least)
        node = self.wanted(value, NUMBER, f"a whole number for {what}", expr, scope)
        if isinstance(node, Poison):
            return POISON
        self.context.questions.lengths(node)
        wrote, of = self.origin(expr, scope)
        fault = self._no_length(node, of or what, wrote, least, "offset" in what)
        if wrote.span.source.startswith(LIBRARY) and (fault is None or fault[0] != "E206"):
            culprit = self._culprit(expr, scope, clock)  # `(2.5 + 1) // 2` is whole, and 2.5 no length
            wrote, fault = culprit or (wrote, fault)
        if fault is None:
            return node
        code, message, help, fixes = fault
        notes = [Note("memory is reserved at compile time")] if code == "E205" else []
        self.reports.error(code, message, wrote.span, fixes=fixes, help=help,
                           notes=[*notes, *self._handed_on(expr, wrote, what)])  # fmt: skip
        return POISON

    def _length_of(self, hole: tree.Hole, least: float) -> Node:
        node = stand_in(self.graph, hole, whole=True)
        self.context.param_ranges[node.name] = least, least
        return node

    def _culprit(self, expr: tree.Expr, scope: Scope, clock: Clock) -> tuple[tree.Expr, Fault] | None:
        """The argument that makes what the library computes of it no length, and why it is none."""
        for name in tree.walk([expr]):
            wrote, of = self.origin(name, scope) if isinstance(name, tree.Name) else (expr, "")
            if not isinstance(name, tree.Name) or not of or wrote.span.source.startswith(LIBRARY):
                continue
            value = self.value(name, scope, clock)
            fault = self._no_length(value, of, wrote, -LARGEST, offset=False) if isinstance(value, Node) else None
            if fault is not None:
                return wrote, fault
        return None

    def _no_length(self, node: Node, what: str, wrote: tree.Expr, least: float, offset: bool) -> Fault | None:
        """Why a number is no length or offset; None where it is one."""
        unit = self.context.unit(node)
        if node.binding is Binding.SERIES:
            help, fixes = self._known_before(node, offset)
            changes = "a state is read anew on every bar" if fixes else "this changes from bar to bar"
            return "E205", f"{what} must be known before the run, {changes}", help, fixes
        if unit in _no_counts(wrote):
            return "E204", f"{what} counts bars, found {unit.noun}", *self._in_bars(wrote, unit)
        if not is_whole(node):
            help = "divide with `//`, or use `floor(…)`, `ceil(…)` or `round(…)`"
            return "E204", f"{what} must be a whole number", help, []
        low, _ = ranges.bounds(node, self.context.param_ranges)
        if low >= least:
            return None
        past = "the future cannot be read; the bar before is `[1]`" if least == 0 and offset else ""
        if node.kind == "const":
            return "E206", f"{what} must be {least} or more, found {node.data[0]:g}", past, []
        return "E206", f"{what} can fall below {least} within the parameters' domains", past, []

    def _known_before(self, node: Node, offset: bool) -> tuple[str, list[Fix]]:
        """What to write in place of a length that is a series."""
        if node.kind in ("step", "book") and node.name in _SINCE:
            return _SINCE[node.name][offset], []
        if node.kind == "cell" and node.args[0].kind == "const":
            begins, update = node.args
            if update is begins or (update.kind == "previous" and update.data == node.data):
                name = str(node.data[0]).rpartition("/")[2].partition("@")[0]
                text = f"let {name} = {self.context.text(begins.span) or f'{begins.data[0]:g}'}"
                return f"what never changes is no state: `{text}`", [replace(f"replace with `{text}`", node.span, text)]
        if node.kind == "pure" and node.name == "select" and all(arg.binding < Binding.SERIES for arg in node.args[1:]):
            return "choose between two results: `if … then sma(close, 10) else sma(close, 20)`", []
        return "use a number, or a `param` with a domain", []

    def _in_bars(self, wrote: tree.Expr, unit: Unit) -> tuple[str, list[Fix]]:
        fixes, help = [], "write how many bars, for example `20`"
        if isinstance(wrote, tree.Number):
            number = self.context.text(wrote.span).rstrip(f"{ascii_letters}%")
            fixes = [replace(f"replace with `{number}`", wrote.span, number)]
        if unit is Unit.DURATION:
            help += "; bars of a longer timeframe are read with `@`: `sma(close, 20) @ 1d`"
        return help, fixes

    def _handed_on(self, expr: tree.Expr, wrote: tree.Expr, what: str) -> list[Note]:
        """Where an argument of the author's function came to be a length; which call it was where it is computed."""
        if expr.span.source.startswith(LIBRARY):
            return []
        if wrote is not expr:
            return [Note(f"here it is {what}", expr.span)]
        own = [span for span in self.context.called_at if not span.source.startswith(LIBRARY)]
        return [Note("in this call", own[-1])] if own else []


_SINCE = {
    "barssince": ("what was reached since an event is `highest_since(event, high)` or `lowest_since(event, low)`",
                  "a value as it was at an event is `valuewhen(event, close)`"),
    "position.bars": ("since the entry: `position.high` and `position.low`",
                      "a value as it was on the bar of an event is `valuewhen(event, close)`"),
}  # fmt: skip
"""A number of bars that is no length, and no offset: what is there in its place."""


def _no_counts(expr: tree.Expr) -> tuple[Unit, ...]:
    """The units that no count has: `1d` is 86,400 s. A written `200%` is none, but `round(n * 50%)` may be one."""
    return (Unit.DURATION, Unit.RATIO) if isinstance(expr, tree.Number) else (Unit.DURATION,)
