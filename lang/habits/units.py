"""Words with a unit as others spell them, and how the same is spelled here: times of day, dates, timeframes.

Every reader takes a word as it is written, and gives ours, "" where it is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..words.vocabulary import CONSTANTS, ENTER_CLAUSES, EXIT_CLAUSES, JOINTS, ORDERS, STATEMENTS, is_reserved

_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?\s*(am|pm)?", re.IGNORECASE)
_FRAME = re.compile("[1-9][0-9]{0,3}(?:s|m|h|d|w|mo)")
_RESOLUTION = re.compile("([0-9]{0,4})([SDWM]?)")
_DATE = re.compile("((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
_NAME = re.compile("[a-z_][A-Za-z0-9_]*")
_WORDS = frozenset((*STATEMENTS, *ENTER_CLAUSES, *EXIT_CLAUSES, *JOINTS, *ORDERS, *CONSTANTS, "long", "short", "na"))
_SPOKEN = frozenset(
    "a an at for if in market now of on order share shares the to unit units contract contracts".split()
)
_HUNDREDS = re.compile(r"([0-9]{3,5})%")
_TIMES = re.compile(r"[0-9]+(?:\.[0-9]+)?[xX]")
_PERIODS = {
    "M1": "1m", "M5": "5m", "M15": "15m", "M30": "30m", "H1": "1h", "H4": "4h", "D1": "1d", "W1": "1w", "MN1": "1mo",
}  # fmt: skip
_LETTERS = {"": "m", "S": "s", "D": "d", "W": "w", "M": "mo"}
_DAY = 24 * 60


def clock(written: str) -> str:
    """`9:30`, `3pm`, `9:30 am`, `"4 pm"`, `"16:00"` as the text of a time of day; a bare number is none."""
    found = _CLOCK.fullmatch(_unquoted(written))
    if found is None or not (found[2] or found[3]) or int(found[2] or 0) > 59:
        return ""
    if written[0] in "\"'" and not found[3] and len(written) < len('"09:30"'):
        return ""  # that text is told where it is read
    hour, half = int(found[1]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    return _of_day(hour * 60 + int(found[2] or 0))


def soon(written: str) -> str:
    """Five minutes after a time of day, midnight at the latest."""
    found = clock(written)
    return _of_day(min(int(found[1:3]) * 60 + int(found[4:6]) + 5, _DAY)) if found else ""


def _of_day(minutes: int) -> str:
    return f'"{minutes // 60:02}:{minutes % 60:02}"' if minutes <= _DAY else ""


def _unquoted(written: str) -> str:
    return written[1:-1] if written[:1] in ('"', "'") else written


def _frame(written: str) -> str:
    return _unquoted(written) if written[0] in "\"'" and _FRAME.fullmatch(written[1:-1]) else ""


def _resolution(written: str) -> str:
    """Pine's: a number of minutes, or of `S`, `D`, `W`, `M` (months)."""
    found = _RESOLUTION.fullmatch(_unquoted(written))
    if written[0] not in "\"'" or not found or not found[0]:
        return ""
    count = int(found[1] or 1)
    if not count:
        return ""
    if not found[2] and count % 60 == 0:
        return f"{count // 60}h"
    return f"{count}{_LETTERS[found[2]]}"


def _date(written: str) -> str:
    found = _DATE.fullmatch(written)
    return f'"{found[1]}-{found[2]}-{found[3]}"' if found else ""


def _symbol(written: str) -> str:
    """A name that stands for what is traded: none of our words, nor one that goes on with the sentence."""
    return written if written.isidentifier() and written.lower() not in _WORDS | _SPOKEN else ""


def _named(written: str) -> str:
    """A quoted text that can be the name of a `let`."""
    name = written[1:-1]
    free = _NAME.fullmatch(name) is not None and name not in _WORDS and not is_reserved(name)
    return name if written[0] in "\"'" and free else ""


def _times(written: str) -> str:
    """`2x` and `200%` are 2."""
    if _TIMES.fullmatch(written):
        return written[:-1]
    whole = _HUNDREDS.fullmatch(written)
    return f"{int(whole[1]) / 100:g}" if whole and int(whole[1]) >= 100 else ""


READ: dict[str, Callable[[str], str]] = {
    "$frame": _frame,
    "$span": lambda written: written if _FRAME.fullmatch(written) else "",
    "$resolution": _resolution,
    "$period": lambda written: _PERIODS.get(written.upper().removeprefix("PERIOD_"), ""),
    "$days": lambda written: f"{written}d" if written.isascii() and written.isdigit() else "",
    "$percent": lambda written: written if written[0].isdigit() and written.endswith("%") else "",
    "$date": _date,
    "$quoted": _named,
    "$symbol": _symbol,
    "$ticks": lambda written: f"{written}ticks" if written.isascii() and written.isdigit() else "",
    "$times": lambda written: _times(written),
}
"""Parts of a pattern that are one word with a unit."""
