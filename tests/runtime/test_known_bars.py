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


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bar 4 opens at 99, beyond the stop at 100: the gap is paid
        (LONG + "stop 300ticks target 2000ticks", ("long", 2, 103.0, 4, 99.0, "stop")),
        # bar 2 falls to 102 and rises to 105: the stop lies where the path goes first
        (LONG + "stop 100ticks target 200ticks", ("long", 2, 103.0, 2, 102.0, "stop")),
        ("assume path best\n" + LONG + "stop 100ticks target 200ticks", ("long", 2, 103.0, 2, 105.0, "target")),
        # the low is one away from the open, the high two
        ("assume path proximity\n" + LONG + "stop 100ticks target 200ticks", ("long", 2, 103.0, 2, 102.0, "stop")),
        ("assume bracket next_bar\n" + LONG + "stop 100ticks", ("long", 2, 103.0, 4, 99.0, "stop")),
        (LONG + "stop 20% target 0.5r", ("long", 2, 103.0, 6, 113.30, "target")),
        # bars 2 and 3 are the first and the second; the decision at the close of 3 fills at the open of 4
        (LONG + "expire 2 bars", ("long", 2, 103.0, 4, 99.0, "expire")),
        (LONG + "expire 2h", ("long", 2, 103.0, 4, 99.0, "expire")),
        # the entry fills at this close, its expiry by the program's policy
        (LONG + "fill this_close expire 2 bars", ("long", 1, 101.0, 3, 104.0, "expire")),
        # an exit with nothing to close vetoes nothing
        (LONG + "exit long when bar_index <= 2", ("long", 2, 103.0, 3, 104.0, "signal")),
    ],
)
def test_one_trade_closes_where_and_why_it_should(text: str, expected: Closed, engine: str) -> None:
    (side, at, price, left, out, why), *others = trades(text, BARS, engine)
    assert not others and (side, at, price, left, why) == (expected[0], *expected[1:4], expected[5])
    assert out == pytest.approx(expected[4], rel=1e-12)


@pytest.mark.parametrize("engine", ENGINES)
def test_scale_first_in_first_out_and_reversal(engine: str) -> None:
    scaled = "enter long when bar_index >= 1 and bar_index <= 3 size 10 units scale 1\n"
    exits = "exit long when bar_index == 5 size 50% once\nexit long when bar_index == 6\n"
    assert trades(scaled + exits, BARS, engine) == [
        ("long", 2, 103.0, 6, 95.0, "signal"), ("long", 3, 104.0, 7, 118.0, "signal"),
    ]  # fmt: skip
    assert trades(LONG + SHORT.partition("\n")[2] + "exit short when bar_index == 5", BARS, engine) == [
        ("long", 2, 103.0, 4, 99.0, "reverse"), ("short", 4, 99.0, 6, 95.0, "signal"),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_guard_that_flattens_leaves_at_the_next_open_and_lets_nothing_in(engine: str) -> None:
    """900 units from 103: equity is 101,800 at bar 3 and 92,800 at bar 4, 8.8 % below."""
    text = "enter long when bar_index == 1 size 900 units\nenter long when bar_index == 6 size 1 units\n"
    assert trades(text + "guard drawdown 8% then flatten", BARS, engine) == [("long", 2, 103.0, 5, 95.0, "guard")]
