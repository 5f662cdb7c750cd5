"""Declared splits and dividends: a table with a symbol, a date, and a ratio or an amount in each row.

A split of ratio 7 gives seven shares for one. A dividend is the amount that one share pays, in the money of the prices
and for a share as it is on that date, after its split. The date is the first on which the shares trade without it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief
from ..calendar.civil import DAY
from ..calendar.instants import shown
from .errors import DataError
from .headers import field_of, find_symbol
from .numbers import NOTHING, number
from .objects import read_object
from .source import existing, path_and_table, read_file
from .spellings import plain
from .stamps import read_stamps
from .table import MISSING, Column, Table, Wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RATIOS = ("ratio", "split", "splits", "stocksplits", "splitratio")
_AMOUNTS = ("amount", "dividend", "dividends", "exdividend", "cashdividend")
_LARGEST_RATIO = 1e6
_EXPECTED = "expected a table with symbol, date, and ratio (7 for a split of 7:1) or amount (of a dividend a share)"


@dataclass(frozen=True, slots=True)
class Action:
    """What happened to a share on a date (µs of its midnight): a split's ratio, 1 if none, and a dividend, 0 if none.

    `symbol` is the share's name as it is written, `row` the number of the row that says so, from 1; of the dividend
    where two rows do.
    """

    symbol: str
    date: int
    ratio: float
    amount: float
    row: int

    def __str__(self) -> str:
        return f"{self.ratio:.10g}:1 on {shown(self.date)[:10]}"


Actions = Mapping[str, tuple[Action, ...]]
"""The actions of each symbol, in small letters, in the order of their dates."""


def read_actions(source: object) -> Actions:
    """The actions that a table states. DataError names the row that states none there could be, and the rule.

    A row whose ratio is 1, 0 or missing, and whose amount is 0 or missing, states nothing, as in tables with a row for
    each bar.
    """
    table = _table(source)
    roles = _roles(table)
    symbols, dates = table.columns[roles["symbol"]], _dates(table, roles["date"])
    ratios = _column(table, roles.get("ratio"), "ratio", 1.0)
    amounts = _column(table, roles.get("amount"), "amount", 0.0)
    found: dict[str, dict[int, Action]] = {}
    for at in ((ratios != 1.0) | (amounts != 0.0)).nonzero()[0].tolist():
        symbol = str(symbols[at]).strip()
        if not symbol:
            raise _wrong(table, at, "the symbol is missing")
        if dates[at] == MISSING:
            raise _wrong(table, at, "the date is missing or cannot be read")
        if dates[at] % DAY:
            raise _wrong(table, at, f"{shown(int(dates[at]))} has a time of day; expected a date")
        action = Action(symbol, int(dates[at]), float(ratios[at]), float(amounts[at]), table.place.row(at))
        own = found.setdefault(symbol.lower(), {})
        own[action.date] = _joined(own[action.date], action, table, at) if action.date in own else action
    return {symbol: tuple(own[date] for date in sorted(own)) for symbol, own in sorted(found.items())}


def _table(source: object) -> Table:
    if not isinstance(source, (str, os.PathLike)):
        return read_object(source, Wanted())
    path, name = path_and_table(str(os.fspath(source)))
    if os.path.isdir(path):
        raise DataError(f"{brief(source)} is a folder; {_EXPECTED}")
    return read_file(existing(path, str(source)), name, Wanted())


def _roles(table: Table) -> dict[str, str]:
    """The column of each part of an action; DataError where one is missing."""
    spelled = {plain(name): name for name in reversed(list(table.columns))}
    found = {
        "symbol": find_symbol(list(table.columns), {}, table.source),
        "date": next((name for name in table.columns if field_of(name) == "ts"), ""),
        "ratio": next((spelled[word] for word in _RATIOS if word in spelled), ""),
        "amount": next((spelled[word] for word in _AMOUNTS if word in spelled), ""),
    }
    missing = [part for part in ("symbol", "date") if not found[part]]
    if not found["ratio"] and not found["amount"]:
        missing.append("ratio or amount")
    if missing:
        raise DataError(f"{table.source} has no column for {', '.join(missing)}; {_EXPECTED}; "
                        f"its columns are {', '.join(map(brief, list(table.columns)[:12]))}")  # fmt: skip
    return {part: name for part, name in found.items() if name}


def _dates(table: Table, name: str) -> NDArray[np.int64]:
    """The dates as they are written, whatever zone stands behind them."""
    return read_stamps(table.columns[name], table.place, table.zones.get(name, "")).local(table.source)


def _column(table: Table, name: str | None, what: str, none: float) -> NDArray[np.float64]:
    """Ratios or amounts; `none` where a row states none."""
    import numpy as np

    if name is None:
        return np.full(len(next(iter(table.columns.values()))), none)
    values = np.array([_number(cell, table, at, what) for at, cell in enumerate(_cells(table.columns[name]))])
    most = _LARGEST_RATIO if what == "ratio" else np.inf
    least = 1.0 / most if what == "ratio" else 0.0
    stated = (values == values) & (values != 0.0)
    for at in (stated & ~((values >= least) & (values <= most) & (values < np.inf))).nonzero()[0][:1].tolist():
        raise _wrong(table, at, f"no {_KINDS[what]} has the {what} {values[at]:.10g}")
    return np.where(stated, values, none)


_KINDS = {"ratio": "split", "amount": "dividend"}


def _cells(column: Column) -> Any:
    return column.tolist() if hasattr(column, "tolist") else column


def _number(cell: object, table: Table, at: int, what: str) -> float:
    """A number, na where nothing is said; a ratio may be written `7:1`."""
    if isinstance(cell, (int, float)):
        return float(cell)
    text = str(cell).strip().lower()
    if text in NOTHING:
        return float("nan")
    new, _, old = text.partition(":") if what == "ratio" else (text, "", "")
    found = number(new) / (number(old) or float("nan")) if old else number(new)
    if found != found:
        raise _wrong(table, at, f"the {what} {brief(cell)} is no number")
    return found


def _joined(one: Action, other: Action, table: Table, at: int) -> Action:
    """A split and a dividend of one date, from two rows."""
    if (one.ratio != 1.0 and other.ratio != 1.0) or (one.amount and other.amount):
        kind = "split" if other.ratio != 1.0 else "dividend"
        raise _wrong(table, at, f"a second {kind} on {shown(one.date)[:10]}, as in row {one.row}; "
                                "leave one out, or make one row of both")  # fmt: skip
    row = other.row if other.amount else one.row
    return Action(one.symbol, one.date, one.ratio * other.ratio, one.amount + other.amount, row)


def _wrong(table: Table, at: int, what: str) -> DataError:
    return DataError(f"{table.source}, row {table.place.row(at)}: {what}")
