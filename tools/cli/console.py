"""What every command shares: exit codes, messages, JSON, reading a source file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ...lang.diagnostics.model import Diagnostic

INPUT, USAGE, OUTSIDE = 1, 2, 3


class UsageError(Exception):
    """The command line is wrong (exit 2)."""


class InputError(Exception):
    """The text or the data is wrong (exit 1)."""


class OutsideError(Exception):
    """Disk, network or venue failed (exit 3)."""


def prepare_output() -> None:
    """What the terminal's encoding cannot show is replaced: a message is never lost to a character in it."""
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


def complain(message: str, code: int) -> int:
    """Say what is wrong on standard error; gives the exit code back."""
    with suppress(OSError):
        print(f"strat: {message}", file=sys.stderr)
    return code


def say(message: str) -> None:
    """A message beside the result, on standard error."""
    print(message, file=sys.stderr)


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    json.dump(document, sys.stdout, ensure_ascii=not shows_unicode(sys.stdout), allow_nan=False, indent=2)
    sys.stdout.write("\n")


def coloured(stream: Any) -> bool:
    """Whether to colour what goes to `stream`: a terminal, unless NO_COLOR is set."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def read_source(path: str) -> bytes:
    """The bytes of a source file; OutsideError where it cannot be read."""
    from ...lang.syntax.limits import MAX_BYTES

    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from None


def show_diagnostics(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> None:
    """Diagnostics for a person, on standard error."""
    from ...lang.diagnostics.render import render

    if diagnostics:
        say(render(diagnostics, dict(sources), colour=coloured(sys.stderr)))


def settings(pairs: Sequence[str], what: str) -> dict[str, str]:
    """`["k=v", …]` as a mapping; UsageError on anything else."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"expected {what}, found {pair!r}")
        found[name.strip()] = value.strip()
    return found


def write_text(path: str | Path, text: str) -> None:
    """Write a whole file or nothing; OutsideError where the disk refuses."""
    target = Path(path)
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(target)
    except OSError as error:
        raise OutsideError(f"cannot write {path}: {error.strerror or error}") from None
