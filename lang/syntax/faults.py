"""Collects what is wrong with a text while it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from ..diagnostics.model import ERROR, WARNING, Diagnostic, Edit, Fix, Note
from ..diagnostics.span import Span

MAX_FAULTS = 50
"""After so many faults reading stops: the rest would follow from the first."""


class Stopped(Exception):
    """Reading cannot go on; why is among the faults."""


class Faults:
    """The diagnostics of one text; offsets in, spans out."""

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        self.found: list[Diagnostic] = []
        self.foreign: set[str] = set()  # names that were reported for their letters
        self.dropped: list[int] = []  # where something stood that was reported and left out

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    def fix(self, title: str, *edits: tuple[int, int, str], safe: bool = False) -> Fix:
        """A fix of (start, end, text) edits."""
        return Fix(title, tuple(Edit(self.span(start, end), text) for start, end, text in edits), safe)

    def error(
        self, code: str, message: str, start: int, end: int, *,
        help: str = "", notes: Iterable[Note] = (), fixes: Iterable[Fix] = (),
    ) -> None:  # fmt: skip
        self._add(Diagnostic(code, ERROR, message, self.span(start, end), tuple(notes), help, tuple(fixes)))

    def warning(
        self, code: str, message: str, start: int, end: int, *, help: str = "", fixes: Iterable[Fix] = ()
    ) -> None:
        self._add(Diagnostic(code, WARNING, message, self.span(start, end), (), help, tuple(fixes)))

    def stop(self, code: str, message: str, start: int, end: int, *, help: str = "") -> NoReturn:
        """A fault after which reading cannot go on."""
        self.found.append(Diagnostic(code, ERROR, message, self.span(start, end), help=help))
        raise Stopped

    @property
    def failed(self) -> bool:
        return any(d.is_error for d in self.found)

    def ordered(self) -> tuple[Diagnostic, ...]:
        """Everything found, in the order of the text."""
        return tuple(sorted(self.found, key=lambda d: (d.span.start, d.span.end)))

    def _add(self, diagnostic: Diagnostic) -> None:
        self.found.append(diagnostic)
        if len(self.found) >= MAX_FAULTS and self.failed:
            raise Stopped
