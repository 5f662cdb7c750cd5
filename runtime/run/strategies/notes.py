"""What a reader should know of a portfolio of strategies beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...results.format import counted, day_or_minute
from .limits import OF_COUNT, REDUCE
from .oversee import Act, Overseer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .prepare import PreparedPortfolio


def told(prepared: PreparedPortfolio, overseer: Overseer, ts: NDArray[np.int64], daily: bool) -> Iterator[str]:
    """What no strategy has, what gave way, how often money moved, and what the limits did."""
    yield from prepared.notes
    yield from _turns(overseer)
    acts = overseer.acts
    for limit in prepared.declared.limits:
        own = [act for act in acts if act.limit == limit]
        trips = [act for act in own if act.what != "deny"]
        denied = [act for act in own if act.what == "deny"]
        if trips:
            first = trips[0]
            when = day_or_minute(int(ts[first.event]), daily)
            more = f", and {counted(len(trips) - 1, 'time')} more" if len(trips) > 1 else ""
            out = ", and all that was held was ordered out" if first.what == "flatten" else ""
            done = f"all strategies were halted{out}"
            if first.what == REDUCE:
                done = "what was too much of it was ordered out"
            yield f"the limit {limit} was reached at {when}, at {_reading(first)}: {done}{more}"
        if denied:
            count = sum(act.orders for act in denied)
            names = ", ".join(dict.fromkeys(act.strategy for act in denied))
            events = counted(len({act.event for act in denied}), "event")
            yield f"the limit {limit} denied {counted(count, 'order')} of {names}, at {events}"


def _turns(overseer: Overseer) -> Iterator[str]:
    """Money that moved between the strategies, and what of it did not."""
    every = [each.transfers for each in overseer.strategies]
    if not overseer.rebalance:
        return
    turns = {transfer.time for transfers in every for transfer in transfers}
    moved = sum(max(transfer.got, 0.0) for transfers in every for transfer in transfers)
    yield f"shares were set anew {counted(len(turns), 'time')} ({overseer.rebalance}), {moved:,.2f} in all moved"
    short = [each.name for each in overseer.strategies
             if any(moved.asked < 0.0 and moved.got != moved.asked for moved in each.transfers)]  # fmt: skip
    if short:
        yield (f"{', '.join(short)} had to give more than was free of positions: the others got less than their share "
               "asks for")  # fmt: skip


def _reading(act: Act) -> str:
    return f"{act.reading:g}" if act.limit.measure in OF_COUNT else f"{act.reading:.2%}"
