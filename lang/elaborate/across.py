"""Values from other symbols: `close of SPY`, `fresh of SPY`, `rank(close)`.

What stands before `of`, and what a cross-sectional function takes, is read by each symbol on its own bars. On a higher
clock it is the completed bar's value that crosses: `(close of SPY) @ 1w` is `(close @ 1w) of SPY`, and `rank(x) @ 1w`
ranks the weekly values. The books are read as they stand now, so they cross alone, not within a value that is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..diagnostics.reports import replace
from ..diagnostics.span import Span
from ..program.crossings import is_leveled
from ..program.nodes import BASE, BOOL, NUMBER, Binding, Clock, Node, walk
from ..program.units import Unit
from ..syntax import tree
from ..words.vocabulary import BOOK_BOOLS, BOOKS, FRESH, OF_BOOKS
from .arguments import Slot, match
from .arithmetic import pure
from .context import Part
from .scope import Bound, Held, Scope
from .symbols import written
from .values import POISON, Namespace, Poison, TextValue, Value, describe, map_nodes

if TYPE_CHECKING:
    from .expressions import Expressions


class Across(Part):
    """Reads an expression on another symbol."""

    held: Callable[[tree.Expr, Scope], tuple[Scope, Held] | None]

    def _of(self, expr: tree.Of, scope: Scope, clock: Clock) -> Value:
        if expr.symbol:
            self.context.symbols.name(expr.symbol, expr.symbol_span)
        if isinstance(expr.value, tree.Name) and expr.value.name == FRESH and self.context.meaning(expr.value) is None:
            return self._fresh(expr, clock)
        value = self.value(expr.value, scope, clock)
        if isinstance(value, (TextValue, Namespace)):
            self._not_a_value(expr, value)
            return POISON
        if self._is_the_same(expr, value, scope):
            return POISON
        if self.context.symbols.is_only(expr.symbol) and not self.context.of_account:
            self.reports.warning(
                "W702", f"`{expr.symbol}` is the only symbol of this program: `of` changes nothing", expr.span,
                fixes=[replace("remove it", Span(expr.span.source, expr.value.span.end, expr.symbol_span.end), "")],
            )  # fmt: skip
            return value
        return map_nodes(value, lambda node: self.of(node, expr.symbol, expr.span, clock))

    def _not_a_value(self, expr: tree.Of, value: TextValue | Namespace) -> None:
        help_ = "`of` follows the whole of what is read"
        if isinstance(value, Namespace):
            read = next((f for f in (f"{value.name}.{field}" for field in value.fields) if f in OF_BOOKS), "")
            help_ = f"{help_}: `{read} of {expr.symbol}`" if read else self._instead(f"{value.name}.", expr.symbol)
            if not read:
                self.context.symbols.named[:] = self._but(expr.span)
        self.reports.error("E201", f"expected a value before `of`, found {describe(value)}", expr.value.span,
                           help=help_)  # fmt: skip

    def _but(self, span: Span) -> list[tuple[str, Span, str]]:
        """All symbols that are named but the one at the end of a fault: whether there is such a one is no matter."""
        return [each for each in self.context.symbols.named if each[1].end != span.end]

    def _instead(self, field: str, symbol: str) -> str:
        """What to read in place of what is the account's alone. A group has no reading of its own either."""
        traded = self.context.symbols.traded
        if field in _OWN:
            return "no other symbol can read it: " + _INSTEAD[field].format(symbol=written(symbol))
        if not field.startswith("exposure."):
            return "read it without `of`"
        one = symbol if symbol in traded or not traded else traded[0]
        return (f"of a symbol read `position.weight of {one}`, its share of equity, below 0 for a short; those of a "
                f"group are added, or bounded by `guard exposure 50% of {symbol}`")  # fmt: skip

    def _is_the_same(self, expr: tree.Of, value: Value, scope: Scope) -> bool:
        """Whether `of` was put on what is the same for every symbol; an argument of a function may be."""
        if not isinstance(value, Node) or value.binding is Binding.SERIES:
            return False
        held = self.held(expr.value, scope)
        if held is not None and isinstance(held[1], Bound):
            return False
        self.reports.error("E804", f"this is the same for every symbol, `{expr.symbol}` too", expr.span, fixes=[
            replace("remove `of`", Span(expr.span.source, expr.value.span.end, expr.symbol_span.end), ""),
        ], help="`of` binds to what stands right before it: `(close / 2) of SPY`")  # fmt: skip
        return True

    def _fresh(self, expr: tree.Of, clock: Clock) -> Value:
        if clock is not BASE:
            self.reports.error("E304", "`fresh` is read on the clock of the data", expr.span, help="use it outside `@`")
            return POISON
        if self.context.symbols.is_only(expr.symbol) and not self.context.of_account:
            return self.graph.constant(True, span=expr.span)
        self.context.crosses = True
        return self.graph.node("fresh", (), (expr.symbol,), type=BOOL, span=expr.span)

    def of(self, node: Node, symbol: str, span: Span, clock: Clock) -> Node | Poison:
        """A value as another symbol reads it; readings of its book are those of now."""
        reads_books = self.context.below("books", _is_book)
        if not reads_books(node):
            return self._crossed(node, symbol, span, clock)
        made: dict[int, Node] = {}
        for inner in walk([node], below=lambda n: n.args if n.kind == "pure" and reads_books(n) else ()):
            if inner.kind == "pure" and reads_books(inner):
                args = tuple(made[arg.id] for arg in inner.args)
                made[inner.id] = pure(self.graph, inner.name, args, inner.span, inner.unit)
                continue
            books = reads_books(inner)
            own = self._book(inner, symbol, span) if books else self._crossed(inner, symbol, span, clock)
            if own is None:
                return POISON
            made[inner.id] = own
        return made[node.id]

    def _crossed(self, node: Node, symbol: str, span: Span, clock: Clock) -> Node:
        if node.binding < Binding.SERIES:
            return node
        self.context.crosses = True
        value = self.on_base(node, span, clock)
        return self.graph.node("of", (value,), (symbol,), type=node.type, clock=clock, unit=node.unit, span=span)

    def on_base(self, node: Node, span: Span, clock: Clock) -> Node:
        """What crosses of a value: itself, or that of the last completed bar of a higher clock."""
        if clock is BASE:
            return node
        return self.graph.node("sample", (node,), ("closed",), type=node.type, unit=node.unit, span=span)

    def _book(self, node: Node, symbol: str, span: Span) -> Node | None:
        """A reading of another symbol's book, or None and a report."""
        if node.kind == "book_of":
            return node
        if node.kind != "book":
            self.reports.error(
                "E802", "this is counted from bar to bar on a book, which another symbol reads as it stands now", span,
                help=f"read the book itself: `position.size of {symbol}`",
            )  # fmt: skip
            return None
        if node.name not in OF_BOOKS:
            self.reports.error("E802", f"`{node.name}` is {_whose(node.name)}", span,
                               help=self._instead(node.name, symbol))  # fmt: skip
            self.context.symbols.named[:] = self._but(span)
            return None
        self.context.crosses = True
        self.context.symbols.reads_book(span)
        kind = BOOL if node.name in BOOK_BOOLS else NUMBER
        return self.graph.node("book_of", (), (node.name, symbol), type=kind, unit=BOOKS[node.name], span=span)


def _is_book(node: Node) -> bool:
    return node.kind in ("book", "book_of")


def _whose(field: str) -> str:
    """Whose reading it is that no other symbol can read."""
    return _OWN.get(field, "the account's, the same for every symbol")


_OWN = {
    "orders.pending": "known on this symbol's own bars alone",
    "pnl.carry": "of the symbol at hand and the account together",
    "margin.distance": "worked out for the symbol at hand alone",
}
"""Readings that are of one symbol, and yet of no other one."""
_INSTEAD = {
    "orders.pending": "`position.lots of {symbol}` counts what has been filled",
    "pnl.carry": "`pnl.fees of {symbol}` has its fees; results have the carry of each symbol",
    "margin.distance": "`margin.use`, without `of`, is of the account",
}
"""What there is to read in their place."""


def on_higher_clock(node: Node) -> bool:
    """Whether it is a crossing within `@`."""
    return is_leveled(node) and node.clock is not BASE


# --- functions across all symbols ---------------------------------------------------------------------

_RESULTS: dict[str, tuple[str, str, Callable[[Unit], Unit]]] = {
    "rank": (NUMBER, NUMBER, lambda unit: Unit.PLAIN),
    "top": (NUMBER, BOOL, lambda unit: Unit.PLAIN),
    "quantile_of": (NUMBER, NUMBER, lambda unit: Unit.RATIO),
    "zscore_across": (NUMBER, NUMBER, lambda unit: Unit.PLAIN),
    "demean": (NUMBER, NUMBER, lambda unit: Unit.DISTANCE if unit is Unit.PRICE else unit),
    "total": (NUMBER, NUMBER, lambda unit: unit),
    "average": (NUMBER, NUMBER, lambda unit: unit),
    "any": (BOOL, BOOL, lambda unit: Unit.PLAIN),
    "all": (BOOL, BOOL, lambda unit: Unit.PLAIN),
    "count": (BOOL, NUMBER, lambda unit: Unit.PLAIN),
}
"""What a function takes, what it gives, and its unit."""
FUNCTIONS = tuple(_RESULTS)


def call(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """A call of a function across all symbols that are traded."""
    takes, gives, unit = _RESULTS[name]
    word = "x" if takes == NUMBER else "condition"
    given = match(part.reports, expr, name, [Slot(word, True), *([Slot("n", True)] if name == "top" else [])])
    if given is None:
        return POISON
    read, what = (part.number, "a number") if takes == NUMBER else (part.condition, "a condition")
    node = read(given[word], scope, clock, f"{what} for `{word}` of `{name}`")
    count = part.whole(given["n"], scope, clock, "`n` of `top`", least=1) if name == "top" else None
    if isinstance(node, Poison) or isinstance(count, Poison) or not _can_cross(part, name, given[word], node):
        return POISON
    part.context.symbols.across.append((name, expr.span))
    part.context.crosses = True
    args = (part.on_base(node, expr.span, clock), *([count] if count is not None else []))
    return part.graph.node("across", args, (name,), type=gives, clock=clock, unit=unit(node.unit), span=expr.span)


def _can_cross(part: Expressions, name: str, expr: tree.Expr, node: Node) -> bool:
    """Whether a value can be compared over all symbols."""
    if node.binding < Binding.SERIES:
        help = "`count(close > 0)` counts those that take part" if name in ("count", "total") else ""
        part.reports.error("E804", f"this is the same for every symbol: `{name}` compares them", expr.span, help=help)
        return False
    if part.context.below("books", _is_book)(node):
        part.reports.error("E802", f"`{name}` cannot read the books", expr.span,
                           notes=["what crosses is known before anything of the bar is booked"],
                           help="one symbol's book is read by name: `position.size of SPY`")  # fmt: skip
        return False
    return True
