"""Local time: against the standard library, which reads the same database."""

from __future__ import annotations

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import tzdata
from stratagem.lang.program.zones import DATABASE_VERSION, ZoneError
from stratagem.runtime.calendar.civil import DAY, HOUR, MINUTE, SECOND
from stratagem.runtime.calendar.clock import Clock
from stratagem.runtime.calendar.zones import changes

DATABASE = Path(tzdata.__file__).parent
EVERY_ZONE = (DATABASE / "zones").read_text().split()
ODD = [
    "UTC", "America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo",
    "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza", "Asia/Kathmandu", "America/Juneau",
]  # fmt: skip
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
EARLIEST, LATEST = -2_000_000_000 * SECOND, 7_000_000_000 * SECOND  # 1906 to 2191


def known(zone: str) -> ZoneInfo:
    with (DATABASE / "zoneinfo" / zone).open("rb") as file:
        return ZoneInfo.from_file(file, zone)


def offset(zone: ZoneInfo, instant: int) -> int:
    local = (EPOCH + datetime.timedelta(microseconds=instant)).astimezone(zone)
    difference = local.utcoffset()
    assert difference is not None
    return difference // datetime.timedelta(microseconds=1)


def telling(zone: str) -> list[int]:
    """Instants around each change, and some between."""
    around = [c + d for c in changes(zone)[0] for d in (-SECOND, 0, SECOND)]
    return [i for i in [*around, *range(EARLIEST, LATEST, 97_000_017 * SECOND)] if EARLIEST <= i < LATEST]


@pytest.mark.parametrize("zone", EVERY_ZONE[::5])
def test_the_wall_shows_what_the_standard_library_shows(zone: str) -> None:
    clock, reference = Clock(zone), known(zone)
    instants = telling(zone)[::3] if zone not in ODD else telling(zone)
    assert [clock.local(i) - i for i in instants] == [offset(reference, i) for i in instants]


@pytest.mark.parametrize("zone", ODD)
def test_a_block_gives_what_single_instants_give(zone: str) -> None:
    clock, instants = Clock(zone), telling(zone)
    block = np.array(instants, dtype=np.int64)
    assert clock.local(block).tolist() == [clock.local(i) for i in instants]
    assert clock.steady(block).tolist() == [clock.steady(i) for i in instants]
    days = block // DAY * DAY
    assert clock.begins(days).tolist() == [clock.begins(int(day)) for day in days]


@pytest.mark.parametrize("zone", ODD)
def test_steady_time_never_goes_back_and_days_begin_where_it_says(zone: str) -> None:
    clock = Clock(zone)
    steady = clock.steady(np.array(sorted(telling(zone)), dtype=np.int64))
    assert (np.diff(steady) >= 0).all()
    for day in np.unique(steady // DAY).tolist():
        begin = clock.begins(day * DAY)
        assert clock.steady(begin) >= day * DAY > clock.steady(begin - 1)


def test_a_midnight_that_does_not_exist() -> None:
    clock = Clock("America/Sao_Paulo")
    skipped = 16_727 * DAY  # 2015-10-19 is an ordinary day; the 18th began at 01:00
    assert clock.local(clock.begins(skipped)) == skipped
    assert clock.local(clock.begins(skipped - DAY)) == skipped - DAY + HOUR


def test_a_clock_set_back_over_midnight_does_not_repeat_a_day() -> None:
    clock = Clock("America/St_Johns")
    change = next(c for c in changes("America/St_Johns")[0] if 1_256_000_000 * SECOND < c < 1_258_000_000 * SECOND)
    before, after = clock.local(change - SECOND), clock.local(change)
    assert before // DAY == after // DAY + 1  # 00:00:59 on Sunday, then 23:01 on Saturday again
    assert clock.steady(change) // DAY == before // DAY
    assert clock.steady(change + 2 * HOUR) == clock.local(change + 2 * HOUR)


def test_a_clock_set_back_at_midnight_has_not_reached_the_day() -> None:
    clock = Clock("America/Sao_Paulo")
    change = next(c for c in changes("America/Sao_Paulo")[0] if 1_550_000_000 * SECOND < c < 1_551_000_000 * SECOND)
    day = clock.local(change - SECOND) // DAY
    assert clock.local(change) == (day + 1) * DAY - HOUR  # the last second of the day, then 23:00 again
    assert clock.steady(change) // DAY == day
    assert clock.begins((day + 1) * DAY) == change + HOUR


def test_instants_of_a_local_time() -> None:
    clock = Clock("America/New_York")
    local = np.array([19_675 * DAY + 12 * HOUR, 19_666 * DAY + 90 * MINUTE])  # 2023-11-14 noon; 2023-11-05 01:30
    first, second = clock.instants(local)
    assert first[0] == second[0] == local[0] + 5 * HOUR
    assert (first[1], second[1]) == (local[1] + 4 * HOUR, local[1] + 5 * HOUR)


def test_a_skipped_local_time_has_no_instant() -> None:
    clock = Clock("America/New_York")
    local = np.array([19_428 * DAY + 150 * MINUTE])  # 2023-03-12 02:30
    first, second = clock.instants(local)
    assert clock.local(first)[0] != local[0] != clock.local(second)[0]


def test_instants_turn_local_around_everywhere() -> None:
    for zone in ODD:
        clock, block = Clock(zone), np.array(telling(zone), dtype=np.int64)
        first, second = clock.instants(clock.local(block))
        assert ((first == block) | (second == block)).all()


def test_an_unknown_zone_is_told_with_the_nearest() -> None:
    with pytest.raises(ZoneError, match="did you mean 'America/New_York'"):
        Clock("America/NewYork")
    with pytest.raises(ZoneError, match="Europe/London"):
        Clock("europe/london")
    with pytest.raises(ZoneError, match="names are like"):
        Clock("../../etc/passwd")


def test_the_database_has_a_version() -> None:
    assert tzdata.IANA_VERSION == DATABASE_VERSION
    assert DATABASE_VERSION[:2] == "20"
