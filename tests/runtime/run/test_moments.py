"""Lots that leave at a moment: what is told where the data's bars do not hold it."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg


def bars(count: int, step: str, begin: str = "2024-01-02T14:00") -> dict[str, np.ndarray]:
    amount, unit = int(step[:-1]), step[-1]
    ts = np.datetime64(begin, "us") + np.arange(count) * np.timedelta64(amount, unit)
    return {"ts": ts, "close": np.full(count, 100.0)}


ENTER = "enter long when bar_index == 0 size 1 units expire "


def test_a_time_of_day_on_daily_bars_is_refused_with_the_way_on() -> None:
    program = sg.compile(ENTER + '"15:55"')
    with pytest.raises(sg.RunError, match="`expire next_open` at the open after it"):
        program.backtest(bars(5, "1D", "2024-01-02"))
    with pytest.raises(sg.RunError, match="names a time of day"):
        program.session(timeframe="1d")
    trades = sg.compile(ENTER + "day").backtest(bars(5, "1D", "2024-01-02")).trades
    assert trades["exit_reason"].to_pylist() == ["expire"]


def test_a_day_whose_end_no_bar_holds_is_told() -> None:
    """Two bars of a day, from 14:00 to 16:00, and the next day's: the lot leaves at the open of that."""
    data = bars(4, "1h")
    data["ts"][2:] += np.timedelta64(22, "h")
    result = sg.compile(ENTER + "day").backtest(data)
    assert [str(t["exit_time"])[:16] for t in result.trades.to_pylist()] == ["2024-01-03 14:00"]
    assert any("1 lot left at the open of a later day" in note for note in result.notes)
    result = sg.compile(ENTER + '"16:00"').backtest(data)
    assert [str(t["exit_time"])[:16] for t in result.trades.to_pylist()] == ["2024-01-02 15:00"]
    assert not any("later day" in note for note in result.notes)


def test_a_day_that_a_bar_closes_with_is_not_told() -> None:
    result = sg.compile(ENTER + "day").backtest(bars(6, "1h", "2024-01-02T20:00"))
    assert [str(t["exit_time"])[:16] for t in result.trades.to_pylist()] == ["2024-01-02 23:00"]
    assert not any("later day" in note for note in result.notes)
