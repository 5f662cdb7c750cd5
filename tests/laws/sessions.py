"""A live session over the bars of a batch: the same equity and position after each, and the same rows as events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import stratagem as sg
from stratagem.runtime.trading import rows as at

from .books import Ran

SEEN = {
    "order": ("order", "index", "fill_price", "asked", "got", "stop", "target"),
    "trade": ("quantity", "entry_price", "exit_index", "exit_price", "fees", "pnl", "mae", "mfe"),
    "monitor": ("index", "quantity", "drawdown", "day_loss", "realised", "cash", "equity"),
}


def lives(program: sg.Program, run: Ran, zone: str, engines: Sequence[str]) -> None:
    """Push every bar; at each third a session of the next engine takes over from the snapshot of the last."""
    bars, setting = run.setting.bars, run.setting
    made = [program.session(timeframe=bars.timeframe, engine=engines[i % len(engines)], monitors=True, timezone=zone)
            for i in range(3)]  # fmt: skip
    session, events = made.pop(), []
    columns = [getattr(bars, name).tolist() for name in ("ts", "open", "high", "low", "close", "volume")]
    for index, bar in enumerate(zip(*columns, strict=True)):
        if made and index >= len(bars) * (3 - len(made)) // 3:
            made[-1].restore(session.snapshot())
            session = made.pop()
        events += session.push(sg.Bar(*bar))
        assert (session.equity, session.position) == (run.equity[index], run.quantity[index]), f"bar {index}"
    for kind, table, own in (("order", run.orders, run.orders["reason"] != at.AT_THE_END),
                             ("trade", run.trades, run.trades["reason"] != at.BY_END),
                             ("monitor", run.records, run.records["phase"] != at.AFTER_END)):  # fmt: skip
        told = [event.data for event in events if event.kind == kind]
        assert len(told) == int(own.sum()), f"{kind} events, {setting.bars}"
        for name in SEEN[kind]:
            expected = table[name][own]
            if kind == "order" and name == "fill_price":
                expected = np.where(run.orders["fill_index"][own] < 0, np.nan, expected)
            assert np.array_equal(_numbers(told, name), expected, equal_nan=True), f"{kind} {name}"


def _numbers(told: Sequence[Any], name: str) -> Any:
    return np.array([np.nan if data[name] is None else data[name] for data in told], dtype=np.float64)
