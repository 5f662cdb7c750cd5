"""Arrays that belong to the caller: native code never reads beyond them, and a result is of the data as they were."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data import Bars, DataError
from stratagem.runtime.data.seal import Seal
from stratagem.runtime.machine import crossing
from stratagem.runtime.machine.columns import History
from stratagem.runtime.machine.engines import bind

PROGRAM = "stratagem 1\nlet mean = sma(close, 3)\nenter long when close > mean\nexit long when close < mean\n"
DAY = 86_400_000_000


def columns(count: int = 300) -> dict[str, Any]:
    close = 100.0 + np.sin(np.arange(count) / 5.0) * 10.0
    prices = {"open": close - 0.5, "high": close + 1.0, "low": close - 1.0, "close": close}
    return {
        "ts": DAY * (19_000 + np.arange(count)),
        **prices,
        "volume": np.ones(count),
        "score": np.arange(count) * 1.0,
    }


def bars() -> Bars:
    return sg.load_bars(columns())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"close": np.ones(9)}, "bars: close has 9 values where ts has 300"),
        ({"ts": np.arange(9)}, "bars: open has 300 values where ts has 9"),
        ({"volume": np.ones(300, dtype=np.float32)}, "bars: volume is float32 of shape .300,.; expected .* float64"),
        ({"ts": np.arange(300.0)}, "bars: ts is float64"),
        ({"open": [1.0] * 300}, "bars: open is list"),
        ({"high": np.ones((300, 1))}, "bars: high is float64 of shape .300, 1."),
        ({"low": np.ones(300, dtype=">f8")}, "bars: low is >f8"),
        ({"extra": {"score": np.ones(299)}}, "bars: column 'score' has 299 values"),
        ({"extra": {"score": np.array(["a"] * 300)}}, "bars: column 'score' is <U1"),
    ],
)
def test_bars_hold_columns_that_fit(change: dict[str, Any], told: str) -> None:
    with pytest.raises(DataError, match=told):
        replace(bars(), **change)


def test_columns_need_not_lie_in_one_piece() -> None:
    apart = {name: np.repeat(column, 2)[::2] for name, column in columns().items()}
    expected, found = (sg.compile(PROGRAM).backtest(data).stats["final_equity"] for data in (columns(), apart))
    assert found == expected


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_an_own_column_put_in_later_is_looked_at_when_it_is_read(engine: str) -> None:
    held = bars()
    held.extra["score"] = np.ones(7)  # type: ignore[index]
    with pytest.raises(sg.RunError, match="the data changed while they were read: score has 7 values of 300"):
        sg.compile('stratagem 1\nenter long when column("score") > 1\n').backtest(held, engine=engine)


def test_an_engine_refuses_what_is_too_short() -> None:
    from stratagem.runtime.machine.machine import Machine

    machine = Machine(sg.compile(PROGRAM).plan, bar_seconds=86_400)
    engine = bind("native", machine.plan, machine.arrays)
    history = History(bars(), "UTC")
    given = [history(column, 0, 300) for column in machine.plan.columns]
    outs = [np.empty(300) for _ in machine.outputs]
    for wrong, short in (([given[0][:299], *given[1:]], outs), (given, [outs[0][:10], *outs[1:]])):
        with pytest.raises(sg.RunError, match="shorter than the 300 bars it is for"):
            engine.run(0, 300, wrong, short)
    assert engine.run(0, 300, given, outs) == 300


# --- a result is of the data as they were --------------------------------------------------------------


def test_statistics_do_not_change_with_the_data() -> None:
    data = columns()
    expected = dict(sg.compile(PROGRAM).backtest(columns()).stats)
    result = sg.compile(PROGRAM).backtest(data)
    for name in ("open", "high", "low", "close"):
        data[name] *= 3.0
    found = dict(result.stats)
    assert {n: v for n, v in found.items() if n != "elapsed"} == {n: v for n, v in expected.items() if n != "elapsed"}
    assert result.equity.num_rows == 300


@pytest.mark.parametrize("name", ["close", "volume", "score"])
def test_a_series_of_changed_data_is_refused(name: str) -> None:
    data = columns()
    result = sg.compile(PROGRAM).backtest(data)
    data[name][7] = np.nextafter(data[name][7], np.inf)
    with pytest.raises(sg.RunError, match=f"the data were changed after the run .column '{name}'.*give the run a copy"):
        result.series["mean"]


def test_a_series_read_before_stays() -> None:
    data = columns()
    result = sg.compile(PROGRAM).backtest(data)
    before = result.series["mean"].copy()
    data["close"] += 1.0
    assert np.array_equal(result.series["mean"], before, equal_nan=True)


def test_changed_times_are_refused_wherever_they_are_read() -> None:
    data = columns()
    result = sg.compile(PROGRAM).backtest(data)
    data["ts"] += DAY
    for read in (lambda: result.stats, lambda: result.equity, lambda: result.values, lambda: result.summary()):
        with pytest.raises(sg.RunError, match="column 'ts'"):
            read()


def test_trades_and_orders_are_those_of_the_run_whatever_the_data_become() -> None:
    data = columns()
    result, other = sg.compile(PROGRAM).backtest(data), sg.compile(PROGRAM).backtest(columns())
    data["ts"] += DAY
    assert result.trades.num_rows
    assert result.trades.equals(other.trades)
    assert result.orders.equals(other.orders)


def test_a_frame_changed_in_place_is_noticed() -> None:
    import pandas as pd

    frame = pd.DataFrame(columns())
    frame["ts"] = pd.to_datetime(frame["ts"], unit="us")
    result = sg.compile(PROGRAM).backtest(frame)
    before = result.series["mean"]
    again = sg.compile(PROGRAM).backtest(frame)
    frame.loc[7, "close"] = 1.0
    try:
        assert np.array_equal(again.series["mean"], before, equal_nan=True)  # pandas wrote to a copy of its own
    except sg.RunError as error:
        assert "column 'close'" in str(error)


@pytest.mark.parametrize("count", [1, 63, 64, 65, 5000])
def test_a_seal_tells_every_single_change_and_every_order(count: int) -> None:
    data = columns(count)
    held = sg.load_bars(data, timeframe="1d")
    seal = Seal(held).close()
    seal.check()
    for at in {0, count // 2, count - 1}:
        kept = data["close"][at]
        data["close"][at] = np.nextafter(kept, np.inf)
        with pytest.raises(sg.RunError):
            seal.check("close")
        data["close"][at] = kept
    seal.check()
    if count > 1:
        data["close"][:] = data["close"][::-1].copy()
        with pytest.raises(sg.RunError):
            seal.check()


def test_a_column_that_several_names_share_is_sealed_under_each() -> None:
    from stratagem.runtime.data.seal import Seal

    bars = sg.load_bars({"ts": columns()["ts"], "close": columns()["close"]})
    assert bars.open is bars.close
    seal = Seal(bars).close()
    seal.check("close")
    bars.close[3] += 1.0
    with pytest.raises(sg.RunError, match="were changed"):
        seal.check("close")


@pytest.mark.parametrize("count", [3_000, 80_000])
@pytest.mark.parametrize("broken, told", [
    (("low", -1.0), "low -1 is zero or negative"), (("high", float("inf")), "beyond 1e300"),
    (("close", float("nan")), "missing or no number"), (("volume", -5.0), "volume -5 is negative"),
])  # fmt: skip
def test_prices_that_are_looked_at_beside_the_run_are_refused_as_before_it(count, broken, told) -> None:  # type: ignore[no-untyped-def]
    """Whatever the run itself makes of them: nothing of it is seen."""
    column, value = broken
    held = columns(count)
    held[column][count - 7] = value
    program = sg.compile("enter long when close > sma(close, 3) size 20%\nexit long when close < sma(close, 3)")
    with pytest.raises(DataError, match=told) as found:
        program.backtest(held)
    assert f"row {count - 6} " in str(found.value)
    with pytest.raises(DataError) as before:
        sg.load_bars(held)
    assert str(found.value) == str(before.value)


def test_a_rounding_is_noted_by_a_run_as_by_a_reader() -> None:
    held = columns(60_000)
    held["close"][500] = held["high"][500] * (1.0 + 1e-12)
    notes = sg.compile("enter long when close > sma(close, 3) size 20%").backtest(held).notes
    assert [note for note in notes if "by a rounding" in note] == [
        note for note in sg.load_bars(held).notes if "by a rounding" in note
    ] != []


@pytest.mark.parametrize("spare", [False, True])
@pytest.mark.parametrize("count", [100, 16_384, 60_000])
def test_the_seal_is_the_same_whoever_made_it_and_in_what_pieces(count: int, spare: bool, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(crossing, "spare", lambda: spare)
    held = columns(count)
    program = sg.compile("enter long when close > sma(close, 3) size 20%\nexit long when close < sma(close, 3)")
    result = program.backtest(held)
    assert result.output.seal is not None
    result.output.seal.check()
    for name in held:
        for at in (0, count // 2, count - 1):
            before = held[name][at]
            held[name][at] = before + 1
            with pytest.raises(sg.RunError, match="were changed"):
                result.output.seal.check()
            held[name][at] = before
    result.output.seal.check()


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda result: pickle.loads(pickle.dumps(result))])  # noqa: S301
def test_a_result_can_be_copied_and_refuses_changes_of_its_own_arrays(copied: Any) -> None:
    data = columns()
    result = sg.compile(PROGRAM).backtest(data)
    other, changed = copied(result), copied(result)
    data["ts"][0] -= 1
    assert other.stats["trades"] > 0 and len(other.equity) == 300, "its arrays are its own"
    changed.output.bars.ts[0] -= 1
    with pytest.raises(sg.RunError, match="the data were changed after the run"):
        _ = changed.stats
