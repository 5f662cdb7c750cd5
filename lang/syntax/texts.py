"""Texts with values inside: `"at {close}"` becomes literal strings and expressions in turn."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..diagnostics.model import ERROR, Diagnostic
from ..diagnostics.span import Span

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]")


class BadText(Exception):
    """A text that cannot be read; holds its diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def parts_of(inside: str, span: Span, parse: Callable[[str, int], Any]) -> tuple[Any, ...]:
    """The parts of the text between the quotes of `span`; `parse(text, offset)` reads an expression."""
    parts: list[Any] = []
    for piece in _PIECE.finditer(inside):
        written = piece[0]
        if written in ("{{", "}}"):
            _literal(parts, written[0])
        elif piece[1] is not None:
            parts.append(_value(piece, span, parse))
        elif written in "{}":
            at = span.start + 1 + piece.start()
            raise BadText(Diagnostic(
                "E012", ERROR, f"`{written}` stands alone in a text", Span(span.source, at, at + 1),
                help="a value is written `{close}`; for a brace itself write it twice",
            ))  # fmt: skip
        else:
            _literal(parts, written)
    return tuple(parts)


def _literal(parts: list[Any], text: str) -> None:
    if parts and isinstance(parts[-1], str):
        parts[-1] += text
    else:
        parts.append(text)


def _value(piece: re.Match[str], span: Span, parse: Callable[[str, int], Any]) -> Any:
    offset = span.start + 1 + piece.start(1)
    if not piece[1].strip():
        raise BadText(Diagnostic("E012", ERROR, "there is nothing between the braces",
                                 Span(span.source, offset - 1, offset + len(piece[1]) + 1),
                                 help="a value is written `{close}`"))  # fmt: skip
    return parse(piece[1], offset)
