"""What the prices that an order rests at say, and are not always meant to: the market is beyond it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..diagnostics.model import Fix
from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..program.units import Unit
from ..syntax import tree
from ..words.vocabulary import ENTER_CLAUSES
from .context import Context
from .resting import Price

_RESTS = {"stop": "trigger", "target": "limit"}


def no_clause(reports: Reports, clause: tree.Clause, word: str, allowed: Sequence[str]) -> None:
    """`exit long when c stop low`: an exit rests with a `trigger` or a `limit`, and its price is no level of a lot."""
    rests = _RESTS.get(clause.word)
    if word == "exit" and rests is not None and clause.at is None:
        help = (f"an exit that waits for a price says `{rests}`: of the market, or so far from the close; "
                f"so far from a lot's fill is `{clause.word}`, a clause of its `enter`")  # fmt: skip
    else:
        of_a_lot = word == "exit" and clause.word in ENTER_CLAUSES
        lots = "; what becomes of a lot is said with its `enter`" if of_a_lot else ""
        help = f"`{word}` takes {', '.join(allowed) or 'no clause'}{lots}"
    reports.error("E402", f"`{clause.word}` does not belong to `{word}`", clause.span, help=help,
                  fixes=_as_price(clause, rests) if word == "exit" and rests else [])  # fmt: skip


def _as_price(clause: tree.Clause, rests: str) -> list[Fix]:
    """The clause as a price that an exit rests at; nothing where it counts from the fill of a lot."""
    parts = list(tree.walk([clause.value])) if clause.value is not None and clause.at is None else []
    if not any(isinstance(part, (tree.Name, tree.Call)) for part in parts) or any(map(_of_the_fill, parts)):
        return []
    start = clause.span.start
    return [replace(f"replace with `{rests}`", Span(clause.span.source, start, start + len(clause.word)), rests)]


def _of_the_fill(part: object) -> bool:
    names = ("entry", "stop", "atr", "tr", "stdev")  # a distance, which counts from the fill in a lot's clause
    return (isinstance(part, tree.Name) and part.name in names) or (isinstance(part, tree.Number) and part.suffix != "")


def prices(context: Context, side: str, of: Mapping[str, Price]) -> None:
    """All there is to say of the prices of one order. side: long where it buys."""
    close = context.graph.node("input", (), ("close",), unit=Unit.PRICE)
    buys, trigger, limit = side == "long", of.get("trigger"), of.get("limit")
    verb = "buys" if buys else "sells"
    if trigger is not None:
        line = context.lines(close).of(trigger.node)
        if line is not None and (line.below if buys else line.above):
            context.reports.warning(
                "W511", f"this `trigger` lies {'below' if buys else 'above'} the close, and the order {verb}",
                trigger.clause.span, notes=["the price is beyond it already: it fills at the next open if it still is"],
                help=f"{verb.removesuffix('s')} at this price or better with `limit`; a trigger waits until the price "
                     f"{'rises' if buys else 'falls'} to it",
            )  # fmt: skip
    if limit is None:
        return
    if trigger is None:
        line = context.lines(close).of(limit.node)
        if line is not None and (line.above if buys else line.below):
            context.reports.hint(
                "W511", f"this `limit` lies {'above' if buys else 'below'} the close, and the order {verb}",
                limit.clause.span, notes=["it fills at the next open, or waits for a price no worse than this one"],
                help=f"to wait until the price {'rises' if buys else 'falls'} to it: `trigger`",
            )  # fmt: skip
    elif limit.said.unit is not Unit.PRICE and limit.node is not limit.said:
        side_of = "below" if buys else "above"
        context.reports.hint(
            "W511", f"this `limit` counts from the close, {side_of} it, and not from the trigger", limit.clause.span,
            notes=["once the trigger is reached the order waits for the price to come back so far"],
            help="write the price itself: `trigger highest(high, 20) limit highest(high, 20) + 5ticks`" if buys else
                 "write the price itself: `trigger lowest(low, 20) limit lowest(low, 20) - 5ticks`",
        )  # fmt: skip
