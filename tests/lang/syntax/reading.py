"""Reads texts for the tests of this folder: sound ones to their tree, others to what is said of them."""

from __future__ import annotations

from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.syntax import tree
from stratagem.lang.syntax.parse import parse


def sound(text: str | bytes) -> tree.Module:
    """The tree of a text without fault."""
    parsed = parse(text)
    assert not parsed.failed, parsed.diagnostics
    return parsed.module


def expression(text: str) -> tree.Expr:
    """The tree of one expression; its spans count from the `plot` before it."""
    (statement,) = sound(BEFORE + text).statements
    assert isinstance(statement, tree.Plot)
    return statement.value


def errors(text: str | bytes) -> list[Diagnostic]:
    """The faults of a text, warnings left out."""
    return [d for d in parse(text).diagnostics if d.is_error]


BEFORE = "plot "
