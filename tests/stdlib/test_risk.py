"""Functions of risk on the equity of a run, against their formulas in numpy."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
import stratagem as sg

BARS, LENGTH = 300, 60
SHOWN = {
    "r": "equity_return()", "var": "value_at_risk(60, 95%)", "es": "expected_shortfall(60, 95%)",
    "weighted": "ewma_volatility()", "normal": "ewma_value_at_risk(2.326)", "beta": "beta(close / close[1] - 1, 60)",
    "year": "annual_volatility(20, equity_return())", "of_prices": "value_at_risk(60, 90%, close / close[1] - 1)",
}  # fmt: skip


@pytest.fixture(scope="module")
def ran() -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """What is shown, the returns of equity and those of the close; both are missing at first."""
    close = 100.0 * np.exp(np.random.default_rng(3).normal(0.0, 0.02, BARS).cumsum())
    ts = np.datetime64("2024-01-01", "us") + np.arange(BARS) * np.timedelta64(1, "D")
    text = "enter long when mod(bar_index, 9) == 0 size 60%\nexit long when mod(bar_index, 9) == 7\n"
    text += "".join(f'plot {value} as "{name}"\n' for name, value in SHOWN.items())
    bars = {"ts": ts, "open": close, "high": close, "low": close, "close": close}
    result = sg.compile(text).backtest(bars, timeframe="1d", engine="interpreted")
    equity = np.asarray(result.equity["equity"])
    returns, moves = (np.concatenate([[np.nan], values[1:] / values[:-1] - 1.0]) for values in (equity, close))
    return {name: np.asarray(result.series[name]) for name in SHOWN}, returns, moves


def test_a_return_of_equity_begins_with_the_second_bar(ran: tuple) -> None:
    shown, returns, _ = ran
    assert np.isnan(shown["r"][0]) and np.allclose(shown["r"][1:], returns[1:], rtol=0.0, atol=1e-15)


@pytest.mark.parametrize("bar", [LENGTH, 100, BARS - 1])
def test_value_at_risk_and_expected_shortfall_are_of_the_last_returns(ran: tuple, bar: int) -> None:
    shown, returns, moves = ran
    assert np.isnan(shown["var"][LENGTH - 1]), "60 returns are not there before the 61st bar"
    window = returns[bar - LENGTH + 1 : bar + 1]
    worst = np.quantile(window, 1.0 - 0.95)
    assert shown["var"][bar] == pytest.approx(-worst, rel=1e-12) and -worst > 0.0
    assert shown["es"][bar] == pytest.approx(-window[window <= worst].mean(), rel=1e-12)
    of_prices = -np.quantile(moves[bar - LENGTH + 1 : bar + 1], 1.0 - 0.9)
    assert shown["of_prices"][bar] == pytest.approx(of_prices, rel=1e-12)


def test_beta_is_the_slope_of_returns_on_those_of_a_market(ran: tuple) -> None:
    shown, returns, moves = ran
    own, market = returns[-LENGTH:], moves[-LENGTH:]
    assert shown["beta"][-1] == pytest.approx(np.polyfit(market, own, 1)[0], rel=1e-10)


def test_exponential_weights_begin_with_the_first_return(ran: tuple) -> None:
    shown, returns, _ = ran
    variance = returns[1] ** 2
    for value in returns[2:]:
        variance = 0.94 * variance + 0.06 * value**2
    assert shown["weighted"][-1] == pytest.approx(np.sqrt(variance), rel=1e-12)
    assert shown["normal"][-1] == pytest.approx(NormalDist().inv_cdf(0.99) * np.sqrt(variance), rel=2e-4)


def test_volatility_of_equity_is_that_of_a_year(ran: tuple) -> None:
    shown, returns, _ = ran
    assert shown["year"][-1] == pytest.approx(returns[-20:].std() * np.sqrt(365.25), rel=1e-9)


def test_money_that_is_paid_in_is_no_return() -> None:
    """500 come to 1,000 at the close of bar 1; of the price of 10 that is then lost half of 1,500 feels it."""
    price = np.array([100.0, 100.0, 100.0, 90.0])
    ts = np.datetime64("2024-01-01", "us") + np.arange(4) * np.timedelta64(1, "D")
    bars = {"ts": ts, **dict.fromkeys(("open", "high", "low", "close"), price)}
    text = "assume capital 1000\nenter long when bar_index == 1 size 5 units\ndeposit 500 cash when bar_index == 1"
    result = sg.compile(text + '\nplot equity_return() as "r"').backtest(bars, timeframe="1d", engine="interpreted")
    assert result.series["r"][1:].tolist() == pytest.approx([0.0, 0.0, -50.0 / 1500.0], abs=1e-15)


@pytest.mark.parametrize(("guard", "told"), [
    ("concentration 30%", "guard position 30%"), ("heat 3%", "guard open_risk 3%"),
])  # fmt: skip
def test_a_limit_that_is_no_guard_is_told_as_what_it_can_be(guard: str, told: str) -> None:
    with pytest.raises(sg.CompileError) as caught:
        sg.compile(f"enter long when true\nguard {guard}")
    assert any(told in diagnostic.help for diagnostic in caught.value.diagnostics)
    with pytest.raises(sg.RunError, match=told):
        sg.compile("enter long when true").backtest("sample:AAPL_1d", guards=[guard])


def test_a_tail_is_all_that_is_not_above_its_percentile() -> None:
    values = [3.0, 1.0, 5.0, 2.0, 4.0]
    ts = np.datetime64("2024-01-01", "us") + np.arange(5) * np.timedelta64(1, "D")
    found = [sg.evaluate(f"tail_mean(close, 5, {percent})", {"ts": ts, "close": np.array(values)})[-1]
             for percent in (0, 50, 100)]  # fmt: skip
    assert found == [1.0, 2.0, 3.0]
