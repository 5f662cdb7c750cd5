"""From text to trades on bars made by hand: each expectation was worked out on paper from the rules, not from a run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.engines import ENGINES

Row = tuple[float, float, float, float]
Closed = tuple[str, int, float, int, float, str]  # side, entry bar, price, exit bar, price, reason

BARS: Sequence[Row] = (
    (100, 101, 99, 100), (100, 102, 98, 101), (103, 105, 102, 104), (104, 106, 103, 105),
    (99, 100, 90, 95), (95, 96, 94, 95), (95, 120, 94, 118), (118, 119, 117, 118),
)  # fmt: skip
LONG = "assume tick 0.01\nenter long when bar_index == 1\n  size 10 units\n"
SHORT = "assume tick 0.01\nenter short when bar_index == 3\n  size 10 units\n"


def columns(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    opens, highs, lows, closes = np.array(rows, dtype=float).T
    hours = np.datetime64("2024-01-01T00:00", "us") + np.arange(len(rows)) * np.timedelta64(1, "h")
    volumes = np.full(len(rows), 100.0)
    return {"ts": hours, "open": opens, "high": highs, "low": lows, "close": closes, "volume": volumes}


def trades(text: str, rows: Sequence[Row], engine: str, **options: object) -> list[Closed]:
    data = columns(rows)
    at = {str(ts): index for index, ts in enumerate(data["ts"].astype("datetime64[h]"))}

    def bar(when: object) -> int:
        return at[str(np.datetime64(when.replace(tzinfo=None), "h"))]  # type: ignore[attr-defined]

    found = sg.compile(text).backtest(data, engine=engine, **options).trades.to_pylist()
    return [
        (t["side"], bar(t["entry_time"]), t["entry_price"], bar(t["exit_time"]), t["exit_price"], t["exit_reason"])
        for t in found
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bar 2 lifts the trail to 102, bar 3 to 103; bar 4 opens below it
        (LONG + "trail 300ticks", ("long", 2, 103.0, 4, 99.0, "trail")),
        # 3 % under 105 is 101.85, under 106 102.82
        (LONG + "trail 3%", ("long", 2, 103.0, 4, 99.0, "trail")),
        # 10 % under 106 is 95.4: bar 4 opens above it and falls through
        (LONG + "trail 10%", ("long", 2, 103.0, 4, 95.4, "trail")),
        # the stop at 98.0 is tighter than the trail at 86
        (LONG + "trail 2000ticks stop 500ticks", ("long", 2, 103.0, 4, 98.0, "stop")),
        # filled at 99; after a low of 90 the trail stands at 93, and bar 5 opens above it
        (SHORT + "trail 300ticks", ("short", 4, 99.0, 5, 95.0, "trail")),
        # 10 % over 90 is 99: bar 6 rises through it
        (SHORT + "trail 10%", ("short", 4, 99.0, 6, 99.0, "trail")),
    ],
)
def test_a_trail_follows_the_best_extreme(text: str, expected: Closed, engine: str) -> None:
    assert trades(text, BARS, engine) == [expected]
