"""The `strat` command: one module a command, nothing imported before it is needed."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

__all__ = ["command", "main"]

_ONE_THREAD = "OPENBLAS_NUM_THREADS"
"""numpy's linear algebra, which nothing here uses, starts a thread a core when it is imported: half of its import."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 success, 1 wrong input, 2 wrong command line, 3 something outside failed, and
    128 and its number where a signal ended it."""
    os.environ.setdefault(_ONE_THREAD, "1")
    from .entry import run

    return run(list(sys.argv[1:] if arguments is None else arguments))


def _told(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None,
    line: str | None = None,
) -> None:  # fmt: skip
    """A warning of the runtime as every other message of the command is told: not with a line of its code."""
    from ..terminal.console import say

    with suppress(OSError, ValueError):
        say(f"strat: {message}")


def command() -> NoReturn:
    """The process `strat`: one command, and out. Taking its modules apart takes up to a sixth of a short run.

    Until the command can tell of an interrupt and clean up after one (`entry.run`), an interrupt just ends it.
    """
    from ..terminal.endings import clean_up_when_told_to_end, end

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    warnings.showwarning = _told
    clean_up_when_told_to_end()
    code = main()
    atexit._run_exitfuncs()  # folders that were to last as long as the process
    for stream in filter(None, (sys.stdout, sys.stderr)):  # one that was closed is None
        with suppress(OSError, ValueError):
            stream.flush()
    end(code)
