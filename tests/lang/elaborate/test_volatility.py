"""`volatility v`: the share of equity that it is, worked out beside, and what it needs."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.compile import check_text

RULES = "\nexit long when close < sma(close, 50)\nguard exposure 1000%"
YEAR = 365.25 * 86_400e6


def codes(text: str) -> list[str]:
    return [d.code for d in check_text(text).diagnostics if d.is_error]


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_the_size_is_the_wanted_volatility_by_that_of_the_last_twenty_returns(engine: str) -> None:
    text = "enter long when close > sma(close, 50) volatility 15%" + RULES
    out = sg.compile(text).backtest("sample:IBM", engine=engine).output
    close, ts = out.bars.close, out.bars.ts
    returns = close[1:] / close[:-1] - 1.0
    assert len(out.trades) > 20
    checked = 0
    for order in out.orders:
        at, kind, asked = int(order[1]), int(order[4]), order[8]
        if kind == 0:
            a_year = at * YEAR / float(ts[at] - ts[0])
            volatility = returns[at - 20 : at].std() * np.sqrt(a_year)
            assert asked * close[at] == pytest.approx(0.15 / volatility * out.equity[at], rel=1e-9)
            checked += 1
    assert checked > 20


def test_it_is_the_size_that_the_function_says() -> None:
    one = sg.compile("enter long when close > sma(close, 50) volatility 15%" + RULES).backtest("sample:AAPL")
    two = sg.compile("enter long when close > sma(close, 50) size 15% / annual_volatility(20)" + RULES)
    assert one.trades.equals(two.backtest("sample:AAPL").trades)


def test_a_year_of_hours_round_the_clock_has_them_all() -> None:
    close = 100.0 * np.cumprod(1.0 + 0.01 * np.tile([1.0, -1.0], 50))
    ts = np.datetime64("2024-01-01", "us") + np.arange(100) * np.timedelta64(1, "h")
    data = {"ts": ts, **dict.fromkeys(("open", "high", "low", "close"), close)}
    found = sg.evaluate("annual_volatility(20)", data)
    assert np.isnan(found[19]) and found[20] == pytest.approx(0.01 * np.sqrt(365.25 * 24), rel=1e-9)


def test_what_the_future_holds_changes_no_value() -> None:
    bars = sg.load_bars("sample:MSFT")
    whole = sg.evaluate("annual_volatility(20)", bars)
    part = sg.evaluate("annual_volatility(20)", bars.rows(0, 500))
    assert np.array_equal(whole[:500], part, equal_nan=True)


@pytest.mark.parametrize(
    ("clauses", "guard", "found"),
    [
        ("volatility 15%", "guard exposure 300%", []),
        ("volatility 15% cap 100%", "", []),
        ("volatility 15%", "", ["E411"]),
        ("volatility 15% size 10%", "guard exposure 300%", ["E401"]),
        ("risk 1% stop 2% volatility 15%", "guard exposure 300%", ["E401"]),
        ("volatility 15", "guard exposure 300%", ["E404"]),
        ("volatility 0%", "guard exposure 300%", ["E415"]),
        ("volatility 15% volatility 20%", "guard exposure 300%", ["E401"]),
    ],
)
def test_what_it_needs_is_told(clauses: str, guard: str, found: list[str]) -> None:
    assert codes(f"enter long when close > open {clauses}\nexit long when close < open\n{guard}") == found


def test_it_waits_for_its_returns_and_is_still_a_name() -> None:
    program = sg.compile("enter long when close > 0 volatility 15% cap 100%\nexit long when close < 0")
    assert program.warmup == {"base": 21}
    assert codes("let volatility = 3\nplot volatility + close") == []
