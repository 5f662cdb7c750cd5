"""Ends of higher bars over a block equal those of each instant asked alone."""

from __future__ import annotations

import numpy as np
import pytest
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.calendar import Calendar

MINUTE = 60_000_000


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"])
@pytest.mark.parametrize("text", ["5m", "7m", "1h", "4h", "5h", "1d", "3d", "1w", "1mo", "2mo"])
@pytest.mark.parametrize("minutes", [1, 15, 60, 24 * 60])
def test_a_block_equals_its_instants(zone: str, text: str, minutes: int) -> None:
    generator = np.random.default_rng(minutes)
    frame = timeframe(text)
    steps = np.where(generator.random(600) < 0.02, generator.integers(1, 4000, 600), 1)
    for start in ("2024-03-08T22:00", "2023-10-27T03:00", "1969-12-30T00:00", "2024-02-28T10:00"):
        first = np.datetime64(start, "us").astype("int64")
        ts = first + np.cumsum(steps) * minutes * MINUTE
        calendar = Calendar(zone)
        expected = calendar.bucket(ts, frame)[1]
        assert np.array_equal(calendar.bucket_ends(ts, frame), expected)
        assert [Calendar(zone).bucket_ends(int(t), frame) for t in ts[:80:8]] == expected[:80:8].tolist()


def test_a_gap_of_years_falls_back_to_asking_each() -> None:
    ts = np.concatenate([np.arange(100), np.arange(100) + 20 * 365 * 1440]) * MINUTE
    calendar = Calendar("UTC")
    assert np.array_equal(calendar.bucket_ends(ts, timeframe("5m")), calendar.bucket(ts, timeframe("5m"))[1])


@pytest.mark.parametrize("text", ["5m", "1h", "1d", "1w", "1mo"])
@pytest.mark.parametrize("minutes", [1, 15, 24 * 60])
def test_each_end_comes_once_with_the_number_of_instants_before_it(text: str, minutes: int) -> None:
    """Bars that hold no instant are passed over, also where the instants are few or lie years apart."""
    generator = np.random.default_rng(minutes)
    steps = np.where(generator.random(600) < 0.05, generator.integers(1, 4000, 600), 1)
    calendar, frame = Calendar("America/New_York"), timeframe(text)
    for ts in (np.cumsum(steps) * minutes * MINUTE, np.array([0]), np.array([0, 5, 20 * 365 * 1440]) * MINUTE):
        ends, stops = calendar.ends_among(ts, frame)
        each = np.asarray(calendar.bucket(ts, frame)[1])
        assert ends.tolist() == sorted(set(each.tolist()))
        assert stops.tolist() == [int((each <= end).sum()) for end in ends]


@pytest.mark.parametrize("text", ["45m", "1h", "1d", "1mo"])
@pytest.mark.parametrize(
    "ts",
    [
        np.arange(5000), 17 + 30 * np.arange(500), np.array([0, 30, 120]),  # the last: as long as three an hour apart
        np.array([0, 1, 2, 60, 120, 180, 7 * 60]), np.array([0, 59, 60, 61, 240]), np.array([3, 3 + 1440]),
    ],
)  # fmt: skip
def test_instants_as_far_apart_are_counted_and_others_that_look_so_are_not(ts: np.ndarray, text: str) -> None:
    calendar, frame, instants = Calendar("UTC"), timeframe(text), ts * MINUTE
    ends, stops = calendar.ends_among(instants, frame)
    each = np.asarray(calendar.bucket(instants, frame)[1])
    assert ends.tolist() == sorted(set(each.tolist()))
    assert stops.tolist() == [int((each <= end).sum()) for end in ends]
