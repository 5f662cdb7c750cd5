"""Bars made of shorter ones are those of `@`: one set of rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.calendar import Calendar
from stratagem.runtime.data import Bars, DataError, load_bars, read_instant
from stratagem.runtime.data.resample import resample
from stratagem.tools.cli import main

MINUTE, DAY = 60_000_000, 86_400_000_000
EXPRESSIONS = (
    "open", "high", "low", "close", "volume", "sma(close, 5)", "ema(close, 7)", "atr(3)", "cumulative(volume)",
)  # fmt: skip


def minutes(begin: str, count: int, step: int = MINUTE, holes: bool = True) -> dict[str, Any]:
    """Bars with holes, missing volumes, and volumes whose sum depends on the order in which they are added."""
    drawn = np.random.default_rng(7)
    close = 100.0 + drawn.normal(0, 0.1, count).cumsum()
    opened = np.append(100.0, close[:-1])
    volume = drawn.lognormal(0, 3, count)
    volume[::17] = np.nan
    columns = {
        "ts": read_instant(begin) + step * np.arange(count),
        "open": opened,
        "high": np.maximum(opened, close) + drawn.random(count),
        "low": np.minimum(opened, close) - drawn.random(count),
        "close": close,
        "volume": volume,
        "score": np.arange(count) * 1.0,
    }
    kept = drawn.random(count) > (0.3 if holes else -1.0)
    kept[[0, -1]] = True
    kept[500:540] = not holes
    return {name: column[kept] for name, column in columns.items()}


CASES = [
    ("2024-03-29T09:07", 4000, MINUTE, "15m", "UTC"),
    ("2024-03-29T09:00", 4000, MINUTE, "1h", "Europe/Berlin"),
    ("2024-03-08T00:00", 9000, MINUTE, "7h", "America/New_York"),  # cut at midnight, over a change of the clock
    ("2024-03-08T00:00", 9000, MINUTE, "1d", "America/New_York"),
    ("2024-01-01T00:00", 4000, 15 * MINUTE, "1w", "Asia/Tokyo"),
    ("2020-01-01T00:00", 1500, DAY, "1mo", "UTC"),
]


@pytest.mark.parametrize(("begin", "count", "step", "longer", "zone"), CASES)
def test_indicators_over_resampled_bars_are_the_samples(
    begin: str, count: int, step: int, longer: str, zone: str
) -> None:
    """A sample is read from the first base bar of the next bucket on: there it is the value of the bucket before."""
    base = load_bars(minutes(begin, count, step), timeframe={MINUTE: "1m", DAY: "1d"}.get(step, "15m"))
    made = resample(base, timeframe(longer), zone)
    ends = np.asarray(Calendar(zone, daily=base.daily).bucket_ends(base.ts, timeframe(longer)))
    nexts = np.flatnonzero(np.diff(ends)) + 1
    assert 4 < len(made) in (len(nexts), len(nexts) + 1)
    for expression in EXPRESSIONS:
        sampled = sg.evaluate(f"({expression}) @ {longer}", base, tz=zone)[nexts]
        found = sg.evaluate(expression, made, tz=zone)[: len(nexts)]
        assert found.tobytes() == sampled.tobytes(), expression


def test_bars_by_hand() -> None:
    """Bars of 5 minutes from 9:03 to 9:17: 9:00 begins late, 9:15 is not complete."""
    at = read_instant("2024-01-02T09:00")
    minute = np.array([3, 4, 5, 6, 9, 11, 14, 15, 16])
    close = np.array([1.0, 2.0, 3.0, 9.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    base = load_bars({"ts": at + MINUTE * minute, "close": close, "volume": close * 10, "own": close}, timeframe="1m")
    made = resample(base, timeframe("5m"))
    assert ((made.ts - at) // MINUTE).tolist() == [0, 5, 10]
    assert made.open.tolist() == [1.0, 3.0, 5.0]
    assert made.high.tolist() == [2.0, 9.0, 6.0]
    assert made.low.tolist() == [1.0, 3.0, 5.0]
    assert made.close.tolist() == [2.0, 4.0, 6.0]
    assert made.volume.tolist() == [30.0, 160.0, 110.0]
    assert made.extra["own"].tolist() == [2.0, 4.0, 6.0]
    assert made.notes[-3:] == (
        "3 bars of 5m made of 7 bars of 1m, in the calendar of UTC",
        "the first bar of 5m is partial: the data begin inside it",
        "the last bar of 5m is not complete and was left out: the data end inside it",
    )


def test_what_is_missing_is_passed_over() -> None:
    nan = float("nan")
    columns = {
        "ts": read_instant("2024-01-02") + MINUTE * np.arange(6),
        "open": [nan, 2.0, 3.0, nan, nan, nan],
        "high": [5.0, nan, 4.0, nan, nan, nan],
        "low": [1.0, nan, 0.5, nan, nan, nan],
        "close": [2.0, 3.0, nan, nan, nan, nan],
        "volume": [nan, 1.0, 2.0, nan, nan, nan],
    }
    made = resample(load_bars(columns, timeframe="1m", policy="keep"), timeframe("3m"))
    rows = np.array([made.open, made.high, made.low, made.close, made.volume])
    assert rows[:, 0].tolist() == [2.0, 5.0, 0.5, 3.0, 3.0]
    assert np.isnan(rows[:, 1]).all()


def test_days_are_labelled_by_their_date() -> None:
    base = load_bars(minutes("2024-01-02T05:00", 3 * 1440, holes=False))
    made = resample(base, timeframe("1d"), "America/New_York")
    assert made.daily
    assert made.ts.tolist() == [read_instant(f"2024-01-0{day}") for day in (2, 3, 4)]
    assert not any("partial" in note or "left out" in note for note in made.notes)


def test_bars_that_make_no_others() -> None:
    base = load_bars(minutes("2024-01-02", 20, holes=False))
    assert resample(base, timeframe("1m")) is base
    for longer, told in (("30s", "bars of 30s cannot be made of bars of 1m"), ("1d", "20 bars of 1m hold no complete")):
        with pytest.raises(DataError, match=told):
            resample(base, timeframe(longer))


# --- asked for, wherever data are given ----------------------------------------------------------------

PROGRAM = """stratagem 1
on BTC every 15m
param n = 3 in 2 to 5
enter long when close > sma(close, n)
exit long when close < sma(close, n)
"""


def base() -> Bars:
    return load_bars(minutes("2024-01-02", 3000))


def test_the_refusal_names_the_way_on_and_it_works() -> None:
    program = sg.compile(PROGRAM)
    with pytest.raises(sg.RunError, match="made for bars of 15m, the data has bars of 1m: --resample .resample=True"):
        program.backtest(base())
    assert program.backtest(base(), resample=True).stats["timeframe"] == "15m"
    with pytest.raises(sg.RunError, match="made for bars of 15m, the data has bars of 1h$"):
        program.backtest(load_bars(minutes("2024-01-02", 300, 60 * MINUTE, holes=False)))


def test_every_way_to_run_resamples() -> None:
    program = sg.compile(PROGRAM)
    expected = resample(base(), timeframe("15m"))
    result = program.backtest(base(), resample=True)
    assert result.stats["bars"] == len(expected)
    assert any("bars of 15m made of" in note for note in result.output.notes)
    assert program.sweep(base(), {"n": [2, 3]}, resample=True).num_rows == 2
    assert program.verify(base(), resample=True)
    assert np.array_equal(sg.evaluate("close", base(), resample=True, timeframe="15m"), expected.close)
    made = load_bars(minutes("2024-01-02", 3000), timeframe="15m", resample=True)
    assert np.array_equal(made.close, expected.close)
    with pytest.raises(sg.RunError, match="say what bars to make"):
        sg.evaluate("close", base(), resample=True)
    with pytest.raises(DataError, match="say what bars to make"):
        load_bars(minutes("2024-01-02", 3000), resample=True)


def test_the_calendar_of_the_run_cuts_the_bars() -> None:
    program = sg.compile(PROGRAM.replace("15m", "1d"))
    result = program.backtest(base(), resample=True, timezone="Asia/Tokyo")
    assert any("in the calendar of Asia/Tokyo" in note for note in result.output.notes)


def test_a_timeframe_that_cannot_be_told_is_still_given() -> None:
    """Of sparse bars the timeframe is given, and that of the program is what is made."""
    sparse = {name: column[::7] for name, column in minutes("2024-01-02", 3000, holes=False).items()}
    result = sg.compile(PROGRAM).backtest(sparse, timeframe="1m", resample=True)
    assert (result.stats["timeframe"], result.stats["bars"]) == ("15m", 199)


def test_the_command_line_resamples(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.strat").write_text(PROGRAM)
    lines = ["ts,close", *(f"2024-01-02T{n // 60:02}:{n % 60:02}:00Z,{n + 1}" for n in range(600))]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    command = ["backtest", str(tmp_path / "a.strat"), "--data", str(tmp_path / "a.csv"), "--json"]
    assert main(command) == 1
    assert "--resample" in capsys.readouterr().err
    assert main([*command, "--resample"]) == 0
    assert '"bars": 40' in capsys.readouterr().out
    assert main(["eval", "close", "--data", str(tmp_path / "a.csv"), "--timeframe", "1h"]) == 1
    assert "; --resample makes them of these" in capsys.readouterr().err
    assert main(["eval", "close", "--data", str(tmp_path / "a.csv"), "--timeframe", "1h", "--resample"]) == 0
    assert "2024-01-02T09:00:00Z,600\n" in capsys.readouterr().out
