"""Prices below zero (oil, spreads, power): a share of a price is of its size, so that stops lie where a loss is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.errors import UsageFault

DAY = np.timedelta64(1, "D")


def trade(text: str, *bars: tuple[float, float, float, float], engine: str = "interpreted") -> dict[str, Any]:
    """The one trade of a program that enters at the open of bar 1."""
    columns = dict(zip(("open", "high", "low", "close"), map(np.array, zip(*bars, strict=True)), strict=True))
    data = {"ts": np.datetime64("2020-04-20", "us") + np.arange(len(bars)) * DAY, **columns}
    result = sg.compile(text).backtest(data, engine=engine, policy="keep")
    (row,) = result.trades.to_pylist()
    return dict(row)


FLAT = (-37.0, -36.0, -38.0, -37.0)


@pytest.mark.parametrize("engine", ["interpreted", "native"])
@pytest.mark.parametrize(
    ("side", "clauses", "bar", "price", "reason"),
    [
        # 10 % of 37 is 3.7: a long is stopped at -40.7 and not at -33.3, which lies above the fill
        ("long", "stop 10%", (-37.0, -36.0, -41.0, -40.0), -40.7, "stop"),
        ("long", "target 10%", (-37.0, -33.0, -38.0, -34.0), -33.3, "target"),
        ("short", "stop 10%", (-37.0, -33.0, -38.0, -34.0), -33.3, "stop"),
        ("short", "target 10%", (-37.0, -36.0, -41.0, -40.0), -40.7, "target"),
        # 2r is twice the way from the fill to its stop: -37 + 7.4
        ("long", "stop 10% target 2r", (-37.0, -29.0, -38.0, -30.0), -29.6, "target"),
        ("short", "stop 10% target 2r", (-37.0, -36.0, -45.0, -44.0), -44.4, "target"),
        # what is written as a formula in `entry` is taken as written
        ("long", "stop entry * 1.1", (-37.0, -36.0, -41.0, -40.0), -40.7, "stop"),
    ],
)
def test_brackets_of_a_share(
    side: str, clauses: str, bar: tuple[float, float, float, float], price: float, reason: str, engine: str
) -> None:
    text = f"enter {side} when bar_index == 0 size 1 units {clauses}\nguard exposure 1000%"
    found = trade(text, FLAT, FLAT, bar, FLAT, engine=engine)
    assert (found["exit_reason"], found["exit_price"]) == (reason, pytest.approx(price))


def test_a_share_of_a_price_below_1_is_of_that_price() -> None:
    text = "enter long when bar_index == 0 size 1 units stop 10%\nguard exposure 1000%"
    found = trade(text, *[(0.5, 0.5, 0.5, 0.5)] * 2, (0.5, 0.5, 0.4, 0.4))
    assert (found["exit_reason"], found["exit_price"]) == ("stop", pytest.approx(0.45))


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_a_trail_follows_the_best_price_by_a_share_of_its_size(engine: str) -> None:
    """The best high is -20 on bar 2, so that the stop is -20 - 2 on bar 3; at a high of 10 it is 10 - 1 on bar 4."""
    text = "enter long when bar_index == 0 size 1 units trail 10%\nguard exposure 1000%"
    rising = (-37.0, -20.0, -37.0, -21.0)
    found = trade(text, FLAT, (-37.0, -36.9, -37.1, -37.0), rising, (-21.0, -20.5, -23.0, -22.5), engine=engine)
    assert (found["exit_reason"], found["exit_price"]) == ("trail", pytest.approx(-22.0))
    through = (-21.0, 10.0, -21.5, 9.5)
    found = trade(text, FLAT, FLAT, rising, through, (9.5, 9.6, 8.0, 8.5), engine=engine)
    assert (found["exit_reason"], found["exit_price"]) == ("trail", pytest.approx(9.0))


def test_risk_is_measured_to_where_the_stop_will_stand() -> None:
    """1 % of 100,000 over 3.7 is 270.27 units."""
    text = "enter long when bar_index == 0 risk 1% stop 10%\nguard exposure 1000%"
    found = trade(text, FLAT, FLAT, (-37.0, -36.0, -41.0, -40.0), FLAT)
    assert found["quantity"] == pytest.approx(1000 / 3.7)
    assert found["pnl"] == pytest.approx(-1000.0)


def test_what_an_entry_is_worth_at_its_fill_is_of_the_size_of_its_price() -> None:
    """`sizing fill`: one at -37 is worth 37, and no less than 30."""
    text = "assume sizing fill\nassume minimum 30\nenter long when bar_index == 0 size 1 units\nguard exposure 1000%"
    assert trade(text, FLAT, FLAT)["entry_price"] == -37.0


STOPPED = "assume margin 20%\nenter long when bar_index == 0 size 10 units stop 10%\n"
BELOW = sg.Bar("2020-04-20", -37.0, -36.0, -38.0, -37.0)


def test_a_session_takes_prices_below_0_where_it_is_told_to() -> None:
    """What a session without it has done goes on in one with it."""
    refused = sg.compile(STOPPED).session(timeframe="1d")
    with pytest.raises(sg.RunError, match="expected numbers above 0 up to 1e300.*policy=\"keep\" takes them"):
        refused.push(BELOW)
    refused.push(BELOW._replace(ts="2020-04-17", open=20.0, high=20.0, low=18.0, close=18.0))
    kept = sg.compile(STOPPED).session(timeframe="1d", policy="keep")
    kept.restore(refused.snapshot())
    kept.push(BELOW)
    (trade,) = [event.data for event in kept.push(BELOW._replace(ts="2020-04-21", low=-41.0)) if event.kind == "trade"]
    assert (trade["entry_price"], trade["exit_price"]) == (-37.0, pytest.approx(-40.7))
    with pytest.raises(sg.RunError, match="expected numbers up to 1e300, with open and close within low and high"):
        kept.push(BELOW._replace(ts="2020-04-22", low=-36.5))
    with pytest.raises(UsageFault, match="policy: a session has"):
        sg.compile(STOPPED).session(timeframe="1d", policy="drop")


def test_a_session_of_several_symbols_takes_them_too() -> None:
    for symbols, refusal in ((["CL", "NG"], "CL: the bar"), (["NG", "CL"], "CL: the bar")):
        with pytest.raises(sg.RunError, match=refusal):
            sg.compile(STOPPED).session(timeframe="1d", symbols=symbols).push({"CL": BELOW})
        told = sg.compile(STOPPED).session(timeframe="1d", symbols=symbols, policy="keep").push({"CL": BELOW})
        assert [event.kind for event in told] == ["decision"]


def test_a_venue_fills_below_0() -> None:
    refused, kept = (sg.compile(STOPPED).session(timeframe="1d", fills="venue", policy=how) for how in ("fail", "keep"))
    before = BELOW._replace(open=1.0, high=1.0, low=1.0, close=1.0)
    for session in (refused, kept):
        session.push(before)
    with pytest.raises(sg.VenueError, match=r"price: expected a number above 0.*policy=\"keep\" takes them"):
        refused.on_fill(0, 10, -37.63)
    stop = [event.data for event in kept.on_fill(0, 10, -37.63) if event.kind == "request"]
    assert [(each["role"], each["trigger"]) for each in stop] == [("stop", pytest.approx(-41.393))]
    kept.on_price(-40.0)
    kept.push(BELOW._replace(ts="2020-04-21", low=-40.0))
    assert (kept.position, kept.equity) == (10, pytest.approx(100_000 + 6.3))


def test_strategies_in_one_portfolio_are_verified_below_0() -> None:
    columns = dict(zip(("open", "high", "low", "close"), np.array([FLAT, FLAT, FLAT]).T, strict=True))
    data = {"ts": np.datetime64("2020-04-20", "us") + np.arange(3) * DAY, **columns}
    verdict = sg.portfolio({"a": STOPPED, "b": STOPPED}).verify(data, policy="keep")
    assert verdict, verdict.text()
