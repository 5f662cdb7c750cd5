"""The place where reading got stuck, and what can be said and mended around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..diagnostics.model import Fix, Note
from ..words.vocabulary import (
    ENTER_CLAUSES,
    EXIT_CLAUSES,
    INNER_STATEMENTS,
    LATER_STATEMENTS,
    ORDERS,
    REBALANCE_CLAUSES,
    STATEMENTS,
)  # fmt: skip
from . import automaton, tables
from .faults import Faults
from .scanner import END, Token

STATEMENT_WORDS = frozenset((*STATEMENTS, *LATER_STATEMENTS)) - frozenset(INNER_STATEMENTS)
CLAUSE_WORDS = frozenset((*ENTER_CLAUSES, *EXIT_CLAUSES, *REBALANCE_CLAUSES))
KEYWORDS = frozenset(word for word in tables.LITERALS if word.isalpha())
_NONE = Token("", "", -1, -1)
_CLOSED = {")": "(", "]": "[", "}": "{"}


class Place:
    """Token `index` of an attempt that began at token `begun` and wanted a `goal`."""

    def __init__(self, faults: Faults, tokens: Sequence[Token], begun: int, index: int, goal: str) -> None:
        self.faults, self.tokens, self.begun, self.index, self.goal = faults, tokens, begun, index, goal
        self.token = tokens[index]

    def at(self, offset: int) -> Token:
        """The token so many places on; an empty one beyond either end of the attempt."""
        index = self.index + offset
        return self.tokens[index] if self.begun <= index < len(self.tokens) else _NONE

    @property
    def before(self) -> Token:
        return self.at(-1)

    @property
    def after(self) -> Token:
        return self.at(1)

    @cached_property
    def wanted(self) -> set[str]:
        """The kinds of token that could stand here."""
        return automaton.expected(self.tokens, self.begun, self.index, self.goal)

    @cached_property
    def first(self) -> int:
        """Where the statement began that reading got stuck in (or after)."""
        for index in range(self.index - 1, self.begun - 1, -1):
            if self.tokens[index].kind in STATEMENT_WORDS:
                return index
        return self.begun

    @property
    def word(self) -> str:
        """The keyword of that statement."""
        return self.tokens[self.first].kind if self.first < self.index else ""

    @property
    def inside(self) -> list[str]:
        """The kinds of the statement's tokens up to here."""
        return [token.kind for token in self.tokens[self.first : self.index]]

    @property
    def lacks_when(self) -> bool:
        """Whether `when` is all that can stand here, but for the symbol that an order may be for."""
        return "when" in self.wanted and self.wanted <= {"when", "NAME", "STRING", "?"}

    @property
    def condition(self) -> Place | None:
        """Where a condition without its `when` began, of which the first name was taken for the symbol of an order."""
        sided = self.before.kind == "NAME" and self.at(-2).kind in ("long", "short") and self.at(-3).kind in ORDERS
        if not sided or self.wanted != {"when"}:
            return None
        calls = self.token.kind == "(" and self.token.start == self.before.end
        if self.accepts("when", self.token.kind) and not calls:
            return None  # a symbol indeed, and the condition begins here
        return Place(self.faults, self.tokens, self.begun, self.index - 1, self.goal)

    @property
    def starts_statement(self) -> bool:
        """Whether a statement could begin here."""
        return "let" in self.wanted and "enter" in self.wanted

    def bracket(self) -> str:
        """The innermost bracket that is open here, "" if none."""
        depth = 0
        for index in range(self.index - 1, self.first - 1, -1):
            kind = self.tokens[index].kind
            if kind in _CLOSED:
                depth += 1
            elif kind in _CLOSED.values():
                if not depth:
                    return kind
                depth -= 1
        return ""

    def slashes(self) -> Token | None:
        """The nearest `//` before the stuck token on its line, or that token itself."""
        index = self.index
        while index >= self.begun:
            token = self.tokens[index]
            if token.kind == "//":
                return token
            if "\n" in self.faults.text[self.tokens[index - 1].end : token.start]:
                return None
            index -= 1
        return None

    def accepts(self, *kinds: str) -> bool:
        """Whether reading could go on here with tokens of these kinds."""
        given = [Token(kind, kind, 0, 0) for kind in kinds[:-1]]
        line = [*self.tokens[self.begun : self.index], *given]
        return kinds[-1] in automaton.expected(line, 0, len(line), self.goal)

    @cached_property
    def culprit(self) -> tuple[Token, list[Note]]:
        """Where the fault is: the stuck token, or the last of a statement that ends too early, and what follows it."""
        token, before = self.token, self.before
        ended = token.kind == END or (
            token.kind in STATEMENT_WORDS and "\n" in self.faults.text[before.end : token.start]
        )
        if before is _NONE or not ended:
            return token, []
        if token.kind == END:
            return before, []
        return before, [Note("the next statement begins here", self.faults.span(token.start, token.end))]

    # --- reporting -----------------------------------------------------------------------------------

    def error(
        self, code: str, message: str, *, help: str = "", fixes: Iterable[Fix] = (),
        first: Token | None = None, last: Token | None = None,
    ) -> bool:  # fmt: skip
        """Report a fault from token `first` to token `last`, the culprit if not said."""
        culprit, notes = self.culprit
        start, end = (first or culprit).start, (last or culprit).end
        told = [] if first or last else notes
        self.faults.error(code, message, start, end, help=help, fixes=fixes, notes=told)
        return True

    def replace(self, text: str, *, first: Token | None = None, last: Token | None = None, safe: bool = False) -> Fix:
        """A fix that writes `text` instead of the tokens, apart from what stands beside them."""
        start, end = (first or self.token).start, (last or first or self.token).end
        title = f"replace with `{text.strip()}`" if text else "remove it"
        return self.faults.fix(title, (start, end, self._apart(text, start, end)), safe=safe)

    def insert(self, text: str, *, safe: bool = False) -> Fix:
        """A fix that writes `text` before the stuck token, right after the one before it."""
        at = self.before.end if self.before.end >= 0 else self.token.start
        return self.faults.fix(f"insert `{text}`", (at, at, self._apart(" " + text, at, at)), safe=safe)

    def _apart(self, text: str, start: int, end: int) -> str:
        source = self.faults.text
        if not text and start and source[start - 1].isalnum() and source[end : end + 1].isalnum():
            return " "  # `stop=2%` without its `=`
        before = " " if text[:1].isalnum() and start and source[start - 1].isalnum() else ""
        after = " " if text[-1:].isalnum() and source[end : end + 1].isalnum() else ""
        return f"{before}{text}{after}"

    # --- operands --------------------------------------------------------------------------------------

    def left(self, index: int) -> int:
        """The token that begins the operand (names, fields, calls, history, brackets) ending at token `index`."""
        while index > self.first:
            token = self.tokens[index]
            if token.kind in _CLOSED:
                index = self._opener(index)
                if self.tokens[index].kind == "{" or not self._goes_on(index):
                    return index
                index -= 1
            elif self.tokens[index - 1].kind == ".":
                index -= 2
            else:
                return index
        return index

    def _opener(self, index: int) -> int:
        depth = 0
        for at in range(index, self.first, -1):
            kind = self.tokens[at].kind
            depth += kind in _CLOSED
            depth -= kind in _CLOSED.values()
            if not depth:
                return at
        return self.first

    def _goes_on(self, index: int) -> bool:
        """Whether the bracket at `index` belongs to what stands before it."""
        token, before = self.tokens[index], self.tokens[index - 1]
        return before.end == token.start and (before.kind == "NAME" or before.kind in _CLOSED)

    def right(self, index: int) -> int:
        """The token that ends the operand beginning at token `index`."""
        depth = 0
        for at in range(index, len(self.tokens) - 1):
            token, following = self.tokens[at], self.tokens[at + 1]
            depth += token.kind in _CLOSED.values()
            depth -= token.kind in _CLOSED
            if depth <= 0 and token.kind != "." and not (following.kind in "([." and following.end > following.start):
                return at
            if token.kind in STATEMENT_WORDS or following.kind == END:
                return at
        return index

    def written(self, first: int, last: int) -> str:
        """The source text of two tokens and all between."""
        return self.faults.text[self.tokens[first].start : self.tokens[last].end]

    def run(self, index: int) -> int:
        """The last of the tokens that follow token `index` without a blank."""
        while index + 1 < len(self.tokens) - 1 and self.tokens[index + 1].start == self.tokens[index].end:
            index += 1
        return index

    def rest_of_line(self, index: int) -> int:
        """The last token on the line of token `index`."""
        text = self.faults.text
        while index + 1 < len(self.tokens) - 1:
            if "\n" in text[self.tokens[index].end : self.tokens[index + 1].start]:
                break
            index += 1
        return index
