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
from ..words.limits import STANDARD
from . import automaton, tree
from .faults import Faults, Stopped
from .scanner import END, MAX_TOKENS, NOTHING, Scanned, Token, scan
from .statements import Statements
from .stuck import STATEMENT_WORDS

_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read of a text: its tree, the text as the spans count it, and what is said of it, in its order.

    stopped: at a limit, so that nobody knows what the rest says. scanned: its words and comments, as they are written.
    """

    module: tree.Module
    text: str
    diagnostics: tuple[Diagnostic, ...]
    stopped: bool = False
    scanned: Scanned = NOTHING

    @property
    def failed(self) -> bool:
        return any(d.is_error for d in self.diagnostics)


def parse(text: str | bytes, source: str = "<text>", *, max_bytes: int = STANDARD.source) -> Parsed:
    """The tree of a program. Nothing is raised: a text beyond the limits, or of no characters, has an empty tree."""
    faults = Faults("", source)
    reader = _Reader(faults)
    stopped = False
    try:
        faults.text = _decoded(faults, text, max_bytes)
        reader.read()
    except Stopped:
        stopped = True
    span = faults.span(0, len(faults.text))
    holes = tuple(hole for _, hole in sorted(reader.holes.items()))
    module = tree.Module(tuple(reader.statements), span, tuple(reader.comments), bool(faults.dropped), holes)
    return Parsed(module, faults.text, faults.ordered(), stopped, reader.scanned)


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
        self.scanned = NOTHING
        self.holes: dict[int, tree.Hole] = {}
        self._tokens: list[Token] = []
        self._inside = 0  # the tokens inside texts count as well

    def read(self) -> None:
        scanned = self.scanned = scan(self.faults)
        self._tokens = list(scanned.tokens)  # its own: a `let` that lacks is put in
        self.comments += [(written, self.faults.span(at, at + len(written))) for written, at in scanned.comments]
        made = Statements(self.faults, self._inner, scanned.docs)
        self.holes, self._rules = made.holes, automaton.rules(made)
        at = 0
        while at < len(self._tokens) - 1:
            try:
                self.statements += automaton.run(self._tokens, at, "start", self._rules)
                return
            except automaton.Unexpected as stuck:
                _explain(self.faults, self._tokens, at, stuck, "start")
                at = self._broken(stuck)

    def _broken(self, stuck: automaton.Unexpected) -> int:
        """Keep the statements before a fault, and what was read of the broken one; where the next begins.

        `x = close` is told, and read on as if its `let` were there.
        """
        from .broken import lacks_let, parted, read

        token = self._tokens[stuck.index]
        before, unfinished = read(stuck.values)
        if not unfinished and token.kind != END and lacks_let(self._tokens, stuck.index):
            self.statements += before
            self._tokens.insert(stuck.index, Token("let", "let", token.start, token.start))
            return stuck.index
        whole, broken, following = parted(self.faults, self._tokens, stuck)
        self.statements += [*whole, broken]
        return following

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


__all__ = ["STATEMENT_WORDS", "Parsed", "parse"]
