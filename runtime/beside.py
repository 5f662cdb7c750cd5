"""Work that goes on beside other work, on a processor that would be idle: native code and numpy leave the
interpreter's lock to others.

Only when a thing is done depends on it, never what comes of it. For little work a thread costs more than it saves.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

NOW = Path("/proc/loadavg")
"""Where Linux tells how much runs at the moment."""
ENOUGH = 50_000
"""Values from which on looking at each of them is worth a thread."""


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spare() -> bool:
    """Whether there is likely a processor with nothing to do now: else two threads that wait for each other take turns
    with all the others, and are slower than one."""
    return processors() > 1 and running() < (os.cpu_count() or 1)


def running() -> float:
    """How many threads of the machine run or wait for a processor, the caller's included; in the mean of the last
    minute where it does not tell of now."""
    try:
        return int(NOW.read_text("ascii").split()[3].partition("/")[0])  # proc_loadavg(5): runnable/all
    except (OSError, ValueError, IndexError):
        pass
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):  # a system that does not tell
        return 0.0


_idle: list[ThreadPoolExecutor] = []
"""A thread that nobody uses, kept for who wants one next: to begin and to end one takes longer than some work does."""
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # a child has none of its parent's threads


@contextmanager
def one_thread() -> Iterator[ThreadPoolExecutor | None]:
    """A thread that does what is submitted, one after the other, and all of it before the body is left; None where
    the process has none to give."""
    pool = _begun()
    try:
        yield pool
    finally:
        if pool is not None:
            _left(pool)


def _begun() -> ThreadPoolExecutor | None:
    try:
        from concurrent.futures import ThreadPoolExecutor

        pool = _idle.pop() if _idle else ThreadPoolExecutor(1)
        pool.submit(int)  # it begins with its first work
    except RuntimeError:  # none is to be had, or the process is about to end
        return None
    except IndexError:  # another thread was quicker
        return _begun()
    return pool


def _left(pool: ThreadPoolExecutor) -> None:
    """When all is done, its thread is kept, or ends."""
    with suppress(RuntimeError):  # the process is about to end
        if not _idle:
            pool.submit(int).result()  # behind all else
            _idle.append(pool)
            return
    pool.shutdown()


@contextmanager
def beside(work: Callable[[], object], many: int) -> Iterator[None]:
    """Do `work`, which looks at so many values, while the body goes on where that saves time, and before it elsewhere.
    It is done when the body is; what it raises counts before what the body raises."""
    with one_thread() if many >= ENOUGH and spare() else nullcontext() as pool:
        if pool is None:
            work()
            yield
            return
        begun = pool.submit(work)
        try:
            yield
        finally:
            begun.result()
