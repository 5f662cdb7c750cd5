"""What every peer's script shares: the data, and one line of JSON a figure. Runs in the peer's own environment."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROUNDS = 3


def columns(count):
    """ts (µs), open, high, low, close, volume of the first `count` bars, from the folder named on the command line."""
    folder = Path(sys.argv[1])
    names = ("ts", "open", "high", "low", "close", "volume")
    return [np.load(folder / f"{name}.npy")[:count].copy() for name in names]


def frame(count):
    """The same as a pandas frame."""
    import pandas as pd

    ts, *prices = columns(count)
    index = pd.DatetimeIndex(ts.astype("datetime64[us]"), name="ts")
    return pd.DataFrame(dict(zip(("Open", "High", "Low", "Close", "Volume"), prices, strict=True)), index=index)


def timed(what, work, rounds=ROUNDS, warm=True):
    """Tell the median time of `work`, which gives (closed trades, last equity)."""
    found = work() if warm else None
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - began)
    tell(what, statistics.median(taken) * 1e3, "ms", f"{found[0]} trades, equity {found[1]:.4f}" if found[0] else "")


def pushed(what, step, bars):
    """Tell the median time of one `step` over the bars."""
    taken = []
    for bar in bars:
        began = time.perf_counter_ns()
        step(*bar)
        taken.append((time.perf_counter_ns() - began) / 1e3)
    tell(f"{what}, median", statistics.median(taken[len(taken) // 5 :]), "us")


def tell(what, value, unit, note=""):
    sys.stdout.write(json.dumps({"what": what, "value": value, "unit": unit, "note": note}) + "\n")
    sys.stdout.flush()
