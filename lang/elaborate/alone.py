"""What is said of an expression that stands alone: nothing of the `let` around it, and that nothing trades in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..diagnostics.model import ERROR, WARNING, Diagnostic, Note
from ..diagnostics.span import Span
from ..program.nodes import Node, walk
from ..program.program import Program, Value
from ..words.vocabulary import STATEMENTS

_NAMED = " after `=`"
_EXAMPLE = "for example `rsi(close, 14)`"


def of_expression(
    said: Sequence[Diagnostic], source: str, text: str, program: Program | None = None
) -> tuple[Diagnostic, ...]:
    """The diagnostics of an expression, each about the text that its author wrote. program: where it has no fault."""
    if all(line.lstrip().startswith("#") or not line.strip() for line in text.splitlines()):
        return (Diagnostic("E002", ERROR, "expected an expression, found nothing", Span(source, 0, 0), (), _EXAMPLE),)
    told = tuple(_plain(each, text) for each in said)
    return (*told, *_of_books(source, text, program)) if program is not None else told


def _plain(said: Diagnostic, text: str) -> Diagnostic:
    """A fault at the beginning, where its author wrote no `=`."""
    if text[: said.span.start].strip() or _NAMED not in said.message:
        return said
    word = (text.split() or [""])[0]
    help = f"an expression is a value, {_EXAMPLE}; a program with `{word}` stands in a file"
    return replace(said, message=said.message.replace(_NAMED, ""), help=help if word in STATEMENTS else said.help)


def _of_books(source: str, text: str, program: Program) -> Iterator[Diagnostic]:
    """`position.size` of an expression is 0 on every bar: there is no order that could change it."""
    nodes = walk(_nodes(program.lets.values()), dict(program.cells))
    read = next((node for node in nodes if node.kind in ("book", "book_of")), None)
    if read is not None:
        yield Diagnostic(
            "W606", WARNING, f"nothing trades in an expression: `{read.name}` stays as it begins",
            Span(source, 0, len(text)), (Note("books are filled by the orders of a program"),),
            "with orders in a file: `strat eval FILE:NAME`",
        )  # fmt: skip


def _nodes(values: Iterable[Value]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        else:
            yield from _nodes(value.values())
