"""Text to tree: `parse` for a program, `parse_expression` for what stands inside braces or on a command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..diagnostics.model import CompileError, Diagnostic
from . import automaton, tree
from .faults import Faults
from .limits import MAX_BYTES
from .scanner import MAX_TOKENS, Scanned, Token, scan
from .statements import Statements
from .stuck import STATEMENT_WORDS

_RETURN = re.compile(r"\r(?!\n)")


def parse(
    text: str | bytes, source: str = "<text>", *, max_bytes: int = MAX_BYTES
) -> tuple[tree.Module, tuple[Diagnostic, ...]]:
    """The tree of a program and the warnings about it; CompileError holds every fault if there is one."""
    faults = Faults(decoded(text, source, max_bytes), source)
    scanned = scan(faults)
    statements = _read(faults, scanned, "start")
    comments = tuple((written, faults.span(at, at + len(written))) for written, at in scanned.comments)
    module = tree.Module(statements or (), faults.span(0, len(faults.text)), comments)
    return module, _settled(faults)


def parse_expression(text: str | bytes, source: str = "<expression>", *, max_bytes: int = MAX_BYTES) -> tree.Expr:
    """The tree of one expression; CompileError if it is none."""
    faults = Faults(decoded(text, source, max_bytes), source)
    value: tree.Expr = _read(faults, scan(faults), "expr")
    _settled(faults)
    return value


def decoded(text: str | bytes, source: str, max_bytes: int = MAX_BYTES) -> str:
    """The text as characters, with a line feed where a carriage return alone ends a line.

    CompileError if it is too long or not UTF-8.
    """
    data = text if isinstance(text, bytes) or len(text) > max_bytes else text.encode("utf-8", "surrogatepass")
    if len(data) > max_bytes:
        Faults("", source).stop("E607", f"the text is longer than {max_bytes:,} bytes", 0, 0, help="split it")
    assert isinstance(data, bytes)
    try:
        return _RETURN.sub("\n", data.decode("utf-8"))
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode("utf-8"))
        Faults(data.decode("utf-8", "replace"), source).stop(
            "E009", f"byte {data[error.start]:#04x} is not UTF-8 text", at, at + 1, help="save the file as UTF-8"
        )


def _settled(faults: Faults) -> tuple[Diagnostic, ...]:
    if faults.failed:
        raise faults.failure()
    return faults.ordered()


def _read(faults: Faults, scanned: Scanned, goal: str) -> Any:
    """The value of the tokens; after a fault reading goes on at the next statement, to find further ones."""

    inside = 0  # the tokens inside texts count as well

    def inner(start: int, end: int) -> tree.Expr:
        nonlocal inside
        found = scan(faults, start, end, MAX_TOKENS - len(tokens) - inside).tokens
        inside += len(found)
        try:
            value: tree.Expr = automaton.run(found, 0, "expr", rules)
        except automaton.Unexpected as stuck:
            _explain(faults, found, 0, stuck, "expr")
            value = tree.Missing(faults.span(start, end))
        return value

    rules = automaton.rules(Statements(faults, inner, scanned.docs))
    tokens, at = scanned.tokens, 0
    while True:
        try:
            return automaton.run(tokens, at, goal, rules)
        except automaton.Unexpected as stuck:
            _explain(faults, tokens, at, stuck, goal)
            at = _next_statement(tokens, stuck) if goal == "start" else len(tokens) - 1
            if at >= len(tokens) - 1:
                return None


def _explain(faults: Faults, tokens: Sequence[Token], at: int, stuck: automaton.Unexpected, goal: str) -> None:
    from .recovery import explain  # with every slip it knows; a program without a fault needs none of it

    explain(faults, tokens, at, stuck, goal)


def _next_statement(tokens: Sequence[Token], stuck: automaton.Unexpected) -> int:
    """Where the next statement begins; a broken function ends with its `return`, its own lets are passed over."""
    words = STATEMENT_WORDS
    if any(type(value) is Token and value.kind == "fn" for value in stuck.values):
        words = STATEMENT_WORDS - {"let", "state"}
    for index in range(stuck.index, len(tokens) - 1):
        token = tokens[index]
        if token.kind in words:
            return index
        if token.kind == "return":
            words = STATEMENT_WORDS
    return len(tokens) - 1


__all__ = ["MAX_BYTES", "STATEMENT_WORDS", "CompileError", "parse", "parse_expression"]
