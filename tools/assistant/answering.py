"""Answers in plain words: what a question offers, a condition in words, a level or a size in words.

What is taken of words is an expression of the language, which then answers the question as if it had been written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...lang.analysis.holes import holes
from ...lang.diagnostics.holes import Hole
from ...lang.syntax import tree
from ...lang.syntax.parse import parse
from .drafting import Draft, Drafter, DraftingError
from .repair import faults_of


def offered(draft: Draft, asked: Hole) -> tuple[tuple[str, str], ...]:
    """The words that a question names as its answers, each with what it stands for."""
    return next((offers for question, offers in draft.offers if question == asked.question), ())


def meanings(drafter: Drafter, draft: Draft, asked: Hole, written: str) -> Iterator[str]:
    """What words may stand for as an answer, the likeliest first; nothing where they stand for nothing."""
    said = _words(written)
    fitting = [text for words, text in offered(draft, asked) if said and _names(said, _words(words))]
    if len(fitting) == 1:
        yield fitting[0]
    if asked.kind in ("condition", "value") and " " in written.strip():
        yield from _found(_condition(_drafted(drafter, f"buy when {written}")))
    word = _clause_of(draft.text, asked)
    if word and re.search("[a-z]", written.lower()):
        there = Draft(draft.text, request=draft.request)
        yield from _found(_clause(_drafted(drafter, f"{word} {written}", there), word))
        yield from _found(_clause(_drafted(drafter, f"buy when the close is above the open, {word} {written}"), word))
    if asked.kind in ("price", "level", "series") and " " in written.strip():
        yield from _found(_price(_drafted(drafter, f"buy when the close is above {written}")))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _names(said: list[str], offer: list[str]) -> bool:
    """Whether every word that was said is one of the offer, or all of the offer was said."""
    def known(word: str, of: list[str]) -> bool:
        return any(len(word) > 1 and (each.startswith(word) or word.startswith(each)) for each in of)

    return all(known(word, offer) for word in said) or all(known(word, said) for word in offer)


def _found(text: str) -> Iterator[str]:
    if text:
        yield text


def _drafted(drafter: Drafter, words: str, earlier: Draft | None = None) -> Draft:
    try:
        return drafter.draft(words, earlier=earlier)
    except DraftingError:
        return Draft("")


def _condition(draft: Draft) -> str:
    """The condition of a draft that has one entry and leaves nothing of it open; "" of any other."""
    enter = _only_entry(draft)
    found = _text(draft, enter.condition) if enter else ""
    return "" if not found or holes(f"let asked = {found}") or faults_of(f"enter long when {found}") else found


def _price(draft: Draft) -> str:
    """What the close is compared with."""
    enter = _only_entry(draft)
    compared = enter.condition if enter else None
    if not isinstance(compared, tree.Binary) or compared.operator != ">" or _text(draft, compared.left) != "close":
        return ""
    found = _text(draft, compared.right)
    return "" if "?" in found else found


def _clause(draft: Draft, word: str) -> str:
    """The value of the clause in the first entry that has it."""
    if draft.refusals:
        return ""
    for statement in parse(draft.text).module.statements:
        for clause in getattr(statement, "clauses", ()):
            if clause.word == word and clause.value is not None and clause.at is None:
                found = draft.text[clause.span.start : clause.span.end].removeprefix(word).strip()
                return "" if "?" in found else found
    return ""


def _only_entry(draft: Draft) -> tree.Enter | None:
    entries = [each for each in parse(draft.text).module.statements if isinstance(each, tree.Enter)]
    return entries[0] if len(entries) == 1 and not draft.refusals else None


def _clause_of(text: str, asked: Hole) -> str:
    """The word of the clause whose whole value is asked for; "" where the question stands elsewhere."""
    for statement in parse(text).module.statements:
        for clause in getattr(statement, "clauses", ()):
            if isinstance(clause.value, tree.Hole) and clause.value.span.start == asked.start:
                return str(clause.word)
    return ""


def _text(draft: Draft, expr: tree.Expr) -> str:
    return draft.text[expr.span.start : expr.span.end]
