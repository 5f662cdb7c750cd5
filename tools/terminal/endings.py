"""How a command ends when its process is told to end: it cleans up, and ends of the signal that it got.

A shell that runs commands one after another goes on after one that failed, and stops after one that an interrupt
ended. It tells the two apart by how the process ended, so an exit code in its place would not do. A pipe that nobody
reads any more is the same kind of thing, as for `cat` or `sort`: not all was told, and that is nobody's fault.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import Any, NoReturn

INTERRUPTED, UNREAD = 128 + 2, 128 + 13
"""Exit codes as shells show an end by SIGINT and by SIGPIPE; the numbers are everywhere the same."""
_ENDING = ("SIGTERM", "SIGHUP")


class Stopped(SystemExit):
    """The process was told to end. Not an error: whoever catches those, or an interrupt, lets it pass."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number
        self.name = signal.Signals(number).name


def clean_up_when_told_to_end() -> None:
    """Of this process: what is half written is taken away before it ends. Who ignores a signal (nohup) goes on to."""
    for number in (getattr(signal, name, None) for name in _ENDING):
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: Any) -> None:
    signal.signal(number, signal.SIG_DFL)  # the second one ends it at once
    raise Stopped(number)


def end(code: int) -> NoReturn:
    """End this process at once with an exit code, or of the signal that the code stands for."""
    with suppress(OSError, ValueError):  # a code that is no signal's, or a system without it
        number = signal.Signals(code - 128)
        signal.signal(number, signal.SIG_DFL)
        if os.name == "posix":
            os.kill(os.getpid(), number)
    os._exit(code)
