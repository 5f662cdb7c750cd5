"""Drafts by the translator, and changes of them: all that was said is read together; what is said anew of a clause
takes its place in every entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...lang.diagnostics.edits import edited
from ...lang.diagnostics.model import Diagnostic, Edit
from ...lang.diagnostics.span import Span
from ...lang.syntax import tree
from ...lang.syntax.parse import parse
from .drafting import Draft
from .rewording import reworded, set_anew, unclear, without_clause
from .translate.translator import translation

_ANEW = "Without a model a change is read together with what was said before: take it back and say the whole anew."
_OF_A_PROGRAM = "Without a model the clauses of a program can be changed (stop 3%, target 10%); write the rest in it."


class ByRules:
    """Protocol `Drafter`: needs neither a model nor a network."""

    def draft(
        self, request: str, *, earlier: Draft | None = None, diagnostics: Sequence[Diagnostic] = ()
    ) -> Draft:  # fmt: skip
        """Protocol `Drafter`. A draft with faults is not mended: the rules would write it again."""
        if diagnostics and earlier is not None:
            return earlier
        if earlier is None:
            return replace(translation(request).draft, request=request)
        request = set_anew(request)
        vague = unclear(earlier.request, request)
        if vague:
            return Draft("", refusals=(vague,))
        gone = without_clause(earlier.text, request)
        if gone:
            return Draft(gone[0], (f"Of every entry: no {gone[1]} any more.",))
        words = reworded(earlier.request, request) or f"{earlier.request}. {request}" if earlier.request else request
        whole = translation(words).draft
        named = translation(f"buy when {words}").draft if earlier.request and whole.refusals else whole
        if not named.refusals and whole.refusals:  # the side was not said while it was the only one
            words, whole = f"buy when {words}", named
        if not whole.refusals and earlier.request:
            return replace(whole, request=words)
        clauses = _clauses_alone(translation(request).draft)
        if clauses:
            text = edited(earlier.text, _edits(earlier.text, clauses))
            told = ", ".join(f"{word} {value}" for word, value in clauses.items())
            return Draft(text, (f"Of every entry: {told}.",), request=words if earlier.request else "")
        return Draft("", whole.notes, (*whole.refusals, _ANEW if earlier.request else _OF_A_PROGRAM))


def _clauses_alone(draft: Draft) -> dict[str, str]:
    """The clauses of a draft that says nothing else: its one entry has a question for a condition."""
    if draft.refusals:
        return {}
    statements = [s for s in parse(draft.text).module.statements if not _asks_all(s)]
    enter = statements[0] if len(statements) == 1 else None
    if not isinstance(enter, tree.Enter) or not isinstance(enter.condition, tree.Hole):
        return {}
    values = {clause.word: draft.text[clause.span.start : clause.span.end] for clause in enter.clauses}
    if len(values) < len(enter.clauses) or any("?" in text for text in values.values()):
        return {}
    return {word: text.removeprefix(word).strip() for word, text in values.items()}


def _asks_all(statement: tree.Statement) -> bool:
    return isinstance(statement, tree.Exit) and isinstance(statement.condition, tree.Hole)


def _edits(text: str, clauses: Mapping[str, str]) -> Iterator[Edit]:
    """The clauses of every entry in place of those of the same word, or below the others."""
    for statement in parse(text).module.statements:
        if not isinstance(statement, tree.Enter):
            continue
        there = {clause.word: clause.span for clause in statement.clauses if clause.at is None}
        more = ""
        for word, value in clauses.items():
            if word in there:
                yield Edit(there[word], f"{word} {value}")
            else:
                more += f"\n  {word} {value}"
        if more:
            end = statement.span.end
            yield Edit(Span(statement.span.source, end, end), more)
