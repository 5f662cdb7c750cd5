"""Words with a unit are read as others spell them, and what is none of them is left alone."""

from __future__ import annotations

import pytest
from stratagem.lang.habits import units


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("9:30", '"09:30"'), ("3pm", '"15:00"'), ("9:30 am", '"09:30"'), ("12am", '"00:00"'), ("12:05pm", '"12:05"'),
        ('"4 pm"', '"16:00"'), ("24:00", '"24:00"'), ("25:00", ""), ("15:60", ""), ('"9:30"', ""), ("9", ""),
        ("930", ""), ("", ""), ("close", ""),
    ],
)  # fmt: skip
def test_a_time_of_day(written: str, ours: str) -> None:
    assert units.clock(written) == ours


def test_five_minutes_later_is_midnight_at_the_latest() -> None:
    assert [units.soon(clock) for clock in ("15:55", "23:58", "close")] == ['"16:00"', '"24:00"', ""]


@pytest.mark.parametrize(
    ("part", "written", "ours"),
    [
        ("$resolution", '"D"', "1d"), ("$resolution", '"240"', "4h"), ("$resolution", '"15"', "15m"),
        ("$resolution", "'3W'", "3w"), ("$resolution", '"M"', "1mo"), ("$resolution", '"0"', ""),
        ("$resolution", '"0D"', ""), ("$resolution", '""', ""), ("$resolution", "D", ""),
        ("$period", "PERIOD_H4", "4h"), ("$period", "0", ""), ("$date", "20240131", '"2024-01-31"'),
        ("$date", "20241301", ""), ("$days", "5", "5d"), ("$days", "²", ""), ("$quoted", "'trend'", "trend"),
        ("$quoted", "'close'", ""), ("$quoted", "'when'", ""), ("$quoted", "'long'", ""), ("$quoted", "'größe'", ""),
        ("$quoted", "'a b'", ""), ("$percent", "5%", "5%"), ("$percent", "5", ""), ("$percent", "%", ""),
        ("$frame", '"4h"', "4h"), ("$frame", "4h", ""), ("$span", "4h", "4h"), ("$span", "4", ""),
    ],
)  # fmt: skip
def test_a_word_with_a_unit(part: str, written: str, ours: str) -> None:
    assert units.READ[part](written) == ours
