"""A file, whole or not at all: written beside its place and moved there when it is complete.

No reader sees half of it, and a process that ends in the middle leaves what stood there before; what it had written
beside goes when the same file is written again. A file of several names is written over (`over`). Several files that
belong together are `results/folder.py`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO
from zlib import crc32

from .locks import hold, names, take

PART = ".part"
"""How the name of what is not complete ends, a file or a folder."""
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_BINARY"))


@contextmanager
def whole(path: Path, mode: int = 0o666, like: os.stat_result | None = None) -> Iterator[IO[bytes]]:
    """What is written inside stands at `path` at the end; after any error what stood there before, and nothing beside.

    mode: of a new file, less what the process never gives (its umask).
    like: the file whose place it takes, if that cannot be made again: the new one has its mode and, where the system
    allows it, its owner and its group, and is on the disk before it takes the place.
    OSError where the disk refuses, or something stands in the place that no file can take.
    """
    _remove_left(path)
    handle, held, part = _part(path, mode if like is None else 0o600)
    try:
        with open(handle, "wb") as file:
            yield file
            if like is not None:
                file.flush()  # writing takes some of the rights away
                _take_after(file.fileno(), like)
                os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:  # an interrupt leaves nothing behind either
        with suppress(OSError):
            os.unlink(part)
        raise
    finally:
        if held is not None:
            os.close(held)


def over(path: Path, was: bytes, content: bytes) -> None:
    """Write over a file where it stands, so that every hard link to it has the new content; its mode and owner stay.

    Nothing takes a place whole here, so a machine that stops in the middle may leave a part. Where the disk refuses,
    `was` is written back before the OSError goes on.
    """
    handle = os.open(path, os.O_RDWR | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_BINARY")))
    try:
        try:
            _put(handle, content)
        except BaseException:
            _put(handle, was)
            raise
    finally:
        os.close(handle)


def _put(handle: int, content: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    os.ftruncate(handle, len(content))
    os.fsync(handle)


def _beginning(path: Path) -> str:
    """How the names of files begin that are to take this place; short, for a place may have the longest name."""
    return f".strat-{crc32(os.fsencode(path.name)):08x}-"


def _part(path: Path, mode: int) -> tuple[int, int | None, str]:
    """A new file of a name that nobody else has, open, and what holds its lock until that is closed, too.

    Another writer's, or one that was left behind, is never written to.
    """
    for number in count():
        part = os.path.join(path.parent, f"{_beginning(path)}{os.getpid()}-{number}{PART}")
        try:
            handle = os.open(part, _FLAGS, mode)
        except FileExistsError:
            continue
        held = os.dup(handle) if take(handle, wait=True) else None
        if held is None or names(part, handle):
            return handle, held, part
        os.close(handle)  # before it was locked somebody took it for one that was left behind
        os.close(held)
    raise AssertionError  # numbers do not end


def _remove_left(path: Path) -> None:
    """Remove what processes that ended in the middle left of the same file: nobody holds the lock on it any more."""
    beginning = _beginning(path)
    with suppress(OSError), os.scandir(path.parent) as entries:
        for left in [entry for entry in entries if entry.name.startswith(beginning) and entry.name.endswith(PART)]:
            held = hold(Path(left.path)) if left.is_file(follow_symlinks=False) else None
            if held is not None:
                with suppress(OSError):
                    os.unlink(left)
                os.close(held)


def _take_after(handle: int, like: os.stat_result) -> None:
    """Give an open file the owner, group and mode of another, as far as the system allows.

    Whoever is not root may still give a file of his own to a group he is in. Where the group stays another, it may do
    what others may; a file of another owner or group is not run as them.
    """
    if not hasattr(os, "fchown"):
        return
    for owner in (like.st_uid, -1):
        with suppress(PermissionError):
            os.fchown(handle, owner, like.st_gid)
            break
    now, mode = os.fstat(handle), stat.S_IMODE(like.st_mode)
    if now.st_uid != like.st_uid:
        mode &= ~stat.S_ISUID
    if now.st_gid != like.st_gid:
        mode = mode & ~(stat.S_ISGID | stat.S_IRWXG) | (mode & stat.S_IRWXO) << 3
    os.fchmod(handle, mode)
