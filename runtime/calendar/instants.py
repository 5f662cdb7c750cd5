"""Instants as a caller may give them: the one reader of `--from`, `data_from`, a pushed bar's time, and the like."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from operator import index
from typing import Any

from ...lang.diagnostics.brief import brief
from ..errors import UsageFault

Moment = Any
"""Text (a year, a month, a date or a time), datetime, date, numpy datetime64, pandas Timestamp, or µs since 1970;
UTC unless it says otherwise."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ON_THE_WALL = datetime(1970, 1, 1)
_SECONDS_A_DAY = 86_400
_YEARS = (-62_135_596_800_000_000, 253_402_300_800_000_000)  # 1 to 9999: what can be shown
_LONGEST = 64
_EPOCH_DIGITS = {10: 1_000_000, 13: 1_000, 16: 1}
"""Digits of s, ms and µs since 1970, and µs in one: from 2001 to 2286."""


def instant(value: Moment, name: str = "the time", within: tuple[int, int] = _YEARS, *, daily: bool = False) -> int:
    """µs since 1970, at or after the first of `within` and before the second.

    A year is its first instant, and so is a month. `daily`: bars of a day or longer are meant, which are labelled by
    dates in no zone; the date and time are then taken as they are written, whatever offset stands behind them.
    UsageFault, which calls the value `name`, if it is no time or lies outside.
    """
    try:
        found = _read(value, daily)
    except (ValueError, TypeError, OverflowError):
        raise UsageFault(
            f"{name} {_short(value)} cannot be read; write it as 2024-03-01 or 2024-03-01T14:30:00Z, a month as "
            "2024-03, a year as 2024"
        ) from None
    first, end = within
    if first <= found < end:
        return found
    wrote = not isinstance(value, str | date) and first <= found // 1000 < end
    asked = "; whole numbers are µs since 1970, are these nanoseconds?" if wrote else ""
    raise UsageFault(f"{name} {_short(value)} is outside the years {shown(first)[:4]} to {shown(end - 1)[:4]}{asked}")


def _read(value: Moment, daily: bool) -> int:
    if isinstance(value, str):
        value = _of_text(value.strip())
    if isinstance(value, datetime):
        if type(value) is not datetime and value != value:  # pandas' NaT is a datetime
            raise ValueError("not a time")
        past = value.replace(tzinfo=None) - _EPOCH_ON_THE_WALL if daily or not value.tzinfo else value - _EPOCH
        return (past.days * _SECONDS_A_DAY + past.seconds) * 1_000_000 + past.microseconds
    if isinstance(value, date):
        return (value - _EPOCH.date()).days * _SECONDS_A_DAY * 1_000_000
    if getattr(getattr(value, "dtype", None), "kind", "") == "M":  # numpy's, without importing it
        whole = int(value.astype("datetime64[us]").astype("int64"))
        if whole == -(1 << 63):
            raise ValueError("not a time")
        return whole
    if isinstance(value, bool):
        raise TypeError("not a time")
    return index(value)


def _of_text(text: str) -> datetime | int:
    """A year, a month, what ISO 8601 allows, or seconds, ms or µs since 1970."""
    if len(text) > _LONGEST:
        raise ValueError("too long")
    if text[4:5] == "-" and len(text) > 7 and text[-1] != "C":  # nearly every time that is pushed
        return datetime.fromisoformat(text)
    if text.isascii() and text.isdigit() and len(text) in _EPOCH_DIGITS:
        return int(text) * _EPOCH_DIGITS[len(text)]
    if len(text) == 4 and text.isdigit():
        return datetime(int(text), 1, 1)
    if len(text) == 7 and text[4] == "-" and text[:4].isdigit():
        return datetime.fromisoformat(f"{text}-01")
    return datetime.fromisoformat(text.removesuffix(" UTC") + "Z" * text.endswith(" UTC"))


def _short(value: Moment) -> str:
    """What was given, as far as a message can show it."""
    return brief(value)


def shown(instant: int) -> str:
    """ISO 8601, UTC."""
    return (_EPOCH + timedelta(microseconds=instant)).isoformat().replace("+00:00", "Z")
