"""What every command shares: exit codes, messages, JSON, reading a source file."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import get_terminal_size
from threading import current_thread, main_thread
from typing import IO, Any

from ...lang.diagnostics.brief import abridged, printable
from ...lang.diagnostics.model import Diagnostic
from . import progress

INPUT, USAGE, OUTSIDE = 1, 2, 3


class Failure(Exception):
    """What ends a command: one message, and the exit code that says whose fault it is."""

    code = OUTSIDE

    def __init__(self, message: str, diagnostics: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics
        """Those of a text, as `strat check --json` gives them."""


class UsageError(Failure):
    """The command line is wrong (exit 2)."""

    code = USAGE


class InputError(Failure):
    """The text or the data is wrong (exit 1)."""

    code = INPUT


class OutsideError(Failure):
    """Disk, network or venue failed (exit 3)."""


def prepare_streams() -> None:
    """Interrupts are told, and what the terminal's encoding cannot show is replaced: no message is lost to a character.

    OutsideError where standard output was closed: the first file that is opened would take its place.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL and current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - it is the process's own
    if sys.stdout is None:
        raise OutsideError("standard output is closed: nothing can be told; send it to a file or to /dev/null")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def abandon_output() -> None:
    """Standard output failed: nothing more is written to it, not even when the process ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def shows_unicode(stream: Any) -> bool:
    """Whether a stream can show more than ASCII and the letters of one region."""
    return "utf" in (stream.encoding or "").lower()


def complain(message: str, code: int, *, json: bool = False, diagnostics: Sequence[Mapping[str, Any]] = ()) -> int:
    """Say what is wrong on standard error, and where JSON was asked for also as its document; gives the code back."""
    progress.clear()
    with suppress(OSError):
        print(f"strat: {abridged(message)}", file=sys.stderr)
    if json:
        with suppress(OSError):
            print_json({"error": {"exit": code, "message": message, "diagnostics": list(diagnostics)}})
    return code


def show(lines: Iterable[str]) -> None:
    """Lines on standard output, with nothing in them that could steer a terminal: names may come from anywhere."""
    for line in lines:
        print(printable(line))


def aligned(rows: Sequence[Sequence[str]], *, words: int = 0) -> Iterator[str]:
    """Rows as lines of columns, the first `words` of them from the left, as words are read; a row may be shorter."""
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows)))]
    for row in rows:
        padded = enumerate(zip(row, widths, strict=False))
        cells = (cell.ljust(width) if at < words else cell.rjust(width) for at, (cell, width) in padded)
        yield "  ".join(cells).rstrip()


def say(message: str) -> None:
    """A message beside the result, on standard error."""
    progress.clear()
    print(message, file=sys.stderr)


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    for part in json.JSONEncoder(ensure_ascii=not shows_unicode(sys.stdout), allow_nan=False, indent=2).iterencode(
        document
    ):  # fmt: skip
        sys.stdout.write(part if part.isascii() and "\x7f" not in part else _escaped(part))
    sys.stdout.write("\n")


def _escaped(part: str) -> str:
    """Part of a JSON document with what could steer a terminal written as JSON writes control characters."""
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1].replace("\x7f", "\\u007f") for c in part)


def columns(stream: Any) -> int:
    """How wide what is written to `stream` may be: as its terminal is, and 80 where it is none."""
    return get_terminal_size((80, 24)).columns if stream.isatty() else 80


def coloured(stream: Any) -> bool:
    """Whether to colour what goes to `stream`: a terminal, unless NO_COLOR is set."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def read_source(path: str) -> bytes:
    """The bytes of a source file; OutsideError where it cannot be read."""
    from ...lang.words.limits import STANDARD

    if not path:
        raise UsageError("expected the path of a .strat file, found an empty text")
    try:
        if path == "-":
            if sys.stdin is None:
                raise OutsideError("cannot read -: standard input is closed")
            return sys.stdin.buffer.read(STANDARD.source + 1)
        if os.path.exists(path) and not os.path.isfile(path):
            return _of_pipe(path, STANDARD.source + 1)
        with Path(path).open("rb") as file:
            return file.read(STANDARD.source + 1)
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from None


def _of_pipe(path: str, most: int) -> bytes:
    """What comes out of a pipe; OutsideError for anything that has no bytes, or no end."""
    from ...runtime.data.bounded import read_pipe
    from ...runtime.data.errors import UnreadableError

    try:
        return read_pipe(Path(path), most)
    except UnreadableError as error:
        raise OutsideError(str(error)) from None


def show_diagnostics(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> None:
    """Diagnostics for a person, on standard error."""
    from ...lang.diagnostics.render import render

    if diagnostics:
        say("\n".join(fitted(render(diagnostics, dict(sources), colour=coloured(sys.stderr)).splitlines())))


def fitted(lines: Iterable[str], code: str = r" *\d* *\||  -->|$") -> Iterator[str]:
    """On a terminal each line between words within its width; a file or a pipe gets them whole. code: what begins a
    line that stays as it is, since letters of it stand above one another."""
    columns = get_terminal_size().columns - 1 if sys.stderr.isatty() else 0
    for line in lines:
        if columns < 20 or len(_COLOUR.sub("", line)) <= columns or re.match(code, _COLOUR.sub("", line)):
            yield line
            continue
        indent = line[: len(line) - len(line.lstrip())] + "  "
        yield from textwrap.wrap(line, columns, subsequent_indent=indent, break_long_words=False,
                                 break_on_hyphens=False)  # fmt: skip


_COLOUR = re.compile("\x1b\\[[0-9;]*m")
"""What colours letters, and takes no room."""


def settings(pairs: Sequence[str], what: str) -> dict[str, str]:
    """`["k=v", …]` as a mapping, each name once; UsageError on anything else."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"expected {what}, found {pair!r}")
        if name.strip() in found:
            raise UsageError(f"{what.split()[0]} {name.strip()}=… is given twice: keep one of the two")
        found[name.strip()] = value.strip()
    return found


def check_out(path: str | None, *, folder: bool = False) -> None:
    """OutsideError, before work that may take minutes, where what is to be written cannot be."""
    from ...runtime.results.folder import WriteError, check_place

    try:
        if path:
            check_place(Path(path), folder=folder)
    except WriteError as error:
        raise OutsideError(str(error)) from None


def write_text(path: str | Path, text: str) -> None:
    """Write a whole file or nothing; OutsideError where the disk refuses."""
    write_whole(path, lambda file: file.write(text.encode()))


def write_whole(path: str | Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Write what `fill` does to a file, whole or not at all; OutsideError where the disk refuses."""
    from ...runtime.results.folder import WriteError, write_file

    try:
        write_file(Path(path), fill)
    except WriteError as error:
        raise OutsideError(str(error)) from None
