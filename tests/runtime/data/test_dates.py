"""Bars of a day or longer keep their date, whatever zone they are stamped in and whichever way they are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars
import pyarrow as pa
import pytest
from pyarrow import feather, parquet
from stratagem.runtime.calendar import Calendar
from stratagem.runtime.data import Bars, DataError, load_bars
from stratagem.runtime.data import text as text_module

FIRST = date(2024, 1, 2)  # a Tuesday
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland", "Pacific/Honolulu",
         "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]  # fmt: skip

Read = Callable[..., Bars]


def weekdays(count: int) -> list[date]:
    days = (FIRST + timedelta(days=n) for n in range(2 * count))
    return [day for day in days if day.isoweekday() < 6][:count]


def frame(zone: str, days: list[date], hour: int = 0) -> pd.DataFrame:
    stamps = pd.DatetimeIndex([datetime(d.year, d.month, d.day, hour) for d in days]).tz_localize(zone)
    return pd.DataFrame({"time": stamps, "close": np.arange(1.0, len(days) + 1)})


def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: pd.DataFrame) -> dict[str, Callable[[], Bars]]:
    """The same table in every kind of source that can tell a zone."""
    csv = tmp_path / "a.csv"
    table.to_csv(csv, index=False)
    parquet.write_table(pa.table(table), tmp_path / "a.parquet")
    feather.write_feather(pa.table(table), tmp_path / "a.feather")

    def large(**options: Any) -> Bars:
        with monkeypatch.context() as patch:
            patch.setattr(text_module, "SMALL", 0)
            return load_bars(csv, **options)

    def of(source: Any) -> Callable[..., Bars]:
        return lambda **options: load_bars(source, **options)

    return {
        "small text": of(csv),
        "large text": large,
        "parquet": of(tmp_path / "a.parquet"),
        "feather": of(tmp_path / "a.feather"),
        "pandas column": of(table),
        "pandas index": of(table.set_index("time")),
        "polars": of(polars.from_pandas(table)),
        "arrow": of(pa.table(table)),
        "mapping": of({"time": table["time"], "close": table["close"]}),
        "texts": of({"time": [str(stamp) for stamp in table["time"]], "close": table["close"]}),
        "datetimes": of({"time": [stamp.to_pydatetime() for stamp in table["time"]], "close": table["close"]}),
    }


def dates(bars: Bars) -> list[date]:
    assert not (bars.ts % 86_400_000_000).any()
    return bars.ts.astype("datetime64[us]").astype("datetime64[D]").tolist()


@pytest.mark.parametrize("zone", ZONES)
def test_a_date_is_that_of_the_clock_that_wrote_it(zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = weekdays(261)  # a year: both changes of the clock
    for name, load in ways(tmp_path, monkeypatch, frame(zone, days)).items():
        bars = load()
        assert (name, str(bars.timeframe)) == (name, "1d")
        assert dates(bars) == days, name
        assert Calendar(daily=True).field("weekday", int(bars.ts[0])) == 2, name
        assert not [note for note in bars.notes if "midnight" in note], name


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
def test_a_few_days_around_a_change_of_the_clock(zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for begin in (date(2024, 3, 6), date(2024, 3, 27), date(2024, 4, 4), date(2024, 10, 1), date(2024, 10, 24)):
        days = [begin + timedelta(days=n) for n in range(9)]
        for name, load in ways(tmp_path, monkeypatch, frame(zone, days)).items():
            bars = load()
            assert (name, str(bars.timeframe), dates(bars)) == (name, "1d", days)
            assert dates(load(timeframe="1d")) == days


@pytest.mark.parametrize(("step", "timeframe"), [(7, "1w"), (2, "2d")])
def test_weeks_and_days_in_several(step: int, timeframe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2024, 1, 1) + timedelta(days=step * n) for n in range(40)]
    for name, load in ways(tmp_path, monkeypatch, frame("Europe/Berlin", days)).items():
        bars = load()
        assert (name, str(bars.timeframe), dates(bars)) == (name, timeframe, days)


def test_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2020 + n // 12, n % 12 + 1, 1) for n in range(48)]
    for name, load in ways(tmp_path, monkeypatch, frame("Asia/Tokyo", days)).items():
        bars = load()
        assert (name, str(bars.timeframe), dates(bars)) == (name, "1mo", days)


def test_only_intraday_stamps_are_instants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = pd.date_range("2024-03-31 00:00", periods=8, freq="1h", tz="Europe/Berlin")  # 02:00 is skipped
    table = pd.DataFrame({"time": stamps, "close": np.arange(1.0, 9)})
    expected = [1_711_839_600_000_000 + n * 3_600_000_000 for n in range(8)]  # from 2024-03-30T23:00Z
    for name, load in ways(tmp_path, monkeypatch, table).items():
        bars = load()
        assert (name, str(bars.timeframe), bars.ts.tolist()) == (name, "1h", expected)
        told = load(data_tz="Asia/Tokyo")
        assert told.ts.tolist() == expected, name
        assert "the stamps carry their own zone: --data-tz was not needed" in told.notes, name


def test_a_session_that_begins_in_the_evening_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = weekdays(60)
    for name, load in ways(tmp_path, monkeypatch, frame("America/New_York", days, hour=18)).items():
        bars = load()
        assert dates(bars) == days, name
        assert any("stamped off midnight (2024-01-02T18:00): they are labelled by that date" in n for n in bars.notes)


def test_a_date_elsewhere_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Midnight of New York is afternoon of that day in Tokyo, and evening of the day before in Denver."""
    days = weekdays(20)
    for name, load in ways(tmp_path, monkeypatch, frame("America/New_York", days)).items():
        assert dates(load(data_tz="Asia/Tokyo")) == days, name
        moved = load(data_tz="America/Denver")
        assert dates(moved) == [day - timedelta(days=1) for day in days], name
        assert "bars of 1d are labelled by their date in America/Denver" in moved.notes


@pytest.mark.parametrize("shape", ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S+00:00", "%s"])
def test_instants_that_are_midnight_nowhere_known_are_told(shape: str) -> None:
    """Berlin's midnights written in UTC: which date was meant only the user can say."""
    stamps = frame("Europe/Berlin", weekdays(60))["time"].dt.tz_convert("UTC")
    bars = load_bars({"time": [stamp.strftime(shape) for stamp in stamps], "close": np.arange(1.0, 61)})
    assert dates(bars)[0] == date(2024, 1, 1)
    note = next(note for note in bars.notes if "midnight" in note)
    assert "off midnight UTC (2024-01-01T23:00): their date is that of the stamp in UTC" in note
    assert "no bar lies on a Friday and some lie on a Sunday: in their own zone they are a day later" in note
    right = load_bars(
        {"time": [stamp.strftime(shape) for stamp in stamps], "close": np.arange(1.0, 61)}, data_tz="Europe/Berlin"
    )
    assert dates(right) == weekdays(60)


def test_midnights_of_new_york_in_utc_have_the_right_date_already() -> None:
    days = [date(2024, 3, 5) + timedelta(days=n) for n in range(8)]  # clocks are set forward on the 10th
    stamps = frame("America/New_York", days)["time"].dt.tz_convert("UTC")
    bars = load_bars({"time": [stamp.isoformat() for stamp in stamps], "close": np.arange(1.0, 9)})
    assert (str(bars.timeframe), dates(bars)) == ("1d", days)
    assert any("off midnight UTC (2024-03-05T05:00)" in note for note in bars.notes)


def test_duckdb_shows_instants_in_the_machines_zone_which_says_nothing(tmp_path: Path) -> None:
    import duckdb

    place = tmp_path / "a.duckdb"
    with duckdb.connect(str(place)) as connection:
        connection.execute("create table bars (time timestamptz, close double)")
        connection.executemany(
            "insert into bars values (?, ?)", [(f"2024-01-{n:02} 00:00:00+00", float(n)) for n in range(1, 29)]
        )
    expected = [date(2024, 1, n) for n in range(1, 29)]
    assert dates(load_bars(place)) == expected
    with duckdb.connect() as connection:
        connection.execute(f"attach '{place}' as other (read_only)")
        assert dates(load_bars(connection.sql("select * from other.bars"))) == expected


def test_bounds_of_daily_data_are_dates_too() -> None:
    bars = frame("America/New_York", weekdays(20))
    for begin in (date(2024, 1, 4), "2024-01-04", "2024-01-04T00:00:00-05:00", np.datetime64("2024-01-04"),
                  pd.Timestamp("2024-01-04", tz="America/New_York"), datetime(2024, 1, 4)):  # fmt: skip
        assert dates(load_bars(bars, data_from=begin))[0] == date(2024, 1, 4), begin
        assert dates(load_bars(bars, data_to=begin))[-1] == date(2024, 1, 3), begin
    assert len(load_bars(bars, data_from="2024")) == len(load_bars(bars, data_from="2024-01")) == 20
    for wrong in ("soon", "24", float("nan"), True, pd.NaT, object(), "2024-13", "2024-02-30", 1.5, np.float64(3)):
        with pytest.raises(DataError, match="--data-from .* cannot be read; write it as"):
            load_bars(bars, data_from=wrong)


@pytest.mark.parametrize("freq", ["D", "M", "W-SUN", "h", "Q-DEC", "Y"])
def test_periods_of_pandas_begin_where_they_begin(freq: str) -> None:
    periods = pd.period_range("2020-01-06", periods=30, freq=freq)
    closes = np.arange(1.0, 31)
    expected = periods.start_time.astype("datetime64[us]").astype(np.int64).tolist()
    for table in (
        pd.DataFrame({"time": periods, "close": closes}),
        pd.DataFrame({"close": closes}, index=periods.rename("time")),
        {"time": periods, "close": closes},
    ):
        assert load_bars(table).ts.tolist() == expected


def six_digits(form: str, count: int, step: timedelta = timedelta(days=1)) -> Any:
    times = [(datetime(2024, 1, 2) + n * step).strftime(form) for n in range(count)]
    return {"time": times, "close": np.arange(1.0, count + 1)}


@pytest.mark.parametrize("by", "-/.")
@pytest.mark.parametrize("count", [3, 25, 400])
@pytest.mark.parametrize(("step", "clock"), [(timedelta(days=1), ""), (timedelta(hours=1), " %H:%M")])
def test_a_year_of_two_digits_may_stand_first(by: str, count: int, step: timedelta, clock: str) -> None:
    """24-01-02 had been 24 January 2002."""
    data = six_digits(f"%y{by}%m{by}%d{clock}", count, step)
    if clock and count < 24:  # one day alone
        data["time"][-1] = f"24{by}01{by}03 00:00"
    bars = load_bars(data, timeframe="1h" if clock else "1d")
    assert str(bars.ts[0].astype("M8[us]"))[:10] == "2024-01-02"
    assert any("are read with the year first: --time-format says another order" in note for note in bars.notes)
    assert load_bars(data, timeframe="1h" if clock else "1d", time_format="YMD").ts.tolist() == bars.ts.tolist()


@pytest.mark.parametrize("by", "-/.")
@pytest.mark.parametrize("count", [25, 400])
@pytest.mark.parametrize("order", ["DMY", "MDY"])
def test_a_year_of_two_digits_that_stands_last(by: str, count: int, order: str) -> None:
    form = by.join(f"%{letter.lower()}" for letter in order)
    bars = load_bars(six_digits(form, count))
    assert str(bars.ts[0].astype("M8[us]"))[:10] == "2024-01-02"
    assert not any("year first" in note for note in bars.notes)


def test_dates_of_six_digits_that_nothing_tells_apart_are_asked_about() -> None:
    one_day = {"time": ["11-10-12 09:30", "11-10-12 09:31", "11-10-12 09:32"], "close": [1.0, 2.0, 3.0]}
    with pytest.raises(DataError, match="'11-10-12 09:30' may be day/month or month/day"):
        load_bars(one_day)
    one_day["time"] = [time.replace("-12 ", "-13 ") for time in one_day["time"]]
    one_day["time"] = [time.replace("11-", "24-") for time in one_day["time"]]
    told = "dates such as '24-10-13 09:30' are read with the year last: --time-format YMD reads it first"
    assert told in load_bars(one_day).notes
    one_day["time"] = ["11-10-12 09:30", "11-10-12 09:31", "11-10-12 09:32"]
    assert str(load_bars(one_day, time_format="YMD").ts[0].astype("M8[us]"))[:10] == "2011-10-12"
    assert str(load_bars(one_day, time_format="DMY").ts[0].astype("M8[us]"))[:10] == "2012-10-11"
    with pytest.raises(DataError, match="YMD is for dates of two digits each, and '03/04/2024' has its year behind"):
        load_bars({"time": ["03/04/2024", "04/04/2024"], "close": [1.0, 2.0]}, time_format="YMD")
