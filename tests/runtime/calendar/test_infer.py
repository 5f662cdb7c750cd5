"""The timeframe, told from stamps."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet
from stratagem.runtime.calendar import infer
from stratagem.runtime.calendar.civil import DAY, HOUR, MINUTE, SECOND, day_of


def every(step: int, count: int = 500) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(count, dtype=np.int64) * step + 1_700_000_000 * SECOND


@pytest.mark.parametrize(
    ("step", "expected"),
    [(SECOND, "1s"), (30 * SECOND, "30s"), (MINUTE, "1m"), (45 * MINUTE, "45m"), (4 * HOUR, "4h"), (DAY, "1d"),
     (7 * DAY, "1w"), (60 * MINUTE, "1h"), (90 * SECOND, "90s"), (3 * DAY, "3d")],
)  # fmt: skip
def test_regular_bars(step: int, expected: str) -> None:
    inferred = infer(every(step))
    assert (str(inferred.timeframe), inferred.share) == (expected, 1.0)


def test_weekends_do_not_hide_daily_bars() -> None:
    days = np.array([day for day in range(19_000, 19_400) if (day + 3) % 7 < 5]) * DAY
    inferred = infer(days)
    assert str(inferred.timeframe) == "1d"
    assert 0.75 < inferred.share < 0.85
    assert "80%" in str(inferred)


def test_two_thirds_of_the_minutes_may_be_missing() -> None:
    stamps = every(MINUTE, 3000)[np.sort(np.random.default_rng(7).choice(3000, 1000, replace=False))]
    assert str(infer(stamps).timeframe) == "1m"


def test_one_wrong_stamp_does_not_decide() -> None:
    stamps = every(HOUR)
    stamps[100] += 7 * SECOND
    assert str(infer(stamps).timeframe) == "1h"


def test_clock_changes_do_not_make_four_hours_three() -> None:
    stamps = every(4 * HOUR, 1000)
    stamps[500:] -= HOUR
    assert str(infer(stamps).timeframe) == "4h"


def test_months_and_quarters_differ_in_length() -> None:
    months = np.array([day_of(2000 + m // 12, m % 12 + 1) for m in range(60)]) * DAY
    assert (str(infer(months).timeframe), infer(months).share) == ("1mo", 1.0)
    assert str(infer(months[::3]).timeframe) == "3mo"
    assert str(infer(months[::12]).timeframe) == "12mo"


def test_weeks_labelled_by_their_first_trading_day() -> None:
    weeks = np.arange(200) * 7 * DAY
    weeks[::9] += DAY  # a holiday on Monday
    assert str(infer(weeks).timeframe) == "1w"


def test_order_does_not_matter() -> None:
    assert infer(every(MINUTE)[::-1]) == infer(every(MINUTE))


@pytest.mark.parametrize(("count", "told"), [(0, "holds no bar"), (1, "--timeframe 1d")])
def test_too_few_bars_cannot_tell(count: int, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        infer(every(DAY, count))


def test_ticks_are_no_bars() -> None:
    with pytest.raises(ValueError, match="ticks"):
        infer(every(SECOND // 4))


def test_real_files_are_what_they_say(shared: Path) -> None:
    folder = shared / "data" / "bars"
    wrong = []
    for path in sorted(folder.glob("*.parquet")):
        stated = re.search(r"_(\d+[smhd])(_|$)", path.stem)
        stamps = parquet.read_table(path, columns=["ts"])["ts"].drop_null().to_numpy().astype("datetime64[us]")
        found = str(infer(stamps.view(np.int64)).timeframe)
        if stated and found != stated[1]:
            wrong.append((path.stem, found))
    assert wrong == []
