"""Answers a fault with what the table of habits knows: how that foreign spelling is written here.

A fault is where a text stops making sense; the habit behind it often began some words earlier. So the lines with
faults are searched for foreign spellings, and one that a fault touches is told in the fault's place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..diagnostics.model import ERROR, Diagnostic, Edit, Fix, Note
from ..diagnostics.span import Span
from .compare import Known
from .rewrite import Match, matches
from .table import EXAMPLE, NEAR
from .words import Lines, index_of, split

CODE, TITLE = "E024", "E019"
"""What a habit is told as; what is told of a text without its quotes, whose words are words of a title."""
UNREADABLE = "E009"
MOST_WORDS = 10_000
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
    told: list[Diagnostic] = []
    replaced: set[int] = set()
    for source, errors in faults.items():
        if any(error.code == UNREADABLE for error in errors):
            continue  # what is no text has no habits: of a picture or an archive there is one thing to say
        habits, explained = _habits(sources[source], errors, known)
        told += [_told(match, source, sources[source]) for match in habits]
        replaced |= explained
    kept = [diagnostic for diagnostic in diagnostics if id(diagnostic) not in replaced]
    return tuple(sorted((*kept, *told), key=lambda d: (d.span.source, d.span.start, d.span.end, d.code)))


def _habits(text: str, errors: Sequence[Diagnostic], known: Known) -> tuple[list[Match], set[int]]:
    """The habits to tell, and the faults that come from them."""
    words = Lines(split(text, MOST_WORDS), text)
    unknown = {text[error.span.start : error.span.end] for error in errors if error.code in _UNKNOWN}
    passed = [(e.span.end, _passed(text, _line_end(text, e.span.end))) for e in errors if _of_syntax(e)]
    found = matches(text, words, _looked_at(text, words, errors, unknown), known)
    own = {words[i + 1].text for i in range(len(words) - 1) if words[i].text == "fn"}
    found = [_of_ones_own(match, own) for match in found if text[match.start : match.end].partition("(")[0] not in own]
    told: set[int] = set()
    explained: set[int] = set()
    for error in errors:
        for index in _meeting(found, error):
            if _touches(found[index], error):
                told.add(index)
                explained.add(id(error))
    for index, match in enumerate(found):
        if index not in told and _plain(match) and _follows(text, match, passed, unknown):
            told.add(index)
    return [found[index] for index in sorted(told)], explained


def _of_ones_own(match: Match, own: set[str]) -> Match:
    """A function of the author's own goes before ours of its name: what calls it is not the same."""
    calls = match.same and not own.isdisjoint(word.text for word in split(match.ours))
    return replace(match, same=False) if calls else match


def _meeting(found: Sequence[Match], error: Diagnostic) -> range:
    """The matches, which are in order and apart, that have a character in common with the fault, or a place."""
    first = bisect_left(found, error.span.start, key=lambda match: match.end)
    last = bisect_right(found, error.span.end, key=lambda match: match.start)
    return range(first, last)


def _looked_at(text: str, words: Lines, errors: Iterable[Diagnostic], unknown: set[str]) -> list[int]:
    """The words on the lines with a fault, on those that were passed over behind it, and near an unknown name."""
    found: set[int] = set()
    for begin, end in {_lines_of(text, error) for error in errors}:
        found.update(range(index_of(words, begin), index_of(words, end)))
    for index, word in enumerate(words):
        if word.text in unknown:
            found.update(range(index, min(index + _NEAR, len(words))))
    return sorted(found)


def _lines_of(text: str, error: Diagnostic) -> tuple[int, int]:
    """From the beginning of the fault's first line to the end of its last, or of what was passed over behind it."""
    end = _line_end(text, error.span.end)
    return text.rfind("\n", 0, error.span.start) + 1, _passed(text, end) if _of_syntax(error) else end


def _follows(text: str, match: Match, passed: Sequence[tuple[int, int]], unknown: set[str]) -> bool:
    """Whether a habit that no fault is told at would be one: passed over, or of a name told at an earlier place."""
    named = (word.text for word in split(text[match.start : match.end], _NEAR))
    return any(begin <= match.start <= end for begin, end in passed) or not unknown.isdisjoint(named)


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
    start, end = fault.span.start, fault.span.end
    if fault.code == TITLE and start <= match.start:
        return False
    if match.start <= start and end <= match.end:
        return True
    return fault.code[:2] in ("E0", "E1") and _plain(match) and start < match.end and match.start < end


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
    if match.row.kind == EXAMPLE:
        return ()
    title = f"replace with `{match.ours}`" if match.ours else "remove it"
    return (Fix(title, (Edit(span, match.ours),), match.same),)
