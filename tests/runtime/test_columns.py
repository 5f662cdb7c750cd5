"""Columns: a block of history and one live bar agree on every one, in every zone and timeframe."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.columns import History, Live, own_column
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.session import Bar

from ..enginekit import make_bars

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
def test_history_and_live_agree(step: str, zone: str) -> None:
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
        assert np.array_equal(block[5:9], history(column, 5, 9), equal_nan=True)
        rows = zip(*prices, bars.extra["own"].tolist(), strict=True)
        single = [live(column, Bar(*row[:6]), {"own": row[6]}) for row in rows]
        assert all(type(value) is (int if column.whole else float) for value in single), column
        assert np.array_equal(block, np.array(single), equal_nan=True), column


def test_a_missing_column_names_the_nearest() -> None:
    with pytest.raises(UsageFault, match="no column 'fundin': did you mean 'funding'"):
        own_column({"funding": 1.0, "mood": 2.0}, "fundin")
    with pytest.raises(UsageFault, match="no column 'x': the data has funding, mood"):
        own_column({"mood": 2.0, "funding": 1.0}, "x")
    with pytest.raises(UsageFault, match="the data has none of its own"):
        own_column({}, "x")
