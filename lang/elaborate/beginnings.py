"""Whether entries can begin: what each condition is while nothing is held and nothing was ever traded.

Before the first trade every reading of it is known: `position.flat` holds, counts are 0, and a mean of trades or the
price of entry is missing, with which no comparison holds. Where that decides a condition the entry waits for another
to trade first; where it decides the conditions of all entries, nothing is ever traded, and no other stage would say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

from ...stdlib.primitives import evaluate
from ..diagnostics.model import Fix
from ..diagnostics.reports import Reports, replace
from ..program.nodes import Node
from ..program.program import Enter
from ..syntax import tree
from ..words.vocabulary import BOOK_BOOLS, BOOK_MISSING, BOOKS
from .below import found_from
from .context import Context

_MONEY_HELD = frozenset({"equity", "cash"})
"""What is not 0 before the first trade: the starting capital, which the text need not say."""
_AT_FIRST: Mapping[str, float | bool] = {
    **dict.fromkeys(BOOKS, 0.0), **dict.fromkeys(BOOK_BOOLS, False), **dict.fromkeys(BOOK_MISSING, nan),
    "position.flat": True,
}  # fmt: skip
_ENOUGH = 999.0  # bars, in place of those since a trade that was never made
_ORDERED = frozenset({">", ">=", "<", "<="})


def entries_begin(
    context: Context, enters: Sequence[Enter], written: Mapping[int, Sequence[tuple[tree.Expr, Node]]]
) -> None:
    """Tell of entries that wait for a trade. written: what `and` joins in each, by its index, as it is written."""
    at_first = AtFirst()
    waiting = [enter for enter in enters if at_first.of(enter.when) is False]
    for enter in waiting:
        for expr, node in written.get(enter.index, ()):
            books = at_first.books(node) if at_first.of(node) is False else []
            if books:
                tell = _never if len(waiting) == len(enters) else _later
                tell(context, expr, books, at_first.missing(node))
                break


class AtFirst:
    """What nodes are before anything was traded; None where prices or parameters decide."""

    def __init__(self) -> None:
        self._known: dict[int, float | bool | None] = {}

    def of(self, node: Node) -> float | bool | None:
        """The value of a node; each is looked at once."""
        return found_from(node, self._known, self._found, _looked_into)

    def _found(self, node: Node) -> float | bool | None:
        if node.kind == "const":
            return node.data[0]  # type: ignore[return-value]
        if node.kind == "book":
            return None if node.name in _MONEY_HELD else _AT_FIRST.get(node.name)
        found = [self._known[arg.id] for arg in _looked_into(node)]
        if node.kind == "step" and found:
            return found[0]
        return _of_function(node.name, found) if node.kind == "pure" else None

    def books(self, node: Node) -> list[str]:
        """The readings of trades and of the position that a condition is made of, those that are missing first."""
        stack, seen, found = [node], {node.id}, []
        while stack:
            inner = stack.pop()
            if inner.kind == "book" and self.of(inner) is not None:
                found.append(inner)
            further = [arg for arg in _looked_into(inner) if arg.id not in seen]
            stack += reversed(further)
            seen.update(arg.id for arg in further)
        return [book.name for book in sorted(found, key=lambda book: not self.is_missing(book))]

    def is_missing(self, node: Node) -> bool:
        value = self.of(node)
        return value != value

    def missing(self, node: Node) -> list[str]:
        """Those of its readings that are missing."""
        return [name for name in self.books(node) if name in BOOK_MISSING]


def _looked_into(node: Node) -> tuple[Node, ...]:
    if node.kind == "step":
        return node.args[:1] if node.name in ("history", "history_bool") else ()
    return node.args if node.kind == "pure" else ()


def _of_function(name: str, of: list[float | bool | None]) -> float | bool | None:
    """A pure function of what is known of its arguments."""
    known = [value for value in of if value is not None]
    if name in ("and", "or"):
        decides = name == "or"
        return decides if decides in known else (not decides if len(known) == 2 else None)
    if name in ("select", "bselect"):
        return None if of[0] is None else of[1] if of[0] else of[2]
    missing = any(value != value for value in known)
    if name == "or_else" and of[0] is not None:
        return of[1] if missing and of[0] != of[0] else of[0]
    if missing and name in ("lt", "le", "gt", "ge", "eq"):
        return False
    if missing and name in ("add", "sub", "mul", "div", "neg", "abs", "min", "max", "floordiv", "mod"):
        return nan
    return evaluate(name, known) if len(known) == len(of) else None


# --- what is said ----------------------------------------------------------------------------------


def _never(context: Context, expr: tree.Expr, books: Sequence[str], missing: Sequence[str]) -> None:
    text, book = context.text(expr.span), books[0]
    of_trades = book.startswith(("trades.", "pnl."))
    fixes = _fixes(context, expr, missing)
    context.reports.warning(
        "W505", f"nothing is ever entered: `{text}` waits for a {'trade' if of_trades else 'position'} before it",
        expr.span, fixes=fixes,
        notes=[f"`{book}` {_in_words(book)} until {'a trade has closed' if of_trades else 'something is held'}, "
               "and each entry of this program waits so"],
        help="" if fixes else "leave it out here: `exit` can ask it, and an `enter` beside one that waits for nothing",
    )  # fmt: skip


def _in_words(book: str) -> str:
    """What a reading is before the first trade."""
    value = _AT_FIRST[book]
    if value != value:
        return "is missing"
    if book == "trades.last_reason":
        return "equals no reason"
    return f"is {'true' if value is True else 'false' if value is False else '0'}"


def _later(context: Context, expr: tree.Expr, books: Sequence[str], missing: Sequence[str]) -> None:
    """Another entry can trade first, and may be meant to; that this one waits for it is easily overlooked."""
    if missing and books[0].startswith("trades."):
        context.reports.hint(
            "W402", f"this is false until a trade of another entry has closed: `{books[0]}` is missing before",
            expr.span, fixes=_fixes(context, expr, missing),
        )  # fmt: skip


def _fixes(context: Context, expr: tree.Expr, missing: Sequence[str]) -> list[Fix]:
    """`or_else(trades.bars_since, 999) > 5`; of other readings `(is_na(x) or x > 5)`."""
    if not missing:
        return []
    text = context.text(expr.span)
    if isinstance(expr, tree.Binary) and expr.operator in _ORDERED:
        sides = (expr.left, expr.right) if expr.operator in (">", ">=") else (expr.right, expr.left)
        since, few = sides
        is_since = context.text(since.span) == "trades.bars_since"
        if is_since and isinstance(few, tree.Number) and not few.suffix and few.value < _ENOUGH:
            instead = f"or_else(trades.bars_since, {_ENOUGH:g})"
            return [replace(f"replace with `{instead}`", since.span, instead)]
    instead = f"({' or '.join(f'is_na({name})' for name in missing)} or {text})"
    return [replace(f"replace with `{instead}`", expr.span, instead)]


# --- both sides ------------------------------------------------------------------------------------


def sides_differ(reports: Reports, enters: Sequence[Enter]) -> None:
    """`enter long when c` and `enter short when c`: the position would turn on every bar on which c holds.

    Not so where they rest: each waits for a price of its own.
    """
    first: dict[tuple[int, str], Enter] = {}
    for enter in (enter for enter in enters if enter.rest is None):
        before = first.setdefault((enter.when.id, enter.symbol), enter)
        if before.side != enter.side:
            reports.warning(
                "W506", f"the condition of this {enter.side} entry is that of the {before.side} one", enter.span,
                notes=[f"from flat the {before.side} one alone acts, as it stands first; while it is held this one "
                       "turns it, and then the other: on every further bar on which the condition holds"],
                help=f"give the {enter.side} entry the opposite condition, or leave it out",
            )  # fmt: skip
