"""Applies the safe fixes of a text, and only where that makes it better.

A fix is tried, the text is checked anew, and what does not help is undone. Better means: it compiles, or has fewer
faults. A text that compiles must go on meaning the same. A fault can hide others behind it, so a fix that
brings those to light at unchanged count is kept for the time being; if no state with fewer faults follows, the text
stays as it was. Fixes that help together are tried together, halves of them where they do not; so each that is kept
has helped by itself or with its neighbours, and checks are few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .edits import disjoint, edited, moved, span_of
from .lines import line_end, lines_of
from .model import Diagnostic, Edit, Fix

_ALONE = re.compile(r"(?<!\r)\n")
"""A line feed of the fix's own: what it copies of the author's lines ends as they do."""
MOST_CHECKS = 200
"""How often a text is checked at the most; what has not been tried by then is told as left."""
MOST_READ = 10_000_000
"""Characters that all checks of a text may read together: a long one is checked less often, but ten times at least."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `meaning` stands for what the program does, None where it does not compile."""

    diagnostics: tuple[Diagnostic, ...]
    meaning: str | None

    @property
    def faults(self) -> int:
        return sum(d.is_error for d in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Told:
    """A fix, told: the line and column of what it changes, in the text it was found in; why it was left, "" if not."""

    line: int
    column: int
    code: str
    title: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.code} {self.title}" + (f" ({self.why})" if self.why else "")


@dataclass(frozen=True, slots=True)
class Mended:
    """The better text, or the same one; what was applied, and what was left and why."""

    text: str
    applied: tuple[Told, ...]
    left: tuple[Told, ...]


MANY = 50
"""After so many faults a text is read no further: of two that have them, the one that was read further is better."""
UNSAFE = "it may change what the program means: apply it by hand"
UNDONE = "undone: it brought no fewer faults"
UNTRIED = "not tried yet: run again"

Check = Callable[[str], Verdict]
Offer = tuple[Diagnostic, Fix]


def mend(text: str, check: Check) -> Mended:
    """The text with the safe fixes that make it better, until none is left to try."""
    return _Mending(text, check).done()


class _Mending:
    """One text on its way; `best` is the state with the fewest faults so far."""

    def __init__(self, text: str, check: Check) -> None:
        self._check, self._checks = check, 0
        self._most = max(10, min(MOST_CHECKS, MOST_READ // max(len(text), 1)))
        self._end = line_end(text)
        self.text, self.verdict = text, self._looked(text)
        self.applied: list[Told] = []
        self._refused: dict[tuple[str, str, str], Told] = {}
        self._best = (text, self.verdict, 0)

    def done(self) -> Mended:
        while self._try(disjoint_offers(self.verdict.diagnostics, self._is_refused)):
            if _rank(self.text, self.verdict) < _rank(*self._best[:2]):
                self._best = (self.text, self.verdict, len(self.applied))
        text, verdict, count = self._best
        undone = [_why(told, UNDONE) for told in self.applied[count:]]
        left = [*self._left(text, verdict), *undone, *self._refused.values()]
        return Mended(text, tuple(self.applied[:count]), tuple(dict.fromkeys(left)))

    def _try(self, offers: Sequence[Offer]) -> bool:
        """Whether one of these fixes, or several together, helped; the text is then the better one."""
        if not offers or self._checks >= self._most:
            return False
        edits = [self._ended(edit) for _, fix in offers for edit in fix.edits]
        text = edited(self.text, edits)
        verdict = self._looked(text)
        if self._helps(verdict, offers, edits):
            self.applied += [_told(self.text, offer) for offer in offers]
            self.text, self.verdict = text, verdict
            return True
        if len(offers) == 1:
            self._refused[self._key(offers[0])] = _why(_told(self.text, offers[0]), UNDONE)
            return False
        half = len(offers) // 2
        return self._try(offers[:half]) or self._try(offers[half:])

    def _ended(self, edit: Edit) -> Edit:
        """The change with new lines that end as the first line of the text does."""
        return replace(edit, text=_ALONE.sub(self._end, edit.text)) if "\n" in edit.text else edit

    def _looked(self, text: str) -> Verdict:
        self._checks += 1
        return self._check(text)

    def _helps(self, after: Verdict, offers: Sequence[Offer], edits: Sequence[Edit]) -> bool:
        before = self.verdict
        if before.meaning is not None:
            same = after.meaning == before.meaning
            return same and len(after.diagnostics) <= len(before.diagnostics) - len(offers)
        if after.meaning is not None:
            return True
        mended = sum(diagnostic.is_error for diagnostic, _ in offers)
        if after.faults <= before.faults - mended:
            return True
        last = max(span_of(fix).end for _, fix in offers)
        gone = _upto(before, last) - _upto(after, moved(last, edits))
        return after.faults <= before.faults and gone >= mended > 0

    def _key(self, offer: Offer) -> tuple[str, str, str]:
        """What a fix is known by in the next state of the text: its code and title, and the line it is about."""
        diagnostic, fix = offer
        begin = self.text.rfind("\n", 0, diagnostic.span.start) + 1
        end = self.text.find("\n", diagnostic.span.start)
        return diagnostic.code, fix.title, self.text[begin : len(self.text) if end < 0 else end]

    def _is_refused(self, offer: Offer) -> bool:
        return self._key(offer) in self._refused

    def _left(self, text: str, verdict: Verdict) -> list[Told]:
        """The fixes on offer in the text as it is left, that were not even tried."""
        offers = [(d, d.fixes[0]) for d in verdict.diagnostics if d.fixes]
        unsafe = [_why(_told(text, offer), UNSAFE) for offer in offers if not offer[1].safe]
        untried = [offer for offer in offers if offer[1].safe and self._checks >= self._most]
        return [*unsafe, *(_why(_told(text, offer), UNTRIED) for offer in untried)]


def disjoint_offers(diagnostics: Sequence[Diagnostic], refused: Callable[[Offer], bool]) -> list[Offer]:
    """The safe fixes to try, in the order of the text; what touches another waits for the next state."""
    offers = [(d, d.fixes[0]) for d in diagnostics if d.fixes and d.fixes[0].safe and d.fixes[0].edits]
    offers = sorted((o for o in offers if not refused(o)), key=lambda o: (o[0].span.start, o[0].span.end))
    kept = {id(fix) for fix in disjoint(fix for _, fix in offers)}
    return [offer for offer in offers if id(offer[1]) in kept]


def _rank(text: str, verdict: Verdict) -> tuple[int, int]:
    """What is to fall: faults; then, of a sound text everything said, of one with very many how much was not read."""
    if verdict.meaning is not None:
        return 0, len(verdict.diagnostics)
    if verdict.faults < MANY:
        return verdict.faults, 0
    return MANY, len(text) - max(d.span.start for d in verdict.diagnostics if d.is_error)


def _upto(verdict: Verdict, offset: int) -> int:
    """The faults that begin no later than an offset."""
    return sum(d.is_error and d.span.start <= offset for d in verdict.diagnostics)


def _told(text: str, offer: Offer) -> Told:
    diagnostic, fix = offer
    line, column = lines_of(text).position(span_of(fix).start if fix.edits else diagnostic.span.start)
    return Told(line, column, diagnostic.code, fix.title)


def _why(told: Told, why: str) -> Told:
    return Told(told.line, told.column, told.code, told.title, why)
