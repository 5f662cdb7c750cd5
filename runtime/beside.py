"""Work that goes on beside other work, on a processor that would be idle: native code and numpy leave the
interpreter's lock to others.

Only when a thing is done depends on it, never what comes of it. For little work a thread costs more than it saves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

ENOUGH = 50_000
"""Values from which on looking at each of them is worth a thread."""


def beside(work: Callable[[], T], values: int) -> Callable[[], T]:
    """Begin work that looks at so many values; gives what waits for it, and gives its result or raises its error."""
    if values < ENOUGH:
        return work
    try:
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(1)
        begun = pool.submit(work)
    except RuntimeError:  # the process has no thread to give, or is about to end
        return work
    pool.shutdown(wait=False)
    return begun.result
