"""Guards whose reading is a series of the program: what each reads, when it acts, and that nothing else changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

DAY = np.timedelta64(1, "D")
ENTERS = "enter long when close > open and bar_index > 35 size 60%\n"
ENTERS += "exit long when close < open and close[1] < open[1]\n"


def bars(seed: int, count: int = 120, gaps: float = 0.0) -> dict[str, Any]:
    """Days with opens of their own, of which some are left out."""
    draw = np.random.default_rng(seed)
    close = 100.0 * np.exp(np.cumsum(draw.normal(0.0, 0.02, count)))
    opens = close * np.exp(draw.normal(0.0, 0.01, count))
    kept = draw.random(count) >= gaps
    prices = {"open": opens, "high": np.maximum(opens, close), "low": np.minimum(opens, close), "close": close}
    ts = np.datetime64("2024-01-01", "us") + np.arange(count) * DAY
    return {name: values[kept] for name, values in {"ts": ts, **prices}.items()}


def run(text: str, data: Any, **options: Any) -> sg.Result:
    return sg.compile(text).backtest(data, **{"engine": "interpreted", **options})


def trades(result: sg.Result) -> list[tuple[Any, ...]]:
    return [(row["entry_time"], row["entry_price"], row["exit_time"], row["exit_price"])
            for row in result.trades.to_pylist()]  # fmt: skip


@pytest.mark.parametrize(
    "reading", ["value_at_risk(20, 90%)", "expected_shortfall(20, 80%)", "ewma_value_at_risk(1.645, 0.8)"]
)
@pytest.mark.parametrize("fill", ["next_open", "this_close"])
def test_one_that_denies_is_a_condition_of_every_entry(reading: str, fill: str) -> None:
    data = bars(1)
    guarded = run(f"{ENTERS}guard {reading} 1%", data, fill=fill)
    asked = run(ENTERS.replace("close > open and", f"close > open and not ({reading} > 1%) and"), data, fill=fill)
    plain = run(ENTERS, data, fill=fill)
    assert trades(guarded) == trades(asked) != trades(plain)
    assert guarded.equity.equals(asked.equity)
    assert guarded.stats["denied"] > 0 and asked.stats["denied"] == 0


def test_the_volatility_of_a_year_and_a_beta_are_those_of_the_library() -> None:
    data, limit = bars(2), 0.1
    made = run(f"{ENTERS}guard volatility(15) 10%\nplot annual_volatility(15, equity_return()) as \"v\"", data)
    denied = {row["time"].date() for row in made.orders.to_pylist() if row["reason"] == "volatility"}
    above = {time.date() for time, value in zip(data["ts"].astype(object), made.series["v"], strict=True)
             if value > limit}  # fmt: skip
    assert denied and denied <= above
    price = run(f"{ENTERS}guard beta(close, 10) 0.3", data)
    returns = run(f"{ENTERS}guard beta(close / close[1] - 1, 10) 0.3", data)
    assert price.orders.equals(returns.orders) and price.stats["denied"] > 0


def test_of_two_windows_each_holds() -> None:
    data = bars(3)
    both = run(f"{ENTERS}guard value_at_risk(10, 90%) 1%\nguard value_at_risk(30, 90%) 1%", data)
    asked = ENTERS.replace("close > open and", "close > open and not (value_at_risk(10, 90%) > 1%) and "
                                               "not (value_at_risk(30, 90%) > 1%) and")  # fmt: skip
    assert trades(both) == trades(run(asked, data))


def test_it_reads_nothing_before_the_period_that_is_tested() -> None:
    """A market's own value at risk is known long before, and would halt for good."""
    text = f"{ENTERS}guard value_at_risk(5, 80%, close / close[1] - 1) 0.1% then halt\n"
    first = str(bars(4)["ts"][60])[:10]
    result = run(text, bars(4), from_=first)
    halts = [row["time"] for row in result.orders.to_pylist() if row["status"] == "halted"]
    assert halts and str(halts[0])[:10] >= first


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_a_session_that_is_restored_goes_on_as_the_run_does(engine: str) -> None:
    text = f"{ENTERS}guard ewma_volatility(0.8) 0.9% then flatten until week\nguard value_at_risk(20, 90%) 0.8%"
    data, program = bars(5), sg.compile(text)
    whole = program.backtest(data, engine=engine)
    session = program.session(timeframe="1d", engine=engine)
    told: list[tuple[str, str]] = []
    for at, values in enumerate(zip(*(data[name] for name in ("ts", "open", "high", "low", "close")), strict=True)):
        if at == 70:
            kept, session = session.snapshot(), program.session(timeframe="1d", engine=engine)
            session.restore(kept)
        for event in session.push(sg.Bar(values[0], *map(float, values[1:]))):
            told += [(event.data["status"], event.data["reason"])] if event.kind == "order" else []
    rows = [(row["status"], row["reason"]) for row in whole.orders.to_pylist() if row["reason"] != "end"]
    assert sorted(told) == sorted(rows)
    assert {("filled", "ewma_volatility"), ("denied", "value_at_risk")} <= set(rows)


def test_a_limit_that_is_a_parameter_is_swept() -> None:
    text = f"param most = 1% in 0.1% to 5%\n{ENTERS}guard value_at_risk(20, 90%) most then halt"
    data, program = bars(6), sg.compile(text)
    table = program.sweep(data, {"most": [0.002, 0.01, 0.05]}, metric="trades")
    each = {most: program.backtest(data, params={"most": most}).stats["trades"] for most in (0.002, 0.01, 0.05)}
    assert dict(zip(table["most"].to_pylist(), table["trades"].to_pylist(), strict=True)) == each
    assert len(set(each.values())) > 1


SEVERAL = f"""on A, B every 1d
watch SPY
{ENTERS}guard value_at_risk(15, 90%) 0.8% then flatten until week
guard beta(close of SPY, 15) 0.1
"""


@pytest.mark.parametrize("fill", ["next_open", "this_close"])
def test_over_several_symbols_it_is_of_the_account(fill: str) -> None:
    data = {"A": bars(7, gaps=0.1), "B": bars(8, gaps=0.2), "SPY": bars(9, gaps=0.1)}
    result = run(SEVERAL, data, fill=fill)
    rows = result.orders.to_pylist()
    found = {(row["status"], row["reason"]) for row in rows}
    assert ("filled", "value_at_risk") in found and ("denied", "beta") in found
    leaving = [row["time"] for row in rows if row["reason"] == "value_at_risk"]
    growth = result.equity.to_pydict()
    value = dict(zip([str(t)[:10] for t in growth["ts"]], growth["equity"], strict=True))
    dates, equity = list(value), list(value.values())
    for time in {str(each)[:10] for each in leaving}:
        at = dates.index(time)
        last = [equity[i] / equity[i - 1] - 1.0 for i in range(at - 14, at + 1)]
        assert -np.quantile(last, 0.1) > 0.008, "returns are those of the events"


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_a_text_that_names_no_symbols_can_have_it_over_several(engine: str) -> None:
    """It is what the same text `on A, B` does, sessions included."""
    text = f"{ENTERS}guard value_at_risk(15, 90%) 0.8% then flatten until week"
    data = {"A": bars(7, gaps=0.1), "B": bars(8, gaps=0.2)}
    bare, named = (sg.compile(head + text) for head in ("", "on A, B every 1d\n"))
    rows = [program.backtest(data, timeframe="1d", engine=engine).orders.to_pylist() for program in (bare, named)]
    assert rows[0] == rows[1] and "value_at_risk" in {row["reason"] for row in rows[0]}
    assert bare.session(symbols=["A", "B"], timeframe="1d", engine=engine)
    assert bare.backtest(data, timeframe="1d", engine=engine, monitors=True).orders.to_pylist() == rows[0]


def test_what_is_of_one_symbol_alone_cannot_be_read_of_the_account() -> None:
    with pytest.raises(sg.CompileError, match="`guard beta` is of the account of all symbols"):
        sg.compile(f"on A, B every 1d\n{ENTERS}guard beta(close, 20) 1")


def test_it_stands_in_the_monitors_and_in_why() -> None:
    data, program = bars(10), sg.compile(f"{ENTERS}guard value_at_risk(20, 90%) 1%\nplot value_at_risk(20, 90%)")
    result = program.backtest(data, engine="interpreted", monitors=True)
    marks = [row for row in result.monitors.to_pylist() if row["phase"] == "mark"]
    read = [np.nan if row["value_at_risk"] is None else row["value_at_risk"] for row in marks]
    np.testing.assert_array_equal(read, result.series["value_at_risk(20, 90%)"])
    assert all(row["beta"] is None for row in marks)
    when = next(str(row["time"])[:10] for row in result.orders.to_pylist() if row["reason"] == "value_at_risk")
    said = str(result.why(at=when))
    assert "guard value_at_risk(20, 90%) 1%: at " in " ".join(said.split()) and "beyond its limit" in said


HELD = "guard exposure {limit} then reduce\nguard ewma_volatility(0.5) 4% then halt until day\n"
HELD += "enter long when bar_index == 0 size 20 units\n"


def flat(closes: list[float]) -> dict[str, Any]:
    close = np.array(closes)
    ts = np.datetime64("2024-01-01", "us") + np.arange(len(close)) * DAY
    return {"ts": ts, **dict.fromkeys(("open", "high", "low", "close"), close)}


def test_a_mark_at_which_another_acts_looks_at_no_reading_of_the_close_before() -> None:
    """20 units of 1,000 fall to 95 and 94.9: gross value comes to 211.1 % and 211.4 % of equity, which is too much at
    the second alone. Of the volatilities 7.07, 5 and 3.54 % the last is within: nothing halts at its close."""
    result = run(HELD.format(limit="211.2%"), flat([100, 100, 95, 95, 94.9, 94.9]), capital=1000)
    given = [row for row in result.orders.to_pylist() if row["kind"] == "guard"]
    rows = [(row["time"].day, row["status"], row["reason"]) for row in given]
    assert rows[:2] == [(3, "halted", "ewma_volatility"), (4, "halted", "ewma_volatility")]
    assert [(day, reason) for day, _, reason in rows[2:]] == [(5, "exposure")]


def test_what_acted_at_the_mark_does_not_act_again_with_a_reading() -> None:
    """At the close of 95 there is too much by value, and then by volatility: one act each."""
    result = run(HELD.format(limit="211%"), flat([100, 100, 95]), capital=1000)
    assert result.stats["guard_trips"] == 2


def test_a_fill_at_the_close_before_it_leaves_the_reading_to_the_mark() -> None:
    """Value is reduced at the close: its fill is recorded after the mark, and reads nothing."""
    text = HELD.format(limit="150%") + "assume fill this_close"
    records = run(text, flat([100, 100, 90, 90]), capital=1000, monitors=True).monitors.to_pylist()
    read = [(row["ts"].day, row["phase"], row["ewma_volatility"]) for row in records if row["ts"].day == 3]
    assert [(day, phase) for day, phase, _ in read] == [(3, "mark"), (3, "fill")]
    assert read[0][2] > 0.05 and read[1][2] is None


def test_a_halt_over_several_symbols_is_of_its_event_and_is_kept() -> None:
    text = f"on A, B every 1d\n{ENTERS}guard value_at_risk(15, 90%) 0.8% then halt until week"
    data, program = {"A": bars(7), "B": bars(8)}, sg.compile(text)
    result = program.backtest(data, engine="interpreted")
    halts = [row["time"] for row in result.orders.to_pylist() if row["status"] == "halted"]
    read = program.backtest(data, engine="interpreted").equity.to_pydict()
    equity = dict(zip(read["ts"], read["equity"], strict=True))
    times, values = list(equity), list(equity.values())
    for time in halts:
        at = times.index(time)
        assert -np.quantile([values[i] / values[i - 1] - 1.0 for i in range(at - 14, at + 1)], 0.1) > 0.008
    assert halts
    assert "the guard on value at risk halted trading" in str(result.why(at=str(halts[0])[:10], symbol="A"))
    session = program.session(symbols=["A", "B"], timeframe="1d", engine="interpreted")
    for at in range(120):
        session.push({name: sg.Bar(*(of[key][at] if key == "ts" else float(of[key][at])
                                     for key in ("ts", "open", "high", "low", "close"))) for name, of in data.items()})
        if data["A"]["ts"][at] == np.datetime64(halts[0].replace(tzinfo=None)):
            again = program.session(symbols=["A", "B"], timeframe="1d", engine="interpreted")
            again.restore(session.snapshot())
            break
    else:
        raise AssertionError("the halt is on a bar of A")
