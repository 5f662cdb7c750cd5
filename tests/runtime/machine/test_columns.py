"""Columns: a block of history and one live bar agree on every one, in every zone and timeframe."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.machine import columns
from stratagem.runtime.machine.columns import History, Live, own_column
from stratagem.runtime.run.session import Bar

from ...enginekit import make_bars

READS = """
plot time > "2024-01-01" and new_day() and new_week() and new_month() and new_year() as "days"
plot hour + minute + weekday + day + month + year as "fields"
plot between("09:30", "16:00") or between("18:00", "02:00", "Europe/London") as "between"
plot (close @ 1d) + (close @ forming 1w) + (high @ 1mo) + (hour @ 1d) + volume + open + low + column("own") as "prices"
"""
INTRADAY = READS + 'plot (close @ 4h) + (minute @ 1h) as "hours"\n'


def spread(step: str, count: int = 400) -> Bars:
    """Bars across both changes of the clocks, the end of a year and a leap day."""
    made = make_bars(9, count)
    frame = timeframe(step)
    begins = ("2023-12-29", "2024-02-27", "2024-03-09", "2024-03-30", "2024-10-26", "2024-11-02")
    length = np.timedelta64(frame.seconds, "s")
    parts = [np.datetime64(day, "us") + np.arange(count // 6 + 1) * length for day in begins]
    ts = np.unique(np.concatenate(parts))[:count].view(np.int64)
    prices = {name: getattr(made, name)[: len(ts)] for name in ("open", "high", "low", "close", "volume")}
    return replace(made, timeframe=frame, ts=ts, extra={"own": made.extra["own"][: len(ts)]}, **prices)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("step", ["15m", "1h", "1d"])
@pytest.mark.parametrize("short", [0, columns.SHORT])
def test_history_and_live_agree(step: str, zone: str, short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the ends of higher bars are found at once or block by block."""
    monkeypatch.setattr(columns, "SHORT", short)
    text = (READS if step == "1d" else INTRADAY).replace(' and time > "2024-01-01"', "")
    program = compile_text(text, timezone=zone)
    made = plan(program, [(p.title, p.node) for p in program.plots])
    bars = spread(step)
    history, live = History(bars, zone), Live(bars.timeframe, zone)
    assert len(made.columns) > 15
    prices = [getattr(bars, name).tolist() for name in ("ts", "open", "high", "low", "close", "volume")]
    for column in made.columns:
        block = history(column, 0, len(bars))
        assert block.dtype == (np.int64 if column.whole else np.float64) and block.flags.c_contiguous
        for first, stop in ((5, 9), (0, 1), (9, len(bars) // 2), (len(bars) // 2, len(bars))):
            assert np.array_equal(block[first:stop], history(column, first, stop), equal_nan=True)
        rows = zip(*prices, bars.extra["own"].tolist(), strict=True)
        single = [live(column, Bar(*row[:6]), {"own": row[6]}) for row in rows]
        assert all(type(value) is (int if column.whole else float) for value in single), column
        assert np.array_equal(block, np.array(single), equal_nan=True), column


def test_a_missing_column_names_the_nearest() -> None:
    with pytest.raises(UsageFault, match="no column 'fundin' of its own: did you mean 'funding'"):
        own_column({"funding": 1.0, "mood": 2.0}, "fundin")
    with pytest.raises(UsageFault, match="no column 'x' of its own: the data has funding, mood"):
        own_column({"mood": 2.0, "funding": 1.0}, "x")
    with pytest.raises(UsageFault, match="the data has none of its own"):
        own_column({}, "x")


@pytest.mark.parametrize(
    ("name", "written"), [("volume", "volume"), ("Vol", "volume"), ("Close", "close"), ("date", "time")]
)
def test_a_field_of_every_bar_is_no_column(name: str, written: str) -> None:
    with pytest.raises(UsageFault, match=f"no column '{name}' of its own: write `{written}` without `column`"):
        own_column({}, name)


@pytest.mark.parametrize("extra", [[1.0], "own"])
def test_what_is_no_mapping_of_columns(extra: Any) -> None:
    with pytest.raises(UsageFault, match=r"given as a mapping of names to values, such as \{'x': 1.5\}; found"):
        own_column(extra, "x")


def test_a_column_that_cannot_be_read_says_why() -> None:
    with pytest.raises(UsageFault, match="column 'mood' of the data cannot be read: row 2 of it is 'good'"):
        own_column({"other": 1.0}, "mood", {"mood": "row 2 of it is 'good' where a number is expected"})


@pytest.mark.parametrize("far", [math.inf, -math.inf, 1.1e300, -1.1e300, math.nan, None, np.float32("inf")])
def test_a_number_beyond_the_bound_is_missing_live_as_in_loaded_data(far: float | None) -> None:
    program = compile_text('plot sma(column("own"), 2) as "mean"')
    made = plan(program, [(p.title, p.node) for p in program.plots])
    column = next(column for column in made.columns if column.source == "data")
    bar = Bar(0, 1.0, 1.0, 1.0, 1.0)
    assert math.isnan(Live(timeframe("1d"), "UTC")(column, bar, {"own": far}))
    assert Live(timeframe("1d"), "UTC")(column, bar, {"own": 1e300}) == 1e300


@pytest.mark.parametrize("wrong", ["x", [1], object])
def test_what_is_no_number_is_refused_by_name(wrong: object) -> None:
    program = compile_text('plot column("own") as "own"')
    made = plan(program, [(p.title, p.node) for p in program.plots])
    column = next(column for column in made.columns if column.source == "data")
    with pytest.raises(RunError, match="column 'own' of a bar is .*; expected a number, true or false, or None"):
        Live(timeframe("1d"), "UTC")(column, Bar(0, 1.0, 1.0, 1.0, 1.0), {"own": wrong})  # type: ignore[dict-item]
