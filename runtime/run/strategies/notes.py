"""What a reader should know of a portfolio of strategies beside its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...results.format import counted, day_or_minute
from .limits import OF_COUNT
from .together import Act

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .prepare import PreparedPortfolio


def told(prepared: PreparedPortfolio, acts: Sequence[Act], ts: NDArray[np.int64], daily: bool) -> Iterator[str]:
    """What no strategy has, what gave way, and what the limits did."""
    yield from prepared.notes
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
            yield f"the limit {limit} was reached at {when}, at {_reading(first)}: {done}{more}"
        if denied:
            count = sum(act.orders for act in denied)
            names = ", ".join(dict.fromkeys(act.strategy for act in denied))
            events = counted(len({act.event for act in denied}), "event")
            yield f"the limit {limit} denied {counted(count, 'order')} of {names}, at {events}"


def _reading(act: Act) -> str:
    return f"{act.reading:g}" if act.limit.measure in OF_COUNT else f"{act.reading:.2%}"
