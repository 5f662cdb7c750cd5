"""Pairs that convert: an account of two other currencies by hand, every way of running, and what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.write import read

from ..why.made import history

ENGINES = ("native", "interpreted")
TEXT = """stratagem 1
on A, B every 1d
assume capital 10_000
assume currency EUR
assume currency of A USD
assume currency of B GBP
enter long A when bar_index == 0
  size 40 units
enter short B when bar_index == 0
  size 50 units
exit long A when bar_index == 2
"""
ALONE = """on A
assume capital 10_000
assume currency EUR
assume currency of A USD
enter long when bar_index == 0 size 40 units
exit long when bar_index == 2
"""
RATES = [0.5, 0.5, 0.75, 0.8, 0.4]
DATA = {
    "A": history([100.0, 100.0, 110.0, 110.0, 120.0]),
    "B": history([50.0, 50.0, 50.0, 40.0, 40.0]),
}
FX = {"USDEUR": history(RATES, start="2023-12-31"), "GBPUSD": history([2.0] * 5, start="2023-12-31")}
"""A close of a day is the rate of the next; a pound is two dollars."""
EQUITY = [10_000.0, 10_000.0, 10_300.0, 10_320.0 + 800.0, 10_320.0 + 400.0]
"""A has made 400 $: 300 at 0.75, and 320 where it leaves at 0.8; B 500 pounds: 800 at 2 x 0.8, and 400 at 2 x 0.4."""
CASH = [10_000.0, 10_500.0, 10_750.0, 14_320.0, 12_320.0]


def ran(text: str = TEXT, data: Any = DATA, **options: Any) -> Result:
    return sg.compile(text).backtest(data, **{"engine": "interpreted", "timeframe": "1d", "fx": FX, **options})


def one(**options: Any) -> Result:
    return ran(ALONE, DATA["A"], **options)


def told(result: Result) -> str:
    return " ".join(result.notes)


@pytest.mark.parametrize("engine", ENGINES)
def test_two_currencies_in_one_account(engine: str) -> None:
    result = ran(engine=engine)
    assert result.equity["equity"].to_pylist() == pytest.approx(EQUITY, rel=1e-14)
    assert result.equity["cash"].to_pylist() == pytest.approx(CASH, rel=1e-14)
    assert [row["pnl"] for row in result.trades.to_pylist()] == pytest.approx([320.0, 400.0], rel=1e-14)
    assert "USD of A is converted to EUR by USDEUR, bars of 1d: 0.4 to 0.8, as known at a bar's open" in told(result)
    assert "no rate is in the benchmark" in told(result)
    assert "GBP of B is converted to EUR by GBPUSD x USDEUR, bars of 1d: 0.8 to 1.6" in told(result)
    assumed = result.stats["assumptions"]
    names = ("currency", "quote_currency of A", "quote_currency of B")
    assert [assumed[name] for name in names] == ["EUR", "USD", "GBP"]


def test_it_is_what_columns_of_the_same_rates_are() -> None:
    own = {"A": {**DATA["A"], "rate": RATES}, "B": {**DATA["B"], "rate": [2.0 * rate for rate in RATES]}}
    said = ran(data=own, fx=None, conversion="rate")
    assert said.equity.equals(ran().equity) and said.trades.equals(ran().trades)
    assert one().equity.equals(ran(ALONE, own["A"], fx=None, conversion="rate").equity)


def test_the_inverse_of_a_pair_and_a_symbol_in_the_accounts_money() -> None:
    fx = {"EURUSD": history([2.0, 2.0, 4.0, 1.25, 2.5], start="2023-12-31")}
    result = ran(TEXT.replace("B GBP", "B EUR"), fx=fx)
    assert result.equity["equity"].to_pylist() == pytest.approx([10_000, 10_000, 10_100, 10_320 + 500, 10_820])
    assert "USD of A is converted to EUR by 1/EURUSD" in told(result) and "quote_currency of B" not in str(result.stats)


@pytest.mark.parametrize("text, data", [(TEXT, DATA), (ALONE, DATA["A"])], ids=["several", "one"])
def test_it_is_the_same_in_every_way_of_running(text: str, data: Any) -> None:
    assert sg.compile(text).verify(data, timeframe="1d", fx=FX)


@pytest.mark.parametrize("text, data, equity", [
    (TEXT, DATA, [10_160.0 + 400.0, 10_720.0]), (ALONE, DATA["A"], [10_160.0, 10_320.0]),
], ids=["several", "one"])  # fmt: skip
@pytest.mark.parametrize("metric", ["return", "max_leverage"])
def test_a_sweep_knows_it(text: str, data: Any, equity: list[float], metric: str) -> None:
    """A metric that the books tell runs side by side, any other a backtest for each."""
    text = "param n = 40 in 10 to 50\n" + text.replace("stratagem 1\n", "").replace("size 40 units", "size n * 1 units")
    table = sg.compile(text).sweep(data, {"n": [20, 40]}, timeframe="1d", metric=metric, fx=FX)
    assert sorted(table["final_equity"].to_pylist()) == pytest.approx(equity)


def test_why_reads_it() -> None:
    text = ALONE.replace("size 40 units", "size 50%").replace("on A\n", 'on A\nlet rate = column("fx_rate")\n')
    why = sg.compile(text.replace("bar_index == 0", "bar_index == 0 and rate > 0")).why(
        DATA["A"], trade=1, timeframe="1d", fx=FX, engine="interpreted")  # fmt: skip
    assert "rate > 0        0.5 > 0" in str(why) and "asked for 100, filled at 100" in str(why)  # 5000 EUR


def test_what_a_catalogue_and_a_name_say() -> None:
    bare = TEXT.replace("assume currency of A USD\nassume currency of B GBP\n", "")
    assert ran(bare, instruments={"A": {"currency": "USD"}, "B": {"currency": "GBP"}}).equity.equals(ran().equity)
    result = ran(bare)
    assert "fx: no rate is needed, all prices are in EUR" in told(result)
    assert "what the prices of A, B are in is not said: they are taken to be in EUR" in told(result)
    named = bare.replace("A", "EURUSD").replace("long EURUSD", "long EURUSD").replace("on EURUSD, B", "on EURUSD, B")
    result = ran(named, {"EURUSD": DATA["A"], "B": DATA["B"]})
    assert "the prices of EURUSD are taken to be in USD, as a pair's are" in told(result)
    assert result.equity["equity"].to_pylist()[-1] == pytest.approx(10_820)
    alone = "\n".join(ALONE.splitlines()[1:]).replace("assume currency of A USD", "assume quote_currency USD")
    assert ran(alone, DATA["A"]).equity.equals(one().equity)
    given = ran(alone.replace("assume quote_currency USD\n", ""), DATA["A"], quote_currency="USD")
    assert given.equity.equals(one().equity)


def test_what_prices_are_in_is_in_the_tables_and_what_money_is_in_the_headings(tmp_path: Path) -> None:
    result = ran()
    assert result.trades["currency"].to_pylist() == ["USD", "GBP"]
    assert result.orders["currency"].to_pylist() == ["USD", "GBP", "USD"]
    lines = result.summary(width=120).splitlines()
    assert lines[0].endswith("5 bars · EUR") and "prices of A in USD, of B in GBP; money is in EUR" in lines
    page = result.report(tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<span>money in EUR</span>" in page and "Prices of A in USD, of B in GBP; money is in EUR." in page
    result.write(tmp_path / "out")
    for table in ("trades", "orders"):
        assert (tmp_path / "out" / f"{table}.csv").read_text().splitlines()[0].split(",")[2] == "currency"
    assert read(tmp_path / "out").trades.equals(result.trades) and one().trades["currency"].to_pylist() == ["USD"]
    bare = ran(TEXT.replace("A USD", "A EUR").replace("B GBP", "B EUR"))
    assert "currency" not in bare.trades.column_names and "prices of" not in bare.summary()


def test_stale_rates_are_told() -> None:
    fx = {"USDEUR": history([0.5, 0.5], start="2023-12-20")}
    result = one(fx=fx)
    stale = "5 bars of data had a stale rate: USDEUR had not closed for more than 5 days, first on 2024-01-01"
    assert stale in told(result)
    assert "up to 14 days old there (2024-01-05T00:00:00Z)" in told(result)
    fx = {"USDEUR": history([0.5, 0.5], start="2023-12-29")}
    assert "stale" not in told(one(fx=fx)) and "up to 5 days old there (2024-01-05T00:00:00Z)" in told(one(fx=fx))


def test_what_cannot_be_converted_is_refused() -> None:
    late = {"USDEUR": history([0.5] * 5, start="2024-01-01")}
    for options, wrong in (
        ({"fx": None}, r"A is in USD, the account in EUR; to convert it, --fx EURUSD.csv \(fx=\)"),
        ({"fx": {"GBPUSD": FX["GBPUSD"]}}, "no pair converts USD, the money of data, to EUR, the account's: looked for "
                                           "USDEUR, EURUSD, and a third currency.*; given are GBPUSD$"),
        ({"fx": late}, "known from 2024-01-02T00:00:00Z on, and the test of data begins on 2024-01-01"),
        ({"fx": {"USDEUR": history([0.5] * 5, start="2025-01-01")}}, "no rate of USD in EUR .* is known by any bar"),
        ({"conversion": "rate"}, "names a column of rates, and fx gives pairs: keep one"),
        ({"currency": "CHF"}, "no pair converts USD, the money of data, to CHF"),
    ):  # fmt: skip
        with pytest.raises(sg.RunError, match=wrong.replace("A is in", "data is in")):
            one(**options)
    assert one(fx=late, from_="2024-01-02").stats["bars"] == 4
    with pytest.raises(sg.RunError, match="fx: A is in USD, B is in GBP; say what the account is in, `assume currency"):
        ran(TEXT.replace("assume currency EUR\n", ""))
    with pytest.raises(sg.RunError, match="fx: no currency is said: the account's, `assume currency EUR`"):
        ran("enter long when bar_index == 0 size 1 units\n", DATA["A"])
    with pytest.raises(sg.DataError, match="the data of data have a column 'fx_rate' already"):
        ran(ALONE, {**DATA["A"], "fx_rate": RATES})
