"""What holding costs over several symbols: worked by hand, by a plain loop, and the same in every way of running."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

from ....strategies.by_hand import Account, days_of, play
from ...portfolio.kit import make_panel
from ...why.made import history

ENGINES = ("native", "interpreted")
TEXT = """stratagem 1
on A, B every 1d
assume interest 3.65%
assume borrow 7.3%
enter long A when bar_index == 0
  size 500 units
enter short B when bar_index == 0
  size 400 units
plot pnl.carry as "carry"
plot cash as "cash"
"""


def flat(lacks: int = 0, **columns: Any) -> dict[str, dict[str, Any]]:
    """Five days of A at 100 and B at 50; lacks: a day on which B has no bar."""
    made = {"A": history([100.0] * 5, **columns), "B": history([50.0] * 5, **columns)}
    kept = [day for day in range(5) if day + 1 != lacks]
    return {"A": made["A"], "B": {name: np.asarray(column)[kept] for name, column in made["B"].items()}}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_account_earns_once_an_event_and_a_short_pays_by_its_own_bars(engine: str) -> None:
    """0.01 % a day on cash, 0.02 % on the 20,000 that are short. On the 2nd 100,000 have earned 10; then 500 A are
    bought and 400 B sold: 70,010. On the 3rd they earn 7.001, and B pays 4. B has no bar on the 4th, and pays for two
    days on the 5th."""
    result = sg.compile(TEXT).backtest(flat(lacks=4), engine=engine)
    cash = [100_000.0, 70_010.0]
    cash.append(cash[-1] * 1.0001 - 4.0)
    cash.append(cash[-1] * 1.0001)
    cash.append(cash[-1] * 1.0001 - 8.0)
    assert result.equity["cash"].to_pylist() == pytest.approx(cash, rel=1e-14)
    equity = [100_000.0, *(money + 30_000.0 for money in cash[1:])]
    assert result.equity["equity"].to_pylist() == pytest.approx(equity, rel=1e-14)
    assert result.stats["carry"] == pytest.approx(cash[-1] - 70_000.0, rel=1e-12)
    assert result.stats["other_pnl"] == pytest.approx(result.stats["carry"], rel=1e-9)
    interest = result.stats["carry"] + 12.0
    assert result.symbols["B"].series["carry"][-1] == pytest.approx(interest - 12.0, rel=1e-12)
    assert result.symbols["A"].series["carry"][-1] == pytest.approx(interest, rel=1e-12)


def test_a_symbol_that_comes_alone_takes_no_interest_away() -> None:
    """B's first bar is the only one of the 3rd: the account earns for the day before all the same."""
    data = {"A": history([100.0] * 5), "B": history([50.0] * 5)}
    data["A"] = {name: np.asarray(column)[[0, 1, 3, 4]] for name, column in data["A"].items()}
    data["B"] = {name: np.asarray(column)[2:] for name, column in data["B"].items()}
    text = "stratagem 1\non A, B every 1d\nassume interest 3.65%\nenter long A when close > 900"
    result = sg.compile(text).backtest(data)
    assert result.equity["cash"].to_pylist() == pytest.approx([100_000 * 1.0001**day for day in range(5)], rel=1e-14)


def test_what_comes_before_the_test_earns_nothing() -> None:
    result = sg.compile(TEXT.replace("bar_index == 0", "bar_index >= 2")).backtest(flat(), from_="2024-01-03")
    assert result.equity["cash"].to_pylist() == pytest.approx([100_000.0, 70_010.0, 70_010 * 1.0001 - 4.0], rel=1e-14)


@pytest.mark.parametrize("engine", ENGINES)
def test_funding_of_each_book_at_its_columns_rate(engine: str) -> None:
    """A long of 50,000 pays 0.1 % on the 3rd and gets 0.2 % on the 5th; a short of 20,000 the other way round."""
    text = TEXT.replace("assume interest 3.65%\nassume borrow 7.3%", 'assume funding "rate"')
    result = sg.compile(text).backtest(flat(rate=[0.5, 0.5, 0.001, np.nan, -0.002]), engine=engine)
    assert result.equity["cash"].to_pylist() == pytest.approx(
        [100_000.0, 70_000.0, 70_000.0 - 50 + 20, 69_970.0, 69_970.0 + 100 - 40]
    )  # fmt: skip
    assert result.stats["carry"] == pytest.approx(30.0)


@pytest.mark.parametrize("engine", ENGINES)
def test_borrow_of_each_book_at_its_columns_rate(engine: str) -> None:
    """The account earns 10, then 7 and more; a short of 20,000 pays 0.01 % on the 3rd, nothing on the 4th, 0.02 % on
    the 5th."""
    text = TEXT.replace("assume borrow 7.3%", 'assume borrow "rate"')
    result = sg.compile(text).backtest(flat(rate=[0.5, 0.5, 0.0365, np.nan, 0.073]), engine=engine)
    cash = [100_000.0, 70_010.0]
    for paid in (2.0, 0.0, 4.0):
        cash.append(cash[-1] * 1.0001 - paid)
    assert result.equity["cash"].to_pylist() == pytest.approx(cash, rel=1e-14)


LOOP = """stratagem 1
on A, B, C every 1d
assume interest 4%
assume borrow 6%
assume funding 0.01%
assume fee 0.1%
enter long A when close > close[1]
  size 100 units
exit long A when close < close[1]
enter short B when close < close[1]
  size 150 units
exit short B when close > close[1]
enter long C when close > close[1]
  size 80 units
exit long C when close < close[1]
"""
PANEL = make_panel(17, 3, 90, missing=False)


def by_loop() -> list[float]:
    rows = [
        {"ts": np.datetime64(int(ts), "us").astype(object), "symbol": bars.symbol, "open": opened, "close": close}
        for bars in PANEL for ts, opened, close in zip(bars.ts, bars.open.tolist(), bars.close.tolist(), strict=True)
    ]  # fmt: skip
    account, wished = Account(0.001, interest=0.04, borrow=0.06, funding=0.0001), {"A": 100.0, "B": -150.0, "C": 80.0}
    closes: dict[str, float] = {}

    def decide(day: int, symbols: list[str]) -> None:
        for symbol in symbols:
            before, now = closes.get(symbol), account.last[symbol]
            closes[symbol] = now
            if before is None or now == before:
                continue
            wants = (now > before) == (wished[symbol] > 0)
            held = account.held.get(symbol, 0.0)
            if wants != bool(held):
                account.orders[symbol] = wished[symbol] if wants else -held

    return play(days_of(rows, "ABC"), account, decide)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def result() -> Result:
    return sg.compile(LOOP).backtest(PANEL)


def test_a_plain_loop_comes_to_the_same(result: Result) -> None:
    assert result.stats["trades"] > 40 and abs(result.stats["carry"]) > 100.0
    assert result.equity["equity"].to_pylist() == pytest.approx(by_loop(), rel=1e-12)


def test_every_way_of_running_comes_to_the_same_bits(result: Result) -> None:
    program = sg.compile(LOOP)
    assert program.verify(PANEL)
    other = program.backtest(PANEL, engine="interpreted")
    assert np.array_equal(other.output.equity, result.output.equity) and other.stats["carry"] == result.stats["carry"]
    session = program.session(timeframe="1d")
    events = PANEL.events
    names = ("ts", "open", "high", "low", "close", "volume")
    for event in range(len(events)):
        pushed = {}
        for at in range(events.offsets[event], events.offsets[event + 1]):
            own = PANEL.bars[events.symbol[at]]
            pushed[own.symbol] = sg.Bar(*(getattr(own, name)[events.row[at]].item() for name in names))
        session.push(pushed)
        if event == 40:
            kept = session.snapshot()
            session = program.session(timeframe="1d")
            session.restore(kept)
    assert session.equity == result.output.equity[-1]


@pytest.mark.parametrize("engine", ENGINES)
def test_interest_of_an_open_is_there_for_what_is_sized_at_it(engine: str) -> None:
    """1,000 earn 0.1 % by the second open: 1,001 buy ten units at 100.05, and 1,000 nine. Of B nobody has any."""
    text = "on A, B every 1d\nassume capital 1_000\nassume interest 36.5%\nassume sizing fill\nassume lot 1\n"
    text += "guard exposure 100%\nenter long A when bar_index == 0\n  size 100%\n"
    data = {"A": history([100.05] * 3), "B": history([50.0] * 3)}
    result = sg.compile(text).backtest(data, engine=engine)
    assert [row["quantity"] for row in result.trades.to_pylist()] == [10.0]
