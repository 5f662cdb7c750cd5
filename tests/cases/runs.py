"""What a case leaves behind, by each way of running: the public tables of a result, the events of a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import numpy as np
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars

from .model import PRICES, Case, Row

OF_A_TEST = ("from_", "to", "close_at_end")  # options that only a backtest has


@dataclass
class Left:
    """Rows by name, with bars in place of times; None is what this way of running does not tell."""

    trades: list[Row]
    orders: list[Row]
    books: list[Row]
    monitors: list[Row]
    signals: dict[str, list[int]]
    counts: dict[str, Any] | None = None
    notes: tuple[str, ...] | None = None
    decided: list[str] = field(default_factory=list)
    alerts: list[int] = field(default_factory=list)
    whole: bool = True
    """Whether the data ended: a session goes on, so nothing is marked or cancelled at its end."""


@cache
def compiled(program: str) -> Any:
    return sg.compile(program)


def batch(case: Case, engine: str) -> Left:
    """All bars at once."""
    monitors = "monitors" in case.given
    data = {"ts": np.array([t.replace(tzinfo=None) for t in case.times], dtype="datetime64[us]"), **case.columns}
    options = {**case.options, "magnify": _finer(case)}
    result = compiled(case.given["program"]).backtest(data, engine=engine, monitors=monitors, **options)
    bars = {at: index for index, at in enumerate(case.times)}
    trades = [_at_bars(row, bars, {"entry_time": "entry_index", "exit_time": "exit_index"})
              for row in result.trades.to_pylist()]  # fmt: skip
    orders = [_at_bars(row, bars, {"time": "index", "fill_time": "fill_index"}) for row in result.orders.to_pylist()]
    books = [{"bar": bars[_instant(row["ts"])], **row} for row in result.equity.to_pylist()]
    own = {name for row in case.table("books") for name in row} - {"bar", *result.equity.column_names}
    for row in books:
        row.update({name: float(result.series[name][row["bar"]]) for name in own})
    kept = result.monitors.to_pylist() if monitors else []
    records = [{"bar": bars[_instant(row["ts"])], **row} for row in kept if row["phase"] != "end"]
    signals = {name: np.flatnonzero(result.series[name]).tolist() for name in case.signals}
    return Left(trades, orders, books, records, signals, dict(result.stats), tuple(result.notes))


def _finer(case: Case) -> Bars | None:
    """Its finer bars, the quarters of a bar from its open on."""
    base = timeframe(str(case.options["timeframe"]))
    quarter = timeframe(f"{base.seconds // 240}m" if base.seconds % 240 == 0 else f"{base.seconds // 4}s")
    rows = [(int(case.times[bar].timestamp()) * 1_000_000 + nth * quarter.seconds * 1_000_000, *prices)
            for bar, inside in sorted(case.finer.items()) for nth, prices in enumerate(inside)]  # fmt: skip
    if not rows:
        return None
    times, *prices = zip(*rows, strict=True)
    columns = [np.array(column, dtype=np.float64) for column in (*prices, (1.0,) * len(rows))]
    return Bars("data", quarter, np.array(times, dtype=np.int64), *columns)


def session(case: Case, engine: str) -> Left:
    """One bar after the other; what a session cannot know is left out."""
    options = {name: value for name, value in case.options.items() if name not in OF_A_TEST}
    monitors = engine == "interpreted" or "monitors" in case.given  # a kernel with them is another kernel to compile
    live = compiled(case.given["program"]).session(engine=engine, monitors=monitors, **options)
    left = Left([], [], [], [], {name: [] for name in case.signals}, whole=False)
    own = [name for name in case.columns if name not in (*PRICES, "volume")]
    for bar, at in enumerate(case.times):
        values = {name: column[bar] for name, column in case.columns.items()}
        prices = [values[name] for name in PRICES]
        pushed = sg.Bar(at, *prices, values.get("volume", float("nan")))
        for event in live.push(pushed, {name: values[name] for name in own}):
            _keep(left, bar, event)
        left.books.append({"bar": bar, "equity": live.equity, "position": live.position})
        if monitors:
            last = left.monitors[-1]
            assert (live.equity, live.position) == (last["equity"], last["quantity"])
            left.books[-1] |= {"cash": last["cash"], "drawdown": last["drawdown"]}
    return left


def _keep(left: Left, bar: int, event: Any) -> None:
    data = dict(event.data)
    if event.kind == "trade":
        left.trades.append({**data, "exit_reason": data["reason"], "exit_level": data["level"]})
    elif event.kind == "order":
        left.orders.append(data)
    elif event.kind == "monitor":
        left.monitors.append({"bar": bar, **data})
    elif event.kind == "signal" and data["name"] in left.signals:
        left.signals[data["name"]].append(bar)
    elif event.kind == "alert":
        left.alerts.append(bar)
    elif event.kind == "decision":
        quantity = "all" if data["quantity"] is None else f"{data['quantity']:g}"
        left.decided.append(f"{bar} {data['kind']} {data['side']} {quantity}")


def _at_bars(row: Row, bars: dict[datetime, int], names: dict[str, str]) -> Row:
    return {**row, **{index: None if row[at] is None else bars[_instant(row[at])] for at, index in names.items()}}


def _instant(at: date) -> datetime:
    """Bars of a day may be told as dates."""
    return (at if isinstance(at, datetime) else datetime.combine(at, time())).replace(tzinfo=UTC)
