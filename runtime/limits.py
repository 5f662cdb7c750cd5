"""What a host allows a text that it does not trust, and how it stops what runs: `Limits` and `Cancel`.

A call holds them while it runs (`within`); whatever runs bars asks between blocks whether to go on (`look`), and takes
shorter blocks while somebody may stop it (`block`). A context variable says what is held, as for `progress`, so that
nothing is handed through. Time is measured here to stop and for nothing else: no value depends on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from threading import Event
from typing import Any, TypeVar

from ..lang.diagnostics.brief import brief
from ..lang.words.limits import STANDARD, TextLimits
from .errors import Cancelled, LimitError, UsageFault

T = TypeVar("T")
R = TypeVar("R")
COMBINATIONS = 1_000_000
"""Combinations of a sweep; each takes about a kilobyte."""
_NATIVE, _INTERPRETED = 20_000_000, 1_000_000
"""Steps (of `TextLimits.cost`) of a block that somebody may stop: some 20 to 100 ms in either engine."""
_SLOW = 512
"""Bars of such a block, interpreted, at most: what is traded on a bar takes up to some 0.1 ms, whatever it costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(TextLimits):
    """What one call may take, as a value: a host gives it to `compile`, `backtest`, `session`, `sweep` or `evaluate`.

    Of the text, CompileError beyond them:
        source: bytes of it. state: bytes that a run keeps. cost: steps of one bar, about an instruction each.
        code: lines of code that it compiles to; the default takes about ten seconds at most.
    Of a run, LimitError beyond them, None where there is none:
        bars: of each symbol's data. rows: trades, orders and records of monitors together; of a session, events; of
        a sweep that writes none, the trades of each combination.
        combinations: of a sweep. seconds: wall time of one call, looked at between blocks of bars; of a session,
        spent in all its pushes together.
    native: whether machine code may be made and run. False: the interpreted engine, which gives the same bits.

    UsageFault names a value that is no limit.
    """

    bars: int | None = None
    rows: int | None = None
    combinations: int = COMBINATIONS
    seconds: float | None = None
    native: bool = True

    def __post_init__(self) -> None:
        for field in fields(self):
            _checked(field.name, getattr(self, field.name))


_OPTIONAL = ("bars", "rows", "seconds")


def _checked(name: str, value: object) -> None:
    if name == "native":
        if not isinstance(value, bool):
            raise UsageFault(f"Limits(native=): expected True or False, found {brief(value)}")
        return
    if value is None and name in _OPTIONAL:
        return
    kinds = (int, float) if name == "seconds" else (int,)
    if isinstance(value, bool) or not isinstance(value, kinds) or not value > 0:
        what = "a number of seconds above 0" if name == "seconds" else "a whole number of 1 or more"
        raise UsageFault(f"Limits({name}=): expected {what}, found {brief(value)}")


class Cancel:
    """A token that stops what it was given to: `cancel()` may be called from any thread, once or often.

    The run notices between two blocks of bars, raises `Cancelled`, and leaves nothing behind. A token stays cancelled;
    one may be given to several calls, which it then stops together.
    """

    def __init__(self) -> None:
        self._event = Event()

    def __repr__(self) -> str:
        return f"<Cancel{': cancelled' if self.cancelled else ''}>"

    def cancel(self) -> None:
        """Stop everything that this token was given to."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()


class Watch:
    """What is held over one call. outer: what was held already, which goes on to hold."""

    def __init__(self, limits: Limits | None, cancel: Cancel | None, outer: Watch | None = None) -> None:
        self.limits, self.cancel, self.outer = limits or Limits(), cancel, outer
        self._until = None if self.limits.seconds is None else time.monotonic() + self.limits.seconds

    @property
    def stops(self) -> bool:
        """Whether a run may have to stop in its middle."""
        own = self.cancel is not None or self._until is not None or self.limits.rows is not None
        return own or (self.outer is not None and self.outer.stops)

    def look(self, rows: int = 0) -> None:
        """LimitError or Cancelled where the run may not go on, having written so many rows."""
        if self.cancel is not None and self.cancel.cancelled:
            raise Cancelled
        if self._until is not None and time.monotonic() > self._until:
            raise too_long(self.limits)
        if self.limits.rows is not None and rows > self.limits.rows:
            raise too_many_rows(self.limits)
        if self.outer is not None:
            self.outer.look(rows)


def too_long(limits: Limits) -> LimitError:
    """That the time is over."""
    return LimitError(f"the run was stopped after {limits.seconds:g} s, which is its limit: fewer bars, a smaller "
                      "program, or more `seconds` in its Limits", "seconds")  # fmt: skip


def too_many_rows(limits: Limits) -> LimitError:
    """That more was written than may be."""
    return LimitError(f"the run was stopped: it wrote more than {limits.rows:,} rows of trades, orders and records, "
                      "which is its limit: trade less often, or allow more `rows` in its Limits", "rows")  # fmt: skip


_held: ContextVar[Watch | None] = ContextVar("held", default=None)


@contextmanager
def within(limits: Limits | None, cancel: Cancel | None = None) -> Iterator[None]:
    """What is done inside, in this thread, keeps to these limits, and to those already held around it.

    For what a result computes when it is asked (`series`, `report`, `write`, `pdf`, `why`), and for several calls with
    one budget: `with sg.within(sg.Limits(seconds=10), cancel=token): …`. Texts that are compiled inside keep to those
    of texts, sessions that are pushed inside to all. None holds nothing new.

    UsageFault for what is none; Cancelled if the token was cancelled before; inside, LimitError and Cancelled.
    """
    check(limits, cancel)
    if limits is None and cancel is None:
        yield
        return
    before = _held.get()
    watch = Watch(limits, cancel, before)
    watch.look()
    _held.set(watch)
    try:
        yield
    finally:
        _held.set(before)


def check(limits: object, cancel: object = None) -> None:
    """UsageFault unless they are what they should be."""
    if limits is not None and not isinstance(limits, Limits):
        raise UsageFault(f"limits: expected a value such as sg.Limits(seconds=5), found {brief(limits)}")
    if cancel is not None and not isinstance(cancel, Cancel):
        raise UsageFault(f"cancel: expected a token, sg.Cancel(), found {brief(cancel)}")


def look(rows: int = 0) -> None:
    """Between two blocks: LimitError or Cancelled where the run may not go on. rows: those that it has written."""
    watch = _held.get()
    if watch is not None:
        watch.look(rows)


def block(cost: int, most: int, *, native: bool, least: int = 16) -> int:
    """Bars of a block: `most`, or as many as are soon over where somebody may stop the run. cost: steps of a bar."""
    watch = _held.get()
    if watch is None or not watch.stops:
        return most
    steps, bars = (_NATIVE, most) if native else (_INTERPRETED, min(most, _SLOW))
    return max(least, min(bars, steps // max(1, cost)))


def _all() -> Iterator[Limits]:
    watch = _held.get()
    while watch is not None:
        yield watch.limits
        watch = watch.outer


def text_limits(own: TextLimits | None) -> TextLimits:
    """What a text may ask for: what is said of it, and what is held that is less than any text may ask for unsaid."""
    found = own or STANDARD
    names = [field.name for field in fields(TextLimits)]
    held = [limits for limits in _all() if any(getattr(limits, name) < getattr(STANDARD, name) for name in names)]
    least = {name: min(getattr(each, name) for each in held) for name in names} if held else {}
    said = {name: min(getattr(found, name), most) for name, most in least.items() if most < getattr(STANDARD, name)}
    return TextLimits(**{name: said.get(name, getattr(found, name)) for name in names}) if said else found


def is_held() -> bool:
    """Whether anything is."""
    return _held.get() is not None


def native_allowed() -> None:
    """LimitError where no native code may be made or run."""
    if not all(limits.native for limits in _all()):
        raise LimitError("no native code may run, as Limits(native=False) says: take the engine \"interpreted\", which "
                         "gives the same bits", "native")  # fmt: skip


def engine_of(engine: str | None) -> str:
    """The engine asked for; where none is, the native one if what is held allows it."""
    if engine is not None:
        return engine
    return "native" if all(limits.native for limits in _all()) else "interpreted"


def check_bars(count: int) -> None:
    """LimitError where data have more bars than may be."""
    for limits in _all():
        if limits.bars is not None and count > limits.bars:
            raise LimitError(f"the data have {count:,} bars, the limit is {limits.bars:,}: take a shorter period "
                             "(data_from=, data_to=), or allow more `bars` in its Limits", "bars")  # fmt: skip


def check_combinations(count: int) -> None:
    """LimitError where a grid has more combinations than may be."""
    for limits in _all():
        if count > limits.combinations:
            raise LimitError(f"the grid has {count:,} combinations, the limit is {limits.combinations:,}: take fewer "
                             "values, or allow more `combinations` in its Limits", "combinations")  # fmt: skip


def carried(function: Callable[[T], R]) -> Callable[[T], R]:
    """A function for another thread, which keeps to what is held here."""
    watch = _held.get()
    if watch is None:
        return function

    def held(given: T) -> R:
        watch.look()
        before = _held.set(watch)
        try:
            return function(given)
        finally:
            _held.reset(before)

    return held


class Meter:
    """What a session has used up, push by push. Of one push the cost is bounded by the text's own limits."""

    def __init__(self, limits: Limits | None, cancel: Cancel | None) -> None:
        self.limits, self.cancel = limits or Limits(), cancel
        self._bars = self._rows = 0
        self._spent = 0.0

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy has the same limits and has used up as much; the token stays with the session that it was given to."""
        return _meter, (self.limits, self._bars, self._rows, self._spent)

    def pushed(self, push: Callable[[], list[T]]) -> list[T]:
        """The events of a push; LimitError or Cancelled, and nothing has run, where there may be none."""
        look()
        limits = self.limits
        if self.cancel is not None and self.cancel.cancelled:
            raise Cancelled("the session was cancelled by its host")
        if limits.seconds is not None and self._spent >= limits.seconds:
            raise LimitError(f"the session has run for {limits.seconds:g} s in all, which is its limit: the host may "
                             "restore its snapshot in a new one", "seconds")  # fmt: skip
        for each in (limits, *_all()):
            if each.bars is not None and self._bars >= each.bars:
                raise LimitError(f"the session has run {self._bars:,} bars, which is its limit", "bars")
            if each.rows is not None and self._rows >= each.rows:
                raise LimitError(f"the session has told {self._rows:,} events, and its limit is {each.rows:,}", "rows")
        began = time.monotonic()
        found = push()
        self._spent += time.monotonic() - began
        self._bars += 1
        self._rows += len(found)
        return found


def metered(meter: Meter | None, push: Callable[[], list[T]]) -> tuple[Meter | None, list[T]]:
    """The events of a push, and what the session has used up: of one that nothing held before, from here on."""
    if meter is None and not is_held():
        return None, push()
    meter = meter or Meter(None, None)
    return meter, meter.pushed(push)


def _meter(limits: Limits, bars: int, rows: int, spent: float) -> Meter:
    made = Meter(limits, None)
    made._bars, made._rows, made._spent = bars, rows, spent
    return made
