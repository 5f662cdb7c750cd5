"""Work that goes on beside other work, on a processor that would be idle: native code and numpy leave the
interpreter's lock to others.

Only when a thing is done depends on it, never what comes of it. For little work a thread costs more than it saves.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

ENOUGH = 50_000
"""Values from which on looking at each of them is worth a thread."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spare() -> bool:
    """Whether there is likely a processor with nothing to do: else two threads that wait for each other take turns
    with all the others, and are slower than one."""
    count = processors()
    try:
        waiting = os.getloadavg()[0]
    except (AttributeError, OSError):  # a system that does not tell
        waiting = 0.0
    return count > 1 and waiting <= count


def beside(work: Callable[[], T], values: int) -> Callable[[], T]:
    """Begin work that looks at so many values; gives what waits for it, and gives its result or raises its error."""
    pool = one_thread() if values >= ENOUGH else None
    if pool is None:
        return work
    begun = pool.submit(work)
    pool.shutdown(wait=False)
    return begun.result


def one_thread() -> ThreadPoolExecutor | None:
    """A thread that does what is submitted, one after the other; None where the process has none to give."""
    try:
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(1)
        pool.submit(int).result()  # it begins with its first work
    except RuntimeError:  # none is to be had, or the process is about to end
        return None
    return pool
