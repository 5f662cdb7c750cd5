"""Tiers of a fee: the month of a day against the calendar, the rates that books may have, who may not have them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.inputs.costs import MOST_TIERS
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.sound import unsound
from stratagem.runtime.trading.specs import EnterSpec
from stratagem.runtime.trading.state import TradingState, lay_out
from stratagem.runtime.trading.tiers import grade, month_of, take_rates

from ..why.made import history

FEE = "0.02%/maker+0.05%/taker min 1 on entries after 1_000 0.04% after 5_000 1/order"
EPOCH = date(1970, 1, 1)


def state(fee: str = FEE) -> TradingState:
    return lay_out([EnterSpec("long")], [], read_assumptions({"fee": fee}))


def test_months_are_those_of_the_calendar() -> None:
    """Every day of 1899 to 2101, with both kinds of centuries, and days before 1970."""
    first = date(1899, 1, 1)
    for n in range(0, 74_000):
        day = first + timedelta(n)
        months = day.year * 12 + day.month - 3  # from March of the year 0
        assert month_of((day - EPOCH).days) == months


@pytest.mark.parametrize("traded, taker, maker, order", [
    (0.0, 0.0005, 0.0002, 0.0), (999.99, 0.0005, 0.0002, 0.0), (1000.0, 0.0004, 0.0004, 0.0), (5000.0, 0.0, 0.0, 1.0),
])  # fmt: skip
def test_the_rates_of_what_was_traded(traded: float, taker: float, maker: float, order: float) -> None:
    s = state()
    grade(s.b, s.k, 19_000.0)
    s.b[at.TRADED] = traded
    grade(s.b, s.k, 19_000.0)
    rates = [s.b[at.ENTRY_COSTS + slot] for slot in (at.FEE_FRACTION, at.MAKER_FRACTION, at.FEE_ORDER, at.FEE_LEAST)]
    assert rates == [taker, maker, order, 1.0]
    assert not any(s.b[at.EXIT_COSTS + slot] for slot in (at.FEE_FRACTION, at.MAKER_FRACTION, at.FEE_ORDER))
    grade(s.b, s.k, 19_040.0)  # another month
    assert s.b[at.TRADED] == 0.0 and s.b[at.ENTRY_COSTS + at.FEE_FRACTION] == 0.0005


def test_books_from_outside_have_the_rates_of_a_tier_and_no_others() -> None:
    own, wrong = state(), "assumptions or the limits of its guards differ"
    for tier in range(3):
        s = state()
        take_rates(s.b, tier)
        assert wrong not in unsound(s.b, s.k, own.b, own.k)
        s.b[at.ENTRY_COSTS + at.FEE_FRACTION] = 0.0003
        assert wrong in unsound(s.b, s.k, own.b, own.k)
    s = state()
    s.b[at.TIERS + at.TIER_WIDTH] = 2_000.0  # another table
    assert wrong in unsound(s.b, s.k, own.b, own.k)


def test_the_table_has_room_for_all() -> None:
    assert at.MOST_TIERS == MOST_TIERS + 1 and at.B_FIXED == at.TIERS + at.MOST_TIERS * at.TIER_WIDTH
    most = "1%" + "".join(f" after {n} 0.{n}%" for n in range(1, MOST_TIERS + 1))
    s = state(most)
    s.b[at.TRADED] = 1e300
    s.k[at.PERIOD] = month_of(19_000)
    grade(s.b, s.k, 19_000.0)
    assert s.b[at.ENTRY_COSTS + at.FEE_FRACTION] == pytest.approx(0.009)


PAIR = """on A, B every 1d
assume fee of A 1% after 2_500 0.5%OVER
assume fee of B 1/orderMORE
enter long A when mod(bar_index, 2) == 0 size 10 units
exit long A when mod(bar_index, 2) == 1
enter long B when bar_index == 1 size 20 units
exit long B when bar_index == 2
"""


def fees(text: str, data: dict[str, Any], engine: str) -> dict[str, list[float]]:
    rows = sg.compile(text).backtest(data, engine=engine).trades.to_pylist()
    return {symbol: [row["fees"] for row in rows if row["symbol"] == symbol] for symbol in "AB"}


def pair(days: int, since: str) -> dict[str, Any]:
    data = {"A": history([100.0] * days), "B": history([50.0] * days)}
    for each in data.values():
        each["ts"] = np.datetime64(since, "us") + np.arange(days) * np.timedelta64(1, "D")
    return data


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_over_several_symbols_all_that_is_traded_counts(engine: str) -> None:
    """A trades 1,000 a day from the second on, B 1,000 on the third and the fourth. So 1,000 were traded before the
    third day, 3,000 before the fourth. A's first trade pays 1 % twice, the second 0.5 % twice."""
    text = PAIR.replace("OVER", "").replace("MORE", "")
    assert fees(text, pair(6, "2024-03-04"), engine) == {"A": [20.0, 10.0, 5.0], "B": [2.0]}
    assert fees(text, pair(6, "2024-02-27"), engine) == {"A": [20.0, 20.0, 5.0], "B": [2.0]}, "March on the fourth day"


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_over_several_symbols_a_month_ends_for_all(engine: str) -> None:
    """B has no bar any more in March: what it traded in February does not count there."""
    data = pair(6, "2024-02-27")
    data["B"] = {name: column[:3] for name, column in data["B"].items()}
    text = PAIR.replace("OVER", "").replace("MORE", "").replace("2_500", "1_500")
    assert fees(text, data, engine)["A"] == [20.0, 20.0, 5.0]  # 1 March: nothing, then 1,000 and 2,000


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_over_several_symbols_days_before_are_counted(engine: str) -> None:
    """Before the fourth day 3,000 in two days, before the fifth 4,000 (the third and fourth), then 1,000 + 1,000."""
    text = PAIR.replace("OVER", " over 2d").replace("MORE", "")
    assert fees(text, pair(7, "2024-02-27"), engine) == {"A": [20.0, 10.0, 15.0], "B": [2.0]}
    assert sg.compile(text).verify(pair(7, "2024-02-27"))


def test_over_several_symbols_one_time_is_counted() -> None:
    text = PAIR.replace("OVER", " over 2d").replace("MORE", " after 5_000 0/order")
    with pytest.raises(UsageFault, match="say the same `over` for each"):
        sg.compile(text).backtest(pair(3, "2024-03-01"), engine="interpreted")
    with pytest.raises(UsageFault, match="say the same `over` for each"):
        sg.compile(text).session(timeframe="1d")


def test_a_session_over_several_has_the_tiers_of_a_run() -> None:
    text, data = PAIR.replace("OVER", " over 2d").replace("MORE", ""), pair(7, "2024-02-27")
    program = sg.compile(text)
    session = program.session(timeframe="1d")
    prices = ("open", "high", "low", "close")
    for day in range(7):
        session.push({symbol: sg.Bar(column["ts"][day].astype(int), *(float(column[name][day]) for name in prices))
                      for symbol, column in data.items()})  # fmt: skip
        if day == 3:
            kept = session.snapshot()
            session = program.session(timeframe="1d")
            session.restore(kept)
    assert session.equity == program.backtest(data, engine="interpreted").stats["final_equity"]


def test_days_before_are_a_ring() -> None:
    """What each day traded counts on the days after it, as many as are said, also over a gap."""
    s = state("1% after 1 0% over 3d")
    traded = {19_000: 5.0, 19_001: 7.0, 19_003: 11.0, 19_010: 13.0}
    for day in range(18_995, 19_020):
        if day in traded or day % 3 == 0:
            grade(s.b, s.k, float(day))
            assert s.b[at.GRADED_BY] == sum(traded.get(before, 0.0) for before in range(day - 3, day)), day
            s.b[at.TRADED] += traded.get(day, 0.0)
    for wrong in (-1.0, at.MISSING):
        s.b[s.k[at.DAYS]] = wrong
        own = state("1% after 1 0% over 3d")
        assert "a day has traded no such notional" in unsound(s.b, s.k, own.b, own.k)


def test_of_strategies_together_they_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.strat").write_text("assume fee 0.1% after 1_000 0.05%\nenter long when bar_index == 0\n")
    (tmp_path / "p.yaml").write_text("strategies:\n  a: {file: a.strat}\n")
    with pytest.raises(UsageFault, match="a: tiers of a fee are of an account, which strategies share"):
        sg.portfolio(tmp_path / "p.yaml").backtest(history([100.0] * 3))


def test_a_sweep_has_the_tiers_of_a_run() -> None:
    program = sg.compile("param n = 2 in 2 to 4\nassume fee 1% after 2_000 0.5%\n"
                         "enter long when mod(bar_index, n) == 0 size 10 units\nexit long when mod(bar_index, n) == 1")
    bars = history([100.0] * 60)  # two months and a bit
    swept = program.sweep(bars, {"n": [2, 3]}, metric="net_profit", engine="interpreted").to_pylist()
    alone = {n: program.backtest(bars, {"n": n}, engine="interpreted").stats["net_profit"] for n in (2, 3)}
    assert {row["n"]: row["net_profit"] for row in swept} == alone and len(set(alone.values())) == 2
