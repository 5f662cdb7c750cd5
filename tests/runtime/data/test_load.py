"""What `load_bars` takes besides a source: timeframe, period, zone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stratagem.lang.program.timeframe import Timeframe
from stratagem.runtime.calendar import Calendar
from stratagem.runtime.data import DataError, load_bars, read_instant
from stratagem.runtime.data.errors import DataChoiceError

from .made import MINUTE, START, arrays, same

DAY = 86_400_000_000
HOUR = 3_600_000_000


def local(stamps: list[str]) -> dict[str, object]:
    """Bars stamped without a zone."""
    return {"time": stamps, "close": np.arange(1.0, len(stamps) + 1)}


def test_the_timeframe_is_inferred_and_said() -> None:
    bars = load_bars(arrays())
    assert bars.timeframe == Timeframe(1, "m")
    assert bars.notes == ("timeframe 1m inferred from the stamps (100% of the gaps between bars)",)


def rows(columns: dict[str, np.ndarray], at: object) -> dict[str, np.ndarray]:
    return {name: column[at] for name, column in columns.items()}


def test_a_given_timeframe_is_not_questioned_where_bars_are_sparse() -> None:
    gaps = np.random.default_rng(2).integers(1, 12, 60)
    for at in (np.cumsum(gaps), np.cumsum(gaps)[::-1], np.arange(0, 25, 5)):
        sparse = load_bars(rows(arrays(700), at), timeframe=Timeframe(1, "m"))
        assert str(sparse.timeframe) == "1m" and not [note for note in sparse.notes if "timeframe" in note]


@pytest.mark.parametrize("kept", [np.arange(0, 300, 5), np.append(np.arange(0, 295, 5), 291), np.arange(0, 3000, 70)])
def test_a_timeframe_finer_than_the_bars_lie_apart_is_doubted(kept: np.ndarray) -> None:
    bars = rows(arrays(3000), kept)
    apart = load_bars(bars, policy="keep").timeframe
    told = f"timeframe 1m as given, but the bars lie {apart} apart: if they last that long, leave it out"
    assert load_bars(bars, timeframe="1m").notes == (told,)
    assert str(load_bars(bars, timeframe="1m").timeframe) == "1m"


@pytest.mark.parametrize("apart", ["D", "W", "M"])
@pytest.mark.parametrize("said", ["15m", "4h"])
def test_dates_are_not_read_as_bars_of_minutes(apart: str, said: str) -> None:
    dates = {"ts": np.arange("2020-01", "2022-01", dtype=f"M8[{apart}]").astype("M8[us]")}
    dates["close"] = np.arange(1.0, len(dates["ts"]) + 1)
    with pytest.raises(DataError, match=f"dates without a time of day, not of {said}: run it `every 1"):
        load_bars(dates, timeframe=said)
    at_nine = {**dates, "ts": dates["ts"] + np.timedelta64(9, "h")}
    assert str(load_bars(at_nine, timeframe=said).timeframe) == said  # what is left of shorter ones
    few = {name: column[:4] for name, column in dates.items()}
    assert str(load_bars(few, timeframe=said).timeframe) == said


def test_months_read_as_days_are_doubted() -> None:
    months = {"ts": np.arange("2020-01", "2022-01", dtype="M8[M]").astype("M8[us]"), "close": np.arange(1.0, 25.0)}
    assert any("lie 1mo apart" in note for note in load_bars(months, timeframe="1d").notes)


def test_bars_are_not_read_as_longer_ones() -> None:
    with pytest.raises(DataError, match="holds bars of 1m, not of 1h: run it `every 1m`, or give bars of 1h"):
        load_bars(arrays(), timeframe="1h")


def test_one_bar_needs_its_timeframe_said() -> None:
    one = {name: column[:1] for name, column in arrays().items()}
    with pytest.raises(DataError, match="cannot be told from 2 bars of one and the same time; say it, for example"):
        load_bars({"ts": np.array(["2024-01-01"] * 2, "datetime64[us]"), "close": np.ones(2)})
    with pytest.raises(DataError, match="cannot be told from 1 bar; say it, for example --timeframe 1d"):
        load_bars(one)
    assert len(load_bars(one, timeframe="1d")) == 1


def test_the_period_is_half_open() -> None:
    bars = load_bars(arrays(), data_from="2024-01-01T00:05:00Z", data_to="2024-01-01 00:15")
    assert (bars.ts[0], bars.ts[-1], len(bars)) == (START + 5 * MINUTE, START + 14 * MINUTE, 10)
    assert same(load_bars(arrays(), data_from=START + 5 * MINUTE, data_to=START + 15 * MINUTE), bars)
    with pytest.raises(
        DataError, match="no bar in the period asked for; it spans 2024-01-01T00:00:00 to 2024-01-01T00:19"
    ):
        load_bars(arrays(), data_from="2025-01-01")
    with pytest.raises(DataError, match="--data-to 'soon'"):
        load_bars(arrays(), data_to="soon")


def test_a_period_shares_the_memory_of_the_data() -> None:
    columns = arrays()
    assert np.shares_memory(load_bars(columns, data_from="2024-01-01T00:05").close, columns["close"])


def test_stamps_without_a_zone_are_utc_or_of_the_zone_named() -> None:
    stamps = [f"2024-07-01 {9 + n // 2:02}:{30 * (n % 2):02}" for n in range(10)]
    assert load_bars(local(stamps)).ts[0] == read_instant("2024-07-01T09:00")
    assert load_bars(local(stamps), data_tz="America/New_York").ts[0] == read_instant("2024-07-01T13:00")
    zoned = [f"{stamp}:00+00:00" for stamp in stamps]
    assert load_bars(local(zoned), data_tz="America/New_York").ts[0] == read_instant("2024-07-01T09:00")


def test_a_repeated_hour_is_told_apart_by_the_order_of_rows() -> None:
    stamps = [f"2024-11-03 {hour:02}:{minute:02}" for hour in (0, 1, 1, 2) for minute in (0, 30)]
    bars = load_bars(local(stamps), data_tz="America/New_York")
    assert np.diff(bars.ts).tolist() == [HOUR // 2] * 7
    assert [int(h) for h in Calendar("America/New_York").field("hour", bars.ts)] == [0, 0, 1, 1, 1, 1, 2, 2]


def test_a_repeated_hour_of_hourly_bars() -> None:
    stamps = [f"2024-11-03 {hour:02}:00" for hour in (0, 1, 1, 2, 3)]
    assert np.diff(load_bars(local(stamps), data_tz="America/New_York").ts).tolist() == [HOUR] * 4


def test_a_time_that_never_was_is_refused() -> None:
    stamps = [f"2024-03-10 {hour:02}:{minute:02}" for hour in (1, 2, 3) for minute in (0, 30)]
    with pytest.raises(DataError, match="2024-03-10T02:00:00 does not exist in America/New_York"):
        load_bars(local(stamps), data_tz="America/New_York")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(DataChoiceError, match="--data-tz: no time zone is called 'America/NewYork'; did you mean"):
        load_bars(arrays(), data_tz="America/NewYork")


def test_daily_labels_are_dates_in_no_zone() -> None:
    days = [f"2024-07-{day:02}" for day in range(1, 20)]
    assert load_bars(local(days), data_tz="Asia/Tokyo").ts[0] == read_instant("2024-07-01")


def test_daily_instants_become_dates_of_the_zone_where_it_is_named() -> None:
    days = [f"2024-07-{day:02}T15:00:00Z" for day in range(1, 20)]  # midnight in Tokyo
    plain = load_bars(local(days))
    assert any("off midnight UTC" in note for note in plain.notes)
    moved = load_bars(local(days), data_tz="Asia/Tokyo")
    assert moved.ts[0] == read_instant("2024-07-02")
    assert any("labelled by their date in Asia/Tokyo" in note for note in moved.notes)


def test_bars_know_their_closes_and_whether_they_are_daily() -> None:
    bars = load_bars(arrays())
    assert (bars.closes - bars.ts == MINUTE).all()
    assert not bars.daily
    daily = load_bars(arrays(20, DAY))
    assert daily.daily
    assert (daily.closes - daily.ts == DAY).all()
    assert repr(daily) == "Bars('data', 1d, 20 bars)"


def test_rows_of_bars_share_memory_and_own_columns() -> None:
    bars = load_bars({**arrays(), "score": np.arange(20.0)})
    part = bars.rows(5, 8)
    assert (len(part), part.extra["score"].tolist()) == (3, [5.0, 6.0, 7.0])
    assert np.shares_memory(part.open, bars.open)
    assert bars.between() is bars
    assert len(bars.between(START + MINUTE, START)) == 0


@pytest.mark.parametrize("kind", ["c16", "M8[us]", "m8[s]", [("a", "f8")]])
def test_prices_of_no_number_are_refused(kind: Any) -> None:
    with pytest.raises(DataError, match="the data: column 'high' holds .*, where numbers are expected"):
        load_bars({**arrays(), "high": np.zeros(20, dtype=kind)})


def test_a_header_without_rows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "head.csv"
    path.write_text("Date,Open,High,Low,Close,Volume\n")
    with pytest.raises(DataError, match=r"head\.csv: it holds no bar: a header at most"):
        load_bars(path)
    assert "no bar" in load_bars(path, timeframe="1d").notes[0]
