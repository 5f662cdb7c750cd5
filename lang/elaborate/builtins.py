"""Functions built into the language: mathematics, missing values, calendar and clocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ...stdlib.operator import operator_of
from ..diagnostics.model import Answer
from ..diagnostics.reports import replace
from ..diagnostics.span import Span
from ..program.nodes import BASE, BOOL, NUMBER, Clock, Node
from ..program.units import Unit
from ..syntax import tree
from . import across, calendar_lints, dimensions, facts, lints
from .arguments import Slot, match
from .arithmetic import joined, pure
from .questions import CLOCK, COLUMN, ZONE, condition
from .scope import Scope
from .values import POISON, Poison, TextValue, Value

if TYPE_CHECKING:
    from .expressions import Expressions

KEEP, PLAIN, JOIN = "keep", "plain", "join"

# name -> (arguments, pure function, unit of the result)
MATHEMATICS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "abs": (("x",), "abs", KEEP),
    "sign": (("x",), "sign", PLAIN),
    "floor": (("x",), "floor", KEEP),
    "ceil": (("x",), "ceil", KEEP),
    "round": (("x",), "round", KEEP),
    "sqrt": (("x",), "sqrt", PLAIN),
    "exp": (("x",), "exp", PLAIN),
    "log": (("x",), "log", PLAIN),
    "log10": (("x",), "log10", PLAIN),
    "pow": (("x", "y"), "pow", PLAIN),
    "mod": (("a", "b"), "mod", PLAIN),
    "sin": (("x",), "sin", PLAIN),
    "cos": (("x",), "cos", PLAIN),
    "tan": (("x",), "tan", PLAIN),
    "asin": (("x",), "asin", PLAIN),
    "acos": (("x",), "acos", PLAIN),
    "atan": (("x",), "atan", PLAIN),
    "or_else": (("x", "y"), "or_else", JOIN),
}
_DAY = 24 * 60  # minutes
_SHORT_TIME = re.compile(r"[0-9]:[0-5][0-9]")
_CLOCK_TIME = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")


def call(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """A call of the built-in `name`."""
    return TABLE[name](part, name, expr, scope, clock)


def _mathematics(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    arguments, function, rule = MATHEMATICS[name]
    nodes = _numbers(part, name, expr, [Slot(a, True) for a in arguments], scope, clock)
    if nodes is None:
        return POISON
    unit = {KEEP: nodes[0].unit, PLAIN: Unit.PLAIN, JOIN: joined(nodes[0], nodes[-1])}[rule]
    return pure(part.graph, function, tuple(nodes), expr.span, unit)


def _extreme(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """`min` and `max` of two or more; from left to right."""
    slots = [Slot(f"x{i + 1}", True) for i in range(max(2, len(expr.arguments)))]
    nodes = _numbers(part, name, expr, slots, scope, clock)
    if nodes is None:
        return POISON
    result = nodes[0]
    for place, node in enumerate(nodes[1:], 1):
        sides = (dimensions.Side(expr.arguments[at].value, nodes[at]) for at in (0, place))
        dimensions.larger(part.reports, part.context, expr.span, name, *sides)
        result = pure(part.graph, name, (result, node), expr.span, joined(result, node))
    return result


def _is_na(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    nodes = _numbers(part, name, expr, [Slot("x", True)], scope, clock)
    return POISON if nodes is None else pure(part.graph, "is_na", tuple(nodes), expr.span)


def _number(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    given = match(part.reports, expr, name, [Slot("condition", True)])
    if given is None:
        return POISON
    node = part.condition(given["condition"], scope, clock, "a condition for `number`")
    return POISON if isinstance(node, Poison) else pure(part.graph, "number", (node,), expr.span)


def _numbers(
    part: Expressions, name: str, expr: tree.Call, slots: list[Slot], scope: Scope, clock: Clock
) -> list[Node] | None:
    given = match(part.reports, expr, name, slots)
    if given is None:
        return None
    found = [part.number(given[s.name], scope, clock, f"a number for `{s.name}` of `{name}`") for s in slots]
    nodes = [node for node in found if isinstance(node, Node)]
    return nodes if len(nodes) == len(found) else None


# --- calendar and clocks ----------------------------------------------------------------------------


def _between(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """`between("09:30", "16:00", "America/New_York")`: the decision's instant, half-open."""
    given = match(part.reports, expr, name, [Slot("start", True), Slot("end", True), Slot("zone", False)])
    if given is None:
        return POISON
    begin, stop = (part.value(given[name], scope, clock) for name in ("start", "end"))
    start, end = _minutes(part, begin, given["start"].span), _minutes(part, stop, given["end"].span)
    zone = ""
    if "zone" in given:
        text = part.value(given["zone"], scope, clock)
        if _asks(part, text, ZONE):
            return POISON
        if not isinstance(text, TextValue):
            part.reports.error("E202", 'expected a zone as text, such as `"Europe/London"`', given["zone"].span)
            return POISON
        zone = text.text
        if not part.zone_exists(zone, given["zone"].span):
            return POISON
    if start is None or end is None:
        asked = [value.hole for value in (begin, stop) if isinstance(value, Poison) and value.hole is not None]
        return condition(part.graph, asked[0]) if asked else POISON
    calendar_lints.alike(part.reports, part.context, expr.span, "decision_minute", clock)
    minute = part.calendar("decision_minute", clock, expr.span, zone)
    after = pure(part.graph, "ge", (minute, part.graph.constant(float(start))), expr.span)
    before = pure(part.graph, "lt", (minute, part.graph.constant(float(end))), expr.span)
    if start == end or (start, end) == (_DAY, 0):
        lints.empty_span(part.reports, expr)
        return part.graph.constant(False, span=expr.span)
    return pure(part.graph, "and" if start < end else "or", (after, before), expr.span)


def _asks(part: Expressions, value: Value, answer: Answer) -> bool:
    """Whether a text is a hole, or was reported."""
    if isinstance(value, Poison) and value.hole is not None:
        part.context.questions.wants(value.hole, answer)
    return isinstance(value, Poison)


def _minutes(part: Expressions, value: Value, span: Span) -> int | None:
    _asks(part, value, CLOCK)
    if isinstance(value, TextValue):
        found = _CLOCK_TIME.fullmatch(value.text)
        minutes = int(found[1]) * 60 + int(found[2]) if found else 9999
        if minutes <= _DAY:
            return minutes
    if not isinstance(value, Poison):
        short = _SHORT_TIME.fullmatch(value.text) if isinstance(value, TextValue) else None
        fixes = [replace(f'replace with `"0{short[0]}"`', span, f'"0{short[0]}"')] if short else []
        part.reports.error("E208", 'expected a time of day as text, `"09:30"` or `"24:00"`', span, fixes=fixes)
    return None


def _closes(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """`closes(4h)`: true on the bar that completes a 4h bar."""
    given = match(part.reports, expr, name, [Slot("timeframe", True)])
    if given is None:
        return POISON
    frame = part.timeframe_of(given["timeframe"], clock)
    if frame is None:
        return POISON
    if clock is not BASE:
        part.reports.error("E304", "`closes` is read on the clock of the data", expr.span, help="use it outside `@`")
        return POISON
    return part.graph.node("closes", (), (frame,), type=BOOL, clock=clock, span=expr.span)


def _new_day(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """`new_day()`, `new_week()`, `new_month()`, `new_year()`: the first bar of one, in the calendar zone."""
    if match(part.reports, expr, name, []) is None:
        return POISON
    node: Node = part.calendar(_NEW[name], clock, expr.span)

    def with_constant(function: str, value: float) -> Node:
        return pure(part.graph, function, (node, part.graph.constant(value)), expr.span)

    if name == "new_week":  # day 0 is a Thursday: weeks are counted from the Monday before it
        node = with_constant("add", 3.0)
        node = with_constant("floordiv", 7.0)
    if name == "new_month":
        node = with_constant("mul", 12.0)
        node = pure(part.graph, "add", (node, part.calendar("month", clock, expr.span)), expr.span)
    return part.step(operator_of("changed"), (node,), expr.span, clock)


_NEW = {"new_day": "day_number", "new_week": "day_number", "new_month": "year", "new_year": "year"}


def _column(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """`column("funding")`: a series of the data's own, on the clock of the data."""
    given = match(part.reports, expr, name, [Slot("name", True)])
    if given is None:
        return POISON
    text = part.value(given["name"], scope, clock)
    if _asks(part, text, COLUMN):
        return POISON
    if not isinstance(text, TextValue):
        part.reports.error("E202", 'expected the name of a column as text, such as `"funding"`', given["name"].span)
        return POISON
    if clock is not BASE:
        part.reports.error("E305", "columns of the data live on its own clock", expr.span, help="read it outside `@`")
        return POISON
    known = part.context.registry.columns.get(text.text)
    if known is not None:  # it is one value, however it is read
        return part.column(known, expr.span)
    return part.graph.node("input", (), (f"column:{text.text}",), type=NUMBER, clock=clock, span=expr.span)


Handler = Callable[["Expressions", str, tree.Call, Scope, Clock], Value]
TABLE: dict[str, Handler] = {
    **dict.fromkeys(MATHEMATICS, _mathematics),
    "min": _extreme,
    "max": _extreme,
    "is_na": _is_na,
    "number": _number,
    "between": _between,
    "closes": _closes,
    **dict.fromkeys(_NEW, _new_day),
    "column": _column,
    **dict.fromkeys(across.FUNCTIONS, across.call),
    **dict.fromkeys(facts.FUNCTIONS, facts.call),  # bound in tests alone
}
