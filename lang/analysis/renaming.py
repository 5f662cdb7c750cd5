"""One name for another, everywhere it is used; and what a text defines, for an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..diagnostics.brief import brief
from ..diagnostics.model import Edit
from ..diagnostics.span import Span
from ..resolve.definitions import Kind
from ..syntax import tables, tree
from ..words.vocabulary import is_reserved
from .analysis import Analysis, is_own

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Renamed:
    """The changes that give a name another, or why there are none."""

    edits: tuple[Edit, ...] = ()
    refused: str = ""


def renamed(analysis: Analysis, offset: int, name: str) -> Renamed:
    """The name at an offset called `name`, in its definition and all its uses, those inside texts too."""
    definition = analysis.definition_at(offset)
    if definition is None or not is_own(definition):
        return Renamed(refused="only what the text itself defines can be renamed")
    if not _NAME.fullmatch(name) or name in tables.LITERALS:
        return Renamed(refused=f"{brief(name)} cannot be a name: letters, digits and _, no word of the language")
    if is_reserved(name):
        return Renamed(refused=f"`{name}` already means something everywhere")
    if name == definition.name:
        return Renamed()
    if any(_taken(analysis, name, called) for called in (False, True)):
        return Renamed(refused=f"`{name}` is already a name here")
    places = analysis.references(offset)
    return Renamed(tuple(Edit(span, name) for span in sorted(set(places), key=lambda span: span.start)))


def _taken(analysis: Analysis, name: str, called: bool) -> bool:
    """Whether anything in the text has a name already: in one function or another, so that nothing is hidden."""
    return any(d.name == name and is_own(d) and (d.kind is Kind.FUNCTION) == called
               for d in analysis.resolution.definitions)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outlined:
    """A statement of a text in a line. kind: its word; name: what it defines or does; place: of the name."""

    kind: str
    name: str
    span: Span
    place: Span


_SIDED = (tree.Enter, tree.Exit, tree.Cancel)
_WORDS = {tree.Param: "param", tree.Let: "let", tree.State: "state", tree.Fn: "fn"}


def outline(analysis: Analysis) -> tuple[Outlined, ...]:
    """What a text defines and does, in its order."""
    return tuple(_outlined(analysis))


def _outlined(analysis: Analysis) -> Iterator[Outlined]:
    for statement in analysis.module.statements:
        span = statement.span
        if isinstance(statement, (tree.Param, tree.Let, tree.State, tree.Fn)):
            yield Outlined(_WORDS[type(statement)], statement.name, span, statement.name_span)
        elif isinstance(statement, _SIDED):
            word = type(statement).__name__.lower()
            of = f" {statement.symbol}" if statement.symbol else ""
            condition = _written(analysis, statement.condition.span)
            yield Outlined(word, f"{statement.side}{of} when {condition}", span, span)
        elif isinstance(statement, tree.Guard):
            yield Outlined("guard", statement.name, span, span)
        elif isinstance(statement, tree.Rebalance):
            yield Outlined("rebalance", statement.period or "when", span, span)
        elif isinstance(statement, tree.Legs):
            yield Outlined(statement.word, " ".join(leg.symbol for leg in statement.legs), span, span)


def _written(analysis: Analysis, span: Span) -> str:
    """What stands at a place, on one line, not longer than a line of an outline."""
    text = " ".join(analysis.text[span.start : span.end].split())
    return text if len(text) <= 60 else f"{text[:59]}…"
