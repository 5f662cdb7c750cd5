"""What long work tells whoever watches it: what is being done, and how much of it.

Nothing that is computed depends on it, and where nobody watches it costs nothing. How it is shown is the watcher's:
on a terminal, `tools/terminal/progress.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[str, int, int], None]
"""`watcher(doing, done, of)`: what is being done ("running"), how much of it, of how much; of 0 where nobody knows.

It is called often, so it is quick, and it never fails.
"""

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """What this thread does inside is told to `watcher`."""
    before = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(before)


def stage(doing: str, of: int = 0) -> Callable[[int], None]:
    """Something begins that may take long; gives what is to be called with how much of it is done."""
    watcher = _watcher.get()
    if watcher is None:
        return _unwatched
    watcher(doing, 0, of)
    return lambda done: watcher(doing, done, of)


def _unwatched(done: int) -> None:
    pass
