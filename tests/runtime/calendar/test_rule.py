"""The rule at the end of a time-zone file."""

from __future__ import annotations

import datetime

import pytest
from stratagem.runtime.calendar.civil import HOUR, MINUTE
from stratagem.runtime.calendar.rule import read_rule


def utc(*parts: int) -> int:
    return int(datetime.datetime(*parts, tzinfo=datetime.UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_new_york_changes_on_its_sundays() -> None:
    rule = read_rule("EST5EDT,M3.2.0,M11.1.0")
    assert (rule.standard, rule.summer) == (-5 * HOUR, -4 * HOUR)
    assert rule.changes(2040) == [(utc(2040, 3, 11, 7), -4 * HOUR), (utc(2040, 11, 4, 6), -5 * HOUR)]


def test_the_fifth_sunday_means_the_last() -> None:
    rule = read_rule("GMT0BST,M3.5.0/1,M10.5.0")
    assert rule.changes(2041) == [(utc(2041, 3, 31, 1), HOUR), (utc(2041, 10, 27, 1), 0)]


def test_south_of_the_equator_summer_ends_first() -> None:
    rule = read_rule("NZST-12NZDT,M9.5.0,M4.1.0/3")
    first, second = rule.changes(2040)
    assert first == (utc(2040, 3, 31, 14), 12 * HOUR)
    assert second == (utc(2040, 9, 29, 14), 13 * HOUR)


def test_half_an_hour_of_summer() -> None:
    rule = read_rule("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")
    assert rule.summer - rule.standard == 30 * MINUTE


def test_times_beyond_a_day_and_before_it() -> None:
    late = read_rule("EET-2EEST,M3.4.4/50,M10.4.4/50")
    assert late.changes(2040)[0] == (utc(2040, 3, 24, 0), 3 * HOUR)  # 50 hours into Thursday the 22nd
    early = read_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0")
    assert early.changes(2040)[0] == (utc(2040, 3, 25, 1), -HOUR)  # 23:00 of the day before


def test_a_zone_without_summer_time_never_changes() -> None:
    rule = read_rule("IST-5:30")
    assert rule.standard == 5 * HOUR + 30 * MINUTE
    assert rule.changes(2040) == []


@pytest.mark.parametrize("text", ["", "5", "EST5EDT,J60,J300", "EST5EDT,60,300", "EST5EDT,M3.2.0"])
def test_forms_that_the_database_does_not_use_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time-zone rule"):
        read_rule(text)
