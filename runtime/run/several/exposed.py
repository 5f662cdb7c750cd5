"""Where an account of several symbols held more than its limits: orders are weighed at closes, and fill later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ....lang.plan.model import HOLD_PLACES, Plan
from ...calendar.instants import shown
from ...data.panel.names import listed
from ...results.format import counted
from ...trading.rows import (
    AT_THE_END,
    CANCELLED,
    CUT,
    ENTER_ORDER,
    ORDER_FILL_INDEX,
    ORDER_INDEX,
    ORDER_KIND,
    ORDER_KINDS,
    ORDER_REASON,
    ORDER_STATEMENT,
    ORDER_STATUS,
    REASONS,
    REFUSED,
)
from ..reach import limit_of
from .merge import rows_at
from .prepare import PreparedSeveral

if TYPE_CHECKING:
    from ...results.output import RunOutput
    from ...results.several.model import Several

SLACK = 0.01
"""A share of equity: what the open jumps takes an account a little over its limit nearly every time it is full."""


def exposed(plan: Plan, prepared: PreparedSeveral, left: RunOutput) -> Iterator[str]:
    """The largest gross value over its limit, and the lowest cash below 0 where nothing is meant to be borrowed."""
    several = left.several
    if several is None or not plan.decisions or not len(left.equity):
        return
    import numpy as np

    limit, sound = limit_of(plan, prepared.values, prepared.assumptions), left.equity > 0.0
    gross = np.where(sound, several.gross / np.where(sound, left.equity, 1.0), 0.0)
    peak = int(gross.argmax())
    if gross[peak] > limit + SLACK:
        yield (f"gross exposure reached {gross[peak]:.4g} × equity on {_date(prepared, peak)}, above the limit of "
               f"{limit:.4g} that orders are weighed by: {_cause(several, left, peak)}")  # fmt: skip
    lowest = int(left.cash.argmin())
    if limit <= 1.0 and not several.short.any() and left.cash[lowest] < -SLACK * abs(left.equity[lowest]):
        yield (f"cash fell to {left.cash[lowest]:,.2f} on {_date(prepared, lowest)}, with nothing sold short: money "
               f"that the account did not have; {_cause(several, left, lowest)}")  # fmt: skip


def banded(plan: Plan, left: RunOutput) -> Iterator[str]:
    """Purchases of positions to hold that found no room beside what a band had left too large."""
    import numpy as np

    holds = [d.index for d in plan.decisions if d.action == "hold" and d.has("BAND")]
    places = [index + place for index in holds for place in range(HOLD_PLACES)]
    short = left.orders[:, ORDER_REASON] == REASONS.index("exposure")
    status = left.orders[short & np.isin(left.orders[:, ORDER_STATEMENT], places), ORDER_STATUS]
    cut, denied = int((status == CUT).sum()), int((status == REFUSED).sum())
    if cut + denied:
        were = "was" if cut + denied == 1 else "were"
        yield (f"`band`: {counted(cut + denied, 'purchase')} {were} reduced or denied by exposure ({cut:,} and "
               f"{denied:,}): what a band leaves too large keeps the money that purchases beside it need; weights "
               "that come to less in sum leave room")  # fmt: skip


def kept_waiting(prepared: PreparedSeveral, left: RunOutput) -> Iterator[str]:
    """What waited from its symbol's last bar to the end of the data, and counted under guards all the while."""
    several, last = left.several, len(prepared.panel.events) - 1
    if several is None:
        return
    ends = [int(events[-1]) if len(events) else last for events in rows_at(prepared.panel, prepared.traded)]
    waited: dict[str, list[str]] = defaultdict(list)
    for row, place in zip(left.orders, several.orders, strict=True):
        over = row[ORDER_STATUS] == CANCELLED and row[ORDER_REASON] == AT_THE_END
        if over and place < several.traded and ends[int(place)] < last:
            waited[several.symbols[int(place)]].append(ORDER_KINDS[int(row[ORDER_KIND])])
    if waited:
        named = [f"{symbol} ({', '.join(dict.fromkeys(kinds))})" for symbol, kinds in waited.items()]
        count = counted(sum(map(len, waited.values())), "order")
        yield (f"{count} of {counted(len(waited), 'symbol')} waited from the last bar of the symbol to the end of the "
               f"data, and never filled: {_some(named)}; till then each kept its place under guards such as positions "
               "and day_trades, and what it was to close stayed held at the last close")  # fmt: skip


def _some(texts: list[str], most: int = 8) -> str:
    more = f" and {len(texts) - most} others" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def _date(prepared: PreparedSeveral, event: int) -> str:
    return shown(int(prepared.bars.ts[event])).removesuffix("T00:00:00Z")


def _cause(several: Several, left: RunOutput, event: int) -> str:
    """Exits decided before an event that had not filled at it; else what prices did."""
    waiting = list(dict.fromkeys(
        int(place) for row, place in zip(left.orders, several.orders, strict=True)
        if place < several.traded and row[ORDER_KIND] != ENTER_ORDER and row[ORDER_INDEX] < event
        and (row[ORDER_FILL_INDEX] > event or (row[ORDER_FILL_INDEX] < 0.0 and row[ORDER_REASON] == AT_THE_END))
    ))  # fmt: skip
    if not waiting:
        return "prices moved from the closes that orders were decided at, as to the opens that they filled at"
    if len(waiting) > 1:
        return (f"exits of {listed([several.symbols[place] for place in waiting])} waited without an open, while what "
                "was to take their place filled")  # fmt: skip
    bars, now = several.bars[waiting[0]], int(several.panel.events.instants[event])
    before = bars.ts[: int(bars.closes.searchsorted(now, side="right"))]
    ended = "its last bar is" if len(before) == len(bars) else "its last bar till then is"
    day = shown(int(before[-1])).removesuffix("T00:00:00Z")
    return (f"an exit of {bars.symbol} waited without an open ({ended} {day}), while what was to take its place "
            "filled")  # fmt: skip
