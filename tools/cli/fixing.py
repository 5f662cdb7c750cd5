"""`strat check --fix`: the file with its safe fixes, and what was done and left, told on standard error.

The file is written whole or not at all, where it really is, so that a link stays one; it keeps its mode and, where
the system allows it, its owner. One with further hard links is written over, so that they show the same text.
Bytes that no fix is about stay as they are: the mark at the beginning, line ends.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from ...lang.compile import verdict
from ...lang.diagnostics.brief import printable
from ...lang.diagnostics.mend import Mended, Told, mend
from ...runtime.files import over, whole
from ..terminal.console import OutsideError, UsageError, say

SHOWN = 20
"""Fixes that are told of a file, each applied and left."""


def fixed(path: str, content: bytes, *, only_show: bool) -> bytes:
    """The content of the file after its fixes; written, or shown as a difference and left alone.

    UsageError if there is no file to write, OutsideError if it cannot be written.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        say(f"strat: {printable(path)}: not mended and not written: it is not UTF-8 text")
        return content
    if path == "-" or not stat.S_ISREG(os.stat(path).st_mode):
        raise UsageError(f"--fix needs a file, and {path} is none")
    mended = mend(text, lambda tried: verdict(tried, path))
    better = mended.text.encode("utf-8")
    if better != content and not only_show:
        rewrite(path, content, better)
    _tell(path, mended, only_show=only_show)
    if better != content and only_show:
        say("".join(difference(path, text, mended.text, "mended")).rstrip("\n"))
    return content if only_show else better


def _tell(path: str, mended: Mended, *, only_show: bool) -> None:
    done = "would be applied" if only_show else "applied"
    for told, kind, what in ((mended.applied, "safe fix", done), (mended.left, "fix", "left")):
        if told:
            count = f"{len(told)} {kind}{'' if len(told) == 1 else 'es'}"
            say("\n".join([f"strat: {printable(path)}: {count} {what}", *map(printable, _listed(told))]))
    if not mended.applied:
        say(f"strat: {printable(path)}: no safe fix to apply; the file is as it was")


def _listed(told: Sequence[Told]) -> Iterator[str]:
    yield from (f"  {each}" for each in told[:SHOWN])
    if len(told) > SHOWN:
        yield f"  and {len(told) - SHOWN} more"


def difference(path: str, before: str, after: str, how: str) -> Iterator[str]:
    """The lines of a unified difference between a file and what would be made of it."""
    name = printable(path)
    for line in unified_diff(_lines(before), _lines(after), name, f"{name} ({how})"):
        yield _calm(line) if line.endswith("\n") else f"{_calm(line)}\n\\ no line end at the end of the file\n"


def _calm(line: str) -> str:
    """A line of a difference with nothing in it that could steer a terminal; its tabs and its end as they are."""
    bare = line.rstrip("\r\n")
    return "\t".join(map(printable, bare.split("\t"))) + line[len(bare) :]


def _lines(text: str) -> list[str]:
    """The lines with their ends, parted at line feeds alone."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


SHOW = "`--fix --diff` shows what would change"


def rewrite(path: str, was: bytes, content: bytes, way_on: str = SHOW) -> None:
    """Put `content` in the place of `was`; OutsideError, and the file as it was, where that cannot be."""
    place = Path(os.path.realpath(path))
    try:
        state = place.stat()
        if not state.st_mode & 0o222 or not os.access(place, os.W_OK):
            raise OutsideError(f"cannot write {path}: it is read-only; {way_on}")
        if place.read_bytes() != was:
            raise OutsideError(f"{path} was changed while it was checked, and is not written; run again")
        if state.st_nlink > 1:
            over(place, was, content)
            return
        with whole(place, like=state) as file:
            file.write(content)
    except OSError as error:
        raise OutsideError(f"cannot write {path}: {error.strerror or error}; the file is as it was") from None
