"""What a path names, read in bounded time and memory: files, packed files, and pipes.

A pipe without a writer, a device that never ends, a file of terabytes and one that unpacks to them end in one error.
"""

from __future__ import annotations

import gzip
import os
import select
import stat
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Protocol

from .errors import DataError, UnreadableError

MOST_BYTES = 2**30
"""Bytes of text that are read at once: some seventeen million bars. What is larger is read from Parquet."""
MOST_NUMBERS = 2**28
"""Numbers that are read at once from a table of numbers, 2 GiB: forty-four million bars."""

_CHUNK = 2**20
_GZIP = b"\x1f\x8b"
_UNPACKED, _TIMES = 64 * 2**20, 200
"""Packed bars are a tenth or so of themselves; what grows beyond both of these is made to fill a memory."""
_PADDING = 4 * 2**20
"""Bytes of a packed file, beyond what it unpacks to, that may unpack to nothing: padding, read a byte at a time."""
_WRITER_WAIT = 5_000
"""ms in which somebody must have opened the other end of a pipe."""
_SILENCE = 300_000
"""ms in which a writer must have sent something more."""
_TICK = 50

Check = Callable[[bytes], None]


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_bytes(place: Path, check: Check) -> bytes:
    """The bytes of a file or a pipe, unpacked if they are packed. `check` raises for a begin not worth the rest.

    DataError if there are too many; UnreadableError where the path names nothing that has bytes and an end.
    """
    with closing(_unpacked(place)) as chunks:
        return b"".join(_limited(chunks, place.name, check))


def read_most(place: Path, most: int) -> bytes:
    """At most so many bytes of a file or a pipe, as they are."""
    if not _is_file(place):
        return read_pipe(place, most)
    with _told(place), place.open("rb") as file:
        return file.read(most)


def read_pipe(place: Path, most: int) -> bytes:
    """At most so many bytes of what is written into a pipe. UnreadableError where the path names none."""
    found = b""
    if _is_file(place):
        raise UnreadableError(f"{place} is no pipe")
    with closing(_of_pipe(place)) as chunks:
        while len(found) < most and (chunk := next(chunks, b"")):
            found += chunk
    return found[:most]


def begin_of(place: Path, count: int = 16) -> bytes:
    """The first bytes of a file; of a pipe none, for they could not be read again."""
    if not _is_file(place):
        return b""
    with _told(place), place.open("rb") as file:
        return file.read(count)


@contextmanager
def memory_for(source: str) -> Iterator[None]:
    """What does not fit into memory is told."""
    try:
        yield
    except MemoryError:
        raise UnreadableError(
            f"{source} does not fit into the memory there is: give a part of it, or, if it is small, another copy: "
            "it is damaged"
        ) from None


def fits(rows: int, columns: int, source: str) -> None:
    """DataError if a table has more numbers than are read at once."""
    if rows * columns > MOST_NUMBERS:
        raise DataError(
            f"{source} has {rows:,} rows of {columns} columns, and {MOST_NUMBERS:,} numbers are the most that are read "
            "at once: give a part of it, or fewer columns"
        )


def _limited(chunks: Iterator[bytes], source: str, check: Check) -> Iterator[bytes]:
    """The chunks, as long as they are not too many. The first has been checked."""
    total = 0
    for number, chunk in enumerate(chunks):
        if not number:
            check(chunk)
        total += len(chunk)
        if total > MOST_BYTES:
            raise DataError(
                f"{source} holds more than {MOST_BYTES:,} bytes of text, the most that is read at once: give a part of "
                "it, or convert it to Parquet"
            )
        yield chunk


def _unpacked(place: Path) -> Generator[bytes, None, None]:
    """The bytes that a path names, in chunks, unpacked if they are packed."""
    if not _is_file(place):
        with closing(_of_pipe(place)) as chunks:
            first = next(chunks, b"")
            packed = first.startswith(_GZIP)
            yield from _of_gzip(_Joined(first, chunks), place.name, None) if packed else chain([first], chunks)
        return
    with _told(place), place.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        packed = file.read(len(_GZIP)) == _GZIP
        if not packed and size > MOST_BYTES:
            raise DataError(
                f"{place.name} has {size:,} bytes, and {MOST_BYTES:,} are the most that is read at once as text: give "
                "a part of it, or convert it to Parquet"
            )
        file.seek(0)
        yield from _of_gzip(file, place.name, size) if packed else iter(lambda: file.read(_CHUNK), b"")


def _of_gzip(packed: _Readable, source: str, size: int | None) -> Iterator[bytes]:
    """What a packed file unpacks to; `size` is its own, where that is known."""
    counted = _Packed(packed, source)
    try:
        with gzip.GzipFile(fileobj=counted) as file:  # type: ignore[call-overload]
            while chunk := file.read(_CHUNK):
                counted.unpacked += len(chunk)
                if size is not None and counted.unpacked > max(_UNPACKED, _TIMES * size):
                    raise DataError(f"{source} unpacks to more than {_TIMES} times its size, which no bars do")
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{source} cannot be unpacked: {error}") from None


class _Packed:
    """A packed file as it is read; DataError where much of it unpacks to nothing: blanks without end, empty parts."""

    def __init__(self, file: _Readable, source: str) -> None:
        self._file, self._source = file, source
        self._taken = 0
        self.unpacked = 0

    def read(self, size: int, /) -> bytes:
        found = self._file.read(size)
        self._taken += len(found)
        if self._taken > 2 * self.unpacked + _PADDING:
            raise DataError(
                f"{self._source} cannot be unpacked: {self._taken:,} bytes of it unpack to {self.unpacked:,}; it is "
                "damaged, or padded beyond its end"
            )
        return found


class _Joined:
    """Chunks read as a file, for what has to be unpacked."""

    def __init__(self, first: bytes, chunks: Iterator[bytes]) -> None:
        self._held, self._chunks = first, chunks

    def read(self, size: int, /) -> bytes:
        while len(self._held) < size and (chunk := next(self._chunks, b"")):
            self._held += chunk
        taken, self._held = self._held[:size], self._held[size:]
        return taken


def _is_file(place: Path) -> bool:
    """Whether a path names a file (else a pipe). UnreadableError for everything that has no bytes or no end."""
    with _told(place):
        mode = place.stat().st_mode
    if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        return stat.S_ISREG(mode)
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFSOCK: "a socket", stat.S_IFBLK: "a device", stat.S_IFCHR: "a device"}
    raise UnreadableError(f"{place} is {kinds.get(stat.S_IFMT(mode), 'no file')}: give a file or a pipe")


def _of_pipe(place: Path) -> Generator[bytes, None, None]:
    """What is written into a pipe. It is opened without waiting for a writer, who must come soon."""
    with _told(place):
        handle = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
    try:
        chunk = _first_of(handle, place)
        while chunk:
            yield chunk
            chunk = _next_of(handle, place)
    finally:
        os.close(handle)


def _first_of(handle: int, place: Path) -> bytes:
    """The first bytes; none if a writer has come and gone. Where nobody comes it is told soon."""
    for _ in range(_WRITER_WAIT // _TICK):
        if _ready(handle, _TICK):
            return _next_of(handle, place)
        try:
            early = os.read(handle, _CHUNK)
        except BlockingIOError:  # a writer is there, and may take its time
            return _next_of(handle, place)
        if early:
            return early
    raise UnreadableError(f"{place} is a pipe into which nobody writes: nothing came in {_WRITER_WAIT // 1000} seconds")


def _next_of(handle: int, place: Path) -> bytes:
    """The next bytes; none at the end, which is where nobody holds the other side of an empty pipe."""
    while True:
        try:
            return os.read(handle, _CHUNK)
        except BlockingIOError:
            if not _ready(handle, _SILENCE):
                raise UnreadableError(
                    f"{place} is a pipe whose writer sent nothing for {_SILENCE // 1000} seconds"
                ) from None


def _ready(handle: int, milliseconds: int) -> bool:
    """Whether there is something to read, or the end of it, within a time."""
    waiting = select.poll()
    waiting.register(handle, select.POLLIN | select.POLLHUP)
    return bool(waiting.poll(milliseconds))


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """What the system refuses, as an error of ours."""
    try:
        yield
    except OSError as error:
        raise UnreadableError(f"{place} cannot be read: {error.strerror or error}") from None
