"""One bar at a time through Python: W2 live, its monitors running at every fill and mark."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import numpy as np
import stratagem as sg
from stratagem.runtime.calendar.instants import shown

from . import data, programs, references
from .figures import Figure
from .timing import percentile

COUNT, WARM = 60_000, 10_000
"""Bars pushed, and those of them that are not counted."""


def measure(rounds: int) -> Iterator[Figure]:
    del rounds  # a push is short: one pass is fifty thousand of them
    native = _times("native", monitors=False)
    yield Figure("native push, W2, median", percentile(native, 0.5), "us", 5)
    yield Figure("native push, W2, 99th percentile", percentile(native, 0.99), "us", 15)
    texts = _times("native", monitors=False, texts=True)
    yield Figure("native push, W2, times as texts, median", percentile(texts, 0.5), "us", 10)
    read = _times("native", monitors=False, read=True)
    yield Figure("native push, W2, events read as well, 99th percentile", percentile(read, 0.99), "us")
    interpreted = _times("interpreted", monitors=False)
    yield Figure("interpreted push, W2, median", percentile(interpreted, 0.5), "us", 20)
    yield Figure("interpreted push, W2, 99th percentile", percentile(interpreted, 0.99), "us")
    told = _times("native", monitors=True)
    yield Figure("native push, W2, every monitor record handed out, median", percentile(told, 0.5), "us")


def _times(engine: str, *, monitors: bool, read: bool = False, texts: bool = False) -> list[float]:
    """Microseconds of each push, the first bars left out; Python's collector runs as it does in any process.

    read: what each event says is read too, which puts it into words. texts: times are ISO 8601, as JSON brings them.
    """
    session = programs.program("w2").session(timeframe="1m", engine=engine, monitors=monitors)
    clock: Callable[[], int] = time.perf_counter_ns
    taken: list[float] = []
    trades = 0
    gc.collect()
    for bar in _with_texts(_bars()) if texts else _bars():
        began = clock()
        events = session.push(bar)
        if read:
            for event in events:
                event.data  # noqa: B018  reading it is the work
        taken.append((clock() - began) / 1e3)
        trades += sum(event.kind == "trade" for event in events)
    _compare(engine, trades)
    return taken[WARM:]


def _compare(engine: str, trades: int) -> None:
    found = data.bars(COUNT)
    wanted, _ = references.bracketed(found.open, found.high, found.low, found.close, np.empty(COUNT))
    if trades != wanted:
        raise programs.WrongResult(f"w2 pushed by {engine}: expected {wanted} trades, found {trades}")


def _with_texts(bars: list[sg.Bar]) -> list[sg.Bar]:
    return [bar._replace(ts=shown(bar.ts)) for bar in bars]


def _bars() -> list[sg.Bar]:
    found = data.bars(COUNT)
    columns = (found.ts, found.open, found.high, found.low, found.close, found.volume)
    return [sg.Bar(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
