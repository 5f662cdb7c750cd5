"""The `strat` command: one module a command, nothing imported before it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

_ONE_THREAD = "OPENBLAS_NUM_THREADS"
"""numpy's linear algebra, which nothing here uses, starts a thread a core when it is imported: half of its import."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 success, 1 wrong input, 2 wrong command line, 3 something outside failed."""
    os.environ.setdefault(_ONE_THREAD, "1")
    from .entry import run

    return run(list(sys.argv[1:] if arguments is None else arguments))
