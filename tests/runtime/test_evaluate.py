"""Expressions over data: values, conditions, records, books, calendars, and what cannot be evaluated."""

from __future__ import annotations

import numpy as np
import pytest
import stratagem as sg

from ..enginekit import make_bars

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
    with pytest.raises(sg.RunError, match="no column 'oen': did you mean 'own'"):
        sg.evaluate('column("oen")', BARS)


def test_books_of_an_account_that_never_trades() -> None:
    assert (sg.evaluate("equity", BARS) == 100_000.0).all()
    assert (sg.evaluate("position.size", BARS, capital=5) == 0.0).all()
    assert (sg.evaluate("equity", BARS, capital=5) == 5.0).all()


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
