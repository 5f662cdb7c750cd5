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


def test_what_converts_nothing_yet_says_so() -> None:
    with pytest.raises(sg.RunError, match="conversion is of backtests"):
        sg.compile(TEXT).session()
    one = sg.compile('assume conversion "rate"\nenter long when bar_index == 0 size 1 units\n')
    with pytest.raises(sg.RunError, match="conversion is of backtests"):
        one.session(timeframe="1d")
    with pytest.raises(sg.RunError, match="one: in a portfolio of strategies money is not converted yet"):
        sg.portfolio({"one": {"program": one}}).backtest(DATA["A"])
