"""Diagnostics for people and for programs: one value, several faces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .model import ERROR, WARNING, Diagnostic, Edit
from .span import Span

SHOWN = 10
_COLOURS = {ERROR: "\x1b[31m", WARNING: "\x1b[33m", "hint": "\x1b[36m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], colour: bool = False) -> str:
    """Each diagnostic with its line and the span marked; at most ten, then how many more."""
    shown = [_one(d, sources, colour) for d in diagnostics[:SHOWN]]
    more = len(diagnostics) - SHOWN
    if more > 0:
        shown.append(f"… and {more} more")
    return "\n\n".join(shown)


def place(span: Span, sources: Mapping[str, str]) -> tuple[int, int, int, int]:
    """(line, column, end line, end column), each from 1, in characters."""
    text = sources.get(span.source, "")
    return (*_line_column(text, span.start), *_line_column(text, span.end))


def to_json(diagnostic: Diagnostic, sources: Mapping[str, str]) -> dict[str, Any]:
    """The document of one diagnostic; the keys are stable."""
    line, column, end_line, end_column = place(diagnostic.span, sources)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "file": diagnostic.span.source,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "notes": [n.message for n in diagnostic.notes],
        "help": diagnostic.help,
        "fixes": [
            {"title": f.title, "safe": f.safe, "edits": [_edit_json(e, sources) for e in f.edits]}
            for f in diagnostic.fixes
        ],
    }


def apply_fixes(text: str, diagnostics: Iterable[Diagnostic], *, safe_only: bool = False) -> str:
    """The text with the first fix of each diagnostic made; fixes that overlap an earlier one are left out."""
    chosen: list[Edit] = []
    for diagnostic in diagnostics:
        fix = next((f for f in diagnostic.fixes if f.safe or not safe_only), None)
        if fix and not any(_overlap(edit, other) for edit in fix.edits for other in chosen):
            chosen.extend(fix.edits)
    for edit in sorted(chosen, key=lambda e: (e.span.start, e.span.end), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _overlap(one: Edit, other: Edit) -> bool:
    same_place = one.span.start == other.span.start
    return same_place or (one.span.start < other.span.end and other.span.start < one.span.end)


def _edit_json(edit: Edit, sources: Mapping[str, str]) -> dict[str, Any]:
    line, column, end_line, end_column = place(edit.span, sources)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column,
            "start": edit.span.start, "end": edit.span.end, "text": edit.text}  # fmt: skip


def _line_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _one(diagnostic: Diagnostic, sources: Mapping[str, str], colour: bool) -> str:
    paint, bold, plain = (_COLOURS[diagnostic.severity], _BOLD, _PLAIN) if colour else ("", "", "")
    line, column, _, _ = place(diagnostic.span, sources)
    lines = [f"{paint}{diagnostic.severity} {diagnostic.code}{plain}: {bold}{diagnostic.message}{plain}"]
    lines.append(f"  --> {diagnostic.span.source}:{line}:{column}")
    lines += _snippet(diagnostic.span, sources, paint, plain)
    for note in diagnostic.notes:
        where = ""
        if note.span is not None:
            note_line, note_column, _, _ = place(note.span, sources)
            where = f" ({note.span.source}:{note_line}:{note_column})"
        lines.append(f"  note: {note.message}{where}")
    if diagnostic.help:
        lines.append(f"  help: {diagnostic.help}")
    lines += [f"  fix:  {fix.title}" for fix in diagnostic.fixes]
    return "\n".join(lines)


def _snippet(span: Span, sources: Mapping[str, str], paint: str, plain: str) -> list[str]:
    """The first line of the span with carets under it."""
    text = sources.get(span.source)
    if text is None or span.start > len(text):
        return []
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    end = len(text) if end < 0 else end
    line = text[begin:end].expandtabs(4).rstrip("\r")
    lead = _width(text[begin : span.start].expandtabs(4))
    marked = max(1, _width(text[span.start : min(span.end, end)]))
    number = str(text.count("\n", 0, span.start) + 1)
    gutter = " " * len(number)
    return [
        f" {gutter} |",
        f" {number} | {line[:200]}",
        f" {gutter} | {' ' * lead}{paint}{'^' * min(marked, 200)}{plain}",
    ]


def _width(text: str) -> int:
    """Columns a text takes in a terminal: wide characters count two, combining ones none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
