"""What an answer of the shell waits for: each function of the library over 200,000 bars, the first time and again."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import process_time

import numpy as np
from stratagem.stdlib.catalogue import catalogue
from stratagem.tools.repl.data import load
from stratagem.tools.repl.session import Session

from .figures import Figure

BARS = 200_000


def measure(rounds: int) -> Iterator[Figure]:
    """rounds: of no use, since an expression is new but once. Processor time, which other processes do not spoil: a
    session computes on one thread."""
    session = loaded()
    session.enter("close")  # the engine, once for the process
    first, again = list[float](), list[float]()
    for row in catalogue():
        text = row.example.replace('column("funding")', "volume").replace("of SPY", "of data")
        for taken in (first, again) if text else ():
            began = process_time()
            (reply,) = session.enter(text)
            taken.append((process_time() - began) * 1e3)
            assert not reply.failed, (text, reply.lines)
    what = f"an expression in the shell, {BARS:,} bars, processor time"
    yield Figure(f"{what}: the first time, median of {len(first)}", median(first), "ms", 100)
    yield Figure(f"{what}: the first time, nine of ten within", sorted(first)[len(first) * 9 // 10], "ms", 100)
    yield Figure(f"{what}: again, nine of ten within", sorted(again)[len(again) * 9 // 10], "ms", 20)


def loaded() -> Session:
    """A session over a random walk of quarters of an hour."""
    steps = np.random.default_rng(1).normal(0.0, 0.001, BARS)
    close = 100.0 * np.exp(np.cumsum(steps))
    opened = np.concatenate([close[:1], close[:-1]])
    ts = np.datetime64("2020-01-01T00:00", "us") + np.arange(BARS) * np.timedelta64(900, "s")
    columns = {
        "ts": ts, "open": opened, "high": np.maximum(opened, close) * 1.0005,
        "low": np.minimum(opened, close) * 0.9995, "close": close, "volume": 1000.0 + np.abs(steps) * 1e6,
    }  # fmt: skip
    session = Session()
    session.take(load(columns, {}))
    return session
