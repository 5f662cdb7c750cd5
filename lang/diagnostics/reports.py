"""Collects what is wrong while a program is elaborated; one fault is reported once, at one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .model import ERROR, HINT, WARNING, Diagnostic, Edit, Fix, Note
from .span import Span
from .suggest import nearest

Notes = Iterable[str | Note]
LIBRARY = "stdlib:"
"""Sources of the standard library begin so."""
SUGGESTIONS = 50


class Reports:
    """The diagnostics so far, without repeats: a code is said once about a span.

    The author cannot mend the standard library: a warning inside it is dropped,
    and an error inside it is said at the author's own call, the first of `calls`.
    """

    def __init__(self) -> None:
        self._said: dict[tuple[str, Span], Diagnostic] = {}
        self._inside: set[tuple[str, Span]] = set()  # what is said at a call of what the library computes
        self._asked = 0
        self.said = 0  # how often something was to be said that is not dropped, repeats too
        self.calls: list[tuple[str, Span]] = []

    def nearest(self, name: str, known: Callable[[], Iterable[str]]) -> str | None:
        """The name that may be meant; only for the first faults, since each is compared with every name there is."""
        self._asked += 1
        return nearest(name, known()) if self._asked <= SUGGESTIONS else None

    def add(self, diagnostic: Diagnostic) -> None:
        if diagnostic.span.source.startswith(LIBRARY) and self.calls:
            if not diagnostic.is_error:
                return
            name, span = self.calls[0]
            message = f"`{name}` does not take these arguments: {diagnostic.message}"
            diagnostic = Diagnostic(diagnostic.code, diagnostic.severity, message, span, help=diagnostic.help)
            self._inside.add((diagnostic.code, span))
        self.said += 1
        self._said.setdefault((diagnostic.code, diagnostic.span), diagnostic)

    def error(
        self, code: str, message: str, span: Span, *, notes: Notes = (), fixes: Iterable[Fix] = (), help: str = ""
    ) -> None:
        self.add(Diagnostic(code, ERROR, message, span, _notes(notes), help, tuple(fixes)))

    def warning(
        self, code: str, message: str, span: Span, *, notes: Notes = (), fixes: Iterable[Fix] = (), help: str = ""
    ) -> None:
        self.add(Diagnostic(code, WARNING, message, span, _notes(notes), help, tuple(fixes)))

    def hint(
        self, code: str, message: str, span: Span, *, notes: Notes = (), fixes: Iterable[Fix] = (), help: str = ""
    ) -> None:
        self.add(Diagnostic(code, HINT, message, span, _notes(notes), help, tuple(fixes)))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            self.add(diagnostic)

    @property
    def failed(self) -> bool:
        return any(d.is_error for d in self._said.values())

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything said, in the order of the text; of a call nothing where one of its arguments says the same."""
        own = [key for key in self._said if key not in self._inside] if self._inside else []
        told = {call for call in self._inside if any(code == call[0] and span.within(call[1]) for code, span in own)}
        said = [d for key, d in self._said.items() if key not in told]
        return tuple(sorted(said, key=lambda d: (d.span.source, d.span.start, d.span.end, d.code)))


def _notes(notes: Notes) -> tuple[Note, ...]:
    return tuple(n if isinstance(n, Note) else Note(n) for n in notes)


def replace(title: str, span: Span, text: str, safe: bool = False) -> Fix:
    """A fix that replaces one span."""
    return Fix(title, (Edit(span, text),), safe)


def insert(title: str, span: Span, offset: int, text: str, safe: bool = False) -> Fix:
    """A fix that inserts `text` at a character offset of the span's source."""
    return Fix(title, (Edit(Span(span.source, offset, offset), text),), safe)
