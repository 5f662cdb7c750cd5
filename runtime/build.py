"""Which build of the package this is: changes with every file that decides what a program means.

The build is known by the files of the package as the file system describes them, so that an edited operator
never meets a plan or a kernel made with the old one; nothing is read but the folders.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_PARTS = "lang", "runtime", "stdlib"
_SUFFIXES = (".py", ".strat", ".json", ".lark")


@cache
def build() -> str:
    """Changes with every file that decides what a kernel is."""
    digest = hashlib.sha256()
    for part in _PARTS:
        for line in sorted(_files(os.path.join(_PACKAGE, part))):
            digest.update(line.encode())
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """A line for each source file under the folder: its path, size and time of change."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(_SUFFIXES):
            facts = entry.stat()
            yield f"{entry.path}\0{facts.st_size}\0{facts.st_mtime_ns}\n"
        elif entry.is_dir() and not entry.name.startswith((".", "_")):
            yield from _files(entry.path)
