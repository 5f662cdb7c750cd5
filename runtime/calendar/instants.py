"""Instants as a caller may give them: text, datetime, date, numpy datetime64 or whole µs since 1970."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from operator import index
from typing import Any

from ..errors import UsageFault

Moment = Any
"""Text, datetime, date, numpy datetime64, or µs since 1970; UTC unless it says otherwise."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS_A_DAY = 86_400
_YEARS = (-62_135_596_800_000_000, 253_402_300_800_000_000)  # 1 to 9999: what can be shown


def instant(value: Moment, name: str = "the time", within: tuple[int, int] = _YEARS) -> int:
    """µs since 1970, at or after the first of `within` and before the second.

    UsageFault, which calls the value `name`, if it is no time or lies outside.
    """
    try:
        found = _read(value)
    except (ValueError, TypeError, OverflowError):
        raise UsageFault(f"{name} {value!r} cannot be read; write it as 2024-03-01 or 2024-03-01T14:30:00Z") from None
    first, end = within
    if first <= found < end:
        return found
    wrote = not isinstance(value, str | date) and first <= found // 1000 < end
    asked = "; whole numbers are µs since 1970, are these nanoseconds?" if wrote else ""
    raise UsageFault(f"{name} {value!r} is outside the years {shown(first)[:4]} to {shown(end - 1)[:4]}{asked}")


def _read(value: Moment) -> int:
    if isinstance(value, str):
        value = datetime.fromisoformat(value.strip())
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        past = aware - _EPOCH
        return (past.days * _SECONDS_A_DAY + past.seconds) * 1_000_000 + past.microseconds
    if isinstance(value, date):
        return (value - _EPOCH.date()).days * _SECONDS_A_DAY * 1_000_000
    if hasattr(value, "astype"):  # numpy's, without importing it
        whole = int(value.astype("datetime64[us]").astype("int64"))
        if whole == -(1 << 63):
            raise ValueError("not a time")
        return whole
    return index(value)


def shown(instant: int) -> str:
    """ISO 8601, UTC."""
    return (_EPOCH + timedelta(microseconds=instant)).isoformat().replace("+00:00", "Z")
