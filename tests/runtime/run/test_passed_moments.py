"""A time of day that passes at a bar without its open or close: the lot leaves at the first moment after it."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg

NA = float("nan")
LEAVES = 'enter long when bar_index == 0 size 1 units expire "03:00"'


@pytest.mark.parametrize("engine", ["native", "interpreted"])
@pytest.mark.parametrize(("hours", "rows", "left"), [
    ((0, 1, 2, 3, 4), {2: (100, 100, 100, NA)}, "03:00 at open"),  # 03:00 is the close that is missing
    ((0, 1, 4, 5, 6), {2: (NA, 100, 100, 100)}, "04:00 at close"),  # no bar at 03:00, and the next has no open
])  # fmt: skip
def test_a_moment_that_a_bar_lacks_is_not_forgotten(
    engine: str, hours: tuple[int, ...], rows: dict[int, tuple[float, ...]], left: str
) -> None:
    table = np.array([rows.get(n, (100.0,) * 4) for n in range(len(hours))]).T
    data = dict(zip(("open", "high", "low", "close"), (column.copy() for column in table), strict=True))
    data["ts"] = np.datetime64("2024-01-02", "us") + np.array(hours) * np.timedelta64(1, "h")
    result = sg.compile(LEAVES).backtest(data, engine=engine, policy="keep", timeframe="1h")
    (order,) = [row for row in result.orders.to_pylist() if row["kind"] == "expire"]
    assert f"{order['fill_time']:%H:%M} at {order['fill_moment']}" == left


@pytest.mark.parametrize("engine", ["native", "interpreted"])
@pytest.mark.parametrize("more", ["", "enter short when bar_index == 3 size 1 units limit 200"])
def test_what_could_not_fill_at_its_close_waits_for_an_open_whatever_others_wish(engine: str, more: str) -> None:
    """Three bars old at the close of bar 2, which is missing; bar 3 has no open: out at the open of bar 4."""
    table = np.array([(100,) * 4, (100,) * 4, (100, 100, 100, NA), (NA, 101, 99, 101), (104,) * 4, (104,) * 4]).T
    data = dict(zip(("open", "high", "low", "close"), (column.copy() for column in table), strict=True))
    data["ts"] = np.datetime64("2024-01-02", "us") + np.arange(6) * np.timedelta64(1, "D")
    text = f"assume fill this_close\nenter long when bar_index == 0 size 1 units expire 3 bars\n{more}"
    result = sg.compile(text).backtest(data, engine=engine, policy="keep", timeframe="1d")
    (order,) = [row for row in result.orders.to_pylist() if row["kind"] == "expire"]
    assert (order["fill_moment"], order["fill_price"]) == ("open", 104.0)
