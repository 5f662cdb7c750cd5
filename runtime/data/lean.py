"""LEAN's files: minutes of one day, whose date is in the file's name, and prices in ten-thousandths.

https://www.quantconnect.com/docs/v2/lean-cli/datasets: `20240116_spy_minute_trade.csv` holds the milliseconds since
midnight of the exchange and open, high, low, close, volume; a file of quotes those of the bid, its size, and the ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..calendar.civil import date_of, day_of
from .numbers import floats
from .table import Column, Table

_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)_(?:(\w{1,40}?)_)?(?:(?:second|minute)_)?(trade|quote)(?:_\w{1,40})?\.csv")
_DAY = 86_400_000
_SCALE = 10_000.0
_PRICES = ("open", "high", "low", "close")
_QUOTE = ("ts", *(f"bid_{p}" for p in _PRICES), "bid_size", *(f"ask_{p}" for p in _PRICES), "ask_size")


def of_lean(table: Table, name: str) -> Table:
    """The table as LEAN means it, if the file is one of its days; the table itself if not."""
    import numpy as np

    match = _NAME.fullmatch(name)
    first, *others = table.columns.values()
    if not match or not _since_midnight(first):
        return table
    *date, symbol, kind = match.groups()
    day = day_of(*map(int, date))
    if date_of(day) != tuple(map(int, date)):
        return table
    names = _QUOTE if kind == "quote" and len(others) == len(_QUOTE) - 1 else tuple(table.columns)
    stamps = np.datetime64(day, "D") + floats(first).astype("timedelta64[ms]")
    columns = {names[0]: stamps, **_scaled(names[1:], others)}
    notes = [f"a file of LEAN: times are ms since midnight of {'-'.join(date)}, in the exchange's zone (--data-tz)"]
    if _whole(names[1:], others):
        notes.append("LEAN's prices are ten-thousandths: they were divided by 10,000")
    return replace(table, columns=columns, symbol=(symbol or "").upper(), notes=(*table.notes, *notes))


def _since_midnight(column: Column) -> bool:
    numbers = floats(column)
    return len(numbers) > 0 and bool(((numbers >= 0) & (numbers < _DAY)).all())


def _whole(names: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether every price is a whole number: those of shares are, of currencies they are as they are."""
    prices = (floats(column) for name, column in zip(names, columns, strict=True) if name.endswith(_PRICES))
    return all(bool((values == values.round()).all()) for values in prices)


def _scaled(names: Sequence[str], columns: Sequence[Column]) -> dict[str, Column]:
    scale = _SCALE if _whole(names, columns) else 1.0
    return {
        name: floats(column) / scale if name.endswith(_PRICES) else column
        for name, column in zip(names, columns, strict=True)
    }
