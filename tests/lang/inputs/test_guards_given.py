"""Guards given to a run: read as a text's, beside the program's own, which can be stricter and never laxer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.inputs.errors import AssumptionError
from stratagem.lang.inputs.guards import beside, read_guards

HOUR = np.timedelta64(1, "h")
BUYS = "guard exposure 1000%\nenter long when bar_index == 0 size 5 units\nenter long when bar_index == 3 size 5 units"
FALLS = [100.0, 100.0, 100.0, 80.0, 80.0, 80.0]


def run(text: str, closes: list[float], **options: Any) -> sg.Result:
    price = np.array(closes)
    ts = np.datetime64("2024-01-01T20:00", "us") + np.arange(len(price)) * HOUR
    bars = {"ts": ts, "open": price, "high": price, "low": price, "close": price}
    return sg.compile(text).backtest(bars, **{"capital": 1000, "engine": "interpreted", **options})


def orders(result: sg.Result) -> list[tuple[str, str, float]]:
    return [(row["status"], row["reason"], row["got"]) for row in result.orders.to_pylist()]


@pytest.mark.parametrize(("given", "told"), [
    ("drawdown 20% then halt", "drawdown 20% then halt"), ("guard exposure 0.5%", "exposure 0.5%"),
    ("leverage 2.5", "leverage 2.5"), ("daily_loss 50bp then deny", "daily_loss 0.5%"),
    (["drawdown 20%", "exposure 150% then reduce"], "drawdown 20%; exposure 150% then reduce"),
    ("day_trades 3; loss 5%", "day_trades 3; loss 5%"),
    ("guard loss 5% then halt until week", "loss 5% then halt until week"),
    (["loss 5% then halt", "loss 5% then halt until day"], "loss 5% then halt; loss 5% then halt until day"),
])  # fmt: skip
def test_what_is_read_is_told_and_read_again(given: Any, told: str) -> None:
    made = read_assumptions({"guards": given})
    assert made.echo()["guards"] == told and read_assumptions({"guards": told}) == made
    assert made.digest() != read_assumptions().digest() and "guards" not in read_assumptions().echo()


@pytest.mark.parametrize(("given", "part"), [
    ("drawdown", "expected a guard and its limit"), (20, "expected a guard and its limit"),
    ("drawdwon 20%", "did you mean drawdown"), ("drawdown 0.2", "can mean 20% or 0.2%"),
    ("drawdown 20", "write 20%"), ("leverage 3%", "a number without a unit"), ("drawdown 20 ticks", "a share"),
    ("drawdown -5%", "0 or more"), ("drawdown 20% then stop", "a guard can deny"),
    ("drawdown 20% then reduce", "cannot reduce"), (["loss 5%", "loss 6%"], "said twice"),
    ("exposure 50% then reduce until week", "halts nothing"),
    ("loss 5% then halt until monday", "the next day, week, month, or never"),
    ("drawdown 300%", "at most 100%"), ("positions 3.5", "a whole number"), ("orders_per_minute 0.5", "a whole number"),
    ("value_at_risk(20, 95%) 2% then halt", "which the program computes"), ("volatility 25%", "in its text"),
    ("drawdown(20) 20%", "takes no arguments"),
])  # fmt: skip
def test_what_cannot_be_a_guard_is_told(given: Any, part: str) -> None:
    with pytest.raises(AssumptionError, match=part):
        read_guards(given if isinstance(given, (str, list)) else [given])


def test_a_name_may_be_given_with_several_actions() -> None:
    both = read_guards("drawdown 10%; drawdown 20% then halt")
    assert [str(guard) for guard in both] == ["drawdown 10%", "drawdown 20% then halt"]
    assert read_assumptions({"guards": "drawdown 10%; drawdown 20% then halt"}).guards == both
    other = read_guards("drawdown 15% then halt; drawdown 12%; loss 5%")
    assert [str(guard) for guard in beside(both, other)] == ["drawdown 10%", "drawdown 15% then halt", "loss 5%"]


def test_a_program_does_not_assume_guards() -> None:
    with pytest.raises(sg.CompileError):
        sg.compile('assume guards "loss 5%"\nenter long when true')


def test_a_limit_that_is_given_holds_beside_those_of_the_program() -> None:
    """500 of 1,000 are asked, 20 % allowed; at 80 what is held is 160 of 960, and 32 more fit."""
    told = orders(run(BUYS + " scale 1", FALLS, guards="exposure 20%"))
    assert told == [("reduced", "exposure", 2.0), ("reduced", "exposure", pytest.approx(0.4))]
    assert orders(run(BUYS + " scale 1", FALLS)) == [("filled", "", 5.0)] * 2


@pytest.mark.parametrize(("own", "given", "trips"), [
    ("guard loss 20% then halt", "loss 5% then flatten", 1),  # the given one is tighter: 100 of 1,000 are lost
    ("guard loss 5% then flatten", "loss 20% then halt", 1),
    ("guard loss 5% then flatten", "loss 6% then flatten", 2),  # both have something to say
])  # fmt: skip
@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_of_two_limits_each_acts(own: str, given: str, trips: int, engine: str) -> None:
    result = run(f"{BUYS}\n{own}", FALLS, guards=given, engine=engine)
    assert result.stats["guard_trips"] == trips
    assert [row["exit_reason"] for row in result.trades.to_pylist()] == ["guard"]
    assert orders(result)[-1][0] == "denied" or len(orders(result)) == 2


def test_a_guard_of_the_day_is_reset_with_the_day_though_the_program_knows_of_none() -> None:
    """Bars of 20:00 to 01:00: what is lost at 23:00 halts until midnight."""
    text = "guard exposure 1000%\nenter long when bar_index == 0 size 5 units\nexit long when bar_index == 3\n"
    text += "enter long when bar_index == 2 or bar_index == 3 or bar_index == 4 size 1 units"
    path = [100.0, 100.0, 80.0, 80.0, 80.0, 80.0]
    free = run(text, path)
    assert run(text, path, guards="daily_loss 5% then halt").stats["denied"] < 3
    assert free.stats["denied"] == 0


def test_why_tells_what_a_run_was_given() -> None:
    result = run(BUYS, FALLS, guards="loss 5% then flatten")
    assert "guard loss 5% then flatten (given to the run)" in str(result.why(order=0))


def test_sweeps_and_sessions_keep_to_it_as_well() -> None:
    text = "param n = 5 in 1 to 9\nguard exposure 1000%\nenter long when bar_index == 0 size n units"
    price = np.array([*FALLS, 100.0])
    ts = np.datetime64("2024-01-01T20:00", "us") + np.arange(len(price)) * HOUR
    bars = {"ts": ts, "open": price, "high": price, "low": price, "close": price}
    given: dict[str, Any] = {"capital": 1000, "guards": "daily_loss 6% then flatten"}
    found = sg.compile(text).sweep(bars, {"n": (3, 5)}, metric="net_profit", **given)
    alone = [sg.compile(text).backtest(bars, {"n": n}, engine="interpreted", **given) for n in (3, 5)]
    assert [result.stats["net_profit"] for result in alone] == [-60.0, -100.0], "3 units lose 6 % at 80, and leave"
    told = {int(row["n"]): row["net_profit"] for row in found.to_pylist()}
    assert told == {3: alone[0].stats["net_profit"], 5: alone[1].stats["net_profit"]}
    live = sg.compile(text).session({"n": 5}, timeframe="1h", **given)
    for at, value in zip(ts, price, strict=True):
        live.push(sg.Bar(at, value, value, value, value))
    assert live.position == 0.0


def test_over_several_symbols_it_is_of_the_account() -> None:
    ts = np.datetime64("2024-01-01", "us") + np.arange(3) * np.timedelta64(24, "h")
    flat = {name: np.full(3, 100.0) for name in ("open", "high", "low", "close")}
    program = sg.compile("on A, B\nenter long when bar_index == 0 size 40%")
    data = {symbol: {"ts": ts, **flat} for symbol in ("A", "B")}
    result = program.backtest(data, capital=1000, engine="interpreted", timeframe="1d", guards=["positions 1"])
    assert orders(result) == [("filled", "", 4.0), ("denied", "positions", 0.0)]


def test_of_two_that_say_how_much_must_be_left_the_larger_is_the_tighter() -> None:
    both = beside(read_guards("margin_distance 10%; drawdown 10%"), read_guards("margin_distance 20%; drawdown 20%"))
    assert [str(guard) for guard in both] == ["margin_distance 20%", "drawdown 10%"]
