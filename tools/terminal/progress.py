"""A progress bar on standard error, for whatever lasts more than a second.

Work only leaves a note of how far it is; a thread of its own draws it, ten times a second, so that what is watched
is not slowed, and steps without a known length move, too. Where standard error is no terminal
nothing is shown, but that a first run compiles.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, NamedTuple

from ...runtime.progress import watched

PATIENCE = 1.0
"""Seconds of work before anything is shown."""

_PAUSE = 0.1
_CLEAR = "\r\033[K"


class State(NamedTuple):
    """How far work is: what is being done, how much, of how much; since when, and how much was done then; last: when
    as much as now was done."""

    doing: str
    done: int
    of: int
    since: float
    first: int
    last: float


class Bar:
    """One line of a terminal that says what is being done: `running [####......] 40 %  3 s, about 5 s left`."""

    def __init__(self, stream: Any, patience: float) -> None:
        self._stream, self._patience, self._began = stream, patience, monotonic()
        # always another whole one: it is read while work goes on
        self._state = State("working", 0, 0, self._began, 0, self._began)
        self._drawn = False
        self._ended, self._writing = Event(), Lock()
        self._thread = Thread(target=self._draw_on, name="progress", daemon=True)
        self._thread.start()

    def tell(self, doing: str, done: int, of: int) -> None:
        """How far the work is; shown when the next line is drawn."""
        before, now = self._state, monotonic()
        if doing == before.doing and done >= before.first:
            last = now if done != before.done else before.last
            self._state = State(doing, done, of, before.since, before.first, last)
        else:
            self._state = State(doing, done, of, now, done, now)

    def line(self) -> str:
        """What is shown now."""
        now, at = monotonic(), self._state
        left = remaining(at.last - at.since, at.done - at.first, at.of - at.done, now - at.last)
        return line(at.doing, at.done, at.of, now - self._began, get_terminal_size().columns, left)

    def clear(self) -> None:
        """The line is empty, for something else to be written there."""
        with self._writing:
            if self._drawn:
                self._write(_CLEAR)
                self._drawn = False

    def close(self) -> None:
        """Nothing more is drawn."""
        self._ended.set()
        self._thread.join()
        self.clear()

    def _draw_on(self) -> None:
        pause = self._patience
        while not self._ended.wait(pause):
            pause = _PAUSE
            with self._writing:
                self._write(_CLEAR + self.line())
                self._drawn = True

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # a terminal that is gone stops no work
            self._stream.write(text)
            self._stream.flush()


def remaining(seconds: float, done: int, left: int, since: float = 0.0) -> float | None:
    """The seconds that the rest takes at the pace measured so far; None where that says too little.

    since: seconds of a step that is not done yet. They are taken off, so that what is told falls while a long step
    goes on; once they are more than that, the pace says nothing of this step, and nothing is told.
    """
    if done <= 0 or seconds + since < PATIENCE:
        return None
    whole = seconds * left / done
    return whole - since if whole >= since else None


def line(doing: str, done: int, of: int, seconds: float, columns: int = 80, left: float | None = None) -> str:
    """What is shown, in less than `columns` letters; without a length there is no bar, only the time."""
    passed = f"{seconds:.0f} s" + (f", about {_duration(left)} left" if left is not None and left >= 1.0 else "")
    if not of:
        return f"{doing}: {passed}"[: columns - 1]
    done = min(done, of)
    tail = f"] {100 * done // of} %  {passed}"
    width = min(40, columns - len(doing) - len(tail) - 3)
    if width < 5:
        return f"{doing} {100 * done // of} %"[: columns - 1]
    filled = width * done // of
    return f"{doing} [{'#' * filled}{'.' * (width - filled)}{tail}"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100.0 else f"{seconds / 60:,.0f} min"


_shown: list[Bar] = []
"""The bar of the work that goes on, if there is one."""


@contextmanager
def progress() -> Iterator[None]:
    """What is done inside is shown while it lasts."""
    if _shown:
        yield
        return
    if not sys.stderr.isatty():
        with watched(_first_run()):
            yield
        return
    bar = Bar(sys.stderr, PATIENCE)
    _shown.append(bar)
    try:
        with watched(bar.tell):
            yield
    finally:
        _shown.clear()
        bar.close()


def clear() -> None:
    """Makes room for a message where a bar may stand."""
    for bar in _shown:
        bar.clear()


_FIRST = ("compiling operators", "compiling the trading functions")
"""What takes seconds, and only the first run does: it is said where there is no terminal, too."""


def _first_run() -> Callable[[str, int, int], None]:
    """A watcher that says of each of these once that it begins."""
    said: set[str] = set()

    def tell(doing: str, done: int, of: int) -> None:
        if doing in _FIRST and doing not in said:
            said.add(doing)
            with suppress(OSError, ValueError):
                sys.stderr.write(f"{doing} ({of}), once for this machine: later runs find them\n")

    return tell
