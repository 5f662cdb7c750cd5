"""Numbers as times: told by size where that can be, asked for where it cannot, never seconds of 1970 by default."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.data import Bars, DataError, load_bars
from stratagem.runtime.data import text as text_module
from stratagem.runtime.data.epochs import TIME_FORMATS
from stratagem.runtime.data.errors import DataChoiceError

Load = Callable[..., Bars]
DAY = 86_400


@pytest.fixture(params=["small text", "large text", "mapping", "floats", "frame", "list"])
def load(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Load numbers as times in every way; closes are 1, 2, 3 …"""

    def by(times: list[Any], **options: Any) -> Bars:
        closes = np.arange(1.0, len(times) + 1)
        if "text" in request.param:
            monkeypatch.setattr(text_module, "SMALL", 0 if "large" in request.param else 10**9)
            place = tmp_path / "a.csv"
            place.write_text("time,close\n" + "".join(f"{t},{c}\n" for t, c in zip(times, closes, strict=True)))
            return load_bars(place, **options)
        if request.param == "frame":
            return load_bars(pd.DataFrame({"time": times, "close": closes}), **options)
        if request.param == "list":
            return load_bars({"time": times, "close": closes}, **options)
        kind = np.float64 if request.param == "floats" else None
        return load_bars({"time": np.array(times, kind), "close": closes}, **options)

    return by


def shown(bars: Bars) -> list[str]:
    return [str(stamp) for stamp in bars.ts.astype("datetime64[us]").astype("datetime64[s]")]


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (0, r"row 1: the time 0 may be a time since 1970 \(in s 1970-01-01T00:00:00, .* or the number of a row"),
        (1, r"row 1: the time 1 may be a day of Excel \(1899-12-31\), .*or the number of a row, which is no time"),
        (45293, r"the time 45293 may be a day of Excel \(2024-01-02\), a time since 1970 \(in s 1970-01-01T12:34:53"),
        (1990, r"the time 1990 may be a year \(1990-01-01\), a day of Excel \(1905-06-12\), a time since"),
        (200001, r"the time 200001 may be a year and month \(2000-01-01\), a day of Excel \(2447-07-31\), a time"),
        (19723, r"a day of Excel \(1953-12-30\), a day since 1970, as R and Arrow count \(2024-01-01\), a day of SAS"),
        (739_253, r"the time 739253 may be a day of MATLAB \(2024-01-02\), a time since"),
        (2_460_310, r"the time 2460310 may be a Julian day \(2023-12-31\), a time since"),
        (36_000_000, r"the time 36000000 may be a time since 1970 \(in s 1971-02-21T16:00:00, ms 1970-01-01T10:00:00"),
        (10**10, r"the time 10000000\d+ may be a time since 1970 \(in s 2286-11-20T17:46:51, ms 1970-04-26T17:46:40"),
    ],
)
def test_what_numbers_may_be_is_asked(load: Load, first: int, told: str) -> None:
    with pytest.raises(DataError, match=told + ".*: say which with --time-format (YYYY|excel|s|matlab|julian)"):
        load([first + n for n in range(12)])


@pytest.mark.parametrize(
    ("times", "form", "first", "last"),
    [
        ([45293, 45294, 45295], "excel", "2024-01-02T00:00:00", "2024-01-04T00:00:00"),
        ([45293.395833333336, 45293.4375, 45293.479166666664], "excel", "2024-01-02T09:30:00", "2024-01-02T11:30:00"),
        ([45293.0, 45293.041667, 45293.083333, 45293.125], "excel", "2024-01-02T00:00:00", "2024-01-02T03:00:00"),
        ([45293.0, 45293.04167, 45293.08333, 45293.125], "excel", "2024-01-02T00:00:00", "2024-01-02T03:00:00"),
        ([61, 62, 63], "excel", "1900-03-01T00:00:00", "1900-03-03T00:00:00"),
        ([1990, 1991, 1992], "YYYY", "1990-01-01T00:00:00", "1992-01-01T00:00:00"),
        ([200011, 200012, 200101], "YYYYMM", "2000-11-01T00:00:00", "2001-01-01T00:00:00"),
        ([20240131, 20240201, 20240202], "yyyymmdd", "2024-01-31T00:00:00", "2024-02-02T00:00:00"),
        ([0, 86400, 172800], "s", "1970-01-01T00:00:00", "1970-01-03T00:00:00"),
        ([-60_000, 0, 60_000], "ms", "1969-12-31T23:59:00", "1970-01-01T00:01:00"),
        ([0, 3_600_000_000, 7_200_000_000], "us", "1970-01-01T00:00:00", "1970-01-01T02:00:00"),
        ([0, 10**9, 2 * 10**9], "ns", "1970-01-01T00:00:00", "1970-01-01T00:00:02"),
        ([19723, 19724, 19725], "d", "2024-01-01T00:00:00", "2024-01-03T00:00:00"),
        ([-366, -365, -364], "d", "1968-12-31T00:00:00", "1969-01-02T00:00:00"),
        ([23376.25, 23376.5, 23376.75], "d@1960-01-01", "2024-01-01T06:00:00", "2024-01-01T18:00:00"),
        ([43831, 43832, 43833], "d@1904-01-01", "2024-01-02T00:00:00", "2024-01-04T00:00:00"),
        ([739253.395833333, 739253.4375], "matlab", "2024-01-02T09:30:00", "2024-01-02T10:30:00"),
        ([2460310.5, 2460311.5, 2460312.5], "julian", "2024-01-01T00:00:00", "2024-01-03T00:00:00"),
        ([2460310.895833333, 2460310.9375], "julian", "2024-01-01T09:30:00", "2024-01-01T10:30:00"),
        ([725846400, 725850000, 725853600], "s@2001-01-01", "2024-01-02T00:00:00", "2024-01-02T02:00:00"),
        ([757382400000, 757382460000], "MS@2000-01-01", "2024-01-01T00:00:00", "2024-01-01T00:01:00"),
        ([3786912000, 3786912060], "s@1904-01-01", "2024-01-01T00:00:00", "2024-01-01T00:01:00"),
        ([638396640000000000, 638396640600000000], "100ns@0001-01-01", "2024-01-01T00:00:00", "2024-01-01T00:01:00"),
        ([133485408000000000, 133485408600000000], "100ns@1601-01-01", "2024-01-01T00:00:00", "2024-01-01T00:01:00"),
        ([17040672000000000, 17040672600000000], "100ns", "2024-01-01T00:00:00", "2024-01-01T00:01:00"),
        ([0.5, 1.5, 2.5], "S", "1970-01-01T00:00:00", "1970-01-01T00:00:02"),
    ],
)
def test_what_is_said_is_read(load: Load, times: list[float], form: str, first: str, last: str) -> None:
    found = shown(load(times, time_format=form))
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize(
    ("times", "decimals", "told"),
    [
        (["09:30", "09:31", "10:15", "15:59"], 4, "to 4 s (4 decimals of a day), and taken to the nearest 1 min"),
        (["09:30:30", "09:31:00", "09:31:30"], 4, "and taken to the nearest 30 s"),
        (["09:30", "09:45", "10:00", "15:45"], 3, "to 43 s (3 decimals of a day), and taken to the nearest 15 min"),
        (["09:35", "09:40", "09:45", "10:05"], 3, "and taken to the nearest 5 min"),
        (["01:00", "02:00", "05:00"], 2, "to 432 s (2 decimals of a day), and taken to the nearest 1 h"),
        (["00:00", "12:00"], 1, ""),
        (["00:00", "06:00", "12:00"], 2, ""),  # 0.25 is what it says
        (["07:30", "09:00", "10:30"], 4, ""),  # so is 0.3125
        (["09:30:07", "09:31:11", "09:32:20"], 5, ""),
    ],
)  # fmt: skip
def test_excel_with_few_decimals_is_on_the_grid_on_which_all_lie(
    load: Load, times: list[str], decimals: int, told: str
) -> None:
    clock = [sum(int(t) * unit for t, unit in zip(time.split(":"), (3600, 60, 1), strict=False)) for time in times]
    bars = load([round(45293 + seconds / 86_400, decimals) for seconds in clock], time_format="excel")
    assert (bars.ts - 1_704_153_600_000_000).tolist() == [seconds * 1_000_000 for seconds in clock]  # 2024-01-02
    assert [told in note for note in bars.notes if "of a day" in note] == [True] * bool(told)


def test_excel_with_few_decimals_on_no_grid_is_told(load: Load) -> None:
    bars = load([45293.3958, 45293.3959, 45293.3961, 45293.3962], time_format="excel")
    assert shown(bars)[1] == "2024-01-02T09:30:06"  # 0.3959 of a day is 34,205.76 s
    assert any("(4 decimals of a day), and are on no usual grid: 5 decimals tell the second" in n for n in bars.notes)


@pytest.mark.parametrize("scale", [1, 1000, 10**6, 10**9])
def test_units_are_told_by_size(load: Load, scale: int) -> None:
    times = [(1_704_067_200 + n * DAY) * scale for n in range(8)]
    assert shown(load(times))[1] == "2024-01-02T00:00:00"
    assert load(times).ts[1] == 1_704_153_600_000_000


COUNTS = [  # what a program writes for midnight of 2 January 2024, the step of a day, and what it is
    (638_397_504_000_000_000, 864_000_000_000, r"ns since 1970 \(1990-03-2\d\), .*ticks of .NET \(2024-01-02\)",
     "100ns@0001-01-01"),
    (133_486_272_000_000_000, 864_000_000_000, r"ns since 1970 \(1974-03-25\), .*a FILETIME of Windows \(2024-01-02\)",
     "100ns@1601-01-01"),
    (725_846_400, DAY, r"s since 1970 \(1993-01-01\), seconds since 2001, as Apple's programs count \(2024-01-02\)",
     "s@2001-01-01"),
    (757_468_800 * 10**9, DAY * 10**9, r"ns since 1970 \(1994-01-02\), .*as kdb\+ counts \(2024-01-02\)",
     "ns@2000-01-01"),
    (757_468_800 * 10**6, DAY * 10**6, r"us since 1970 \(1994-01-02\), .*PostgreSQL counts \(2024-01-02\)",
     "us@2000-01-01"),
    (3_786_998_400, DAY, r"s since 1970 \(2090-01-02\), .*as LabVIEW counts \(2024-01-02\)", "s@1904-01-01"),
    (3_913_142_400, DAY, r"s since 1970 \(2094-01-01\), .*as NTP counts \(2024-01-02\)", "s@1900-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "step", "told", "form"), COUNTS)
def test_counts_from_other_years_are_never_taken_as_since_1970(
    load: Load, first: int, step: int, told: str, form: str
) -> None:
    times = [first + n * step for n in range(9)]
    told = rf"row 1: the time {first} may be {told}.*: say which with --time-format"
    with pytest.raises(DataError, match=told) as why:
        load(times)
    assert f" {form}" in str(why.value)
    assert (shown(load(times, time_format=form))[0], str(load(times, time_format=form).timeframe)) == (
        "2024-01-02T00:00:00", "1d")  # fmt: skip


def test_a_history_of_before_1997_is_read_where_it_says_so(load: Load, tmp_path: Path) -> None:
    times = [n * DAY for n in range(8000, 8020)]
    assert shown(load(times, time_format="s"))[0] == "1991-11-27T00:00:00"
    assert shown(load([*times, 10_000 * DAY]))[0] == "1991-11-27T00:00:00"
    assert shown(load_bars({"unix": times, "close": np.arange(1.0, 21.0)}))[0] == "1991-11-27T00:00:00"


def test_times_of_years_to_come_are_noted(load: Load) -> None:
    """Seconds since 1960, as SAS counts, of 2024."""
    bars = load([2_019_686_400 + n * DAY for n in range(9)])
    told = "times are read as s since 1970 and reach 2034-01-09; they may be seconds since 1960, as SAS counts"
    assert f"{told} (2024-01-01): --time-format s@1960-01-01" in bars.notes
    assert not any("reach" in note for note in load([1_704_067_200 + n * DAY for n in range(9)]).notes)


def test_a_history_that_begins_before_1970(load: Load) -> None:
    """Yahoo's way: seconds, negative before 1970, a bar a week."""
    times = [n * 7 * DAY for n in range(-1000, 2000)]
    bars = load(times)
    assert (str(bars.timeframe), shown(bars)[1000]) == ("1w", "1970-01-01T00:00:00")


@pytest.mark.parametrize("at", [1, 5, 9])
@pytest.mark.parametrize("scale", [1000, 10**6, 10**9])
def test_units_mixed_in_one_file_are_told_with_the_row(load: Load, at: int, scale: int) -> None:
    times = [1_704_067_200 + n * 60 for n in range(10)]
    times[at] *= scale
    told = rf"row {at + 1}: the time {times[at]} is not of one unit with {times[at - 1]} in row {at}"
    with pytest.raises(DataError, match=told):
        load(times)


def test_a_zero_among_times_is_told(load: Load) -> None:
    with pytest.raises(DataError, match=r"row 3: the time 0 is not of one unit with 1704067260 in row 2"):
        load([1_704_067_200, 1_704_067_260, 0, 1_704_067_380])


def test_numbers_that_are_no_such_date_are_told_by_row(load: Load) -> None:
    with pytest.raises(DataError, match="row 2: time .*is missing or cannot be read"):
        load([200011, 200013, 200101], time_format="YYYYMM", timeframe="1mo")


def test_formats_are_listed() -> None:
    with pytest.raises(DataChoiceError, match="no time format is called 'hours'; there are s, ms, us, ns, excel, "):
        load_bars({"time": [1, 2], "close": [1.0, 2.0]}, time_format="hours")
    for form in ("s@2001-02-30", "h@2001-01-01", "s@0000-01-01", "s@2001", "excel@2001-01-01"):
        with pytest.raises(DataChoiceError, match="no time format is called .*, and a unit since a date, as s@2001-"):
            load_bars({"time": [1, 2], "close": [1.0, 2.0]}, time_format=form)
    with pytest.raises(DataError, match="row 1: the time '2024-01-01' is no number, which --time-format s expects"):
        load_bars({"time": ["2024-01-01", "2024-01-02"], "close": [1.0, 2.0]}, time_format="s")


def test_the_order_of_day_and_month_may_be_said() -> None:
    texts = {"time": ["01/02/2024", "02/02/2024", "03/02/2024"], "close": [1.0, 2.0, 3.0]}
    with pytest.raises(DataError, match="say which with --time-format DMY or MDY"):
        load_bars(texts)
    assert shown(load_bars(texts, time_format="DMY")) == [f"2024-02-0{n}T00:00:00" for n in (1, 2, 3)]
    assert shown(load_bars(texts, time_format="mdy")) == [f"2024-0{n}-02T00:00:00" for n in (1, 2, 3)]


@given(
    st.lists(st.integers(-(2**62), 2**62), min_size=1, max_size=6) | st.lists(st.integers(0, 10**9), min_size=1),
    st.sampled_from([None, *TIME_FORMATS, "ns@0001-01-01", "d@9999-12-31", "s@2001-01-01"]),
)
def test_any_numbers_end_in_bars_or_in_one_error(times: list[int], form: str | None) -> None:
    closes = np.arange(1.0, len(times) + 1)
    try:
        bars = load_bars({"time": times, "close": closes}, timeframe="1s", time_format=form, policy="drop")
    except DataError as error:
        assert str(error)
    else:
        assert (np.diff(bars.ts) > 0).all()
