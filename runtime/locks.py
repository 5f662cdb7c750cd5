"""Locks between processes, as the system has them on open files: given back when their process ends, however it ends.

Where the system or the disk knows no such locks nobody waits, and everybody does what he would do alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def take(handle: int, *, wait: bool) -> bool | None:
    """Lock an open file: True if it is ours until it is closed, False if another has it, None if there are no locks."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return None
    try:
        flock(handle, LOCK_EX if wait else LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks
        return None
    return True


def names(path: str, handle: int) -> bool:
    """Whether what a path names is still this open file."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def hold(place: Path, *, wait: bool = False) -> int | None:
    """The lock on a file or folder as an open file, to be closed; None if another has it, or there are no locks."""
    with suppress(OSError):
        handle = os.open(place, os.O_RDONLY)
        if take(handle, wait=wait):
            return handle
        os.close(handle)
    return None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Inside, no other process is alone in the same folder."""
    handle = hold(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def abandoned(folder: Path) -> bool:
    """Whether no process that lives holds the folder."""
    handle = hold(folder)
    if handle is not None:
        os.close(handle)
    return handle is not None
