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
