"""Answers a fault with what the table of habits knows: how that foreign spelling is written here.

A fault is where a text stops making sense; the habit behind it often began some words earlier. So the lines with
faults are searched for foreign spellings, and one that a fault touches is told in the fault's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..diagnostics.model import ERROR, Diagnostic, Edit, Fix, Note
from ..diagnostics.span import Span
from .rewrite import Known, Lines, Match, begins_value, matches
from .table import EXAMPLE, NEAR
from .words import index_of, split

CODE = "E024"
MOST_WORDS = 20_000
"""Words that are looked at; what stands behind them is told as it is."""
_SHOWN = 60
_NEAR = 6
_UNKNOWN = ("E101", "E102")
_LINES_ON = 30
"""Lines behind a fault of syntax that were passed over with it."""


def answered(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], known: Known) -> tuple[Diagnostic, ...]:
    """The diagnostics, with a habit told where it is what the faults come from.

    known: the names of our functions.
    """
    faults: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.is_error and diagnostic.span.source in sources:
            faults.setdefault(diagnostic.span.source, []).append(diagnostic)
    found = {source: list(_habits(sources[source], errors, known)) for source, errors in faults.items()}
    kept = [d for d in diagnostics if not any(_touches(match, d) for match in found.get(d.span.source, ()))]
    told = [_told(match, source, sources[source]) for source, habits in found.items() for match in habits]
    return tuple(sorted((*kept, *told), key=lambda d: (d.span.source, d.span.start, d.span.end, d.code)))


def _habits(text: str, errors: Sequence[Diagnostic], known: Known) -> Iterator[Match]:
    words = Lines(split(text, MOST_WORDS), text)
    unknown = {text[error.span.start : error.span.end] for error in errors if error.code in _UNKNOWN}
    for match in matches(text, words, _looked_at(text, words, errors, unknown), known):
        if any(_touches(match, error) for error in errors) or _follows(text, match, errors, unknown):
            yield match


def _looked_at(text: str, words: Lines, errors: Iterable[Diagnostic], unknown: set[str]) -> list[int]:
    """The words on the lines with a fault, on those that were passed over behind it, and near an unknown name."""
    found: set[int] = set()
    for error in errors:
        begin = text.rfind("\n", 0, error.span.start) + 1
        end = _line_end(text, error.span.end)
        if _of_syntax(error):
            end = _passed(text, end)
        found.update(range(index_of(words, begin), index_of(words, end)))
    for index, word in enumerate(words):
        if word.text in unknown:
            found.update(range(index, min(index + _NEAR, len(words))))
    return sorted(found)


def _follows(text: str, match: Match, errors: Iterable[Diagnostic], unknown: set[str]) -> bool:
    """Whether a habit that no fault is told at would be one: passed over, or of a name told at an earlier place."""
    if not _plain(match):
        return False
    named = (word.text for word in split(text[match.start : match.end], _NEAR))
    return _passed_over(text, match, errors) or not unknown.isdisjoint(named)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _passed(text: str, end: int) -> int:
    """The end of the lines behind a fault of syntax up to the next blank one."""
    for _ in range(_LINES_ON):
        following = _line_end(text, end + 1) if end < len(text) else end
        if not text[end:following].strip():
            break
        end = following
    return end


def _of_syntax(error: Diagnostic) -> bool:
    return error.code.startswith("E0")


def _plain(match: Match) -> bool:
    """Whether the spelling can be nothing of ours: it is more than a name, which may be the author's own."""
    return len(match.row.pattern) > 1


def _touches(match: Match, fault: Diagnostic) -> bool:
    """Whether the habit is what the fault comes from: the fault lies in it, or, if it reads or names, meets it."""
    if not fault.is_error:
        return False
    start, end = fault.span.start, fault.span.end
    if match.start <= start and end <= match.end:
        return True
    return fault.code[:2] in ("E0", "E1") and _plain(match) and start < match.end and match.start < end


def _passed_over(text: str, match: Match, errors: Iterable[Diagnostic]) -> bool:
    ends = [error.span.end for error in errors if _of_syntax(error)]
    return any(end <= match.start <= _passed(text, _line_end(text, end)) for end in ends)


def _told(match: Match, source: str, text: str) -> Diagnostic:
    row, span = match.row, Span(source, match.start, match.end)
    found = text[match.start : match.end]
    written = f"`{found}`" if len(found) <= _SHOWN and "\n" not in found else f"this, like `{row.picture}`,"
    if row.kind == EXAMPLE:
        message = f"{written} is {row.origin} and has no counterpart of its own"
        message += f"; write for example `{match.ours}`" if match.ours else ""
    elif not match.ours:
        message = f"{written} is {row.origin} and needs no counterpart: leave it out"
    elif row.kind == NEAR:
        message = f"{written} is {row.origin}; the nearest here is `{match.ours}`"
    else:
        message = f"{written} is {row.origin}; here it is written `{match.ours}`"
    notes = (Note(f"left out: `{match.left_out}`"),) if match.left_out else ()
    return Diagnostic(CODE, ERROR, message, span, notes, row.note, _fixes(match, span))


def _fixes(match: Match, span: Span) -> tuple[Fix, ...]:
    if match.row.kind == EXAMPLE or (not match.ours and begins_value(match.ours)):
        return ()
    title = f"replace with `{match.ours}`" if match.ours else "remove it"
    return (Fix(title, (Edit(span, match.ours),), match.same),)
