"""What every peer's script shares: the data, the clock, and one line of JSON with what came out.

The Python of the peer's own environment starts a script as `script FOLDER WORK COUNT OPTION`; it ends in `serve`.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

WARM = 10_000
"""Bars of a first run that is not counted: it imports and compiles. Also the pushes that are not counted."""
ROUNDS, LONG = 3, 5.0
"""How often a work is run, and the seconds after which it is not repeated."""


def option():
    return sys.argv[4] if len(sys.argv) > 4 else ""


def columns(count):
    """ts (µs), open, high, low, close, volume of the first `count` bars."""
    folder = Path(sys.argv[1])
    names = ("ts", "open", "high", "low", "close", "volume")
    return [np.load(folder / f"{name}.npy")[:count].copy() for name in names]


def rows(count):
    """The same, one tuple of Python's numbers a bar."""
    return zip(*(column.tolist() for column in columns(count)), strict=True)


def frame(count):
    """The same as a pandas frame."""
    import pandas as pd

    ts, *prices = columns(count)
    index = pd.DatetimeIndex(ts.astype("datetime64[us]"), name="ts")
    return pd.DataFrame(dict(zip(("Open", "High", "Low", "Close", "Volume"), prices, strict=True)), index=index)


def panel(count):
    """Days, opens and closes of the first `count` symbols, a column each, as pandas has them."""
    import pandas as pd

    folder = Path(sys.argv[1])
    days = pd.DatetimeIndex(np.load(folder / "days.npy").astype("datetime64[us]"), name="day")
    names = [f"S{symbol:03}" for symbol in range(count)]
    return [pd.DataFrame(np.load(folder / f"{name}s_{count}.npy"), days, names) for name in ("open", "close")]


def ranked(closes):
    """The rotation's weights where it decides: on the first day of a month and the first with a gain, 4.9 % of each of
    the twenty that gained most over 126 days; missing on other days.
    """
    gain = closes / closes.shift(126)
    day = np.arange(len(closes))
    decides = np.r_[True, closes.index.month[1:] != closes.index.month[:-1]] | (day == 126)
    weights = (gain.rank(axis=1, ascending=False) <= 20) * 0.049  # a row a day
    weights[~(decides & (day >= 126))] = np.nan
    return weights


def serve(engine, works):
    """Do the work that was asked for and tell what it took.

    works: by name, a function from a number of bars (of a rotation: of symbols) to what is run and timed; that gives
    (closed trades, last equity), or (closed trades, microseconds of each bar) for the name `push`. None for what is not
    to be compared.
    """
    work, count = sys.argv[2], int(sys.argv[3])
    if work == "push":
        trades, taken = works[work](count)()
        taken = sorted(taken[WARM:])
        found = {"value": statistics.median(taken), "tail": taken[int(len(taken) * 0.99)], "unit": "us"}
        equity = None
    else:
        works[work](min(WARM, count))()
        value, (trades, equity) = timed(works[work](count))
        found = {"value": value, "unit": "ms"}
    sys.stdout.write(json.dumps({"engine": engine, "trades": trades, "equity": equity, **found}) + "\n")


def timed(run):
    """The median time of a run in milliseconds, and what it gives."""
    taken = []
    while len(taken) < ROUNDS and sum(taken) < LONG:
        began = time.perf_counter()
        found = run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1e3, found


def pushed(step, bars):
    """Microseconds of each `step` over the bars."""
    taken = []
    for bar in bars:
        began = time.perf_counter_ns()
        step(*bar)
        taken.append((time.perf_counter_ns() - began) / 1e3)
    return taken


class Lap:
    """Microseconds between one call and the next: of a bar, in an engine that calls the strategy."""

    def __init__(self):
        self.taken, self._last = [], time.perf_counter_ns()

    def __call__(self):
        now = time.perf_counter_ns()
        self.taken.append((now - self._last) / 1e3)
        self._last = now
