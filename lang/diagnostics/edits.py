"""Changes of a text: several at once, where none touches another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from .model import Edit, Fix
from .span import Span


def disjoint(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes in their order, without those that touch an earlier one."""
    kept: list[Fix] = []
    taken: list[tuple[int, int]] = []
    for fix in fixes:
        spans = [(edit.span.start, edit.span.end) for edit in fix.edits]
        if any(_meets(taken, span) for span in spans):
            continue
        kept.append(fix)
        for span in spans:
            taken.insert(bisect_left(taken, span), span)
    return kept


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with these changes, none of which touches another."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where an offset of the old text lies in the new one: behind the changes that end before it."""
    return offset + sum(len(e.text) - (e.span.end - e.span.start) for e in edits if e.span.end <= offset)


def _meets(taken: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether a span touches one of those taken, which are in order and touch none of each other."""
    at = bisect_left(taken, span)
    return any(_clash(span, other) for other in taken[max(at - 1, 0) : at + 1])


def _clash(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two changes touch the same characters, or insert at the same place."""
    if one[0] == one[1] or other[0] == other[1]:
        return one[0] <= other[1] and other[0] <= one[1]
    return one[0] < other[1] and other[0] < one[1]


def span_of(fix: Fix) -> Span:
    """From the first to the last character that a fix changes."""
    first = fix.edits[0].span
    ends = [(edit.span.start, edit.span.end) for edit in fix.edits]
    return Span(first.source, min(start for start, _ in ends), max(end for _, end in ends))
