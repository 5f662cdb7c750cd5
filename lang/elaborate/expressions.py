"""Expressions to nodes: names, arithmetic, history, sampling, records.

One method an expression kind; each takes the tree, the scope its names are
looked up in, and the clock it is read on, and gives a `Value`. Re-reading the
same tree on another clock is what `@` means, so nothing here may depend on
having been called before; values are remembered per scope, name and clock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..diagnostics.model import Answer
from ..diagnostics.reports import LIBRARY, replace
from ..diagnostics.span import Span
from ..program.nodes import BOOL, NUMBER, Binding, Clock, Node
from ..program.tests import is_reason
from ..program.units import Unit
from ..syntax import tree
from ..words.amounts import seconds
from ..words.fields import meant
from . import builtins, constant_sources, contradictions, dimensions, lints, loose_samples
from .across import Across
from .arithmetic import as_condition, joined, pure
from .calls import Calls
from .context import Context
from .names import Names
from .questions import CONDITION, NUMBER_ANSWER, REASON, SERIES, condition, of_unit
from .sampling import Sampling
from .scales import TICK
from .values import POISON, Poison, Record, TextValue, Value, describe

_ARITHMETIC = {"+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floordiv"}
_COMPARISON = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
_SUFFIX_UNITS = {"%": Unit.RATIO, "bp": Unit.RATIO, "": Unit.PLAIN}


class Expressions(Names, Calls, Sampling, Across):
    """The elaborator of expressions; `Names`, `Calls`, `Sampling` and `Across` hold the larger cases."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._whole: tuple[tree.Expr, tree.Expr] | None = None  # an operand, and all that it is an operand of
        self._methods: dict[type[Any], Callable[..., Value]] = {
            tree.Number: self._number,
            tree.Bool: lambda e, s, c: self.graph.constant(e.value, span=e.span),
            tree.Missing: lambda e, s, c: self.graph.constant(float("nan"), span=e.span),
            tree.Text: self._text,
            tree.Name: self._name,
            tree.Unary: self._unary,
            tree.Binary: self._binary,
            tree.Conditional: self._conditional,
            tree.Call: self._call,
            tree.History: self._history,
            tree.Field: self._field,
            tree.Sampled: self._sampled,
            tree.Of: self._of,
            tree.Bars: self._bars,
            tree.Record: self._record,
            tree.Hole: lambda e, s, c: Poison(e),
            tree.Unread: lambda e, s, c: POISON,
        }

    def value(self, expr: tree.Expr, scope: Any, clock: Clock) -> Value:
        """What `expr` stands for in `scope` on `clock`; POISON if it was reported."""
        fits = self.context.enter(expr.span)
        try:
            value = self._methods[type(expr)](expr, scope, clock) if fits else POISON
            seen = self.context.seen
            if seen is not None and not isinstance(value, Poison) and not expr.span.source.startswith(LIBRARY):
                seen.setdefault(expr.span, value)
            return value
        finally:
            self.context.leave()

    def builtin(self, name: str, expr: tree.Call, scope: Any, clock: Clock) -> Value:
        """A call of a function built into the language."""
        return builtins.call(self, name, expr, scope, clock)

    def number(
        self, expr: tree.Expr, scope: Any, clock: Clock, what: str, answer: Answer | None = None
    ) -> Node | Poison:
        """`expr` as a number; reports what was found otherwise. answer: what a hole is asked for there."""
        return self.wanted(self.value(expr, scope, clock), NUMBER, what, expr, scope, answer)

    def condition(self, expr: tree.Expr, scope: Any, clock: Clock, what: str) -> Node | Poison:
        """`expr` as a bool; reports what was found otherwise."""
        return self.wanted(self.value(expr, scope, clock), BOOL, what, expr, scope)

    # --- literals ------------------------------------------------------------------------------

    def _number(self, expr: tree.Number, scope: Any, clock: Clock) -> Value:
        if expr.suffix in _SUFFIX_UNITS:
            return self.graph.constant(expr.value, _SUFFIX_UNITS[expr.suffix], expr.span)
        if expr.suffix in ("ticks", "tick"):
            tick = self.graph.node(
                "param", (), (TICK, False), binding=Binding.PARAM, clock=None, unit=Unit.DISTANCE, span=expr.span
            )
            count = self.graph.constant(expr.value, span=expr.span)
            return pure(self.graph, "mul", (count, tick), expr.span, Unit.DISTANCE)
        if expr.suffix == "r":
            return self.risk_multiple(expr, scope, clock)
        return self.graph.constant(seconds(expr.value, expr.suffix), Unit.DURATION, expr.span)

    def _text(self, expr: tree.Text, scope: Any, clock: Clock) -> Value:
        literal = expr.literal
        if literal is None:
            self.reports.error(
                "E202", "a text with values in it can only be shown", expr.span,
                help='use it after `because`, or as the text of an `alert`',
            )  # fmt: skip
            return POISON
        return TextValue(literal, expr.span)

    def _bars(self, expr: tree.Bars, scope: Any, clock: Clock) -> Value:
        node = self.number(expr.value, scope, clock, "a whole number before `bars`")
        if isinstance(node, Poison):
            return POISON
        if node.kind == "const":
            return self.graph.constant(float(node.data[0]), Unit.BARS, expr.span)  # type: ignore[arg-type]
        return node

    def _record(self, expr: tree.Record, scope: Any, clock: Clock) -> Value:
        fields: dict[str, Value] = {}
        for entry in expr.entries:
            if entry.name in fields:
                self.reports.error("E103", f"the record has two fields named `{entry.name}`", entry.span)
            fields[entry.name] = self.value(entry.value, scope, clock)
        return Record(fields)

    # --- arithmetic ------------------------------------------------------------------------------

    def _unary(self, expr: tree.Unary, scope: Any, clock: Clock) -> Value:
        if expr.operator == "not":
            operand = self.condition(expr.operand, scope, clock, "a condition after `not`")
            if isinstance(operand, Poison):
                return POISON
            lints.negated_comparison(self.reports, expr, operand, self.context)
            return pure(self.graph, "not", (operand,), expr.span)
        number = self.number(expr.operand, scope, clock, "a number after `-`")
        return number if isinstance(number, Poison) else pure(self.graph, "neg", (number,), expr.span, number.unit)

    def _binary(self, expr: tree.Binary, scope: Any, clock: Clock) -> Value:
        if expr.operator in ("and", "or"):
            left = self.condition(expr.left, scope, clock, f"a condition before `{expr.operator}`")
            right = self.condition(expr.right, scope, clock, f"a condition after `{expr.operator}`")
            if isinstance(left, Poison) or isinstance(right, Poison):
                return POISON
            self.context.joined.update({expr.left.span: left, expr.right.span: right})
            contradictions.check(self.reports, self.context, expr, left, right)
            return pure(self.graph, expr.operator, (left, right), expr.span)
        if expr.operator in _COMPARISON:
            return self._comparison(expr, scope, clock)
        whole = self._enter(expr)
        one = self.value(expr.left, scope, clock)
        self._whole = expr.right, whole
        two = self.value(expr.right, scope, clock)
        left = self.wanted(one, NUMBER, f"a number before `{expr.operator}`", expr.left, scope, self._beside(expr, two))
        right = self.wanted(two, NUMBER, f"a number after `{expr.operator}`", expr.right, scope,
                            self._beside(expr, one, after=True))  # fmt: skip
        if isinstance(left, Poison) or isinstance(right, Poison):
            return POISON
        loose_samples.arithmetic(self.reports, expr, left, whole, self.context)
        function = _ARITHMETIC[expr.operator]
        sides = dimensions.Side(expr.left, left), dimensions.Side(expr.right, right)
        dimensions.added(self.reports, self.context, expr, function, *sides)
        counts = self.context.counts
        made = pure(self.graph, function, (left, right), expr.span, counts.unit(function, left, right))
        counts.keep(made, function, left, right)
        if self.context.recording is not None:
            self.context.recording.counted.append((made, function, left, right))
        return made

    def _beside(self, expr: tree.Binary, other: Value, *, after: bool = False) -> Answer | None:
        """What a hole is asked for that is added to a value, or multiplied with one; None where the unit may be any.

        In the library a number of bars is computed of: `length // 2` of a hole is half of one.
        """
        if not isinstance(other, Node) or other.type != NUMBER:
            return None
        if expr.operator in ("+", "-"):
            away = other.unit is Unit.PRICE and (after or expr.operator == "+")
            return None if other.unit is Unit.PLAIN else of_unit(Unit.DISTANCE if away else other.unit)
        if expr.span.source.startswith(LIBRARY):
            return NUMBER_ANSWER if expr.operator == "*" or after else None
        return NUMBER_ANSWER if expr.operator == "*" and other.unit in (Unit.PRICE, Unit.DISTANCE, Unit.RATIO) else None

    def _enter(self, expr: tree.Binary) -> tree.Expr:
        """The whole calculation that a part of it belongs to, as its operands are to know it, too."""
        whole = self.whole_of(expr)
        self._whole = expr.left, whole
        return whole

    def _comparison(self, expr: tree.Binary, scope: Any, clock: Clock) -> Value:
        left = self.value(expr.left, scope, clock)
        self._whole = expr.right, expr
        right = self.value(expr.right, scope, clock)
        left, right = self._as_comparable(left, right, expr), self._as_comparable(right, left, expr)
        for side, other in ((left, right), (right, left)):
            if isinstance(side, Poison) and side.hole is not None:
                return self._compared_with_hole(side.hole, other, expr)
        if isinstance(left, Poison) or isinstance(right, Poison):
            return POISON
        if lints.compared_with_missing(self.reports, expr, left, right, self.context):
            return POISON
        left, right = self._alike(left, right), self._alike(right, left)
        bools = isinstance(left, Node) and isinstance(right, Node) and left.type == right.type == BOOL
        if bools and expr.operator in ("==", "!="):
            assert isinstance(left, Node) and isinstance(right, Node)
            return pure(self.graph, "beq" if expr.operator == "==" else "bne", (left, right), expr.span)
        one = self.wanted(left, NUMBER, f"a number before `{expr.operator}`", expr.left, scope)
        two = self.wanted(right, NUMBER, f"a number after `{expr.operator}`", expr.right, scope)
        if isinstance(one, Poison) or isinstance(two, Poison):
            return POISON
        node = pure(self.graph, _COMPARISON[expr.operator], (one, two), expr.span)
        lints.comparison(self.reports, expr, one, two, self.context)
        sides = dimensions.Side(expr.left, one), dimensions.Side(expr.right, two)
        dimensions.compared(self.reports, self.context, expr.span, expr.operator, *sides)
        return node

    def _compared_with_hole(self, hole: tree.Hole, other: Value, expr: tree.Binary) -> Value:
        """A comparison holds or not whatever is asked for: what stands on the other side tells what that is."""
        if isinstance(other, Node) and _tells_reason(other):
            self.context.questions.wants(hole, REASON)
        elif isinstance(other, Node):
            scale = self.context.scales.of(other) if other.type == NUMBER else None
            self.context.questions.wants(hole, of_unit(other.unit, scale) if other.type == NUMBER else CONDITION)
        fixed = isinstance(other, Node) and other.binding < Binding.SERIES  # so that a `require` has what it may read
        return condition(self.graph, hole, expr, Binding.PARAM if fixed else Binding.SERIES)

    def _as_comparable(self, value: Value, other: Value, expr: tree.Binary) -> Value:
        """A text beside a time is a date; beside an exit reason it is that reason."""
        if not isinstance(value, TextValue) or not isinstance(other, Node):
            return value
        if other.unit is Unit.TIME:
            return self.instant(value)
        if _tells_reason(other):
            return self.exit_reason(value)
        return value

    def _alike(self, value: Value, other: Value) -> Value:
        """A column of the data's own is read as what stands beside it is: a bool beside a bool."""
        beside = isinstance(value, Node) and isinstance(other, Node) and other.type == BOOL
        return as_condition(self.graph, value) if beside and isinstance(value, Node) else value

    def _conditional(self, expr: tree.Conditional, scope: Any, clock: Clock) -> Value:
        condition = self.condition(expr.condition, scope, clock, "a condition after `if`")
        then = self.value(expr.then, scope, clock)
        otherwise = self.value(expr.otherwise, scope, clock)
        return POISON if isinstance(condition, Poison) else self._choice(condition, then, otherwise, expr.span)

    def _choice(self, condition: Node, then: Value, otherwise: Value, span: Span) -> Value:
        for branch, other in ((then, otherwise), (otherwise, then)):
            if isinstance(branch, Poison) and branch.hole is not None and isinstance(other, Node):
                known = of_unit(other.unit) if other.unit is not Unit.PLAIN else None
                fits = self.fits(branch.hole, other.type, known)
                then, otherwise = (fits, otherwise) if branch is then else (then, fits)
        if isinstance(then, Poison) or isinstance(otherwise, Poison):
            return POISON
        if isinstance(then, Record) and isinstance(otherwise, Record) and then.fields.keys() == otherwise.fields.keys():
            return Record({f: self._choice(condition, then.fields[f], otherwise.fields[f], span) for f in then.fields})
        then, otherwise = self._alike(then, otherwise), self._alike(otherwise, then)
        if isinstance(then, Node) and isinstance(otherwise, Node) and then.type == otherwise.type:
            function = "select" if then.type == NUMBER else "bselect"
            unit = joined(then, otherwise) if then.type == NUMBER else Unit.PLAIN
            return pure(self.graph, function, (condition, then, otherwise), span, unit)
        self.reports.error(
            "E207", f"`then` gives {describe(then)} and `else` gives {describe(otherwise)}", span,
            help="both branches must be of one kind",
        )  # fmt: skip
        return POISON

    # --- history ---------------------------------------------------------------------------------

    def _history(self, expr: tree.History, scope: Any, clock: Clock) -> Value:
        offset = self.whole(expr.offset, scope, clock, "an offset", least=0)
        lints.history_of_sample(self.reports, expr, scope, self.context)
        growing = self.growing_cell(expr.value, scope, clock)
        if growing is not None and not isinstance(offset, Poison):
            return self.lagged(growing, offset, expr)
        frame = self.entangled(expr.value, scope, clock)
        if frame is not None and not isinstance(offset, Poison) and not _is_zero(offset):
            return self.recalled(expr, offset, scope, frame)
        value = self.value(expr.value, scope, clock)
        if isinstance(value, Poison) and value.hole is not None:
            self.context.questions.wants(value.hole, SERIES)
        if isinstance(offset, Poison) or isinstance(value, Poison):
            return POISON
        constant_sources.of_history(self, expr, value)
        if not isinstance(value, (Node, Record)):
            wrote, of = self.origin(expr, scope)
            found = describe(value)
            message = f"expected a number for {of}, found {found}" if of else f"{found} has no history"
            self.reports.error("E202", message, wrote.span)
            return POISON
        return self._delayed(value, offset, expr.span, clock)

    def _delayed(self, value: Value, offset: Node, span: Span, clock: Clock) -> Value:
        if isinstance(value, Record):
            return Record({name: self._delayed(inner, offset, span, clock) for name, inner in value.fields.items()})
        if not isinstance(value, Node):
            self.reports.error("E202", f"{describe(value)} has no history", span)
            return POISON
        if value.binding < Binding.SERIES or _is_zero(offset):
            return value
        operator = "history" if value.type == NUMBER else "history_bool"
        return self.graph.node(
            "step", (value, offset), (operator,), type=value.type, clock=value.clock, unit=value.unit, span=span
        )

    # --- fields ----------------------------------------------------------------------------------

    def _field(self, expr: tree.Field, scope: Any, clock: Clock) -> Value:
        value = self.value(expr.value, scope, clock)
        if isinstance(value, Poison):
            if value.hole is not None:
                self.context.questions.wants(value.hole, SERIES)
            return POISON
        names = self.fields_of(value)
        if expr.name in names:
            return self.field_value(value, expr.name, expr.span, clock)
        close = meant(expr.name, names)
        fixes = [replace(f"replace with `{close}`", expr.name_span, close)] if close else []
        found = f"it has {', '.join(sorted(names))}" if names else f"{describe(value)} has no fields"
        self.reports.error("E105", f"there is no field `{expr.name}` here: {found}", expr.name_span, fixes=fixes)
        return POISON


def _tells_reason(node: Node) -> bool:
    """Whether a value tells why a trade ended, which is compared with a text."""
    return (node.kind in ("book", "book_of") and node.name == "trades.last_reason") or is_reason(node)


def _is_zero(offset: Node) -> bool:
    return offset.kind == "const" and offset.data[0] == 0.0
