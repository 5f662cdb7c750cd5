"""What differs between two programs in meaning: names, layout and what nobody reads are no difference.

Both are explained, and their sentences brought together by what they are about. A sentence that means something else
though its words are the same does so through a definition that changed, which is told once with what it touches.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ..program.program import Program
from .explain import DEFINITIONS, explain
from .layout import WIDTH, paragraph
from .meaning import meaning
from .model import Explanation, Section, Sentence

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
SAME = "No difference in meaning."
_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. kind: changed, added, removed or moved. before, after: the sentence, "" where there is none.

    touches: of a definition, what means something else by it.
    """

    kind: str
    about: str
    before: str = ""
    after: str = ""
    touches: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        told = {"kind": self.kind, "about": self.about, "before": self.before, "after": self.after}
        return {**told, "touches": list(self.touches)}


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences; `same` where there is none."""

    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        return not self.changes

    def __bool__(self) -> bool:
        return bool(self.changes)

    def text(self, width: int = WIDTH) -> str:
        """As it is read."""
        if not self.changes:
            return SAME + "\n"
        return "".join(f"{line}\n" for change in self.changes for line in _lines(change, width))

    def __str__(self) -> str:
        return self.text()

    def to_dict(self) -> dict[str, Any]:
        """For `json.dumps`."""
        return {"same": self.same, "changes": [change.to_dict() for change in self.changes]}


def changes(before: Program, after: Program) -> Changes:
    """What `after` means otherwise than `before`."""
    if meaning(before) == meaning(after):
        return Changes(())
    return Changes(tuple(_Comparison(explain(before), explain(after)).found()))


def _lines(change: Change, width: int) -> Iterator[str]:
    yield from paragraph(f"{change.kind.capitalize()}: {change.about}", width)
    if change.kind == MOVED:
        yield from paragraph(f"{change.after} It stands elsewhere in the order.", width, "  ")
    elif change.before and change.after:
        yield from paragraph(change.before, width, "  from ")
        yield from paragraph(change.after, width, "  to   ")
    else:
        yield from paragraph(change.before or change.after, width, "  ")
    if change.touches:
        yield from paragraph(f"which changes {', '.join(change.touches)}", width, "  ")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A sentence before and after; None where there is none."""

    before: Sentence | None
    after: Sentence | None
    moved: bool = False


class _Comparison:
    """Compares two explanations."""

    def __init__(self, before: Explanation, after: Explanation) -> None:
        self.before, self.after = before, after
        self.touched: dict[str, list[str]] = {}
        self.definitions = [{s.about: s for s in _section(each, DEFINITIONS).sentences} for each in (before, after)]

    def found(self) -> Iterator[Change]:
        told: list[Change] = []
        lists = [(self.before.headline, self.after.headline)]
        titles = dict.fromkeys(section.title for each in (self.before, self.after) for section in each.sections)
        lists += [(_section(self.before, title).sentences, _section(self.after, title).sentences)
                  for title in titles if title != DEFINITIONS]  # fmt: skip
        for before, after in lists:
            for pair in _paired(before, after):
                told += self._change(pair, "")
        yield from self._of_definitions()
        yield from told

    def _change(self, pair: _Pair, of: str) -> Iterator[Change]:
        """What a pair tells; of: what it is a detail of."""
        before, after = pair.before, pair.after
        either = after or before
        assert either is not None
        about = f"{of}, {either.about}" if of else either.about
        if before is None or after is None:
            kind = ADDED if before is None else REMOVED
            whole = " ".join(each.text for each in either.all())
            yield Change(kind, about, "" if before is None else whole, whole if before is None else "")
            return
        if pair.moved:
            yield Change(MOVED, about, before.text, after.text)
            return
        if before.key != after.key:
            self._touch(before, after, about)
            if before.text != after.text:
                yield Change(CHANGED, about, before.text, after.text)
        for inner in _paired(before.details, after.details):
            yield from self._change(inner, about)

    # --- definitions ------------------------------------------------------------------------------

    def _touch(self, before: Sentence, after: Sentence, about: str) -> None:
        """Remember which definitions of both made a sentence mean something else, and of these the first ones."""
        waiting = [name for name in _names(before.text) if name in _names(after.text)]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            one, other = (found.get(name) for found in self.definitions)
            if name in seen or one is None or other is None or one.key == other.key:
                continue
            seen.add(name)
            if one.text != other.text:
                self.touched.setdefault(name, []).append(about)
            waiting += [inner for inner in _names(one.text) if inner in _names(other.text)]

    def _of_definitions(self) -> Iterator[Change]:
        for name, touches in self.touched.items():
            before, after = (found[name] for found in self.definitions)
            yield Change(CHANGED, name, before.text, after.text, tuple(dict.fromkeys(touches)))


def _names(text: str) -> list[str]:
    return [f"`{name}`" for name in _NAME.findall(text)]


def _section(explanation: Explanation, title: str) -> Section:
    return next((each for each in explanation.sections if each.title == title), Section(title, ()))


def _paired(before: Sequence[Sentence], after: Sequence[Sentence]) -> Iterator[_Pair]:
    """What belongs together: what means the same where it stands, then elsewhere, then what is about the same."""
    one, other = ([each for each in side if _key(each)] for side in (before, after))
    pairs: list[tuple[int, _Pair]] = []
    left, right = dict(enumerate(one)), dict(enumerate(other))
    for block in SequenceMatcher(None, list(map(_key, one)), list(map(_key, other)), False).get_matching_blocks():
        for step in range(block.size):
            del left[block.a + step], right[block.b + step]
    for matches, moved in ((_key, True), (_about, False), (_word, False)):
        places: dict[str, deque[int]] = {}
        for at, sentence in right.items():
            places.setdefault(matches(sentence), deque()).append(at)
        for at, sentence in list(left.items()):
            if found := places.get(matches(sentence)):
                match = found.popleft()
                pairs.append((match, _Pair(left.pop(at), right.pop(match), moved)))
    pairs += [(at, _Pair(each, None)) for at, each in left.items()]
    pairs += [(at, _Pair(None, each)) for at, each in right.items()]
    return (pair for _, pair in sorted(pairs, key=lambda found: found[0]))


def _key(sentence: Sentence) -> str:
    """What it means with all its details; "" of what follows from others."""
    inner = [_key(detail) for detail in sentence.details]
    return "\x1e".join([sentence.about, sentence.key, *inner]) if sentence.key or any(inner) else ""


def _about(sentence: Sentence) -> str:
    return sentence.about


def _word(sentence: Sentence) -> str:
    """The statement that it is of, whichever side or symbol; of all else what it is about."""
    word = sentence.about.partition(" ")[0]
    return word if word in ("enter", "exit", "cancel", "rebalance", "atomic", "sequence") else sentence.about
