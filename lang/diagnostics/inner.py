"""Diagnostics of a text that was compiled inside a larger one, told as of that text alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .model import Diagnostic, Fix, Note
from .span import Span


def inner(diagnostics: Iterable[Diagnostic], source: str, before: int) -> tuple[Diagnostic, ...]:
    """The diagnostics with `before` characters of `source` left out; a fix that would change those is dropped."""
    return tuple(_moved(diagnostic, source, before) for diagnostic in diagnostics)


def _moved(diagnostic: Diagnostic, source: str, before: int) -> Diagnostic:
    def span(old: Span) -> Span:
        return Span(source, max(old.start - before, 0), max(old.end - before, 0)) if old.source == source else old

    def note(old: Note) -> Note:
        return old if old.span is None else replace(old, span=span(old.span))

    def fix(old: Fix) -> Fix:
        return replace(old, edits=tuple(replace(edit, span=span(edit.span)) for edit in old.edits))

    kept = [f for f in diagnostic.fixes if all(e.span.source != source or e.span.start >= before for e in f.edits)]
    return replace(
        diagnostic,
        span=span(diagnostic.span),
        notes=tuple(map(note, diagnostic.notes)),
        fixes=tuple(map(fix, kept)),
    )
