"""Fills in parts: every way of running leaves the same, from a snapshot taken between two parts, too."""

from __future__ import annotations

from typing import Any

import numpy as np
import stratagem as sg

TEXT = """assume participation 12.5%
assume fee 5/order+0.1% min 6
assume lot 1
assume slippage 10%/range
enter long when mod(bar_index, 7) == 0 limit close - 1 valid 5 bars size 40 units scale 2
  stop 2% target 4% take 50% at 1.5% expire 12 bars
enter long when mod(bar_index, 11) == 3 trigger close + 1 valid 2 bars size 60 units stop 3% trail 1% after 2%
exit long when mod(bar_index, 13) == 5 limit close + 1 valid 4 bars size 30 units once
exit long when mod(bar_index, 29) == 0
enter short when mod(bar_index, 17) == 1 size 50 units stop 2% stop 0% after 1%
guard exposure 30% then reduce
"""


def bars(count: int) -> dict[str, Any]:
    drawn = np.random.default_rng(5)
    close = 100 + np.cumsum(drawn.integers(-4, 5, count)) * 0.25
    open_ = close + drawn.integers(-2, 3, count) * 0.25
    high = np.maximum(open_, close) + drawn.integers(0, 8, count) * 0.25
    low = np.minimum(open_, close) - drawn.integers(0, 8, count) * 0.25
    volume = drawn.choice([0, 40, 100, 300, np.nan, 1000], count)
    return {"ts": np.datetime64("2024-01-01") + np.arange(count) * np.timedelta64(1, "h"), "open": open_, "high": high,
            "low": low, "close": close, "volume": volume}  # fmt: skip


def test_every_way_of_running_fills_the_same_parts() -> None:
    program, data = sg.compile(TEXT), bars(300)
    result = program.backtest(data, timeframe="1h", engine="interpreted")
    asked, got = (np.array(result.orders.column(name).to_pylist()) for name in ("asked", "got"))
    assert ((got > 0.0) & (got < asked)).sum() > 10
    assert "orders asked for more than participation 12.5% of a bar's volume left" in result.notes[0]
    assert program.verify(data, timeframe="1h")


def test_no_bar_fills_more_than_its_share() -> None:
    data = bars(300)
    result = sg.compile(TEXT).backtest(data, timeframe="1h", engine="interpreted")
    room = np.nan_to_num(data["volume"]) * 0.125
    left = np.zeros(300)
    places = {at: place for place, at in enumerate(result.equity.column("ts").to_pylist())}
    for row in result.trades.to_pylist():
        if row["exit_reason"] != "end":
            left[places[row["exit_time"]]] += row["quantity"]
    moved = np.abs(np.diff(result.equity.column("position").to_numpy(), prepend=0.0))
    assert (left <= room + 1e-9).all() and (moved <= room + 1e-9).all()
    assert (left == np.floor(room)).sum() > 20


def test_a_program_that_assumes_none_has_the_event_it_had() -> None:
    plain = sg.compile("enter long when true size 10 units")
    assert plain.plan.extras == ()
    assert "volume" not in [column.name for column in plain.plan.columns]
