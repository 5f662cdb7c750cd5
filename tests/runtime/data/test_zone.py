"""Times with a zone and without one: the words for zones, repeated hours, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stratagem.runtime.data import Bars, DataError, load_bars
from stratagem.runtime.data import text as text_module
from stratagem.runtime.data.errors import DataChoiceError
from stratagem.runtime.data.panel import load_panel

HOUR = 3_600_000_000


def loaded(times: list[str], **options: Any) -> Bars:
    return load_bars({"time": times, "close": np.arange(1.0, len(times) + 1)}, **options)


@pytest.mark.parametrize(
    ("word", "hours"),
    # those of America as RFC 5322, section 4.3, has them; the others as the IANA database abbreviates them
    [("EST", -5), ("EDT", -4), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7), ("CET", 1), ("CEST", 2),
     ("EET", 2), ("EEST", 3), ("MSK", 3), ("JST", 9), ("HKT", 8), ("AEST", 10), ("AEDT", 11), ("NZDT", 13), ("WET", 0),
     ("GMT", 0), ("UTC", 0), ("Z", 0), ("est", -5)],
)  # fmt: skip
def test_words_that_mean_one_zone_are_read(word: str, hours: int) -> None:
    bars = loaded([f"2024-01-02 {hour:02}:30 {word}" for hour in range(9, 16)])
    assert (bars.ts - 1_704_187_800_000_000).tolist() == [(n - hours) * HOUR for n in range(7)]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("CST", r"CST means several zones \(-06:00 in Chicago, \+08:00 in Shanghai\)"),
        ("IST", r"IST means several zones \(\+05:30 in India, .*\)"),
        ("BST", r"BST means several zones \(\+01:00 in London, .*\)"),
        ("XYZ", "no zone is known as XYZ"),
        ("Mars/Olympus", "no zone is known as Mars/Olympus"),
    ],
)
def test_words_that_do_not_are_named_as_unreadable(word: str, told: str) -> None:
    place = f"the data, row 2: the time '2024-01-02 10:30 {word}' cannot be read"
    with pytest.raises(DataError, match=rf"{place}: {told}; write the offset \(\+02:00\), or leave it out and say"):
        loaded(["", f"2024-01-02 10:30 {word}", f"2024-01-02 11:30 {word}"])


def test_a_zone_behind_every_time_is_that_of_all() -> None:
    """Interactive Brokers' way."""
    clocks = ("00:30", "01:00", "01:30", "01:00", "01:30", "02:00")
    times = [f"20241103 {clock}:00 America/New_York" for clock in clocks]
    bars = loaded(times)
    assert [str(t)[11:16] for t in bars.ts.astype("M8[us]")] == ["04:30", "05:00", "05:30", "06:00", "06:30", "07:00"]
    days = loaded([f"2024-01-{n:02} 00:00 Europe/Berlin" for n in range(1, 20)])
    assert str(days.ts[0].astype("M8[us]"))[:10] == "2024-01-01"
    with pytest.raises(DataError, match=r"times are in several zones \(Asia/Tokyo, Europe/Berlin\)"):
        loaded(["2024-01-02 10:00 Europe/Berlin", "2024-01-02 11:00 Asia/Tokyo"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31-Mar-24", "2024-03-31T00:00"),
        ("31-MAR-1999 14:30", "1999-03-31T14:30"),
        ("2-Jan-70", "1970-01-02T00:00"),
        ("Mar 31, 24", "2024-03-31T00:00"),
        ("3-Sept-2024", "2024-09-03T00:00"),
        ("2024-Mar-31", "2024-03-31T00:00"),
        ("Sunday, 31 March 2024, 2:30 PM", "2024-03-31T14:30"),
        ("3/31/2024 12:05\u202fAM", "2024-03-31T00:05"),
        ("2024-03", "2024-03-01T00:00"),
        ("31.03.24 09:05:06", "2024-03-31T09:05"),
    ],
)
def test_dates_as_people_write_them(text: str, expected: str) -> None:
    bars = loaded([text, "30-Dec-2024 23:00"], timeframe="1h")
    assert str(bars.ts[0].astype("M8[us]"))[:16] == expected


@pytest.mark.parametrize("at", [0, 3, 6])
@pytest.mark.parametrize("zone", ["Z", "+02:00", " EST", " Europe/Berlin"])
def test_times_with_a_zone_and_without_are_refused(at: int, zone: str) -> None:
    times = [f"2024-01-02T{hour:02}:00:00{zone}" for hour in range(8)]
    times[at] = times[at].removesuffix(zone)
    told = rf"row {at + 1}: the time has no zone, and that of row 1 has one" if at else (
        "row 2: the time has a zone, and that of row 1 has none: write all of them with a zone or all without"
    )  # fmt: skip
    with pytest.raises(DataError, match=told):
        loaded(times)


def test_a_text_and_a_frame_that_mix_them_are_refused_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = ["2024-01-02T00:00:00Z", "2024-01-02T01:00:00", "2024-01-02T02:00:00Z"]
    place = tmp_path / "a.csv"
    place.write_text("time,close\n" + "".join(f"{time},1\n" for time in times))
    for small in (10**9, 0):
        monkeypatch.setattr(text_module, "SMALL", small)
        with pytest.raises(DataError, match="a.csv, row 2: the time has no zone, and that of row 1 has one"):
            load_bars(place)
    with pytest.raises(DataError, match="row 2: the time has no zone"):
        load_bars(pd.DataFrame({"time": times, "close": [1.0, 2.0, 3.0]}))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Australia/Lord_Howe"])
@pytest.mark.parametrize("newest_first", [False, True])
def test_the_repeated_hour_is_told_by_the_order_of_rows(zone: str, newest_first: bool) -> None:
    """Lord Howe repeats half an hour."""
    month = 4 if "Australia" in zone else 10 if "London" in zone else 11
    instants = pd.date_range(f"2024-{month:02}-01", periods=30 * 48, freq="30min", tz="UTC")
    local = instants.tz_convert(zone).tz_localize(None)
    times = [str(stamp) for stamp in (local[::-1] if newest_first else local)]
    assert len(set(times)) < len(times)
    bars = loaded(times, data_tz=zone)
    assert bars.ts.tolist() == (instants.as_unit("us").asi8).tolist()
    assert any("newest first" in note for note in bars.notes) == newest_first


def test_an_hour_that_is_skipped_is_told_with_its_row() -> None:
    times = [f"2024-03-31 {clock}" for clock in ("00:30", "01:30", "02:30", "03:30")]
    with pytest.raises(DataError, match="the data, row 3: 2024-03-31T02:30:00 does not exist in Europe/Berlin"):
        loaded(times, data_tz="Europe/Berlin")


def test_a_zone_without_a_name_is_none() -> None:
    for times in (["2024-01-02 10:00", "2024-01-02 11:00"], ["2024-01-02", "2024-01-03"]):
        with pytest.raises(DataChoiceError, match="--data-tz: an empty name is no time zone; leave it out"):
            loaded(times, data_tz="")


def test_times_of_no_zone_are_told_to_be_read_as_utc() -> None:
    """Exchange or server time read as UTC moves every session by hours: what was assumed is said, and how to say it."""
    import numpy as np
    import stratagem as sg

    hours = np.datetime64("2024-01-02T09:30", "us") + np.arange(3) * np.timedelta64(1, "h")
    note = "times carry no zone: read as UTC, unless --data-tz says another"
    assert note in sg.load_bars({"ts": hours, "close": np.ones(3)}).notes
    assert note not in sg.load_bars({"ts": hours, "close": np.ones(3)}, data_tz="America/New_York").notes
    zoned = [f"{hour}+00:00" for hour in hours]
    assert note not in sg.load_bars({"ts": zoned, "close": np.ones(3)}).notes
    days = np.datetime64("2024-01-02", "us") + np.arange(3) * np.timedelta64(1, "D")
    assert note not in sg.load_bars({"ts": days, "close": np.ones(3)}).notes


def test_a_program_with_a_clock_of_its_own_is_told_first_that_the_times_have_none() -> None:
    import numpy as np
    import stratagem as sg

    hours = np.datetime64("2024-01-02T09:30", "us") + np.arange(9) * np.timedelta64(1, "h")
    data = {"ts": hours, "close": np.arange(1.0, 10.0)}
    text = "enter long when close > open or close > 1\nexit long when close < open"
    ours = sg.compile(f'assume timezone "America/New_York"\n{text}')
    first = ours.backtest(data, engine="interpreted").notes[0]
    assert "the program's clock is America/New_York" in first and "--data-tz America/New_York" in first
    for program, options in ((ours, {"data_tz": "America/New_York"}), (sg.compile(text), {})):
        notes = program.backtest(data, engine="interpreted", **options).notes
        assert not [note for note in notes if "clock is" in note]


# --- a column of zones beside the times --------------------------------------------------------------------

HOURS = [f"2024-01-02 {hour:02}:30" for hour in range(9, 16)]


def beside(name: str, zones: list[str], **options: Any) -> Bars:
    return load_bars({"time": HOURS, "close": np.arange(1.0, 8.0), name: zones}, **options)


@pytest.mark.parametrize("name", ["tz", "TimeZone", "time_zone", "zone"])
def test_a_zone_beside_each_time_is_read(name: str) -> None:
    bars = beside(name, ["America/New_York"] * 7)
    assert (bars.ts == loaded(HOURS, data_tz="America/New_York").ts).all()
    assert f"times are in America/New_York, as the column {name!r} says on every row" in bars.notes
    assert not any("carry no zone" in note for note in bars.notes)


def test_the_zone_that_is_given_counts_before_that_of_a_column() -> None:
    bars = beside("tz", ["America/New_York"] * 7, data_tz="Europe/Berlin")
    assert (bars.ts == loaded(HOURS, data_tz="Europe/Berlin").ts).all()
    assert not any("times are in" in note for note in bars.notes)


@pytest.mark.parametrize(
    ("zones", "found"),
    [
        (["EST"] * 3 + ["EDT"] * 4, "'EST', 'EDT'"),
        (["Mars/Olympus"] * 7, "'Mars/Olympus'"),
        (["UTC"] * 6 + [""], "'UTC', ''"),
    ],
)
def test_zones_that_are_not_one_are_told_with_the_way_on(zones: list[str], found: str) -> None:
    bars = beside("tz", zones)
    told = f"the column 'tz' holds {found}, not one known zone: --data-tz says what zone the times are in"
    assert told in bars.notes
    assert (bars.ts == loaded(HOURS).ts).all()


def test_a_zone_of_prices_is_none_of_times() -> None:
    assert not any("zone" in note for note in beside("zone", ["supply"] * 7, data_tz="UTC").notes)
    assert not any("column 'zone'" in note for note in beside("zone", ["supply"] * 7).notes)


def test_a_column_of_zones_says_nothing_to_instants_or_dates() -> None:
    instants = [f"{hour}Z" for hour in HOURS]
    columns = {"close": np.arange(1.0, 8.0), "tz": ["America/New_York"] * 7}
    assert not any("tz" in note for note in load_bars({"time": instants, **columns}).notes)
    days = [f"2024-01-{day:02}" for day in range(2, 9)]
    assert not any("tz" in note for note in load_bars({"time": days, **columns}).notes)


@pytest.mark.parametrize("zone", ["", " ", "Mars/Olympus"])
@pytest.mark.parametrize("load", [load_bars, load_panel])
def test_the_zone_of_a_calendar_is_one_whether_it_is_needed_or_not(load: Any, zone: str) -> None:
    data = {"time": ["2024-01-01", "2024-01-02"], "close": [1.0, 2.0]}
    for options in ({}, {"resample": True, "timeframe": "1w"}):
        with pytest.raises(DataChoiceError, match="^tz: (an empty name is|no time zone is called)"):
            load(data, tz=zone, **options)
