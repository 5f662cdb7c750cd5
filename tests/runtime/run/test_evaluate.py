"""Expressions over data: values, conditions, records, books, calendars, and what cannot be evaluated."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.compile import compile_text
from stratagem.runtime.run.evaluate import Alone, evaluated

from ...enginekit import make_bars

BARS = make_bars(1, 600)


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_numbers_conditions_and_records(engine: str) -> None:
    mean = sg.evaluate("sma(close, 3)", BARS, engine=engine)
    assert np.isnan(mean[:2]).all() and mean[2] == pytest.approx(BARS.close[:3].mean(), rel=1e-15)
    up = sg.evaluate("close > open", BARS, engine=engine)
    assert up.dtype == bool and (up == (BARS.close > BARS.open)).all()
    bands = sg.evaluate("bb(close, 20)", BARS, engine=engine)
    assert list(bands) == ["middle", "upper", "lower"]
    nested = sg.evaluate("{ a: { b: close }, c: open }", BARS, engine=engine)
    assert list(nested) == ["a.b", "c"] and (nested["a.b"] == BARS.close).all()


def test_constants_and_columns_of_the_datas_own() -> None:
    assert (sg.evaluate("2 + 3", BARS) == 5.0).all()
    own = sg.evaluate('column("own")', BARS)
    assert np.array_equal(own, BARS.extra["own"], equal_nan=True)
    with pytest.raises(sg.RunError, match="no column 'oen' of its own: did you mean 'own'"):
        sg.evaluate('column("oen")', BARS)


@pytest.mark.filterwarnings("ignore:W606")
def test_books_of_an_account_that_never_trades() -> None:
    assert (sg.evaluate("equity", BARS) == 100_000.0).all()
    assert (sg.evaluate("position.size", BARS, capital=5) == 0.0).all()
    assert (sg.evaluate("equity", BARS, capital=5) == 5.0).all()


@pytest.mark.parametrize("text", ["position.size", "equity > 10", "{ a: close, b: { c: trades.count } }"])
def test_what_reads_the_books_is_told_that_nothing_trades(text: str) -> None:
    """As by `strat eval`, at the line that asked; the values hold no place for it."""
    for evaluate in (sg.evaluate, sg.Host().evaluate):
        with pytest.warns(UserWarning, match="^W606: nothing trades .*`strat eval FILE:NAME`$") as told:
            evaluate(text, BARS)
        assert [each.filename for each in told] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sg.evaluate("sma(close, 20)", BARS)


def test_the_calendar_is_the_callers() -> None:
    utc, tokyo = sg.evaluate("hour", BARS), sg.evaluate("hour", BARS, tz="Asia/Tokyo")
    assert ((tokyo - utc) % 24 == 9).all()
    assert np.array_equal(tokyo, sg.evaluate("hour", BARS, timezone="Asia/Tokyo"))
    with pytest.raises(sg.RunError, match="Mars/Olympus"):
        sg.evaluate("hour", BARS, tz="Mars/Olympus")


def test_ticks_are_the_callers() -> None:
    with pytest.raises(sg.RunError, match="how much a tick is"):
        sg.evaluate("close - 2ticks", BARS)
    assert np.allclose(sg.evaluate("close - 2ticks", BARS, tick=0.25), BARS.close - 0.5, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("expression", "error", "message"),
    [
        ("rssi(close)", sg.CompileError, "rssi"),
        ("", sg.CompileError, "E00"),
        ('"text"', sg.RunError, "is a text"),
        ("close @ 5m", sg.RunError, "bars of 5m"),
        ("close @ 25m", sg.RunError, "no multiple"),
    ],
)
def test_what_cannot_be_evaluated(expression: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        sg.evaluate(expression, BARS)


def test_options_of_the_data() -> None:
    assert len(sg.evaluate("close", "sample:AAPL", data_from="2013-01-01")) == 41
    with pytest.raises(sg.DataError, match="'MSFT'"):
        sg.evaluate("close", "sample:AAPL", symbol="MSFT")


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_a_column_of_bools_is_a_condition(engine: str) -> None:
    """Every place that takes a condition takes the column; as a number it is 1 and 0."""
    up = np.array([True, False, True, True, False, False, True, False])
    bars = {**_prices(8), "up": up, "flag": up.astype(float)}
    once = np.array([True, False, True, False, False, False, True, False])
    wanted = {
        'column("up") and true': up,
        'not column("flag")': ~up,
        'column("up") == true': up,
        'column("up") != column("flag")': up != up,
        'rising_edge(column("up"))': once,  # before the first bar it was false
        'column("up")[1] or false': np.roll(up, 1) & (np.arange(8) > 0),
        'if column("up") then 5 else 7': np.where(up, 5.0, 7.0),
        'if close > 0 then column("up") else false': up,
        'number(column("flag"))': up.astype(float),
        'column("up") + 0': up.astype(float),
    }
    for expression, values in wanted.items():
        found = sg.evaluate(expression, bars, engine=engine)
        assert found.dtype == values.dtype and (found == values).all(), expression
    (trade,) = (
        sg.compile('enter long when column("up") and bar_index == 2\nexit long when not column("up")')
        .backtest(bars, engine=engine)
        .trades.to_pylist()
    )
    assert (trade["entry_price"], trade["exit_price"]) == (103.0, 105.0)


@pytest.mark.parametrize(("value", "found"), [(2.0, "2"), (float("nan"), "nothing"), (-1.0, "-1")])
def test_a_column_of_numbers_is_no_condition(value: float, found: str) -> None:
    bars = {**_prices(4), "mood": np.array([1.0, 0.0, value, 3.0])}
    with pytest.raises(sg.RunError, match=f"'mood' is read as a condition, and holds {found} at 2024-01-03T00:00:00Z"):
        sg.evaluate('not column("mood")', bars)
    with pytest.raises(sg.RunError, match="did you mean 'mood'"):
        sg.evaluate('not column("mod")', bars)
    assert len(sg.evaluate('column("mood") > 0', bars)) == 4


def _prices(count: int) -> dict[str, np.ndarray]:
    days = np.datetime64("2024-01-01") + np.arange(count)
    level = 100.0 + np.arange(count)
    return {"ts": days, "open": level, "high": level + 2, "low": level - 2, "close": level + 1}


@pytest.mark.parametrize("expression", ["bad(", "clos + 1", "close > highest(high, 20) +", "close = 1", ""])
def test_what_is_said_of_an_expression_shows_it_alone(expression: str) -> None:
    with pytest.raises(sg.CompileError) as caught:
        sg.evaluate(expression, BARS)
    fault = caught.value.diagnostics[0]
    assert "let value" not in str(caught.value) and 0 <= fault.span.start <= fault.span.end <= len(expression)
    assert caught.value.sources["<expression>"] == expression


def test_a_state_that_reads_the_books_is_of_what_was_traded() -> None:
    text = ("state held = 0 then if position.size > 0 then held + 1 else held\n"
            "enter long when close > sma(close, 9)\nexit long when close < sma(close, 9)")  # fmt: skip
    found = evaluated(compile_text(text, "<text>"), "held", BARS)
    assert isinstance(found, Alone)
    assert found.columns["held"][-1] > 50.0
    assert np.array_equal(found.columns["held"], sg.compile(text).backtest(BARS).series["held"], equal_nan=True)
