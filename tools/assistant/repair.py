"""Mends a draft that does not compile: what is safe at once, the rest by its drafter, in a few rounds.

What a repair changed though it had no fault is found by comparing the statements of both texts, word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...lang.analysis.analysis import Analysis, analyse
from ...lang.compile import check_text, verdict
from ...lang.diagnostics.edits import edited
from ...lang.diagnostics.mend import mend
from ...lang.diagnostics.model import Diagnostic, Edit
from ...lang.explain.changes import changes as explained_changes
from ...lang.syntax import tree
from .drafting import Draft, Drafter

ROUNDS = 3
TOLD = 3
"""Faults that a drafter is told at once, the first cause first."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One round. faults: what the drafter was told, a line each; aside: rules without a fault that it changed all the
    same, each as it was and as it is ("" where there is none); changes: what these mean otherwise, in English, ""
    where they cannot be read without what had a fault."""

    faults: tuple[str, ...]
    aside: tuple[tuple[str, str], ...] = ()
    changes: str = ""

    def told(self) -> tuple[str, ...]:
        """What was changed though it had no fault, in lines."""
        if self.changes:
            return tuple(self.changes.splitlines())
        return tuple(f"`{was}`: {f'now `{now}`' if now else 'it is gone'}" for was, now in self.aside)


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
        done.append(_round(draft.text, again.text, told))
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


def _round(was: str, now: str, faults: Sequence[Diagnostic]) -> Repair:
    """What a round did: the new text is compared with itself, the rules that had no fault as they were."""
    told = tuple(f"{d.code}: {d.message}" for d in faults)
    before, after = analyse(was), analyse(now)
    pairs = list(_changed(before, after, faults))
    aside = tuple((_shown(before, o), "" if n is None else _shown(after, n)) for o, n in pairs)
    kept = edited(now, (Edit(n.span, _text(before, o)) for o, n in pairs if n is not None))
    kept = "\n".join([kept, *(_text(before, o) for o, n in pairs if n is None)])
    one, other = (check_text(text).program for text in (kept, now))
    if not pairs or one is None or other is None:
        return Repair(told, aside)
    found = explained_changes(one, other)
    return Repair(told) if found.same else Repair(told, aside, str(found))


def _changed(
    before: Analysis, after: Analysis, faults: Sequence[Diagnostic]
) -> Iterator[tuple[tree.Statement, tree.Statement | None]]:  # fmt: skip
    """Statements that had no fault and are not as they were, each with what stands in its place."""
    old = [s for s in before.module.statements if not any(_meets(s, d.span.start, d.span.end) for d in faults)]
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
        yield statement, mate


def _meets(statement: tree.Statement, start: int, end: int) -> bool:
    return statement.span.start <= end and start <= statement.span.end


def _words(analysis: Analysis, statement: tree.Statement) -> tuple[str, ...]:
    """The words of a statement, whatever its layout."""
    span = statement.span
    return tuple(token.text for token in analysis.tokens if span.start <= token.start < span.end)


def _text(analysis: Analysis, statement: tree.Statement) -> str:
    return analysis.text[statement.span.start : statement.span.end]


def _shown(analysis: Analysis, statement: tree.Statement) -> str:
    return " ".join(_text(analysis, statement).split())


def _about(statement: tree.Statement) -> tuple[str, ...]:
    """What kind of statement it is, and of what: its name, its side."""
    return (type(statement).__name__, *(str(getattr(statement, each, "")) for each in ("name", "side", "symbol")))
