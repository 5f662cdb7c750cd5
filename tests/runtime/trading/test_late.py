"""`assume latency`: what is wished reaches the market later, in every way of running; what cannot be is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.run.session import Session
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.late import way_at
from stratagem.runtime.trading.sound import unsound

LATE = "assume latency 2 bars\n"
RULES = """enter long when close > close[1] size 5 units limit close - 1 stop close - 4 valid 3 bars
exit long when close < close[2]
"""


def bars(seed: int, count: int = 60, without: tuple[int, ...] = ()) -> dict[str, Any]:
    close = 100.0 + np.cumsum(np.random.default_rng(seed).integers(-3, 4, count))
    ts = np.datetime64("2024-01-01", "us") + np.arange(count) * np.timedelta64(1, "D")
    kept = [at for at in range(count) if at not in without]
    columns = {"open": close, "high": close + 2.0, "low": close - 2.0, "close": close, "ts": ts}
    return {name: values[kept] for name, values in columns.items()}


def said_later(data: dict[str, Any], late: int) -> dict[str, Any]:
    """Bars whose columns `said` and `limit` are those of `late` bars before."""
    moved = {name: np.concatenate([np.zeros(late), data[name][:-late]]) for name in ("said", "left", "price")}
    return {**data, **moved}


def test_late_is_as_if_it_were_said_later() -> None:
    """Where nothing said depends on the books or on the price at the arrival."""
    chosen, data = np.random.default_rng(4), bars(7)
    data |= {name: chosen.integers(0, 3, 60) // 2 * 1.0 for name in ("said", "left")}
    data |= {"price": data["close"] - 1.0}
    text = """let nothing = or_else(close, 0) * 0
enter long when column("said") > 0 size 5 units limit nothing + column("price") valid 2 bars expire 4 bars
exit long when column("left") > 0
"""
    late = sg.compile("assume latency 3 bars\n" + text).backtest(data, timeframe="1d")
    other = sg.compile(text).backtest(said_later(data, 3), timeframe="1d")
    assert late.trades.equals(other.trades) and late.stats["trades"] > 3
    assert late.orders.drop(["time"]).equals(other.orders.drop(["time"]))
    days = (other.orders["time"].to_numpy() - late.orders["time"].to_numpy()) // np.timedelta64(1, "D")
    statements = np.isin(late.orders["kind"].to_numpy(zero_copy_only=False), ("enter", "exit"))
    assert (days[statements] == 3).all() and (days[~statements] == 0).all()


def test_every_way_of_running_agrees() -> None:
    assert sg.compile(LATE + RULES).verify(bars(1), timeframe="1d")


def test_a_sweep_is_late() -> None:
    program = sg.compile(LATE + "param n = 3 in 1 to 6\n" + RULES.replace("close - 1", "close - n"))
    table = program.sweep(bars(1), {"n": [1, 2]}, timeframe="1d").to_pylist()
    alone = [program.backtest(bars(1), {"n": n}, timeframe="1d").stats["final_equity"] for n in (1, 2)]
    assert [row["final_equity"] for row in table] == alone
    assert alone[0] != program.backtest(bars(1), {"n": 1}, timeframe="1d", latency="none").stats["final_equity"]


def test_each_symbol_counts_its_own_bars() -> None:
    """B has no bars on days 4 and 5: what it says on day 3 arrives at its second bar from there, day 7."""
    data = {"A": bars(1), "B": bars(2, without=(4, 5))}
    program = sg.compile("on A, B\n" + LATE + "enter long when bar_index == 3 size 1 units\n")
    rows = program.backtest(data, timeframe="1d").orders.to_pylist()
    assert sorted((row["symbol"], row["time"].day - 1, row["fill_time"].day - 1) for row in rows) == [
        ("A", 3, 6), ("B", 3, 8),
    ]  # fmt: skip


@pytest.mark.parametrize("rules", [RULES, "rebalance weekly weight 50%\n"])
def test_every_way_of_running_several_agrees(rules: str) -> None:
    program = sg.compile("on A, B\n" + LATE + rules)
    assert program.verify({"A": bars(1), "B": bars(2, without=(9, 10))}, timeframe="1d")


PAIR = "when bar_index == 1\n  buy A size 1 units\n  sell B size 1 units\n"


@pytest.mark.parametrize(("text", "why"), [
    ("on A, B\nassume latency 1 bar\natomic " + PAIR, "legs of an `atomic` are weighed together"),
    ("on A, B\nassume latency 1 bar\nsequence " + PAIR, "instruction of a `sequence`"),
])  # fmt: skip
def test_what_cannot_be_late_is_refused(text: str, why: str) -> None:
    with pytest.raises(sg.RunError, match=why):
        sg.compile(text).backtest({"A": bars(1), "B": bars(2)}, timeframe="1d")


def test_both_said_in_a_text_is_an_error_of_it() -> None:
    with pytest.raises(sg.CompileError, match="E416: latency: `assume fill this_close` fills at"):
        sg.compile("assume latency 1 bar\nassume fill this_close\nenter long when true size 1 units\n")


def underway() -> Session:
    session = sg.compile(LATE + "enter long when true size 1 units\n").session(timeframe="1d")
    for day in range(2):
        session.push(sg.Bar(day * 86_400_000_000, 100.0, 100.0, 100.0, 100.0, 1.0))
    return session


def test_a_session_tells_an_order_when_it_arrives() -> None:
    session, told = underway(), []
    for day in (2, 3):
        told += session.push(sg.Bar(day * 86_400_000_000, 100.0, 100.0, 100.0, 100.0, 1.0))
    assert [event.ts // 86_400_000_000 for event in told if event.kind == "decision"] == [2]
    assert [event.data["index"] for event in told if event.kind == "order"] == [0]


@pytest.mark.parametrize(("slot", "value"), [
    (at.UNDER_WAY, 2.0), (at.WAY_INDEX, 1.0), (at.WAY_INDEX, -5.0), (at.WAY_INDEX, 0.5), (at.WAY_TIME, float("nan")),
    (at.WAY_HEAD + at.SIZE, float("inf")),
])  # fmt: skip
def test_wishes_that_no_run_has_under_way_are_refused(slot: int, value: float) -> None:
    """After two bars the wishes of bars 0 and 1 are under way."""
    trading = underway()._machine.trading
    assert not unsound(trading.b, trading.k, trading.b, trading.k)
    rows = [way_at(trading.k, way) for way in range(2)]
    first = min(rows, key=lambda row: trading.b[row + at.WAY_INDEX])
    moved = trading.b[:]
    moved[first + slot] = value
    assert unsound(moved, trading.k, trading.b, trading.k)


def test_why_says_that_a_wish_came_late() -> None:
    """The wishes of days 1 and 2 arrive to a position that the one of day 0 has opened, or that waits."""
    result = sg.compile(LATE + "enter long when true size 1 units\n").backtest(bars(1, 8), timeframe="1d")
    assert "0.00% before it, 0.10% after it" in str(result.why(order=0))  # known where it arrives
    told = str(result.why(at="2024-01-02"))
    assert " ".join(told.split()).count("reached the market 2 bars later (`assume latency`)") == 1
