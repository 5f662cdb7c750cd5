"""Collects what is wrong while a program is elaborated; one fault is reported once, at one place."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics.model import ERROR, HINT, WARNING, CompileError, Diagnostic, Edit, Fix, Note
from ..diagnostics.span import Span


class Reports:
    """The diagnostics so far, without repeats: a code is said once about a span."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, Span], Diagnostic] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        self._said.setdefault((diagnostic.code, diagnostic.span), diagnostic)

    def error(self, code: str, message: str, span: Span, **more: object) -> None:
        self.add(_diagnostic(code, ERROR, message, span, more))

    def warning(self, code: str, message: str, span: Span, **more: object) -> None:
        self.add(_diagnostic(code, WARNING, message, span, more))

    def hint(self, code: str, message: str, span: Span, **more: object) -> None:
        self.add(_diagnostic(code, HINT, message, span, more))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            self.add(diagnostic)

    @property
    def failed(self) -> bool:
        return any(d.is_error for d in self._said.values())

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything said, in the order of the text."""
        return tuple(sorted(self._said.values(), key=lambda d: (d.span.source, d.span.start, d.span.end, d.code)))

    def raise_if_failed(self, sources: dict[str, str]) -> None:
        if self.failed:
            errors_first = sorted(self.all(), key=lambda d: not d.is_error)
            raise CompileError(errors_first, sources)


def _diagnostic(code: str, severity: str, message: str, span: Span, more: dict[str, object]) -> Diagnostic:
    notes = tuple(n if isinstance(n, Note) else Note(str(n)) for n in more.pop("notes", ()))  # type: ignore[attr-defined]
    fixes = tuple(more.pop("fixes", ()))  # type: ignore[call-overload]
    text = str(more.pop("help", ""))
    if more:
        raise TypeError(f"unknown parts of a diagnostic: {sorted(more)}")
    return Diagnostic(code, severity, message, span, notes, text, fixes)


def replace(title: str, span: Span, text: str, safe: bool = True) -> Fix:
    """A fix that replaces one span."""
    return Fix(title, (Edit(span, text),), safe)


def insert(title: str, span: Span, offset: int, text: str, safe: bool = True) -> Fix:
    """A fix that inserts `text` at a character offset of the span's source."""
    return Fix(title, (Edit(Span(span.source, offset, offset), text),), safe)
