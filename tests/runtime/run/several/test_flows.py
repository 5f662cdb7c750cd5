"""Money paid into an account of several symbols and taken out of it: worked by hand, and the same however it is run."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

from ...why.made import history

ENGINES = ("native", "interpreted")
DAYS = 6


def panel(prices: dict[str, list[float]], lacks: dict[str, list[int]], first: str = "2024-01-29") -> dict[str, Any]:
    """A bar a day from Monday 2024-01-29 on at these prices; lacks: days, from 0, on which a symbol has none."""
    start, found = np.datetime64(first, "us"), {}
    for name, closes in prices.items():
        kept = [day for day in range(len(closes)) if day not in lacks.get(name, [])]
        stamps = start + np.array(kept) * np.timedelta64(1, "D")
        found[name] = {"ts": stamps, "close": np.array([closes[day] for day in kept])}
    return found


def run(text: str, data: dict[str, Any], engine: str = "interpreted", **options: Any) -> Result:
    """The same in both engines to the last bit, and in every way of running."""
    program = sg.compile(text)
    assert program.verify(data, timeframe="1d", **options).difference is None
    return program.backtest(data, timeframe="1d", engine=engine, **options)


def flows(result: Result) -> list[tuple[str, str, float, str]]:
    """Of each flow its day, kind, money and reason."""
    return [(str(row["ts"])[:10], row["kind"], row["got"], row["reason"]) for row in result.flows.to_pylist()]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_account_is_paid_once_an_event_whoever_has_a_bar(engine: str) -> None:
    """500 A at 100 and 500 B at 40 are held from the 30th on. The first bar of February is A's alone, B's comes a day
    later: 10,000 come once, at A's. A has gained 10 by then: 105,000 / 100,000; then B 8 on 115,000: 119,000."""
    text = (
        "on A, B\ndeposit 10_000 cash monthly\nassume capital 90_000\n"
        "enter long when bar_index == 0 size 500 units\n"
    )  # fmt: skip
    data = panel({"A": [100, 100, 100, 110, 110], "B": [40, 40, 40, 40, 48]}, {"B": [3]})
    result = run(text, data, engine)
    assert flows(result) == [
        ("2024-01-29", "deposit", 10_000.0, ""), ("2024-02-01", "deposit", 10_000.0, ""),
    ]  # fmt: skip
    assert result.equity["equity"].to_pylist() == [100_000.0, 100_000.0, 100_000.0, 115_000.0, 119_000.0]
    assert result.equity["cash"].to_pylist() == [100_000.0, 30_000.0, 30_000.0, 40_000.0, 40_000.0]
    grown = 1.05 * 119 / 115
    assert result.stats["return"] == pytest.approx(grown - 1.0, rel=1e-12)
    assert (result.stats["net_profit"], result.stats["deposited"]) == (9_000.0, 20_000.0)
    assert result.stats["money_weighted_return"] > 0.0
    rows = [(row["order"], row["symbol"], row["kind"]) for row in result.orders.to_pylist()]
    assert rows == [(0, "", "deposit"), (1, "A", "enter"), (2, "B", "enter"), (3, "", "deposit")]
    assert sum(row["pnl"] for row in result.attribution.to_pylist()) == pytest.approx(9_000.0)


def test_what_is_free_is_left_by_all_books_together() -> None:
    """Of 100,000, 300 A are held at 100 and 400 B wait, 50 each: 50,000 is free, of which 45,000 is taken at the close
    at which B is decided; at the next one nothing waits, and 5,000 is left. A's exit frees nothing before it has
    filled: at its close 0 is free, at the close after it 30,000."""
    text = (
        "on A, B\nenter long A when bar_index == 0 size 300 units\nenter long B when bar_index == 1 size 400 units\n"
        "exit long A when bar_index == 3\nwithdraw 45_000 cash when (bar_index == 1) of A\n"
        "withdraw 6_000 cash when (bar_index == 2 or bar_index == 3) of A\n"
        "withdraw 50% when (bar_index == 4) of A\n"
    )  # fmt: skip
    result = run(text, panel({"A": [100] * 6, "B": [50] * 6}, {}))
    rows = [(row["asked"], row["got"], row["status"], row["reason"]) for row in result.flows.to_pylist()]
    assert rows == [
        (45_000.0, 45_000.0, "filled", ""), (6_000.0, 5_000.0, "reduced", "not_free"),
        (6_000.0, 0.0, "denied", "not_free"), (25_000.0, 25_000.0, "filled", ""),
    ]  # fmt: skip
    assert result.stats["return"] == 0.0 and result.stats["withdrawn"] == 75_000.0
    margined = run("assume margin 50%\n" + text, panel({"A": [100] * 6, "B": [50] * 6}, {}))
    assert [row["got"] for row in margined.flows.to_pylist()] == [45_000.0, 6_000.0, 6_000.0, 21_500.0]


def test_money_of_a_close_is_invested_at_it_by_every_symbol_and_ratios_stay() -> None:
    """At the third close equity has fallen from 100,000 to 90,000 and 90,000 come: `drawdown` stays 10 %, of a mark of
    200,000, and the weights of that close are shares of 180,000: 900 A and 1,800 B at 100 and 50."""
    text = (
        "on A, B\nassume fill this_close\nrebalance when bar_index == 0 or bar_index == 2\n  weight 50%\n"
        "deposit 100% when cross_above(drawdown, 5%)\nplot drawdown as \"fallen\"\nplot deposited as \"put in\"\n"
        "guard drawdown 20% then halt\n"
    )  # fmt: skip
    data = panel({"A": [100, 100, 90, 90, 80], "B": [50, 50, 45, 45, 45]}, {})
    result = run(text, data)
    held = result.symbols["A"].quantity[-1], result.symbols["B"].quantity[-1]
    assert held == pytest.approx((1_000.0, 2_000.0))
    assert flows(result) == [("2024-01-31", "deposit", 90_000.0, "")]
    for symbol in ("A", "B"):
        series = result.symbols[symbol].series
        assert list(series["fallen"]) == pytest.approx([0.0, 0.0, 0.1, 0.1, 1 - 170 / 200])
        assert list(series["put in"]) == [0.0, 0.0, 0.0, 90_000.0, 90_000.0]
    assert result.stats["max_drawdown"] == pytest.approx(0.15)


def test_the_account_counts_by_events_and_those_of_watched_symbols_are_some() -> None:
    """`recent(c, 1)` is the event of c and the one after it, which V alone has: it is paid there too. Without `fresh`
    what A read last still holds at V's event."""
    text = "on A, B\nwatch V\ndeposit 7 cash when {}\nplot deposited as \"put in\"\n"
    prices = {"A": [100.0] * DAYS, "B": [50.0] * DAYS, "V": [9.0] * DAYS}
    data = panel(prices, {"A": [3], "B": [3]})
    result = run(text.format("recent(fresh of A and (bar_index == 2) of A, 1)"), data)
    assert flows(result) == [("2024-01-31", "deposit", 7.0, ""), ("2024-02-01", "deposit", 7.0, "")]
    assert list(result.symbols["A"].series["put in"]) == [0.0, 0.0, 0.0, 14.0, 14.0]
    assert flows(run(text.format("(bar_index == 2) of A"), data)) == flows(result)


REFUSED = [
    ("close > 100", "`close` is each symbol's own", "`close of A`"),
    ("position.size > 0", "`position.size` is each symbol's own", "`position.size of A`"),
    ("rank(close) == 1", "`rank` is each symbol's own", r"`rank\(…\) of A`"),
    ("fresh of A and highest(high, 3) > 1", "`high` is each symbol's own", "average"),
    ('column("x") > 1', "`x` is each symbol's own", 'column "x" of A'),
]


@pytest.mark.parametrize("condition, told, way_on", REFUSED)
def test_what_one_symbol_reads_decides_no_money_of_the_account(condition: str, told: str, way_on: str) -> None:
    with pytest.raises(sg.CompileError, match=told) as error:
        sg.compile(f"on A, B\nwithdraw 5 cash when {condition}\n")
    (said,) = error.value.diagnostics
    assert said.code == "E807"
    assert re.search(way_on, said.help)


def test_a_program_of_one_symbol_may_read_it_and_is_refused_where_the_data_are_of_several() -> None:
    program = sg.compile("enter long when bar_index == 0\ndeposit 5 cash when close > 0\n")
    one = {"A": history([100.0] * 3)}
    assert program.backtest(one["A"], timeframe="1d", engine="interpreted").stats["deposited"] == 15.0
    with pytest.raises(sg.CompileError, match="`close` is each symbol's own"):
        program.backtest(one | {"B": one["A"]}, timeframe="1d", engine="interpreted")
    free = sg.compile("enter long when bar_index == 0\ndeposit 5 cash when true\n")
    told = free.backtest(one | {"B": one["A"]}, timeframe="1d", engine="interpreted").stats
    assert told["deposited"] == 15.0  # of the account, not of each symbol


def test_of_the_only_symbol_of_an_account_it_is_said_whose_a_reading_is() -> None:
    """With `rebalance` it runs as one of several, whose account has no price of its own."""
    text = "on A\nrebalance monthly\n  weight 50%\ndeposit 5 cash when {}\n"
    with pytest.raises(sg.CompileError, match="`close` is each symbol's own"):
        sg.compile(text.format("close > 1"))
    program = sg.compile(text.format("(close > 1) of A and fresh of A"))
    assert program.diagnostics == ()
    told = program.backtest({"A": history([2.0, 1.0, 3.0])}, timeframe="1d", engine="interpreted").stats
    assert told["deposited"] == 10.0
    trades = "enter long when bar_index == 0\nexit long when false\n"
    plain = sg.compile(f"on A\n{trades}deposit 5 cash when (close > 1) of A\n")
    assert [said.code for said in plain.diagnostics] == ["W702"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_session_is_paid_as_the_backtest_is_and_goes_on_from_a_snapshot(engine: str) -> None:
    text = (
        "on A, B\ndeposit 10_000 cash monthly\nwithdraw 1% when (close < close[1]) of A\n"
        "rebalance weekly\n  weight 45%\n"
    )  # fmt: skip
    data = panel({"A": [100, 90, 95, 80, 85, 70], "B": [50, 52, 54, 52, 50, 51]}, {"B": [3]})
    program = sg.compile(text)
    rows = program.backtest(data, timeframe="1d", engine=engine).orders.to_pylist()
    session, told = program.session(timeframe="1d", engine=engine), []
    for day in range(DAYS):
        bars = {}
        for name, own in data.items():
            at = np.flatnonzero(own["ts"] == np.datetime64("2024-01-29", "us") + day * np.timedelta64(1, "D"))
            if len(at):
                price = float(own["close"][at[0]])
                bars[name] = sg.Bar(int(own["ts"][at[0]].astype("int64")), *[price] * 4, 1.0)
        told += [event for event in session.push(bars) if event.kind == "order"]
        kept = session.snapshot()
        session = program.session(timeframe="1d", engine=ENGINES[day % 2])
        session.restore(kept)
    kinds = ("deposit", "withdraw")
    moved = [(e.data["symbol"], e.data["kind"], e.data["got"]) for e in told if e.data["kind"] in kinds]
    assert moved == [("", row["kind"], row["got"]) for row in rows if row["kind"] in kinds]
    assert len(moved) == 5


def test_why_tells_a_flow_beside_any_symbol() -> None:
    program = sg.compile("on A, B\ndeposit 7 cash when (close > 100) of A\nenter long when bar_index == 0\n")
    result = program.backtest(panel({"A": [100, 101, 99], "B": [5, 5, 5]}, {}), timeframe="1d", engine="interpreted")
    (row,) = result.flows.to_pylist()
    number = next(each["order"] for each in result.orders.to_pylist() if each["kind"] == "deposit")
    for asked in ({"order": number}, {"at": row["ts"], "symbol": "B"}):
        (moved,) = [s for s in result.why(**asked).bar.statements if s.statement == "deposit"]
        assert (moved.verdict.code, moved.order["got"], moved.condition.holds) == ("acted", 7.0, True)
    (idle,) = [s for s in result.why(at="2024-01-29", symbol="B").bar.statements if s.statement == "deposit"]
    assert idle.verdict.code == "not_moved"


def test_a_sweep_pays_each_combination() -> None:
    text = "on A, B\nparam amount = 5 in 1 to 10\ndeposit amount cash monthly\n"
    data = panel({"A": [100] * 4, "B": [50] * 4}, {})
    program = sg.compile(text)
    swept = program.sweep(data, {"amount": [1, 4]}, metric="deposited", timeframe="1d")
    assert sorted(row["deposited"] for row in swept.to_pylist()) == [2.0, 8.0]
