"""Finds foreign spellings among the words of a text and writes them as they are written here.

A pattern is looked for from its anchor, its first word that is no part to be filled in. Of spellings that overlap the
first is taken, of these the longest; what its parts hold is written anew in its turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..words.vocabulary import LOGIC, ORDERS
from . import units
from .compare import BEGINS, BOUNDS, OURS, Known, Taken, before, compare, operand
from .table import EXAMPLE, SAME, Row, rows
from .words import Word, new_line, split

DEEPEST = 4
"""How often what was taken is written anew in its turn."""
_PART = re.compile(r"\$[a-z]+")


@dataclass(frozen=True, slots=True)
class Match:
    """A foreign spelling from `start` to `end` of a text; `ours` is it in words of ours, `left_out` what is not."""

    row: Row
    start: int
    end: int
    ours: str
    left_out: str
    same: bool


class _Entry(NamedTuple):
    row: Row
    pattern: tuple[Word, ...]
    anchor: int
    begins_line: bool
    """Ours is a statement or a clause."""


@cache
def _by_anchor() -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = {}
    for row in rows():
        pattern = row.pattern
        literal = [i for i, word in enumerate(pattern) if not word.is_part]
        named = [i for i in literal if pattern[i].is_name]
        anchor = literal[0] if pattern[0] == pattern[literal[0]] else (named or literal)[0]
        if not row.known:
            begins_line = row.kind != EXAMPLE and bool(row.ours) and not begins_value(row.ours)
            found.setdefault(pattern[anchor].folded, []).append(_Entry(row, pattern, anchor, begins_line))
    return found


def matches(text: str, words: Sequence[Word], indices: Iterable[int], known: Known, depth: int = 0) -> list[Match]:
    """The foreign spellings anchored at these words; of those that overlap the first, and of these the longest."""
    table = _by_anchor()
    found = [
        place
        for at in indices
        for entry in table.get(words[at].folded, ())
        if (place := _place(words, at, entry, known)) is not None
    ]
    found.sort(key=lambda p: (p.begin, -p.end, -len(_PART.sub("", p.row.foreign))))
    kept: list[Match] = []
    behind = 0
    for place in found:
        if place.begin >= behind and (match := _written(text, words, place, known, depth)) is not None:
            kept.append(match)
            behind = place.end
    return kept


class _Place(NamedTuple):
    """The words from `begin` to before `end` are a spelling of the row; `taken` says what its parts are."""

    row: Row
    begin: int
    end: int
    taken: Taken


def _place(words: Sequence[Word], at: int, entry: _Entry, known: Known) -> _Place | None:
    row, pattern, anchor, _ = entry
    taken: Taken = {}
    begin = at - anchor
    if anchor and pattern[0].is_part:
        if begin < 0 or compare(words, begin + 1, pattern[1:anchor], taken, known) != at:
            return None
        start = before(words, begin, pattern[0].text, known)
        if start is None:
            return None
        taken[pattern[0].text], begin = (start, begin + 1), start
    end = compare(words, at, pattern[anchor:], taken, known)
    if end is None or (entry.begins_line and not _begins_line(words, begin)):
        return None
    if begin and words[begin - 1].text == ".":
        return None  # `position.pnl < 0`: a part of something of ours
    opened = begin > 0 and words[begin - 1].text in OURS and row.ours.startswith(f"{words[begin - 1].text} ")
    return _Place(row, begin - opened, end, taken)  # `fn f(x) => x`: ours has `fn` as well


# --- writing --------------------------------------------------------------------------------------------


def _written(text: str, words: Sequence[Word], place: _Place, known: Known, depth: int) -> Match | None:
    row, begin, end, taken = place
    same = row.kind == SAME
    parts: dict[str, str] = {}
    for part, (first, behind) in taken.items():
        if first == behind:
            parts[part] = ""
            continue
        inner = text[words[first].start : words[behind - 1].end]
        if part not in row.ours:
            parts[part] = inner
            continue
        parts[part], exact = _anew(inner, known, depth)
        same = same and exact
        if part not in _BARE and _two_numbers(parts[part]):
            return None  # `trail after 2r 30ticks`: what it takes is no one value
    parts["$soon"] = parts.get("$clock", "")
    left_out = parts.get("$rest", "").lstrip(", ") if "$rest" not in row.ours else ""
    ours = _filled(row.ours, parts)
    if ours == text[words[begin].start : words[end - 1].end]:
        return None
    if begin and words[begin - 1].folded == "not" and ours.startswith("not ") and _is_operand(ours[4:]):
        begin, ours = begin - 1, ours[4:]  # denied twice is not denied
    chosen = ours.startswith("if ") and end < len(words) and words[end].folded in ("and", "or")
    if not _is_operand(ours) and begins_value(ours) and (chosen or _tight(words, begin, end)):
        ours = f"({ours})"
    return Match(row, words[begin].start, words[end - 1].end, ours, left_out, same and not left_out)


def _anew(inner: str, known: Known, depth: int) -> tuple[str, bool]:
    """What was taken, with the foreign spellings in it written anew; whether all that was changed is the same."""
    if depth >= DEEPEST:
        return inner, True
    words = split(inner)
    found = matches(inner, words, range(len(words)), known, depth + 1)
    parts, at = [], 0
    for match in found:
        if match.row.kind != EXAMPLE:
            parts += [inner[at : match.start], match.ours]
            at = match.end
    return "".join([*parts, inner[at:]]), all(match.same for match in found)


def _two_numbers(text: str) -> bool:
    """Whether a number follows a number at once, which no value does."""
    return any(a.text[0].isdigit() and b.text[0].isdigit() for a, b in pairwise(split(text)))


def _filled(ours: str, parts: dict[str, str]) -> str:
    """Ours with its parts; one that is more than an operand stands in brackets where it would bind otherwise."""

    def fill(found: re.Match[str]) -> str:
        part = found[0]
        taken = parts.get(part, "")
        if part in _BARE:
            return _BARE[part](taken)
        alone = _stands_alone(ours[: found.start()], ours[found.end() :])
        return taken if alone or not taken or _is_operand(taken) else f"({taken})"

    return _PART.sub(fill, ours)


_BARE: dict[str, Callable[[str], str]] = {
    "$function": str.lower,
    "$text": lambda taken: f'"{taken[1:-1]}"',
    "$clock": units.clock,
    "$until": units.clock,
    "$soon": units.soon,
    **units.READ,
    "$args": str,
    "$rest": str,
}
"""How a part is written that is no expression."""


def _stands_alone(behind: str, following: str) -> bool:
    """Whether nothing beside a part of ours would bind to it."""
    left, right = split(behind), split(following)
    opens = not left or left[-1].text in BEGINS or left[-1].text in BOUNDS.difference(LOGIC)
    ends = not right or right[0].text in (",", ")", "]", "}") or right[0].text in BOUNDS - {"and", "or"}
    return opens and ends


def _is_operand(text: str) -> bool:
    words = split(text)
    return bool(words) and operand(words, len(words) - 1) == 0


def begins_value(ours: str) -> bool:
    """Whether ours is a value, not a statement or a clause."""
    first = split(ours, 1)
    return bool(first) and first[0].text not in OURS


_BEFORE_VALUES = frozenset((*ORDERS, *LOGIC, "when", "let", "="))


def _begins_line(words: Sequence[Word], at: int) -> bool:
    """Whether a statement or a clause may begin with this word; no other follows a word that opens an order."""
    return at == 0 or words[at - 1].folded not in _BEFORE_VALUES


_LOOSE = frozenset((",", ")", "]", "}", ";", ":"))


def _tight(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether an operator stands beside the words, so that a sum in their place needs brackets."""
    beside = words[begin - 1].folded if begin else "("
    after = words[end].text if end < len(words) else ")"
    operator_before = not (beside in BEGINS or beside in BOUNDS - {"not"} or beside[0].isalnum())
    operator_after = not (after in _LOOSE or after[0].isalnum() or after[0] in "_\"'" or new_line(words, end))
    return operator_before or beside == "not" or operator_after
