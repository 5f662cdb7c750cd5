"""Text to tree: `parse` gives every statement that can be read, and what is wrong with the others.

A text with faults has a tree, too: a statement that cannot be read is a `Broken` in its place, with the names
that it may have been meant to define, so that later stages can look at all the others without blaming those
for what stands only in this one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..diagnostics.model import Diagnostic
from ..diagnostics.span import Span
from . import automaton, tree
from .faults import Faults, Stopped
from .limits import MAX_BYTES
from .scanner import MAX_TOKENS, Token, scan
from .statements import Statements
from .stuck import STATEMENT_WORDS

_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read of a text: its tree, the text as the spans count it, and what is said of it, in its order.

    stopped: at a limit, so that nobody knows what the rest says.
    """

    module: tree.Module
    text: str
    diagnostics: tuple[Diagnostic, ...]
    stopped: bool = False

    @property
    def failed(self) -> bool:
        return any(d.is_error for d in self.diagnostics)


def parse(text: str | bytes, source: str = "<text>", *, max_bytes: int = MAX_BYTES) -> Parsed:
    """The tree of a program. Nothing is raised: a text beyond the limits, or of no characters, has an empty tree."""
    faults = Faults("", source)
    reader = _Reader(faults)
    stopped = False
    try:
        faults.text = _decoded(faults, text, max_bytes)
        reader.read()
    except Stopped:
        stopped = True
    module = tree.Module(tuple(reader.statements), faults.span(0, len(faults.text)), tuple(reader.comments))
    return Parsed(module, faults.text, faults.ordered(), stopped)


def _decoded(faults: Faults, text: str | bytes, max_bytes: int) -> str:
    """The text as characters, with a line feed where a carriage return alone ends a line."""
    data = text if isinstance(text, bytes) or len(text) > max_bytes else text.encode("utf-8", "surrogatepass")
    if len(data) > max_bytes:
        faults.stop("E607", f"the text is longer than {max_bytes:,} bytes", 0, 0, help="split it")
    assert isinstance(data, bytes)
    try:
        return _RETURN.sub("\n", data.decode("utf-8"))
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode("utf-8"))
        faults.text = data.decode("utf-8", "replace")
        faults.stop(
            "E009", f"byte {data[error.start]:#04x} is not UTF-8 text", at, at + 1, help="save the file as UTF-8"
        )


class _Reader:
    """Reads the statements of one text; after a fault it goes on at the next statement, to find further ones."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.statements: list[tree.Statement] = []
        self.comments: list[tuple[str, Span]] = []
        self._tokens: list[Token] = []
        self._inside = 0  # the tokens inside texts count as well

    def read(self) -> None:
        scanned = scan(self.faults)
        self._tokens = scanned.tokens
        self.comments += [(written, self.faults.span(at, at + len(written))) for written, at in scanned.comments]
        self._rules = automaton.rules(Statements(self.faults, self._inner, scanned.docs))
        at, end = 0, len(self._tokens) - 1
        while at < end:
            try:
                self.statements += automaton.run(self._tokens, at, "start", self._rules)
                return
            except automaton.Unexpected as stuck:
                _explain(self.faults, self._tokens, at, stuck, "start")
                at = _next_statement(self._tokens, stuck)
                self._keep(stuck, at)

    def _keep(self, stuck: automaton.Unexpected, following: int) -> None:
        """Keep the statements before the fault, and of the one that is broken what was read of it."""
        from .broken import parted

        whole, broken = parted(self.faults, self._tokens, stuck, following)
        self.statements += [*whole, broken]

    def _inner(self, start: int, end: int) -> tree.Expr:
        """The expression between two offsets, inside a text."""
        found = scan(self.faults, start, end, MAX_TOKENS - len(self._tokens) - self._inside).tokens
        self._inside += len(found)
        try:
            value: tree.Expr = automaton.run(found, 0, "expr", self._rules)
        except automaton.Unexpected as stuck:
            _explain(self.faults, found, 0, stuck, "expr")
            value = tree.Unread((), self.faults.span(start, end))
        return value


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


__all__ = ["MAX_BYTES", "STATEMENT_WORDS", "Parsed", "parse"]
