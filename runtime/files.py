"""A file, whole or not at all: written beside its place and moved there when it is complete.

No reader sees half of it, and a process that ends in the middle leaves what stood there before. Several files that
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

PART = ".part"
"""How the name of a file ends that is not complete."""


@contextmanager
def whole(path: Path, mode: int = 0o666, like: os.stat_result | None = None) -> Iterator[IO[bytes]]:
    """What is written inside stands at `path` at the end; after any error what stood there before, and nothing beside.

    mode: of a new file, less what the process never gives (its umask).
    like: the file whose place it takes, if that cannot be made again: the new one has its mode and, where the system
    allows it, its owner, and is on the disk before it takes the place.
    OSError where the disk refuses, or something stands in the place that no file can take.
    """
    handle, part = _part(path.parent, mode if like is None else 0o600)
    try:
        with open(handle, "wb") as file:
            yield file
            if like is not None:
                _take_after(file, like)
        os.replace(part, path)
    except BaseException:  # an interrupt leaves nothing behind either
        with suppress(OSError):
            os.unlink(part)
        raise


def _part(folder: Path, mode: int) -> tuple[int, str]:
    """A new file of a name that nobody else has: another writer's, or one that was left behind, is never touched."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_BINARY"))
    for number in count():
        name = os.path.join(folder, f".strat-{os.getpid()}-{number}{PART}")
        with suppress(FileExistsError):
            return os.open(name, flags, mode), name
    raise AssertionError  # numbers do not end


def _take_after(file: IO[bytes], like: os.stat_result) -> None:
    if (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(PermissionError):
            os.fchown(file.fileno(), like.st_uid, like.st_gid)
    os.fchmod(file.fileno(), stat.S_IMODE(like.st_mode))
    file.flush()
    os.fsync(file.fileno())
