"""Diagnostics for people, for programs, and as changes of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from .brief import abridged, printable
from .edits import disjoint, edited
from .lines import lines_of, marked
from .model import ERROR, WARNING, Diagnostic
from .span import Span

SHOWN = 10
_COLOURS = {ERROR: "\x1b[31m", WARNING: "\x1b[33m"}
_CYAN, _BOLD, _PLAIN = "\x1b[36m", "\x1b[1m", "\x1b[0m"


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], colour: bool = False) -> str:
    """The diagnostics as text: each with its lines, notes, help and fixes, ten at most."""
    shown = [_one(d, sources, colour) for d in diagnostics[:SHOWN]]
    if len(diagnostics) > SHOWN:
        shown.append(f"and {len(diagnostics) - SHOWN} more")
    return "\n\n".join(shown)


def _one(diagnostic: Diagnostic, sources: Mapping[str, str], colour: bool) -> str:
    tint = _COLOURS.get(diagnostic.severity, _CYAN)
    head = _painted(f"{diagnostic.severity} {diagnostic.code}", tint, colour)
    said = _painted(abridged(diagnostic.message), _BOLD, colour)
    parts = [f"{head}: {said}", *_place(diagnostic.span, sources, tint, colour)]
    for note in diagnostic.notes:
        parts.append(f"  note: {abridged(note.message)}")
        if note.span is not None:
            parts.extend(_place(note.span, sources, _CYAN, colour))
    if diagnostic.help:
        parts.append(f"  help: {abridged(diagnostic.help)}")
    parts.extend(f"  fix: {abridged(fix.title)}" for fix in diagnostic.fixes)
    return "\n".join(parts)


def _place(span: Span, sources: Mapping[str, str], tint: str, colour: bool) -> list[str]:
    """Where a span stands, and its lines with the span marked."""
    text = sources.get(span.source)
    if text is None:
        return []
    number, column = lines_of(text).position(span.start)
    where = _painted(f"  --> {printable(span.source)}:{number}:{column}", _CYAN, colour)
    gutter = " " * len(str(number))
    line, mark = marked(text, span)
    return [where, f" {gutter} |", f" {number} | {line}", f" {gutter} | {_painted(mark, tint, colour)}"]


def _painted(text: str, tint: str, colour: bool) -> str:
    return f"{tint}{text}{_PLAIN}" if colour else text


def to_json(diagnostic: Diagnostic, sources: Mapping[str, str]) -> dict[str, Any]:
    """The diagnostic as plain data; lines and columns count from 1, columns in characters."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **({"asked": asdict(diagnostic.asked)} if diagnostic.asked is not None else {}),
        **_range(diagnostic.span, sources),
        "notes": [_note(note.message, note.span, sources) for note in diagnostic.notes],
        "help": diagnostic.help,
        "fixes": [
            {"title": f.title, "safe": f.safe, "edits": [{**_range(e.span, sources), "text": e.text} for e in f.edits]}
            for f in diagnostic.fixes
        ],
    }


def _note(message: str, span: Span | None, sources: Mapping[str, str]) -> dict[str, Any]:
    return {"message": message, **(_range(span, sources) if span is not None else {})}


def _range(span: Span, sources: Mapping[str, str]) -> dict[str, Any]:
    lines = lines_of(sources.get(span.source, ""))
    line, column = lines.position(span.start)
    end_line, end_column = lines.position(span.end)
    return {"file": span.source, "line": line, "column": column, "end_line": end_line, "end_column": end_column}


def apply_fixes(text: str, diagnostics: Iterable[Diagnostic], *, safe_only: bool = False) -> str:
    """The text with the first fix of each diagnostic applied; one that touches an earlier one is left out.

    safe_only: only fixes that keep the author's meaning beyond doubt.
    """
    fixes = (fix for diagnostic in diagnostics for fix in diagnostic.fixes[:1] if fix.safe or not safe_only)
    return edited(text, (edit for fix in disjoint(fixes) for edit in fix.edits))
