"""Money of another currency: several symbols by hand, the statistics that count in it, and every way of running."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

from ...why.made import history

NAN = float("nan")
ENGINES = ("native", "interpreted")
TEXT = """stratagem 1
on A, B every 1d
assume capital 10_000
assume currency EUR
assume conversion "rate"
enter long A when bar_index == 0
  size 40 units
enter short B when bar_index == 0
  size 50 units
exit long A when bar_index == 2
"""
ALONE = """assume capital 10_000
assume conversion "rate"
enter long when bar_index == 0 size 40 units
exit long when bar_index == 2
"""
DATA = {
    "A": history([100.0, 100.0, 110.0, 110.0, 120.0], rate=[0.5, 0.5, 0.75, 0.8, 0.4]),
    "B": history([50.0, 50.0, 50.0, 40.0, 40.0], rate=[1.0] * 5),
}
EQUITY = [10_000.0, 10_000.0, 10_300.0, 10_320.0 + 500.0, 10_820.0]
"""A has made 400 $: 300 at 0.75, and 320 where it leaves at 0.8, whatever a dollar is worth on the last day."""


def ran(text: str = TEXT, data: Any = DATA, **options: Any) -> Result:
    return sg.compile(text).backtest(data, **{"engine": "interpreted", "timeframe": "1d", **options})


@pytest.mark.parametrize("engine", ENGINES)
def test_each_symbol_has_its_rate(engine: str) -> None:
    result = ran(engine=engine)
    assert result.equity["equity"].to_pylist() == pytest.approx(EQUITY, rel=1e-14)
    assert result.equity["cash"].to_pylist() == pytest.approx([10_000, 10_500, 9500, 13_320 - 500, 12_820], rel=1e-14)
    assert [row["pnl"] for row in result.trades.to_pylist()] == pytest.approx([320.0, 500.0], rel=1e-14)
    assert sum(row["pnl"] for row in result.trades.to_pylist()) == pytest.approx(EQUITY[-1] - 10_000.0)
    assert result.symbols["A"].value.tolist() == pytest.approx([0.0, 2000.0, 3300.0, 0.0, 0.0])
    part = result.symbols["A"].part
    assert part is not None and part.pnl == pytest.approx(320.0)
    traded = 40 * 100 * 0.5 + 40 * 110 * 0.8 + 50 * 50.0
    assert result.stats["turnover"] == pytest.approx(traded / np.mean(EQUITY))
    assert "rates of A in column 'rate' convert money: 0.4 to 0.8" in " ".join(result.notes)


def test_statistics_count_in_the_accounts_money() -> None:
    """Of A alone: 4400 $ are 3300 on the 3rd; mae, mfe and return are of the exit's 3200 for the entry."""
    result = ran(ALONE, DATA["A"])
    equity = [10_000.0, 10_000.0, 10_300.0, 10_320.0, 10_320.0]
    assert result.equity["equity"].to_pylist() == pytest.approx(equity, rel=1e-14)
    assert result.stats["turnover"] == pytest.approx((2000 + 3520) / np.mean(equity))
    assert result.metrics()["max_leverage"] == pytest.approx(3300 / 10_300)
    assert result.metrics()["average_mfe"] == pytest.approx(0.1)
    assert result.symbols["data"].value.tolist() == pytest.approx([0.0, 2000.0, 3300.0, 0.0, 0.0])
    assert result.trades.to_pylist()[0]["return"] == pytest.approx(0.1)


def test_a_rate_that_is_missing_is_told_and_a_symbol_without_one_refused() -> None:
    a = history([100.0] * 5, rate=[0.5, NAN, NAN, 0.5, NAN])
    assert "one of them standing for 2 bars that have none" in " ".join(ran(data={**DATA, "A": a}).notes)
    for rate, told in (([NAN, NAN, 1.0, 1.0, 1.0], "rates of A in column 'rate' begin on 2024-01-03"),
                       ([NAN] * 5, "rates of A in column 'rate' are all missing"),
                       ([1.0, -1.0, 1.0, 1.0, 1.0], "expected more than 0, found -1 on 2024-01-02")):  # fmt: skip
        with pytest.raises(sg.RunError, match=told):
            ran(data={**DATA, "A": history([100.0] * 5, rate=rate)})
    late = history([100.0] * 5, rate=[NAN, NAN, 1.0, 1.0, 1.0])
    assert ran(data={**DATA, "A": late}, from_="2024-01-03").stats["trades"] is not None
    with pytest.raises(sg.RunError, match="no column 'rate' of its own"):
        ran(data={**DATA, "B": history([50.0] * 5)})


@pytest.mark.parametrize("text, data", [(TEXT, DATA), (ALONE, DATA["A"])], ids=["several", "one"])
def test_it_is_the_same_in_every_way_of_running(text: str, data: Any) -> None:
    compiled = sg.compile(text)
    assert compiled.verify(data, timeframe="1d")


def test_a_sweep_knows_it() -> None:
    text = "param n = 40 in 10 to 50\n" + TEXT.replace("stratagem 1\n", "").replace("size 40 units", "size n * 1 units")
    table = sg.compile(text).sweep(DATA, {"n": [20, 40]}, timeframe="1d", metric="return")
    assert table["final_equity"].to_pylist() == pytest.approx([10_660.0, 10_820.0])


def test_a_catalogue_of_other_currencies_is_taken() -> None:
    instruments = {"A": {"currency": "USD"}, "B": {"currency": "EUR"}}
    result = ran(instruments=instruments)
    assert result.stats["assumptions"]["currency"] == "EUR" and "no currency" not in " ".join(result.notes)
    with pytest.raises(sg.RunError, match='to convert it, --fx .* and `assume conversion "rate"`'):
        ran(TEXT.replace('assume conversion "rate"\n', ""), instruments=instruments)


def pushed(session: Any, symbols: tuple[str, ...] = (), restart: int = -1) -> list[float]:
    """The equity after each bar of the data; at one bar the session goes on from its snapshot in another one."""
    found = []
    for at in range(5):
        if at == restart:
            again = sg.compile(TEXT if symbols else ALONE).session(timeframe="1d", engine="native")
            again.restore(session.snapshot())
            session = again
        bars = {name: sg.Bar(f"2024-01-0{at + 1}", *[DATA[name]["close"][at]] * 4, 1.0) for name in ("A", "B")}
        extra = {name: {"rate": DATA[name]["rate"][at]} for name in ("A", "B")}
        session.push(bars if symbols else bars["A"], extra if symbols else extra["A"])
        found.append(session.equity)
    return found


@pytest.mark.parametrize("restart", [-1, 3])
def test_a_session_is_pushed_the_rate(restart: int) -> None:
    found = pushed(sg.compile(TEXT).session(timeframe="1d"), ("A", "B"), restart)
    assert found == ran().equity["equity"].to_pylist()
    found = pushed(sg.compile(ALONE).session(timeframe="1d"), (), restart)
    assert found == ran(ALONE, DATA["A"]).equity["equity"].to_pylist()


def test_a_rate_that_is_none_is_refused_before_anything_runs() -> None:
    bar = sg.Bar("2024-01-01", 100, 100, 100, 100, 1.0)
    one, both = sg.compile(ALONE).session(timeframe="1d"), sg.compile(TEXT).session(timeframe="1d")
    for extra, wrong in (
        ({}, "no column 'rate' of its own"), ({"rate": None}, "is missing: the first bar needs one"),
        ({"rate": 0.0}, "is 0: expected more than 0"), ({"rate": "x"}, "expected a number"),
    ):  # fmt: skip
        with pytest.raises(sg.RunError, match=wrong):
            one.push(bar, extra)
        with pytest.raises(sg.RunError, match=f"B: .*{wrong}"):
            both.push({"A": bar, "B": bar}, {"A": {"rate": 0.5}, "B": extra})
    assert (one.bars, both.bars) == (0, 0)
    one.push(bar, {"rate": 0.5})
    both.push({"A": bar}, {"A": {"rate": 0.5}})
    with pytest.raises(sg.RunError, match="B: .*is missing: the first bar needs one"):
        both.push({"B": bar._replace(ts="2024-01-02")}, {"B": {"rate": None}})
    assert one.push(bar._replace(ts="2024-01-02"), {"rate": None})[0].data["got"] == 40.0  # the last one stands
    with pytest.raises(sg.RunError, match="is -1: expected more than 0"):
        one.push(bar._replace(ts="2024-01-03"), {"rate": -1.0})


def test_a_session_in_another_currency_names_a_column() -> None:
    both = TEXT.replace('conversion "rate"', "currency of A USD")
    with pytest.raises(sg.RunError, match=r"A is in USD, the account in EUR; live, the rate is pushed with"):
        sg.compile(both).session()
    assert sg.compile(both).session(conversion="fx_rate").assumptions.conversion == "fx_rate"
    one = sg.compile("assume currency EUR\nenter long when bar_index == 0 size 1 units\n")
    with pytest.raises(sg.RunError, match="the data is in USD, the account in EUR; live, the rate is pushed"):
        one.session(timeframe="1d", quote_currency="USD")
    with pytest.raises(sg.RunError, match="fx is of history: live, the rate is pushed with each bar, in a column"):
        one.session(timeframe="1d", fx={"EURUSD": DATA["A"]})
    assert not one.session(timeframe="1d", quote_currency="EUR").assumptions.quote_currency


def test_at_a_venue_a_fill_counts_at_the_last_rate_pushed() -> None:
    """40 at 100 $ are bought between two bars, at 0.5, and are worth 300 more at 110 $ and 0.75."""
    session = sg.compile(ALONE).session(timeframe="1d", fills="venue", fee="1%")
    asked = session.push(sg.Bar("2024-01-01", 100, 100, 100, 100, 1.0), {"rate": 0.5})
    order = next(event.data["id"] for event in asked if event.kind == "request")
    session.on_ack(order)
    session.on_fill(order, 40.0, 100.0, fee=20.0)
    assert session.equity == pytest.approx(10_000 - 20)
    session.push(sg.Bar("2024-01-02", 110, 110, 110, 110, 1.0), {"rate": 0.75})
    assert session.equity == pytest.approx(10_000 - 20 + 400 * 0.75)
