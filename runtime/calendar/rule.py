"""The rule at the end of a time-zone file: how clocks change in the years after its last listed change.

It is written as POSIX has it: `EST5EDT,M3.2.0,M11.1.0` is standard time 5 hours west of Greenwich, summer
time from the second Sunday of March to the first of November, at 02:00 unless said. Only the `M` form of a
date occurs in the database; another one is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .civil import DAY, SECOND, day_of, weekday_of

_NAME = r"(?:<[^>]{1,16}>|[A-Za-z]{1,16})"
_CLOCK = r"[+-]?\d{1,3}(?::\d{1,2}(?::\d{1,2})?)?"
_RULE = re.compile(rf"{_NAME}({_CLOCK})(?:{_NAME}({_CLOCK})?,([^,]{{1,32}}),([^,]{{1,32}}))?")
_DATE = re.compile(rf"M(\d{{1,2}})\.(\d)\.(\d)(?:/({_CLOCK}))?")


@dataclass(frozen=True, slots=True)
class ChangeDate:
    """The nth `weekday` (0 is Sunday) of a month, 5 meaning the last, and the local time of the change in µs."""

    month: int
    nth: int
    weekday: int
    at: int

    def local(self, year: int) -> int:
        """The change in `year`, in µs on the clock that runs until then."""
        first = day_of(year, self.month)
        day = first + (self.weekday - weekday_of(first)) % 7 + 7 * (self.nth - 1)
        following = day_of(year + self.month // 12, self.month % 12 + 1)
        return (day if day < following else day - 7) * DAY + self.at


@dataclass(frozen=True, slots=True)
class Rule:
    """Offsets from UTC in µs; `begin` and `end` bound summer time and are None where there is none."""

    standard: int
    summer: int
    begin: ChangeDate | None
    end: ChangeDate | None

    def changes(self, year: int) -> list[tuple[int, int]]:
        """The changes of one year in order, as (instant, offset from then on)."""
        if self.begin is None or self.end is None:
            return []
        begin = (self.begin.local(year) - self.standard, self.summer)
        end = (self.end.local(year) - self.summer, self.standard)
        return sorted((begin, end))


def read_rule(text: str) -> Rule:
    """Read the rule of a time-zone file; ValueError if it has a form that the database does not use."""
    match = _RULE.fullmatch(text)
    if not match:
        raise ValueError(f"not a time-zone rule: {text!r}")
    standard = -_clock(match[1])  # POSIX counts westward
    if match[3] is None:
        return Rule(standard, standard, None, None)
    summer = standard + 3600 * SECOND if match[2] is None else -_clock(match[2])
    return Rule(standard, summer, _change_date(match[3]), _change_date(match[4]))


def _change_date(text: str) -> ChangeDate:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"not a date of a time-zone rule: {text!r}")
    at = _clock(match[4]) if match[4] else 2 * 3600 * SECOND
    return ChangeDate(int(match[1]), int(match[2]), int(match[3]), at)


def _clock(text: str) -> int:
    """`-3:30` in µs."""
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds, *_ = [*(int(part) for part in text.lstrip("+-").split(":")), 0, 0]
    return sign * (hours * 3600 + minutes * 60 + seconds) * SECOND
