"""The shell over a pipe: lines in, answers out, as text or as one JSON document a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import IO

from ...runtime.results.summary import as_ascii
from ..cli.console import shows_unicode
from .entries import Entries
from .reply import Reply, failed
from .session import Session

LONGEST_LINE = 1_000_000
"""Bytes of a line; a longer one is no text that somebody wrote."""


def answer_all(session: Session, texts: Iterable[str], *, as_json: bool) -> int:
    """Answer each text; the exit code of the first that failed, 0 if none did."""
    code = 0
    for text in texts:
        for reply in session.answers(text):
            show(reply, as_json=as_json)
            code = code or reply.exit
            if reply.ends:
                return code
    return code


def entries_of(stream: IO[bytes], session: Session, *, as_json: bool) -> Iterator[str]:
    """What is entered by the lines of a stream, each as soon as it is whole."""
    entries = Entries(session)
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            _pass_over(stream)
            show(failed(f"a line is longer than {LONGEST_LINE:,} bytes: it was passed over", 1), as_json=as_json)
            continue
        yield from entries.feed(line.decode("utf-8", "replace").rstrip("\r\n"))
    yield from entries.end()


def _pass_over(stream: IO[bytes]) -> None:
    """The rest of a line."""
    while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
        pass


def show(reply: Reply, *, as_json: bool = False) -> None:
    """An answer: to standard output, and what failed to standard error; as JSON all to standard output."""
    if as_json:
        if reply.kind not in ("nothing", "quit"):
            ascii = not shows_unicode(sys.stdout)
            sys.stdout.write(json.dumps(reply.to_json(), ensure_ascii=ascii, allow_nan=False, default=str) + "\n")
            sys.stdout.flush()
        return
    stream = sys.stderr if reply.failed else sys.stdout
    sys.stdout.flush()
    plain = not shows_unicode(stream)
    for line in reply.lines:
        stream.write((as_ascii(line) if plain else line) + "\n")
    stream.flush()
