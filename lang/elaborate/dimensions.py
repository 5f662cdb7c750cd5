"""Values that measure different things side by side: compared, crossed, added, or the larger of them taken.

Two facts decide, both inferred: the unit (a price, money, a ratio …) and the scale (`scales.py`). What has neither, and
0, goes with everything; so do bars with counts. A share of something against an amount of it is an error, and so is a
number that the other side can never reach: such a condition was not what was meant, and would be silently false.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..diagnostics.model import Edit, Fix
from ..diagnostics.reports import LIBRARY, Reports, replace
from ..diagnostics.span import Span
from ..program.nodes import Binding, Node
from ..program.timeframe import Timeframe
from ..program.units import Unit
from ..syntax import tree
from ..syntax.numbers import written_out
from . import calendar_lints, magnitudes, ranges, shares
from .context import Context
from .scales import Scale

INDEX, PRICE, RATIO, MONEY, BARS, TIME = "index", "price", "ratio", "money", "bars", "time"
DURATION = "duration"
_GO_TOGETHER = frozenset({frozenset({BARS, INDEX}), frozenset({TIME, DURATION})})
_MOSTLY = 0.5  # of the starting capital: beyond it a share of equity is not a gain or a fall, but what is left
_EPOCH = 1e8  # a plain number from here on can be seconds since 1970


class Side(NamedTuple):
    """One of two values: as it is written, and what it became."""

    expr: tree.Expr
    node: Node


def compared(reports: Reports, context: Context, span: Span, operator: str, left: Side, right: Side) -> None:
    """Two numbers are compared by `operator` (`< <= > >= == !=`, or `cross` for one that crosses the other)."""
    if span.source.startswith(LIBRARY):
        return
    for side, other in ((left, right), (right, left)):
        if side.node.kind == "calendar" and other.node.binding < Binding.SERIES:
            calendar_lints.alike(reports, context, span, side.node.name, side.node.clock)
    check = _Check(reports, context, span)
    if _is_zero(left.node) or _is_zero(right.node):
        check.day_zero(left, right, operator)
        return
    one, two = check.family(left), check.family(right)
    for side, other, of, beside in ((left, right, one, two), (right, left, two, one)):
        if of == TIME and beside is None:
            check.time_with_number(side, other)
    if one is not None and two is not None and one != two:
        check.units(left, right, one, two)
        return
    for side, other in ((left, right), (right, left)):
        if other.node.unit in (Unit.MONEY, Unit.QUANTITY):
            end = side.expr.span.end
            follows = context.text(Span(side.expr.span.source, end, end + 1))
            magnitudes.thousands(reports, side.expr.span, context.text(side.expr.span), follows)
    magnitudes.prices(reports, context, span, operator, (left, right))
    for side, bound, said in ((left, right, operator), (right, left, _FLIPPED.get(operator, operator))):
        check.beyond(side, bound, said)
        shares.check(reports, context, span, said, side, bound)


_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def added(reports: Reports, context: Context, expr: tree.Binary, function: str, left: Side, right: Side) -> None:
    """`close + 2%`: a ratio added to a price, and everything of that kind."""
    if function not in ("add", "sub") or expr.span.source.startswith(LIBRARY):
        return
    check = _Check(reports, context, expr.span)
    one, two = check.family(left), check.family(right)
    if not check.differ(left, right, one, two):
        return
    added_to = "added to" if function == "add" else "taken from"
    what, whole = (right, left) if two == RATIO or one != RATIO or function == "sub" else (left, right)
    fixes = []
    if check.family(what) == RATIO:
        sign = "+" if function == "add" else "-"
        text = f"{check.factor(whole)} * (1 {sign} {check.text(what)})"
        fixes = [replace(f"replace with `{text}`", expr.span, text)]
    reports.warning(
        "W201", f"{check.noun(what)} is {added_to} {check.noun(whole)}", expr.span, fixes=fixes,
        notes=[f"{check.as_number(what)}: that much is {added_to} the value, and no share of it"] if fixes else [],
        help="" if fixes else "bring both to one unit first",
    )  # fmt: skip


def larger(reports: Reports, context: Context, span: Span, name: str, left: Side, right: Side) -> None:
    """`max(atr(14), 1%)`: `min` and `max` choose between values of one kind."""
    if span.source.startswith(LIBRARY):
        return
    check = _Check(reports, context, span)
    one, two = check.family(left), check.family(right)
    if not check.differ(left, right, one, two):
        return
    fixes = check.fixes(left, right, one, two)
    ratio = left if one == RATIO else right
    if {one, two} == {RATIO, PRICE}:
        text = f"{check.factor(ratio)} * close"
        fixes = [replace(f"replace with `{text}`", ratio.expr.span, text)]
    reports.warning("W201", f"`{name}` of {check.noun(left)} and {check.noun(right)}", span, fixes=fixes,
                    help="bring both to one unit first")  # fmt: skip


def _is_zero(node: Node) -> bool:
    return node.kind == "const" and (node.data[0] == 0.0 or node.data[0] != node.data[0])


class _Check:
    """What the checks of one place share."""

    def __init__(self, reports: Reports, context: Context, span: Span) -> None:
        self.reports, self.context, self.span = reports, context, span

    # --- what a side is ----------------------------------------------------------------------------

    def family(self, side: Side) -> str | None:
        """What a value may be compared with: its unit, prices with their distances; None goes with everything."""
        if self.scale(side).index:
            return INDEX
        if side.node.unit is Unit.PLAIN:
            return None
        return PRICE if side.node.unit is Unit.DISTANCE else side.node.unit.value

    def scale(self, side: Side) -> Scale:
        return self.context.scales.of(side.node)

    def text(self, side: Side) -> str:
        return self.context.text(side.expr.span)

    def factor(self, side: Side) -> str:
        """The text as it can stand before `*` and `/`."""
        text = self.text(side)
        compound = isinstance(side.expr, (tree.Binary, tree.Conditional)) and not text.startswith("(")
        return f"({text})" if compound else text

    def as_number(self, ratio: Side) -> str:
        """What number a ratio is, by its own example where it is written as one."""
        value = ratio.node.data[0] if ratio.node.kind == "const" and isinstance(ratio.expr, tree.Number) else None
        return f"{self.text(ratio)} is the number {value:g}" if isinstance(value, float) else "2% is the number 0.02"

    def noun(self, side: Side) -> str:
        scale = self.scale(side)
        return f"`{scale.name}`" if scale.index else side.node.unit.noun

    def differ(self, left: Side, right: Side, one: str | None, two: str | None) -> bool:
        """Whether values of these families, side by side, cannot have been meant."""
        if _is_zero(left.node) or _is_zero(right.node):
            return False
        return one is not None and two is not None and one != two and frozenset({one, two}) not in _GO_TOGETHER

    # --- units -------------------------------------------------------------------------------------

    def units(self, left: Side, right: Side, one: str, two: str) -> None:
        both = {one, two}
        if both == {BARS, INDEX}:
            return
        of_equity = self._of_equity(left, right)
        fixes = of_equity or self.fixes(left, right, one, two)
        if INDEX in both and RATIO not in both:
            index, other = (left, right) if one == INDEX else (right, left)
            scale = self.scale(index)
            self.reports.warning(
                "W202", f"{self.noun(other)} is compared with `{scale.name}`, which {scale}", self.span, fixes=fixes,
                help="compare it with a level of its own, or a price with a price",
            )  # fmt: skip
            return
        if self._millions(left, right, one, two):
            return
        notes = [f"{self.as_number(left if one == RATIO else right)}, a share of something"] if RATIO in both else []
        self.reports.error(
            "E211", f"{self.noun(left)} is compared with {self.noun(right)}", self.span, notes=notes, fixes=fixes,
            help="the starting capital is `equity - pnl.total`" if of_equity else "compare values of one unit",
        )  # fmt: skip

    def _millions(self, left: Side, right: Side, one: str, two: str) -> bool:
        """`volume > 1m`: of what is no time, `m` may be meant for a million; True where that was said."""
        minutes, other = (left, right) if one == DURATION else (right, left)
        written = self.text(minutes)
        number = isinstance(minutes.expr, tree.Number) and minutes.expr.suffix == "m" and BARS not in (one, two)
        meant = written_out(written[:-1], "m") if number else ""
        if not meant:
            return False
        self.reports.error(
            "E211", f"{self.noun(other)} is compared with a duration: `m` is for minutes", self.span,
            fixes=[replace(f"replace with `{meant}`", minutes.expr.span, meant)],
            help=f"a million is written out: `{meant}`",
        )  # fmt: skip
        return True

    def fixes(self, left: Side, right: Side, one: str | None, two: str | None) -> list[Fix]:
        """What may be meant: one side brought to the unit of the other."""
        for side, other, of, beside in ((left, right, one, two), (right, left, two, one)):
            if of == RATIO:
                found = self._of_ratio(side, other, beside)
            elif of == MONEY and beside == PRICE:
                found = (side, f"{self.factor(side)} / abs(position.size)")
            elif of == DURATION and beside == BARS:
                found = self._as_bars(side)
            else:
                continue
            if found:
                changed, text = found
                meant = [text, *self._of_position(side, other)] if of == RATIO else [text]
                return [replace(f"replace with `{each}`", changed.expr.span, each) for each in meant]
        return []

    def _of_position(self, ratio: Side, other: Side) -> list[str]:
        """`position.pnl > 5%` may be meant of what was put in."""
        if other.node.name != "position.pnl" or other.node.kind != "book":
            return []
        return [f"{self.factor(ratio)} * abs(position.size) * position.entry_price"]

    def _of_equity(self, left: Side, right: Side) -> list[Fix]:
        """`equity > 5%`, `equity < 95%`: what was won of the starting capital, a part of it, or how far it fell."""
        equity, ratio = (left, right) if left.node.name == "equity" else (right, left)
        if equity.node.name != "equity" or equity.node.kind != "book" or self.family(ratio) != RATIO:
            return []
        value = ratio.node.data[0] if ratio.node.kind == "const" else None
        part = isinstance(value, float) and value > _MOSTLY
        share = f"{self.factor(ratio)} * (equity - pnl.total)"
        won = [] if part else [(equity, "pnl.total")]
        meant = [[*won, (ratio, share)]]
        if not part and not (isinstance(value, float) and value < 0.0):
            meant.append([(equity, "drawdown")])
        return [self._changed(sides) for sides in meant]

    def _changed(self, sides: Sequence[tuple[Side, str]]) -> Fix:
        """A fix that writes these sides anew; its title shows the whole."""
        edits = tuple(Edit(side.expr.span, text) for side, text in sides)
        whole, at = self.context.text(self.span), self.span.start
        for edit in sorted(edits, key=lambda e: -e.span.start):
            whole = whole[: edit.span.start - at] + edit.text + whole[edit.span.end - at :]
        return Fix(f"replace with `{whole}`", edits)

    def _of_ratio(self, ratio: Side, other: Side, beside: str | None) -> tuple[Side, str] | None:
        """A share against what it may be a share of."""
        if beside == MONEY and other.node.name != "equity":
            return ratio, f"{self.factor(ratio)} * equity"
        if beside == PRICE and other.node.unit is Unit.DISTANCE:
            return other, f"{self.factor(other)} / close"
        if beside == PRICE and isinstance(other.expr, (tree.Name, tree.Call)):
            return other, f"{self.text(other)} / {self.text(other)}[1] - 1"
        if other.node.name == "position.size":
            return other, "position.weight"
        percent = isinstance(ratio.expr, tree.Number) and ratio.expr.suffix == "%"
        return (ratio, self.text(ratio)[:-1]) if percent and beside in (INDEX, BARS) else None

    def _as_bars(self, duration: Side) -> tuple[Side, str] | None:
        frame, seconds = self.context.timeframe, duration.node.data[0] if duration.node.kind == "const" else None
        if not isinstance(frame, Timeframe) or not isinstance(seconds, float) or seconds % frame.seconds:
            return None
        return duration, f"{seconds / frame.seconds:g}"

    def time_with_number(self, time: Side, number: Side) -> None:
        """`time > 9`: `time` counts seconds since 1970."""
        value = number.node.data[0] if number.node.kind == "const" else None
        if not isinstance(value, float) or abs(value) >= _EPOCH:
            return
        word = "year" if 1900.0 <= value <= 2200.0 else "hour" if value <= 24.0 else ""
        fixes = [replace(f"replace with `{word}`", time.expr.span, word)] if word else []
        self.reports.error("E211", "a time is compared with a plain number", self.span, fixes=fixes,
                           help='compare `time` with a date as text: `time >= "2024-01-31 15:30"`')  # fmt: skip

    # --- scales ------------------------------------------------------------------------------------

    def beyond(self, side: Side, bound: Side, operator: str) -> None:
        """`drawdown > 10`, `rsi(close, 14) > 110`: beyond what the series can reach, or hardly on its scale."""
        scale = self.scale(side)
        if bound.node.binding is Binding.SERIES or side.node.binding < Binding.SERIES or not scale.known:
            return
        least, greatest = ranges.bounds(bound.node, self.context.param_ranges)
        never, always = _decided(operator, scale, least, greatest)
        counts = side.node.kind == "calendar" or scale.high - scale.low == float("inf")
        if never or (always and not counts):
            self._unreachable(side, bound, scale, "hold" if never else "fail", operator)
        elif scale.index and scale.high - scale.low < float("inf") and _among_ratios(least, greatest):
            self._hardly(side, bound, scale)

    def _unreachable(self, side: Side, bound: Side, scale: Scale, what: str, operator: str) -> None:
        fixes = []
        value = bound.node.data[0] if bound.node.kind == "const" else None
        bare = isinstance(bound.expr, tree.Number) and not bound.expr.suffix
        if isinstance(value, float) and bare and not self._is_count(side) and scale.low <= value / 100.0 <= scale.high:
            text = f"{self.text(bound)}%"
            fixes = [replace(f"replace with `{text}`", bound.expr.span, text)]
        notes = [f"`{self.text(side)}` {scale}"] + ["1 is `monday`, 7 is `sunday`"] * (scale.name == "weekday")
        if side.node.kind == "step" and side.node.unit is Unit.BARS and isinstance(value, float) and value < 0.0:
            notes.append("it counts bars back: 0 is this bar, 1 the one before; TradingView counts them below 0")
            if operator != "cross":
                text = f"{self.text(side)} {_FLIPPED.get(operator, operator)} {-value:g}"
                fixes = [replace(f"replace with `{text}`", self.span, text)]
        self.reports.error("E212", f"this can never {what}", self.span, notes=notes, fixes=fixes)

    def _is_count(self, side: Side) -> bool:
        return self.scale(side).index or side.node.unit is Unit.BARS

    def day_zero(self, left: Side, right: Side, operator: str) -> None:
        """`weekday == 0`: of facts of the calendar some are never 0; of all else 0 is always fine."""
        for side, zero in ((left, right), (right, left)):
            scale = self.scale(side)
            if operator in ("==", "!=") and side.node.kind == "calendar" and scale.low > 0.0:
                self._unreachable(side, zero, scale, "hold" if operator == "==" else "fail", operator)

    def _hardly(self, side: Side, bound: Side, scale: Scale) -> None:
        fixes = []
        if bound.node.kind == "const" and isinstance(bound.expr, (tree.Number, tree.Unary)):
            text = f"{float(bound.node.data[0]) * 100:g}"  # type: ignore[arg-type]
            fixes = [replace(f"replace with `{text}`", bound.expr.span, text)]
        self.reports.warning("W204", f"`{self.text(side)}` {scale}, and is compared with a part of 1", self.span,
                             fixes=fixes)  # fmt: skip


def _decided(operator: str, scale: Scale, least: float, greatest: float) -> tuple[bool, bool]:
    """Whether `series operator bound` never holds, or always does, for a bound from `least` to `greatest`."""
    over, under = least > scale.high, greatest < scale.low  # the bound lies above, below all of the scale
    outside = over or under
    if operator in ("==", "cross"):
        return outside, False
    if operator == "!=":  # a way to say that there is a value
        return False, False
    if operator in (">", ">="):
        return over or (operator == ">" and least == scale.high), under
    return under or (operator == "<" and greatest == scale.low), over


def _among_ratios(least: float, greatest: float) -> bool:
    return least > -1.0 and greatest < 1.0 and not least <= 0.0 <= greatest
