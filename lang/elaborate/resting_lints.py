"""What the prices that an order rests at say, and are not always meant to: the market is beyond it already."""

from __future__ import annotations

from collections.abc import Mapping

from ..program.units import Unit
from .context import Context
from .resting import Price


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
