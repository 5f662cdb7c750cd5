"""`e @ 4h`, `e @ forming 4h`, `e @ event 4h`: the whole of e on another clock, read on this one."""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics.reports import Reports, insert, replace
from ..diagnostics.span import Span
from ..program.nodes import BASE, Binding, Clock, Node
from ..program.timeframe import Timeframe, makes
from ..program.units import Unit
from ..program.zones import ZoneError, zone_file
from ..syntax import tree
from . import lints, loose_samples
from .across import on_higher_clock
from .arithmetic import pure
from .context import Part
from .questions import TIMEFRAME
from .scope import Bound, Given, Held, Scope
from .values import POISON, Poison, Record, TextValue, Value, map_nodes

_WEEK = 7 * 86_400


class Sampling(Part):
    """Reads an expression on a coarser clock and brings its value back."""

    number: Callable[..., object]
    held: Callable[[tree.Expr, Scope], tuple[Scope, Held] | None]
    _whole: tuple[tree.Expr, tree.Expr] | None

    def _sampled(self, expr: tree.Sampled, scope: Scope, clock: Clock) -> Value:
        whole = self.whole_of(expr)
        frame = self.timeframe_of(expr.timeframe, clock)
        if frame is None:
            return POISON
        if frame == (self.context.timeframe if clock is BASE else clock):
            return self.value(expr.value, scope, clock)
        if clock is not BASE and expr.mode != "closed":
            self.reports.error(
                "E304", f"`@ {expr.mode}` inside another `@` is not available", expr.span,
                help="read it on the clock of the data, then combine",
            )  # fmt: skip
            return POISON
        inner = self.value(expr.value, scope, frame)
        if self._is_constant(expr, inner, scope, whole):
            return POISON
        if expr.mode == "forming" and self._crosses(expr, inner):
            return POISON
        lints.sampled_event(self.reports, expr, inner, self.context)

        def sample(node: Node) -> Value:
            if node.binding < Binding.SERIES:
                return node
            return self.graph.node(
                "sample", (node,), (expr.mode,), type=node.type, clock=clock, unit=node.unit, span=expr.span
            )

        return map_nodes(inner, sample)

    def _crosses(self, expr: tree.Sampled, inner: Value) -> bool:
        """Whether a bar that grows would be read of other symbols; each forms its own, and then it crosses."""
        crosses = self.context.below("crossing on a higher clock", on_higher_clock)
        values = inner.fields.values() if isinstance(inner, Record) else (inner,)
        found = any(isinstance(value, Node) and crosses(value) for value in values)
        if found:
            frame = self.context.text(expr.timeframe.span)
            self.reports.error(
                "E803", "`@ forming` reads the bars of this symbol alone: what comes from others is put around it",
                expr.span, help=f"`(close @ forming {frame}) of SPY`, `rank(close @ forming {frame})`",
            )  # fmt: skip
        return found

    def whole_of(self, expr: tree.Expr) -> tree.Expr:
        """The calculation or comparison that `expr` is an operand of; `expr` itself where it is none."""
        return self._whole[1] if self._whole is not None and self._whole[0] is expr else expr

    def _is_constant(self, expr: tree.Sampled, inner: Value, scope: Scope, whole: tree.Expr) -> bool:
        """Whether `@` was put on what is the same on every bar; an argument of a function may be."""
        if not isinstance(inner, Node) or inner.binding is Binding.SERIES:
            return False
        held = self.held(expr.value, scope)
        if held is not None and isinstance(held[1], Bound):
            return False
        loose_samples.constant(self.reports, expr, whole, self.context)
        return True

    def timeframe_of(self, expr: tree.Expr, clock: Clock) -> Timeframe | None:
        """A timeframe written as a duration, not finer than the clock around it; None if it was reported."""
        if isinstance(expr, tree.Unread):
            return None
        if isinstance(expr, tree.Hole):  # a day, or as long as the bars are that it is made of: either can be read
            self.context.questions.wants(expr, TIMEFRAME)
            own = self.context.timeframe if clock is BASE else clock
            day = Timeframe(1, "d")
            return own if isinstance(own, Timeframe) and own.seconds >= day.seconds else day
        if not isinstance(expr, tree.Number) or expr.suffix not in ("s", "m", "h", "d", "w", "mo"):
            self.reports.error("E301", "expected a timeframe such as `4h`", expr.span,
                               help="it is written as a number and a unit: 30s 15m 4h 1d 1w 1mo")  # fmt: skip
            return None
        frame = written(self.reports, expr)
        if frame is None:
            return None
        around = self.context.timeframe if clock is BASE else clock
        if isinstance(around, Timeframe) and frame.seconds < around.seconds:
            self.reports.error(
                "E302", f"{frame} is finer than the clock around it, {around}", expr.span,
                help="a value can be read from the same or a coarser timeframe",
            )  # fmt: skip
            return None
        if clock is BASE and isinstance(around, Timeframe) and not makes(around, frame):
            self.reports.error(
                "E306", f"bars of {frame} cannot be made of bars of {around}", expr.span,
                help="one of them would lie in two: read a multiple of the timeframe",
            )  # fmt: skip
            return None
        if clock is BASE and frame.seconds >= _WEEK and not self.context.told_of_weeks:
            self.context.told_of_weeks = True
            self.reports.hint(
                "W306", f"a bar of {frame} is complete with the first bar of the data that reaches its end", expr.span,
                help="where the data have none, as stocks at a week's end, it is read when the next bar has closed "
                     "(Monday's, so that an order fills on Tuesday); the result notes the first",
            )  # fmt: skip
        return frame

    def zone_exists(self, zone: str, span: Span) -> bool:
        """Whether `zone` names a zone of the IANA database; reports otherwise."""
        try:
            zone_file(zone)
        except ZoneError:
            self.reports.error("E208", f"there is no time zone {zone!r}", span,
                               help='zones are named as in "Europe/London", "America/New_York", "UTC"')  # fmt: skip
            return False
        return True

    def risk_multiple(self, expr: tree.Number, scope: Scope, clock: Clock) -> Value:
        """`2r` inside a bracket: twice the distance from the fill to the lot's first stop."""
        entry, stop, side = (_given(scope, name) for name in ("entry", "$first", "$side"))
        if isinstance(stop, Poison):
            return POISON
        if not isinstance(entry, Node) or not isinstance(stop, Node) or not isinstance(side, TextValue):
            statement = _given(scope, "$statement")
            at = statement.span if isinstance(statement, TextValue) else None
            self.reports.error(
                "E405", "`r` is the way from the fill to the first stop, which is not known here", expr.span,
                help="it is understood in `target`, `take … at`, `stop … after` and `after` of an `enter` that has a "
                     "`stop` or `trail`, and in `trail` beside a `stop`; the first of them is what it is counted from",
                fixes=[insert("append `stop 2 * atr(14)`", at, at.end, "\n  stop 2 * atr(14)")] if at else [],
            )  # fmt: skip
            return POISON
        ends = (entry, stop) if side.text == "long" else (stop, entry)
        distance = pure(self.graph, "sub", ends, expr.span, Unit.DISTANCE)
        count = self.graph.constant(expr.value, span=expr.span)
        return pure(self.graph, "mul", (count, distance), expr.span, Unit.DISTANCE)


def written(reports: Reports, number: tree.Number) -> Timeframe | None:
    """The timeframe that a number with a unit of time says; None where there is none such, which is reported."""
    if not number.value.is_integer() or number.value < 1:
        reports.error("E301", "a timeframe is a whole number of its unit", number.span)
        return None
    frame = Timeframe(int(number.value), number.suffix).canonical()
    why = frame.refused()
    if not why:
        return frame
    days = frame.whole_days if frame.intraday else ()
    reports.error("E306", why, number.span, fixes=[
        replace(f"replace with `{day}`", number.span, str(day), safe=False) for day in days if not day.refused()
    ])  # fmt: skip
    return None


def _given(scope: Scope, name: str) -> Value | None:
    """A finished value of the scope, as brackets define them."""
    found = scope.names.get(name)
    return found.value if isinstance(found, Given) else None
