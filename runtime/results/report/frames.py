"""Candles of the higher timeframes that the program reads, to be drawn beneath those of its own bars.

They are the bars that the program saw: of the same calendar, and gathered from the same bars of the data.
"""

from __future__ import annotations

from typing import Any

from ....lang.program.timeframe import Timeframe, timeframe
from ...calendar import Calendar
from ..output import RunOutput
from .drawn import MOST, Drawn
from .pack import packed

BASE = "base"
"""The clock of the data's own bars, among the clocks of a program."""


def frames(out: RunOutput, groups: Drawn) -> list[dict[str, Any]]:
    """Of each higher timeframe its title and its candles: from which bar of the data to before which, and prices.

    None of a run over several symbols, whose candles may be of each of them. More candles than screens show are put
    together, as bars are.
    """
    if out.several is not None or not len(out.bars):
        return []
    return [_frame(out, name, groups) for name in out.warmup if name != BASE and (_read(name) is not None)]


def _read(name: str) -> Timeframe | None:
    try:
        return timeframe(name)
    except ValueError:  # no timeframe of the calendar: a clock of another kind
        return None


def _frame(out: RunOutput, name: str, groups: Drawn) -> dict[str, Any]:
    import numpy as np

    bars, higher = out.bars, timeframe(name)
    _, stops = Calendar(out.zone, daily=bars.daily).ends_among(bars.ts, higher)
    size = -(-len(stops) // MOST)
    stops = np.append(stops[size - 1 : -1 : size], stops[-1])
    starts = np.concatenate([[0], stops[:-1]])
    columns = {
        "from": starts, "to": stops, "open": bars.open[starts], "close": bars.close[stops - 1],
        "high": np.fmax.reduceat(bars.high, starts), "low": np.fmin.reduceat(bars.low, starts),
    }  # fmt: skip
    return {"title": name, "columns": {what: packed(values) for what, values in columns.items()}}
