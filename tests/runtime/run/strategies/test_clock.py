"""The clock of a portfolio: strategies on bars of different lengths, and of several symbols, worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

HOLD = """
strategy "Hold"
param n = 1
enter long when close > 0
  size n units
exit long when close < 0
"""


def bars(first: str, minutes: int, closes: list[float], opens: list[float] | None = None) -> dict[str, Any]:
    close = np.array(closes)
    opened = close if opens is None else np.array(opens)
    ts = np.datetime64(first) + np.arange(len(close)) * np.timedelta64(minutes, "m")
    high, low = np.maximum(opened, close), np.minimum(opened, close)
    return {"ts": ts, "open": opened, "high": high, "low": low, "close": close}


@pytest.fixture(scope="module")
def hold() -> sg.CompiledProgram:
    return sg.compile(HOLD)


def run(told: dict[str, Any], engine: str = "interpreted", **limits: str) -> Result:
    return sg.portfolio(told, capital=2000, limits=limits).backtest(engine=engine)


@pytest.fixture
def mixed(hold: sg.CompiledProgram) -> dict[str, Any]:
    """Of hours and of two hours: the short one falls from 100 to 40 at the close of 03:00, inside a long bar."""
    hours = bars("2024-01-01T00:00", 60, [100, 100, 40, 40, 40, 40])
    longs = bars("2024-01-01T00:00", 120, [50, 60, 80], [50, 55, 70])
    return {"short": {"program": hold, "data": hours, "params": {"n": 10}},
            "long": {"program": hold, "data": longs, "params": {"n": 10}}}  # fmt: skip


def test_events_are_the_closes_of_all(mixed: dict[str, Any]) -> None:
    left = run(mixed)
    assert [f"{ts:%H:%M}" for ts in left.equity["ts"].to_pylist()] == [f"{hour:02}:00" for hour in range(6)]
    # bought at the opens of 01:00 and 02:00, 10 at 100 and 10 at 55
    short = [1000, 1000, 400, 400, 400, 400]
    long = [1000, 1000, 1000, 1000 + 10 * (60 - 55), 1050, 1000 + 10 * (80 - 55)]
    assert left.equity["equity of short"].to_pylist() == short
    assert left.equity["equity of long"].to_pylist() == long
    assert left.equity["equity"].to_pylist() == [a + b for a, b in zip(short, long, strict=True)]


def test_a_bar_under_way_is_left_alone_until_it_is_over(mixed: dict[str, Any]) -> None:
    """The limit is reached at 03:00. The long bar from 02:00 to 04:00 is under way: its position, bought at its open,
    leaves at the open of 04:00 (seen when that bar closes), and the short one at that of 03:00."""
    left = run(mixed, loss="20% then flatten")
    exits = {row["strategy"]: (f"{row['exit_time']:%H:%M}", row["exit_price"]) for row in left.trades.to_pylist()}
    assert exits == {"short": ("03:00", 40.0), "long": ("04:00", 70.0)}
    assert left.equity["equity"].to_pylist() == [2000, 2000, 1400, 1450, 1450, 400 + 1150]
    assert f"{left.limits['ts'].to_pylist()[0]:%H:%M}" == "02:00"  # the bar that closed at 03:00


SEVERAL = """
strategy "Both"
enter long when close > 0
  size 5 units
exit long when close < 0
"""


def of_several() -> dict[str, Any]:
    a = bars("2024-01-01", 1440, [100, 100, 100, 60, 60, 60])
    b = bars("2024-01-01", 1440, [50, 50, 50, 50, 50, 50])
    return {"A": a, "B": b}


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_a_strategy_of_several_symbols_is_halted_and_leaves(hold: sg.CompiledProgram, engine: str) -> None:
    single = bars("2024-01-01", 1440, [10, 10, 10, 10, 9, 8])
    told = {"both": {"program": sg.compile(SEVERAL), "data": of_several()},
            "one": {"program": hold, "data": single, "params": {"n": 20}}}  # fmt: skip
    free = run(told, engine)
    assert free.equity["equity"].to_pylist() == [2000, 2000, 2000, 1800, 1780, 1760]
    left = run(told, engine, drawdown="10% then flatten")
    assert left.equity["equity"].to_pylist() == [2000, 2000, 2000, 1800, 1780, 1780]
    rows = [(row["strategy"], row["symbol"], row["exit_price"], row["exit_reason"]) for row in left.trades.to_pylist()]
    assert sorted(rows) == [("both", "A", 60.0, "guard"), ("both", "B", 50.0, "guard"), ("one", "data", 9.0, "guard")]
    attribution = {(row["strategy"], row["symbol"]): row["pnl"] for row in left.attribution.to_pylist()}
    assert attribution == {("both", "A"): -200.0, ("both", "B"): 0.0, ("one", "data"): -20.0}


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_orders_of_several_symbols_find_no_room_together(hold: sg.CompiledProgram, engine: str) -> None:
    """The strategy of two symbols asks for 500 and 250: with the 200 of the other, more than 45% of 2,000."""
    single = bars("2024-01-01", 1440, [10, 10, 10, 10, 10, 10])
    both = {"program": sg.compile(SEVERAL), "data": of_several()}
    one = {"program": hold, "data": single, "params": {"n": 20}}
    after = run({"one": one, "both": both}, engine, exposure="45%")
    assert {row["strategy"] for row in after.limits.to_pylist()} == {"both"}
    assert after.strategies["one"].stats["open_trades"] == 1
    # from the fourth day on the 5 of A are worth 300: 300 + 250 + 200 are 37.5%
    assert sorted({row["symbol"] for row in after.trades.to_pylist() if row["strategy"] == "both"}) == ["A", "B"]
    assert len(after.limits) == 3 and after.limits["orders"].to_pylist() == [2, 2, 2]
    before = run({"both": both, "one": one}, engine, exposure="45%")
    assert {row["strategy"] for row in before.limits.to_pylist()} == {"one"}


def test_this_close_is_left_at_this_close(hold: sg.CompiledProgram) -> None:
    data = bars("2024-01-01", 1440, [100, 100, 60, 50])
    told = {"close": {"program": hold, "data": data, "params": {"n": 10}, "assume": {"fill": "this_close"}},
            "open": {"program": hold, "data": data, "params": {"n": 10}}}  # fmt: skip
    left = run(told, loss="20% then flatten")
    exits = {row["strategy"]: row["exit_price"] for row in left.trades.to_pylist()}
    assert exits == {"close": 60.0, "open": 50.0}
    assert left.equity["equity"].to_pylist() == [2000, 2000, 1200, 600 + 500]


def test_a_day_s_limit_begins_anew(hold: sg.CompiledProgram) -> None:
    """Of half a day each; the loss of the 2nd halts until its end, and on the 3rd it is entered again."""
    text = HOLD.replace("close > 0", "close > 10").replace("close < 0", "close < 10")
    data = bars("2024-01-01", 720, [100, 100, 60, 60, 60, 60, 60])
    told = {"one": {"program": sg.compile(text), "data": data, "params": {"n": 10}}}
    left = run(told, daily_loss="10% then flatten")
    rows = [(str(r["ts"])[:13], r["what"]) for r in left.limits.to_pylist()]
    assert rows == [("2024-01-02 00", "flatten")]
    rows = left.trades.to_pylist()
    trades = [(f"{t['entry_time']:%d %H}", f"{t['exit_time']:%d %H}", t["exit_reason"]) for t in rows]
    assert trades == [("01 12", "02 12", "guard"), ("03 12", "04 00", "end")]
    assert left.stats["denied_by"] == {"halted": 1}
