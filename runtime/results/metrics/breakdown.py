"""Closed trades by what they have in common: symbol, side, exit reason, or the program's time of their entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...calendar import Calendar
from ...trading.rows import EXIT_REASONS
from .exact import total
from .run import Measured, quotient

if TYPE_CHECKING:
    from ..output import Floats, Ints

SYMBOL, SIDE, REASON, WEEKDAY, HOUR, MONTH, YEAR = "symbol", "side", "exit_reason", "weekday", "hour", "month", "year"
KEYS = (SYMBOL, SIDE, REASON, WEEKDAY, HOUR, MONTH, YEAR)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_HOUR, _DAY = 3_600_000_000, 86_400_000_000


@dataclass(frozen=True, slots=True)
class Share:
    """Trades with one thing in common; money is after fees."""

    name: str
    trades: int
    win_rate: float | None
    profit_factor: float | None
    money: float
    expectancy: float | None
    average_return: float | None
    average_bars: float | None


def breakdown(run: Measured, key: str) -> list[Share]:
    """A share for each value of a key that trades have, in the order of the values."""
    codes, names = _codes(run, key)
    columns = {name: run.closed(name) for name in ("pnl", "return", "bars")}
    found = sorted(set(codes.tolist()))
    return [_share(names(code), {n: values[codes == code] for n, values in columns.items()}) for code in found]


def _share(name: str, columns: dict[str, Floats]) -> Share:
    pnl, count = columns["pnl"], len(columns["pnl"])
    money = total(pnl)
    return Share(
        name, count, quotient(int((pnl > 0.0).sum()), count), quotient(total(pnl[pnl > 0.0]), -total(pnl[pnl < 0.0])),
        money, quotient(money, count), quotient(total(columns["return"]), count),
        quotient(total(columns["bars"]), count),
    )  # fmt: skip


def _codes(run: Measured, key: str) -> tuple[Ints, Callable[[int], str]]:
    """A whole number for each trade, and what a number is called."""
    import numpy as np

    if key == SYMBOL:
        several = run.output.several
        if several is None:
            return np.zeros(run.trades, dtype=np.int64), lambda place: run.output.bars.symbol
        return several.trades[: run.trades], several.symbols.__getitem__
    if key == SIDE:
        return (run.closed("side") < 0.0).astype(np.int64), ("long", "short").__getitem__
    if key == REASON:
        return run.closed("reason").astype(np.int64), EXIT_REASONS.__getitem__
    local = run.output.local(run.closed("entry_time").astype(np.int64))
    if key == HOUR:
        return local // _HOUR % 24, lambda hour: f"{hour:02d}:00"
    if key == WEEKDAY:
        return (local // _DAY + 3) % 7, WEEKDAYS.__getitem__  # 1970 began on a Thursday
    year, month, _ = (np.asarray(part) for part in Calendar("UTC", daily=True).date(local))
    return (month - 1, MONTHS.__getitem__) if key == MONTH else (year, str)
