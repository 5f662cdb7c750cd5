"""Mends a draft that does not compile: what is safe at once, the rest by its drafter, in a few rounds.

What a repair changed though it had no fault is found by comparing the statements of both texts, word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...lang.analysis.analysis import Analysis, analyse
from ...lang.compile import check_text
from ...lang.diagnostics.mend import mend
from ...lang.diagnostics.model import Diagnostic
from ...lang.syntax import tree
from ..cli.fixing import verdict
from .drafting import Draft, Drafter

ROUNDS = 3
TOLD = 3
"""Faults that a drafter is told at once, the first cause first."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One round. faults: what the drafter was told, a line each; aside: rules without a fault that it changed all the
    same, each as it was and as it is ("" where there is none)."""

    faults: tuple[str, ...]
    aside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """The draft in the end, what was done, and the faults that are left."""

    draft: Draft
    repairs: tuple[Repair, ...]
    faults: tuple[Diagnostic, ...]


def repaired(drafter: Drafter, request: str, draft: Draft) -> Repaired:
    """The draft without its faults, as far as that can be had."""
    done: list[Repair] = []
    draft = _mended(draft)
    while (faults := faults_of(draft.text)) and len(done) < ROUNDS:
        told = faults[:TOLD]
        again = drafter.draft(request, earlier=draft, diagnostics=told)
        if again.refusals or not again.text.strip() or again.text == draft.text:
            break
        again = _mended(again)
        done.append(Repair(tuple(f"{d.code}: {d.message}" for d in told), tuple(_aside(draft.text, again.text, told))))
        draft = again
    return Repaired(draft, tuple(done), faults)


def faults_of(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a text; a question in it is no fault."""
    return tuple(d for d in check_text(text).diagnostics if d.is_error)


def _mended(draft: Draft) -> Draft:
    """With the fixes that only one thing can have been meant by."""
    if not faults_of(draft.text):
        return draft
    return replace(draft, text=mend(draft.text, lambda tried: verdict(tried, "<text>")).text)


# --- what a repair changed besides ----------------------------------------------------------------------


def _aside(was: str, now: str, faults: Sequence[Diagnostic]) -> Iterator[tuple[str, str]]:
    """Statements that had no fault and are not as they were, each with what stands in its place."""
    before, after = analyse(was), analyse(now)
    at_fault = [d.span for d in faults]
    old = [s for s in before.module.statements if not any(_meets(s, d.start, d.end) for d in at_fault)]
    left = Counter(_words(after, s) for s in after.module.statements)
    lost = []
    for statement in old:
        words = _words(before, statement)
        if left[words]:
            left[words] -= 1
        else:
            lost.append(statement)
    fresh = [s for s in after.module.statements if left[_words(after, s)]]
    for statement in lost:
        mate = next((s for s in fresh if _about(s) == _about(statement)), None)
        if mate is not None:
            fresh.remove(mate)
        yield _shown(before, statement), "" if mate is None else _shown(after, mate)


def _meets(statement: tree.Statement, start: int, end: int) -> bool:
    return statement.span.start <= end and start <= statement.span.end


def _words(analysis: Analysis, statement: tree.Statement) -> tuple[str, ...]:
    """The words of a statement, whatever its layout."""
    span = statement.span
    return tuple(token.text for token in analysis.tokens if span.start <= token.start < span.end)


def _shown(analysis: Analysis, statement: tree.Statement) -> str:
    return " ".join(analysis.text[statement.span.start : statement.span.end].split())


def _about(statement: tree.Statement) -> tuple[str, ...]:
    """What kind of statement it is, and of what: its name, its side."""
    return (type(statement).__name__, *(str(getattr(statement, each, "")) for each in ("name", "side", "symbol")))
