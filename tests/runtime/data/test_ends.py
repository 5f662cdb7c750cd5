"""Bars that are stamped where they end are labelled by their open, or it is said that they are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stratagem.runtime.data import Bars, DataError, load_bars
from stratagem.runtime.data import text as text_module
from stratagem.runtime.data.spellings import ENDS, words


def load(name: str, times: Any, **options: Any) -> Bars:
    return load_bars({name: times, "close": np.arange(1.0, len(times) + 1)}, **options)


def shown(bars: Bars) -> list[str]:
    return [str(stamp) for stamp in bars.ts.astype("M8[us]").astype("M8[ms]")]


def spaced(first: str, step: str, count: int = 12) -> pd.DatetimeIndex:
    return pd.date_range(first, periods=count, freq=step)


@pytest.mark.parametrize("kind", ["datetimes", "texts", "ms", "in a zone"])
@pytest.mark.parametrize(
    ("last", "step", "told"),
    [
        ("2024-01-02 09:30:59", "1min", "1 s before they end (2024-01-02T09:30:59)"),
        ("2024-01-02 09:59:59.999", "1h", "1 ms before they end (2024-01-02T09:59:59.999)"),
        ("2024-01-02 15:59:59", "1h", "1 s before they end (2024-01-02T15:59:59)"),
        ("2024-01-02 09:30:04.999", "5s", "1 ms before they end (2024-01-02T09:30:04.999)"),
        ("2024-01-02 09:44:59.999999", "15min", "1 µs before they end (2024-01-02T09:44:59.999999)"),
    ],
)
def test_last_moments_are_told_from_opens(last: str, step: str, told: str, kind: str) -> None:
    times = spaced(last, step)
    if kind == "ms" and "999999" in last:
        return
    given = {
        "datetimes": times, "texts": times.astype(str), "ms": times.astype("M8[ms]").astype("int64"),
        "in a zone": times.tz_localize("UTC"),
    }[kind]  # fmt: skip
    bars = load("time", given)
    opens = spaced(str((times[0] + pd.Timedelta(seconds=1)).floor("s") - pd.Timedelta(step)), step)
    assert shown(bars) == [str(stamp)[:23] for stamp in opens.values.astype("M8[ms]")]
    assert [told in note for note in bars.notes if "before they end" in note] == [True]


@pytest.mark.parametrize("word", words(ENDS))
def test_a_column_of_ends_labels_bars_by_their_opens(word: str) -> None:
    bars = load(word, spaced("2024-01-02 10:00", "1h"))
    assert shown(bars)[0] == "2024-01-02T09:00:00.000"
    told = f"{word!r} is when bars end (2024-01-02T10:00:00): they are labelled by their opens, 1h before"
    assert any(note.startswith(told) for note in bars.notes)


@pytest.mark.parametrize("opens", ["open_time", "Time", "timestamp", "start"])
def test_where_both_are_there_the_open_counts(opens: str) -> None:
    ends, begins = spaced("2024-01-02 09:59:59.999", "1h"), spaced("2024-01-02 09:00", "1h")
    bars = load_bars({"Close Time": ends, opens: begins, "close": np.arange(12.0) + 1})
    assert shown(bars)[0] == "2024-01-02T09:00:00.000"
    assert not any("end" in note for note in bars.notes)


@pytest.mark.parametrize("small", [0, 10**9])
def test_ends_in_ns_keep_every_digit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int) -> None:
    monkeypatch.setattr(text_module, "SMALL", small)
    ends = spaced("2024-01-02 09:30:59.999999", "1min").astype("M8[ns]").astype("int64") + 999
    (tmp_path / "a.csv").write_text("close_time,close\n" + "".join(f"{end},1\n" for end in ends))
    assert shown(load_bars(tmp_path / "a.csv"))[:2] == ["2024-01-02T09:30:00.000", "2024-01-02T09:31:00.000"]


@pytest.mark.parametrize(
    ("times", "first", "second"),
    [
        (spaced("2024-01-02", "1D"), "2024-01-01", "2024-01-02"),
        (spaced("2024-01-01 23:59:59.999", "1D"), "2024-01-01", "2024-01-02"),
        (spaced("2024-01-01 16:00", "1D"), "2024-01-01", "2024-01-02"),
        (spaced("2024-01-02", "1D").tz_localize("America/New_York"), "2024-01-01", "2024-01-02"),
        (spaced("2024-02-01", "3D"), "2024-01-29", "2024-02-01"),
        (spaced("2024-01-07 23:59:59.999", "7D"), "2024-01-01", "2024-01-08"),
        (spaced("2024-01-08", "7D"), "2024-01-01", "2024-01-08"),
        (spaced("2024-01-31", "ME"), "2024-01-01", "2024-02-01"),
        (spaced("2024-02-01", "MS"), "2024-01-01", "2024-02-01"),
    ],
)
def test_days_and_longer_begin_before_they_end(times: Any, first: str, second: str) -> None:
    bars = load("close_time", times)
    assert [stamp[:10] for stamp in shown(bars)[:2]] == [first, second]
    assert any(note.startswith("'close_time' is when bars end (") for note in bars.notes)


def test_days_by_the_zone_that_is_given() -> None:
    times = spaced("2024-01-01 22:59:59.999", "1D").astype("M8[ms]").astype("int64")  # midnight in Berlin
    assert shown(load("close_time", times, data_tz="Europe/Berlin"))[0][:10] == "2024-01-01"
    times = spaced("2024-01-01 23:00", "1D").astype("M8[ms]").astype("int64")
    assert shown(load("close_time", times, data_tz="Europe/Berlin"))[0][:10] == "2024-01-01"


def test_the_last_bar_of_a_session_may_be_shorter() -> None:
    """Hours of New York end with half of one, which opens where the one before has ended."""
    minutes = [pd.Timedelta(minutes=m) for m in (*range(60, 361, 60), 390)]
    bars = load("end", pd.DatetimeIndex([day + m for day in spaced("2024-01-02 09:30", "1D", 4) for m in minutes]))
    assert str(bars.timeframe) == "1h"
    assert [stamp[11:16] for stamp in shown(bars)[:8]] == [
        "09:30", "10:30", "11:30", "12:30", "13:30", "14:30", "15:30", "09:30"]  # fmt: skip


def test_ends_may_be_said() -> None:
    times = spaced("2024-01-02 10:00", "1h")
    assert shown(load("time", times))[0] == "2024-01-02T10:00:00.000"
    assert shown(load("time", times, columns={"end": "time"}))[0] == "2024-01-02T09:00:00.000"
    apart = {"day": times.strftime("%Y-%m-%d"), "clock": times.strftime("%H:%M"), "close": np.arange(12.0) + 1}
    assert shown(load_bars(apart, columns={"date": "day", "end": "clock"}))[0] == "2024-01-02T09:00:00.000"
    with pytest.raises(DataError, match="labelled by its time, or else by its end: say one of the two"):
        load("time", times, columns={"end": "time", "time": "time"})
    with pytest.raises(DataError, match="no column 'x' for end"):
        load("time", times, columns={"end": "x"})


def test_ends_that_are_said_to_be_opens_are_told() -> None:
    bars = load("close_time", spaced("2024-01-02 10:00", "1h"), columns={"time": "close_time"})
    assert shown(bars)[0] == "2024-01-02T10:00:00.000"
    assert any("called as ends of bars are" in n and "--column end=close_time labels them" in n for n in bars.notes)


@pytest.mark.parametrize("clock", [False, True])
def test_a_date_beside_ends_of_the_day(clock: bool) -> None:
    times = spaced("2024-01-02 10:00", "1h")
    ends = times.strftime("%H:%M") if clock else times
    bars = load_bars({"date": times.strftime("%Y-%m-%d"), "close time": ends, "close": np.arange(12.0) + 1})
    assert shown(bars)[:2] == ["2024-01-02T09:00:00.000", "2024-01-02T10:00:00.000"]
    assert any(note.startswith("'close time' is when bars end") for note in bars.notes)


def sessions(step: int, first: int, count: int = 4) -> pd.DatetimeIndex:
    """Bars of so many minutes of sessions of New York, the first at so many minutes past 9:30."""
    days = spaced("2024-01-02 09:30", "1D", count)
    return pd.DatetimeIndex([day + pd.Timedelta(minutes=m) for day in days for m in range(first, first + 390, step)])


@pytest.mark.parametrize("step", [1, 5, 10, 15])
def test_sessions_of_ends_are_noted(step: int) -> None:
    told = [note for note in load("time", sessions(step, step)).notes if "sessions" in note]
    assert told == [f"sessions begin with a bar at {step}m past a whole half hour and end with one on it, as where "
                    "bars are stamped with their ends: --column end=time labels them by their opens"]  # fmt: skip
    assert not any("sessions" in note for note in load("time", sessions(step, 0)).notes)
    assert shown(load("time", sessions(step, step), columns={"end": "time"}))[0] == "2024-01-02T09:30:00.000"


def test_bars_off_the_minute_are_noted() -> None:
    """GPS counts leap seconds: 18 since 1980."""
    bars = load("time", spaced("2024-01-02 09:30:18", "1min"))
    told = "all bars are stamped 18 s after a whole minute (2024-01-02T09:30:18): taken as their opens"
    assert told in bars.notes


@pytest.mark.parametrize("step", ["1s", "1min", "5min", "30min", "1h", "4h", "1D", "7D", "MS"])
def test_whole_times_are_opens_without_a_word(step: str) -> None:
    times = spaced("2024-01-01", step, 60)
    bars = load("time", times)
    assert bars.ts.tolist() == times.astype("M8[us]").astype("int64").tolist()
    assert not any("end" in note or "stamped" in note for note in bars.notes)
