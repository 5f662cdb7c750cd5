"""The shell over a pipe: lines in, answers out, as text or as one JSON document a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import IO

from ...runtime.results.summary import as_ascii
from ..terminal.console import shows_unicode
from .entries import Entries
from .reply import Reply, failed
from .session import Session

LONGEST_LINE = 1_000_000
"""Bytes of a line; a longer one is no text that somebody wrote."""


def answer_all(session: Session, texts: Iterable[tuple[int, str]], *, as_json: bool) -> int:
    """Answer each text, which says the line where it began, 0 for none; the exit code of the first that failed."""
    code = 0
    for line, text in texts:
        for reply in session.answers(text):
            show(reply, as_json=as_json, line=line)
            code = code or reply.exit
            if reply.ends:
                return code
    return code


def entries_of(stream: IO[bytes], session: Session, *, as_json: bool) -> Iterator[tuple[int, str]]:
    """What is entered by the lines of a stream, each as soon as it is whole, with the line where it began."""
    entries = Entries(session)
    begun = number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            _pass_over(stream)
            told = failed(f"a line is longer than {LONGEST_LINE:,} bytes: it was passed over", 1)
            show(told, as_json=as_json, line=number)
            continue
        begun = begun if entries.waiting else number
        for text in entries.feed(line.decode("utf-8", "replace").rstrip("\r\n")):
            yield begun, text
            begun = number
    for text in entries.end():
        yield begun, text


def _pass_over(stream: IO[bytes]) -> None:
    """The rest of a line."""
    while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
        pass


def show(reply: Reply, *, as_json: bool = False, line: int = 0) -> None:
    """An answer: to standard output, and what failed to standard error; as JSON all to standard output.

    line: that of the input, which tells answers apart; 0 for none.
    """
    if as_json:
        if reply.kind not in ("nothing", "quit"):
            ascii = not shows_unicode(sys.stdout)
            document = {**reply.to_json(), **({"line": line} if line else {})}
            sys.stdout.write(json.dumps(document, ensure_ascii=ascii, allow_nan=False, default=str) + "\n")
            sys.stdout.flush()
        return
    stream = sys.stderr if reply.failed else sys.stdout
    sys.stdout.flush()
    plain = not shows_unicode(stream)
    if line and reply.failed:
        stream.write(f"line {line} of the input:\n")
    for each in reply.lines:
        stream.write((as_ascii(each) if plain else each) + "\n")
    stream.flush()
