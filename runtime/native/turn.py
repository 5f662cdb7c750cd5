"""One process compiles a thing, the others that need it wait and then find it: a lock on a file in the cache.

The system gives a lock back when its process ends, however it ends, so nobody waits for a process that was killed.
Where there are no such locks, or the disk takes no file, everybody compiles for himself, as if alone.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import local
from time import monotonic, sleep

from ..locks import take

FOLDER = "turns"
TOLD_AFTER = 1.0
"""Seconds of waiting after which it is said."""
LONGEST = 600.0
"""Seconds after which nobody waits any more: who has the lock may have been stopped."""

_held = local()


@contextmanager
def turn(cache: Path, what: str, doing: str) -> Iterator[None]:
    """This thread's turn at `what`, one at a time of all processes that share the cache.

    doing: what another process is doing meanwhile, said on standard error to who waits longer than a second.
    A thread that has its turn may ask for it again.
    """
    mine: set[tuple[Path, str]] = _held.__dict__.setdefault("turns", set())
    if (cache, what) in mine:
        yield
        return
    handle = _taken(cache, what, doing)
    mine.add((cache, what))
    try:
        yield
    finally:
        mine.discard((cache, what))
        if handle is not None:
            os.close(handle)


def _taken(cache: Path, what: str, doing: str) -> int | None:
    """The lock as an open file; None where there are none, or who has it does not give it back."""
    handle = _opened(cache, what)
    if handle is None:
        return None
    began, told, pause = monotonic(), False, 0.002
    while monotonic() - began < LONGEST:
        taken = take(handle, wait=False)
        if taken:
            return handle
        if taken is None:
            break
        if not told and monotonic() - began > TOLD_AFTER:
            told = True
            with suppress(OSError, ValueError, AttributeError):  # nobody may be listening
                sys.stderr.write(f"waiting for another process that {doing}\n")
        sleep(pause)
        pause = min(2.0 * pause, 0.1)
    os.close(handle)
    return None


def _opened(cache: Path, what: str) -> int | None:
    """The file of a turn: one of a few for each kind of thing, so that they never become many."""
    kind, _, key = what.partition(":")
    name = f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:2]}" if key else kind
    with suppress(OSError):
        (cache / FOLDER).mkdir(mode=0o700, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        return os.open(cache / FOLDER / name, flags, 0o600)
    return None
