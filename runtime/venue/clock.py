"""The bar in which a fill happened, before that bar is known: its label, its day, and which times of day had passed."""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING

from ...lang.plan.model import Column, Decision
from ..calendar.calendar import Calendar
from ..calendar.civil import SECOND
from ..machine.columns import Live
from ..machine.machine import Underway
from ..trading.phases import COLD

if TYPE_CHECKING:
    from ...lang.program.timeframe import Timeframe

_Opened = namedtuple("_Opened", "ts")
"""A bar of which only the open instant is known."""


class Clock:
    """Bars one after another. `last` is the label of the last one that was pushed."""

    def __init__(self, machine: Underway, timeframe: Timeframe, zone: str) -> None:
        self.machine, self.timeframe = machine, timeframe
        self._length = timeframe.seconds * SECOND
        self._calendar = Calendar(zone, daily=not timeframe.intraday)
        self._live = Live(timeframe, zone)

    def close_of(self, last: int) -> int:
        """The close of the last bar, at which the one going on opens at the earliest."""
        return int(self._calendar.close_of(last, self.timeframe))

    def going_on(self, last: int, time: int | None) -> int:
        """The label of the bar going on, as far as a time in it (µs; None: none was told) says."""
        close = self.close_of(last)
        if time is None or time <= close:
            return close
        if self.timeframe.unit == "mo":
            return max(close, int(self._calendar.bucket(time, self.timeframe)[0]))
        return last + (time - last) // self._length * self._length

    def day_ends(self, last: int) -> int:
        """When the day of a bar ends, in the calendar zone."""
        return int(self._calendar.day_begins(self._calendar.day_number(last) + 1))

    def begin_day(self, index: int, label: int) -> None:
        """Where days matter, the day of a bar begins with the first thing that happens in it."""
        machine = self.machine
        if not machine.plan.day:
            return
        column, slot = machine.plan.day
        day = float(self._read(machine.plan.columns[column], label))
        if machine.arrays.f[slot] != day:
            machine.arrays.f[slot] = day
            self._new_day(index, label, day)

    def _new_day(self, index: int, label: int, day: float) -> None:
        state = self.machine.trading
        COLD["new_day"].function(state.b, state.k, state.orders, index, label, day)

    def passed(self, decision: Decision, label: int) -> int | None:
        """How often the time of day that a statement's lots wait for has passed when a bar opens; None: they do not."""
        if decision.passed is None:
            return None
        return int(self._read(self.machine.plan.columns[decision.passed[0]], label))

    def _read(self, column: Column, label: int) -> float | int:
        return self._live.reader(column)(_Opened(label), {})
