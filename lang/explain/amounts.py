"""Numbers with their units in words, to the last digit: no two numbers of a unit read alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..program.timeframe import Timeframe
from ..program.units import Unit
from ..words.amounts import plain

_LASTING = ((86_400, "day"), (3600, "hour"), (60, "minute"))
_FRAMES = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month"}
_MISSING = "a missing number"


def amount(value: object, unit: Unit = Unit.PLAIN) -> str:
    """A number or a bool; a duration is in seconds, a moment in seconds since 1970."""
    if isinstance(value, bool):
        return "true" if value else "false"
    number = float(str(value))
    if number != number:
        return _MISSING
    if unit is Unit.RATIO:
        return _fraction(number) or f"{plain(number, 2)}%"
    if unit is Unit.DURATION:
        return lasting(number)
    if unit is Unit.TIME:
        return moment(number)
    return bars(plain(number)) if unit is Unit.BARS else plain(number)


def _fraction(number: float) -> str:
    """`1/3` of what is that to the last bit and has no end in per cent; "" of all else."""
    if len(plain(number, 2)) <= _LONG_SHARE:
        return ""
    parts = ((round(number * whole), whole) for whole in range(3, 13))
    return next((f"{part}/{whole}" for part, whole in parts if part and part / whole == number), "")


_LONG_SHARE = 12
"""Characters of a share in per cent beyond which a fraction may say it shorter."""


def money(value: float) -> str:
    """`100,000`: thousands apart, where nothing else stands beside it."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}" if len(whole) < 16 else plain(value)


def bars(count: str) -> str:
    """`1 bar`, `20 bars`"""
    return "1 bar" if count == "1" else f"{count} bars"


def ticks(count: str) -> str:
    """`1 tick`, `8 ticks`"""
    return "1 tick" if count == "1" else f"{count} ticks"


def lasting(seconds: float) -> str:
    """A duration in the largest unit of which it is a whole number."""
    size, unit = next((row for row in _LASTING if seconds and seconds % row[0] == 0), (1, "second"))
    count = plain(seconds / size)
    return f"{count} {unit}{'' if count == '1' else 's'}"


def moment(seconds: float) -> str:
    """`2024-01-31 14:30 UTC`"""
    try:
        shown = (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat(" ")
    except OverflowError:
        return f"{plain(seconds)} seconds from 1970"
    return f"{shown.removesuffix(':00')} UTC"


def frame(length: Timeframe) -> str:
    """`4-hour`, `1-day`: of bars."""
    return f"{length.count}-{_FRAMES[length.unit]}"


def clock_time(minutes: float) -> str:
    """`09:30` of a minute of the day."""
    hour, minute = divmod(int(minutes), 60)
    return f"{hour:02}:{minute:02}"


def listed(parts: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
