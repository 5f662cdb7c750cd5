"""Shares compared as if they were per cents: `close / close[1] - 1 > 2`, and quotients: `close / close[1] > 2%`.

A share of 2 is 200 %. Where a series hardly ever comes so far (`usual.py`), `2%` may be meant, and a quotient that is
about 1 is no change: what is left of 1 is. The text means what it says, so that all of this is warned about, and a
share that is written as one, `> 200%`, is not.
"""

from __future__ import annotations

from math import inf

from ..diagnostics.model import Edit, Fix
from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..program.nodes import Binding, Node
from ..program.units import Unit
from ..syntax import tree
from . import ranges
from .context import Context
from .usual import DAY, MOVE, PART, QUOTIENT, Usual

_ASKS = {">": "above", ">=": "from {} on", "<": "below", "<=": "up to", "==": "at", "!=": "anywhere but at"}
_DAYS_FEW = 10 * DAY
_PARTS = ((10 * DAY, 0.5), (inf, 0.2))
"""What is left of a price after such a time is hardly less than that part of it."""
_NUMBERS = ((100 * DAY, 0.1), (inf, 0.03))
"""The same where fewer are asked for by a plain number: `close / highest(high, 1000) < 0.1` may well be meant."""
_TIMES = 5.0
"""A quotient is hardly as large, within a few weeks."""


def check(
    reports: Reports, context: Context, span: Span, operator: str, side: tuple[tree.Expr, Node],
    bound: tuple[tree.Expr, Node],
) -> None:  # fmt: skip
    """`side operator bound`, as if the series stood to the left."""
    if bound[1].binding is Binding.SERIES or context.scales.of(side[1]).index or context.scales.of(bound[1]).index:
        return
    usual = context.usuals.of(side[1])
    if usual is None:
        return
    found = _Share(reports, context, span, operator, side[0], bound[0], bound[1], usual)
    least, greatest = ranges.bounds(bound[1], context.param_ranges)
    bare = bound[1].unit is Unit.PLAIN
    if usual.about == QUOTIENT:
        if _is_no_quotient(operator, greatest, usual, bare):
            found.is_a_quotient(greatest)
        elif bare and least >= max(_TIMES, usual.high):
            found.is_a_share(least)
    elif bare and (least >= usual.high or greatest <= usual.low < 0.0):
        found.is_a_share(least if least >= usual.high else greatest)


def _is_no_quotient(operator: str, greatest: float, usual: Usual, bare: bool) -> bool:
    """Whether a bound lies so low that a quotient of prices is always above it."""
    table = _NUMBERS if bare and operator in ("<", "<=") else _PARTS
    return greatest < next(part for longest, part in table if usual.seconds <= longest)


class _Share:
    """One such comparison. expr, by: the series and its bound, as they are written."""

    def __init__(
        self, reports: Reports, context: Context, span: Span, operator: str, expr: tree.Expr, by: tree.Expr,
        bound: Node, usual: Usual,
    ) -> None:  # fmt: skip
        self.reports, self.context, self.span, self.operator = reports, context, span, operator
        self.expr, self.by, self.bound, self.usual = expr, by, bound, usual

    def is_a_share(self, value: float) -> None:
        """`close / close[1] - 1 > 2`: 2 is 200 %."""
        text, whole = self.text(self.expr), f"{100.0 * value:,.10g}".replace(",", "_")
        number, fixes, help = self.number(), [], ""
        if number and self.usual.about == QUOTIENT:
            fixes = [self.changed(f"{self.term()} - 1", f"{number}%")]
        elif number:
            fixes = [replace(f"replace with `{number}%`", self.by.span, f"{number}%")]
        elif self.bound.kind == "param":
            help = f"a parameter that is a share has its unit in its default and in its domain: `{value:g}%`"
        self.reports.warning(
            "W209", f"`{text}` is {self.noun()}: {self.asks(f'{whole} %')}", self.span, fixes=fixes,
            notes=[self.why(value)], help=help or (f"if that is meant, write `{whole}%`" if number else _EITHER),
        )  # fmt: skip

    def is_a_quotient(self, value: float) -> None:
        """`close / close[1] > 2%`: it is about 1, and 2 % above is `- 1 > 2%`."""
        text, share = self.text(self.expr), self.text(self.by)
        fixes = [self.changed(f"{self.term()} - 1", None)]
        if self.operator in ("<", "<=") and value > 0.0 and isinstance(self.by, tree.Number):
            fixes.insert(0, self.changed(None, f"1 - {share}"))
        held = self.operator in (">", ">=", "!=")
        self.reports.warning(
            "W210", f"`{text}` is a quotient of prices, about 1 where they are alike: this "
            f"{'holds' if held else 'fails'} on nearly every bar", self.span, fixes=fixes,
            notes=[f"`{share}` is {100.0 * value:g} % of the other price, no change by it"],
            help="a change is the quotient less 1",
        )  # fmt: skip

    # --- words ---------------------------------------------------------------------------------------

    def text(self, expr: tree.Expr) -> str:
        return self.context.text(expr.span)

    def term(self) -> str:
        """The series as it can stand before `- 1`."""
        text = self.text(self.expr)
        return f"({text})" if isinstance(self.expr, tree.Conditional) else text

    def number(self) -> str:
        """The bound as it is written, if it is a number: behind it a `%` can be put."""
        of = self.by.operand if isinstance(self.by, tree.Unary) else self.by
        return self.text(self.by) if isinstance(of, tree.Number) and not of.suffix else ""

    def changed(self, series: str | None, by: str | None) -> Fix:
        """A fix that writes the series, the bound or both anew."""
        new = [(self.expr.span, series), (self.by.span, by)]
        edits = tuple(Edit(span, text) for span, text in new if text is not None)
        return Fix(f"replace with {' and '.join(f'`{edit.text}`' for edit in edits)}", edits)

    def noun(self) -> str:
        return "a quotient of prices" if self.usual.about == QUOTIENT else "a share, of which 1 is 100 %"

    def asks(self, share: str) -> str:
        if self.operator == "cross":
            return f"this asks where it crosses {share}"
        asks = _ASKS[self.operator]
        return f"this asks for values {asks.format(share) if '{' in asks else f'{asks} {share}'}"

    def why(self, value: float) -> str:
        if self.usual.name:
            return f"`{self.usual.name}` hardly comes so far"
        if self.usual.about == MOVE and value <= -1.0:
            return "no price can lose more than 100 %"
        if self.usual.about != PART:
            few = "within so few bars" if self.usual.seconds <= _DAYS_FEW else "in that time"
            return f"a price hardly comes so far {few}"
        return "it hardly comes so far"


_EITHER = "per cents are written with their sign: `2%` is the number 0.02"
