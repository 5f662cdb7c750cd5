"""A capital in units of what is traded, `2 BTC`: by hand, in every way of running, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault

from ..why.made import history

ENGINES = ("native", "interpreted")
TEXT = """on {symbol} every 1d
assume capital {capital}
enter long when bar_index == 0
  size 1 units
exit long when bar_index == 3
"""
CLOSES = [100.0, 125.0, 200.0, 160.0, 160.0, 160.0]
OPENS = [100.0, 100.0, 125.0, 200.0, 160.0, 160.0]
DATA = {**history(CLOSES), "open": OPENS, "high": [200.0] * 6, "low": [100.0] * 6}
EQUITY = [2.0, 2.25, 2.8, 2.3, 2.375, 2.375]
"""One bought at 100: 25 $ at 1/100, 100 $ at 1/125, 60 $ at 1/200; 60 $ of profit at 160 are 0.375 of a coin then."""


def text(capital: str = "2 BTC", symbol: str = "BTCUSD") -> str:
    return TEXT.format(capital=capital, symbol=symbol)


def ran(said: str = "2 BTC", symbol: str = "BTCUSD", **options: Any) -> Any:
    return sg.compile(text(said, symbol)).backtest(DATA, symbol=symbol, **{"engine": "interpreted", **options})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("symbol", ["BTCUSD", '"BTC/USDT"', "BTCUSDT"])
def test_by_hand(engine: str, symbol: str) -> None:
    result = sg.compile(text(symbol=symbol)).backtest(DATA, symbol=symbol.strip('"'), engine=engine)
    assert result.equity["equity"].to_pylist() == pytest.approx(EQUITY, rel=1e-14)
    assert [row["pnl"] for row in result.trades.to_pylist()] == pytest.approx([0.375], rel=1e-14)
    assumed = result.stats["assumptions"]
    quote = "USDT" if "USDT" in symbol else "USD"
    assert [assumed[name] for name in ("capital", "currency", "quote_currency")] == [2.0, "BTC", quote]
    assert any(f"is converted to BTC by 1/BTC{quote}" in note for note in result.notes)


def test_the_ways_to_say_it_are_one() -> None:
    wanted = ran().equity
    assert ran("2\nassume currency BTC").equity.equals(wanted)
    assert ran("50", capital="2 BTC").equity.equals(wanted)
    assert ran("50", assumptions={"capital": 2, "currency": "BTC"}).equity.equals(wanted)
    rates = {**DATA, "rate": [1.0 / price for price in OPENS]}
    plain = sg.compile(text("2", "A")).backtest(rates, symbol="A", engine="interpreted", conversion="rate")
    assert plain.equity.equals(wanted)


def test_a_session_converts_by_each_bars_open_as_the_backtest_does() -> None:
    for engine in ENGINES:
        session = sg.compile(text()).session(engine=engine)
        for at, (open_, close) in enumerate(zip(OPENS, CLOSES, strict=True)):
            session.push(sg.Bar(f"2024-01-{at + 1:02}", open_, 200.0, 100.0, close, 1.0))
        assert session.equity == pytest.approx(EQUITY[-1], rel=1e-14)


def test_a_rate_that_is_pushed_goes_before_the_bars_own() -> None:
    session = sg.compile(text("1000 BTC")).session(engine="interpreted")
    for day in (1, 2):
        session.push(sg.Bar(f"2024-01-0{day}", 100.0, 200.0, 100.0, 120.0, 1.0), {"fx_rate": 0.5})
    assert session.equity == pytest.approx(1000.0 + 20.0 * 0.5)


def test_another_symbol_is_converted_by_the_one_that_is_a_pair() -> None:
    program = sg.compile(text(symbol="ETHUSD, BTCUSD").replace("long when", "long ETHUSD when"))
    eth = {**history([10.0, 20.0, 20.0, 20.0, 20.0, 30.0]), "open": [10.0] * 6, "high": [30.0] * 6, "low": [10.0] * 6}
    result = program.backtest({"ETHUSD": eth, "BTCUSD": DATA}, engine="interpreted", timeframe="1d")
    gained = [0.0, 10 / 100, 10 / 125, 10 / 200, 0.0, 0.0]
    assert result.equity["equity"].to_pylist()[:4] == pytest.approx([2.0 + each for each in gained[:4]], rel=1e-14)
    with pytest.raises(UsageFault, match=r"in BTC, so that the prices of BTCUSD convert its money; live"):
        program.session()


@pytest.mark.parametrize(
    ("capital", "said"),
    [
        ("2 btc", "what a capital is in is written in capital letters: `2 BTC`"),
        ("2 BTC\nassume currency EUR", "2 BTC is in BTC, and the currency is said to be EUR; keep one of the two"),
        ("2% BTC", "capital"),
        ("0 BTC", "capital"),
    ],
)  # fmt: skip
def test_what_is_refused(capital: str, said: str) -> None:
    with pytest.raises(sg.CompileError) as refused:
        sg.compile(text(capital))
    faults = [each.message for each in refused.value.diagnostics if each.severity == "error"]
    assert len(faults) == 1 and said in faults[0]


def test_a_capital_in_money_that_nothing_converts() -> None:
    with pytest.raises(sg.RunError, match="money of different currencies is not converted"):
        ran("2 BTC", "AAPL", quote_currency="USD")


def test_small_money_keeps_three_digits() -> None:
    from stratagem.runtime.results.format import shown
    from stratagem.runtime.results.metrics.definitions import MONEY

    assert [shown(value, MONEY) for value in (0.00231, 0.0999, 0.1, 1e-12, 0.0, -0.012)] == [
        "0.00231", "0.0999", "0.10", "0.00", "0.00", "-0.0120",
    ]  # fmt: skip


def test_a_pair_of_two_other_currencies_is_told() -> None:
    program = sg.compile(text("50_000\nassume currency GBP", "EURUSD"))
    told = program.backtest(DATA, symbol="EURUSD", engine="interpreted").notes
    assert any("a pair is whose prices are in USD, and is taken to be in GBP" in note for note in told)
    assert not any("taken" in note for note in program.backtest(DATA, symbol="AAPL", engine="interpreted").notes)
