"""Finds foreign spellings among the words of a text and writes them as they are written here.

A pattern is compared word by word, from its anchor: its first word that is no part to be filled in. What a part takes
ends at the pattern's next word, outside brackets; nothing is tried twice, so the time is that of the words looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .table import EXAMPLE, SAME, Row, rows
from .words import CLOSERS, OPENERS, Word, opener, split

LONGEST = 150
"""Words that one part of a pattern may take."""
DEEPEST = 4
"""How often what was taken is written anew in its turn."""
_STATEMENTS = frozenset(
    "stratagem strategy on assume param let state fn require enter exit guard plot emit alert return".split()
)
_CLAUSES = frozenset("size risk cap stop target trail expire scale once fill because".split())
_BOUNDS = frozenset("when then else if as in to and or not".split()) | _STATEMENTS | _CLAUSES
_STOPS = frozenset((",", ";", ":=", "=", "then", "else", "enter", "exit", "let", "param", "state"))
_BEGINS = frozenset(("=", ":=", ",", "when", "then", "else", "if", "return", "(", "[", "{", ";", "while"))
_WHOLE = ("$c", "$d")
_PART = re.compile(r"\$[a-z]+")

_FRAME = re.compile("[\"'][1-9][0-9]{0,3}(?:s|m|h|d|w|mo)[\"']")

Known = Container[str]
"""The names of our functions."""


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


@cache
def _by_anchor() -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = {}
    for row in rows():
        pattern = row.pattern
        literal = [i for i, word in enumerate(pattern) if not word.is_part]
        named = [i for i in literal if pattern[i].is_name]
        anchor = literal[0] if pattern[0] == pattern[literal[0]] else (named or literal)[0]
        if not row.known:
            found.setdefault(pattern[anchor].folded, []).append(_Entry(row, pattern, anchor))
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
    taken: dict[str, tuple[int, int]]


# --- comparing ------------------------------------------------------------------------------------------


def _place(words: Sequence[Word], at: int, entry: _Entry, known: Known) -> _Place | None:
    row, pattern, anchor = entry
    taken: dict[str, tuple[int, int]] = {}
    begin = at - anchor
    if anchor and pattern[0].is_part:
        if begin < 0 or _compare(words, begin + 1, pattern[1:anchor], taken, known) != at:
            return None
        start = _before(words, begin, whole=pattern[0].text in _WHOLE)
        if start is None:
            return None
        taken[pattern[0].text], begin = (start, begin + 1), start
    end = _compare(words, at, pattern[anchor:], taken, known)
    misplaced = row.kind != EXAMPLE and row.ours and not begins_value(row.ours) and not _begins_line(words, begin)
    return None if end is None or misplaced else _Place(row, begin, end, taken)


def _compare(
    words: Sequence[Word], at: int, pattern: Sequence[Word], taken: dict[str, tuple[int, int]], known: Known
) -> int | None:
    """The word behind the pattern that begins at word `at`; None if it is not there."""
    for index, element in enumerate(pattern):
        if not element.is_part:
            if at >= len(words) or words[at].folded != element.folded:
                return None
            at += 1
            continue
        until = pattern[index + 1].folded if index + 1 < len(pattern) else None
        end = _taken(words, at, element.text, until, known)
        if end is None:
            return None
        taken[element.text], at = (at, end), end
    return at


def _taken(words: Sequence[Word], at: int, part: str, until: str | None, known: Known) -> int | None:
    """The word behind what a part of a pattern takes from word `at` on."""
    if part in ("$clock", "$until"):
        clock = [word.text for word in words[at : at + 3]]
        return at + 3 if len(clock) == 3 and clock[1] == ":" and (clock[0] + clock[2]).isdigit() else None
    if part not in _ONE:
        end = _expression(words, at, until, rest=part in ("$rest", "$args"))
        return end if end > at or part == "$rest" else None
    return at + 1 if at < len(words) and _ONE[part](words[at], known) else None


_ONE: dict[str, Callable[[Word, Known], bool]] = {
    "$name": lambda word, known: word.is_name,
    "$function": lambda word, known: word.is_name and word.folded in known,
    "$number": lambda word, known: word.text[0].isdigit(),
    "$text": lambda word, known: word.text[0] in "\"'",
    "$frame": lambda word, known: _FRAME.fullmatch(word.text) is not None,
}
"""Parts that are one word."""


def _expression(words: Sequence[Word], at: int, until: str | None, *, rest: bool) -> int:
    """The word behind the expression at `at`: before `until`, at the end of its bracket, or of its line."""
    depth = 0
    for index in range(at, min(at + LONGEST, len(words))):
        word = words[index]
        if not depth and (word.folded == until or (not rest and word.text in _STOPS)):
            return index
        if not depth and until is None and (word.text in _CLAUSES | _STATEMENTS or _new_line(words, index)):
            return index
        if word.text in OPENERS:
            depth += 1
        elif word.text in CLOSERS:
            if not depth:
                return index
            depth -= 1
    return min(at + LONGEST, len(words))


def _new_line(words: Sequence[Word], index: int) -> bool:
    """Whether there is a blank before the word that ends a line; told by `_Lines` of the words."""
    return isinstance(words, Lines) and index > 0 and words.line(index) != words.line(index - 1)


class Lines(list[Word]):
    """Words that know the line they stand on."""

    def __init__(self, words: Sequence[Word], text: str) -> None:
        super().__init__(words)
        self._lines: list[int] = []
        line = at = 0
        for word in words:
            line += text.count("\n", at, word.start)
            at = word.start
            self._lines.append(line)

    def line(self, index: int) -> int:
        return self._lines[index]


def _before(words: Sequence[Word], last: int, *, whole: bool) -> int | None:
    """The first word of the operand, or of the whole condition, that ends with word `last`."""
    return _condition(words, last) if whole else _operand(words, last)


def _operand(words: Sequence[Word], last: int) -> int | None:
    """A name, a number, a text, what is in brackets, a call, and the fields before it."""
    at = last
    while at >= 0:
        word = words[at]
        if word.text in CLOSERS:
            begun = opener(words, at, LONGEST)
            if begun is None:
                return None
            before = words[begun - 1] if begun else None
            if before is not None and before.end == words[begun].start and _ends_operand(before):
                at = begun - 1
                continue
            return begun
        if word.text in _BOUNDS or not (word.is_name or word.text[0].isdigit() or word.text[0] in "\"'"):
            return None
        if at < 2 or words[at - 1].text != ".":
            return at
        at -= 2
    return None


def _ends_operand(word: Word) -> bool:
    return word.text in CLOSERS or (word.is_name and word.text not in _BOUNDS)


def _condition(words: Sequence[Word], last: int) -> int | None:
    depth = 0
    for at in range(last, max(last - LONGEST, -1), -1):
        text = words[at].text
        if text in CLOSERS:
            depth += 1
        elif not depth and (text.lower() in _BEGINS):
            return at + 1 if at < last else None
        elif text in OPENERS:
            depth -= 1
        if not depth and _new_line(words, at):
            return at
    return 0 if last < LONGEST else None


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
    left_out = parts.get("$rest", "").lstrip(", ") if "$rest" not in row.ours else ""
    ours = _filled(row.ours, parts)
    if ours == text[words[begin].start : words[end - 1].end]:
        return None
    if not _is_operand(ours) and begins_value(ours) and _tight(words, begin, end):
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


def _clock_time(taken: str) -> str:
    hour, _, minute = taken.partition(":")
    return f'"{hour.strip():0>2}:{minute.strip()}"'


_BARE: dict[str, Callable[[str], str]] = {
    "$function": str.lower,
    "$frame": lambda taken: taken[1:-1],
    "$text": lambda taken: f'"{taken[1:-1]}"',
    "$clock": _clock_time,
    "$until": _clock_time,
    "$args": str,
    "$rest": str,
}
"""How a part is written that is no expression."""


def _stands_alone(before: str, after: str) -> bool:
    """Whether nothing beside a part of ours would bind to it."""
    left, right = split(before), split(after)
    opens = not left or left[-1].text in _BEGINS or left[-1].text in _BOUNDS - {"not", "and", "or"}
    ends = not right or right[0].text in (",", ")", "]", "}") or right[0].text in _BOUNDS - {"and", "or"}
    return opens and ends


def _is_operand(text: str) -> bool:
    words = split(text)
    return bool(words) and _operand(words, len(words) - 1) == 0


def begins_value(ours: str) -> bool:
    """Whether ours is a value, not a statement or a clause."""
    first = split(ours, 1)
    return bool(first) and first[0].text not in _STATEMENTS | _CLAUSES


def _begins_line(words: Sequence[Word], at: int) -> bool:
    """Whether a statement or a clause may begin with this word; no other follows a word that opens an order."""
    return at == 0 or words[at - 1].folded not in ("enter", "exit", "when", "let", "=", "and", "or", "not")


_LOOSE = frozenset((",", ")", "]", "}", ";", ":"))


def _tight(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether an operator stands beside the words, so that a sum in their place needs brackets."""
    before = words[begin - 1].text if begin else "("
    after = words[end].text if end < len(words) else ")"
    operator_before = not (before.lower() in _BEGINS or before in _BOUNDS - {"not"} or before[0].isalnum())
    operator_after = not (after in _LOOSE or after[0].isalnum() or after[0] in "_\"'" or _new_line(words, end))
    return operator_before or before == "not" or operator_after
