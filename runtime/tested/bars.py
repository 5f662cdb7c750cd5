"""The bars of a test: rows of its text at even steps of time, or a file beside the program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...lang.program.tests import Prices, Test
from ...lang.program.timeframe import Timeframe
from ..errors import UsageFault
from ..given import stays_below

FIRST = 1_704_067_200
"""2024-01-01, a Monday: when the first bar opens where a test says nothing, in seconds since 1970."""
DAY = Timeframe(1, "d")
_SAMPLE = "sample:"


def data_of(test: Test, symbols: Sequence[str], folder: Path | None) -> tuple[object, dict[str, Any]]:
    """The data of a test and the options that go with them. symbols: of the program; folder: where its files are."""
    frame = test.timeframe or DAY
    alone = len(test.prices) == 1
    each = {prices.symbol: _of_symbol(prices, test, frame, folder) for prices in test.prices}
    if not alone:
        return each, {}
    prices = test.prices[0]
    if prices.table:
        return each[prices.symbol], {}
    named = prices.symbol or (symbols[0] if len(symbols) == 1 else "")
    return each[prices.symbol], {"timeframe": str(frame), **({"symbol": named} if named else {})}


def _of_symbol(prices: Prices, test: Test, frame: Timeframe, folder: Path | None) -> object:
    if prices.table:
        return _table(prices.table, folder)
    return _columns(prices.rows, FIRST if test.start is None else test.start, frame)


def _columns(rows: Sequence[tuple[tuple[float, ...], int]], start: float, frame: Timeframe) -> dict[str, Any]:
    """Rows, each as often as it counts, as columns.

    One price is a bar of that price alone, and a volume that is not written is missing.
    """
    import numpy as np

    nan = (float("nan"),)
    bars = [(row * 4 if len(row) == 1 else row[:4]) + (row[4:] or nan) for row, _ in rows]
    whole = np.repeat(np.array(bars), [count for _, count in rows], axis=0)
    names = ("open", "high", "low", "close", "volume")
    found: dict[str, Any] = {"ts": _times(len(whole), start, frame)}
    found.update((name, np.ascontiguousarray(whole[:, at])) for at, name in enumerate(names))
    if np.isnan(found["volume"]).all():
        del found["volume"]
    return found


def _times(count: int, start: float, frame: Timeframe) -> Any:
    """When each bar opens; months are those of the calendar, the last of a short one for a day that it has not."""
    import numpy as np

    first = np.datetime64(round(start * 1e6), "us")
    steps = np.arange(count)
    if frame.unit != "mo":
        return first + steps * np.timedelta64(frame.seconds, "s")
    month = first.astype("datetime64[M]") + steps * frame.count
    begun = first - first.astype("datetime64[M]").astype("datetime64[us]")
    last = (month + 1).astype("datetime64[us]") - np.timedelta64(1, "D") + begun % np.timedelta64(1, "D")
    return np.minimum(month.astype("datetime64[us]") + begun, last)


def _table(name: str, folder: Path | None) -> str:
    """The path of a file beside the program: a stranger's text reaches no other."""
    if name.startswith(_SAMPLE):
        return name
    if not stays_below(name):
        raise UsageFault(f'prices "{name}": a test reads files beside its program, and in folders there')
    if folder is None:
        raise UsageFault(f'prices "{name}": the program has no file that it could stand beside; say where: folder=')
    return str(folder / name)
