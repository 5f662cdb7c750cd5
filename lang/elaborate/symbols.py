"""The symbols of a program: which are traded, which are watched, and which are named elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..diagnostics.model import Fix
from ..diagnostics.reports import Reports, insert, replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest
from ..syntax import tables, tree

READ, BOOK, TRADED, ASSUMED = "read", "book", "traded", "assumed"


@dataclass(slots=True)
class Symbols:
    """What the heading says. traded: empty where a universe or the data say it.

    named, across: where a symbol is read or traded by name, and where a function over all symbols is called.
    """

    traded: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    universe: str = ""
    asked: bool = False  # whether some of them are still questions
    named: list[tuple[str, Span, str]] = field(default_factory=list)
    across: list[tuple[str, Span]] = field(default_factory=list)

    def name(self, symbol: str, span: Span, what: str = READ) -> None:
        """A symbol is named here: it is READ, or its BOOK is, TRADED by a statement for it, or something is ASSUMED of
        it."""
        self.named.append((symbol, span, what))

    def reads_book(self, span: Span) -> None:
        """What is read of the symbol that is named at the end of a span is its book."""
        self.named[:] = [
            (symbol, named, BOOK) if what == READ and (named.source, named.end) == (span.source, span.end)
            else (symbol, named, what) for symbol, named, what in self.named
        ]  # fmt: skip

    def is_only(self, symbol: str) -> bool:
        """Whether there is no other symbol in the program."""
        return self.traded == (symbol,) and not self.watched and not self.asked


def heading(module: tree.Module, reports: Reports) -> Symbols:
    """The symbols that the heading of a text names; what is said twice is reported."""
    on = next((s for s in module.statements if isinstance(s, tree.On)), None)
    universe = next((s for s in module.statements if isinstance(s, tree.Universe)), None)
    if on is not None and on.symbols and universe is not None:
        reports.error("E401", "`on` and `universe` both say what is traded", universe.span,
                      help="keep one of them; symbols whose data are only read stand after `watch`")  # fmt: skip
    traded = _once(reports, on.symbols, on.spans, {}) if on is not None else ()
    watched: tuple[str, ...] = ()
    for statement in module.statements:
        if isinstance(statement, tree.Watch):
            told = dict.fromkeys(traded, "traded") | dict.fromkeys(watched, "watched")
            watched += _once(reports, statement.symbols, statement.spans, told)
    asked = any(isinstance(s, (tree.On, tree.Watch)) and s.asked for s in module.statements)
    unnamed = universe is not None and not universe.name
    return Symbols(traded, watched, universe.name if universe is not None else "", asked or unnamed)


def _once(reports: Reports, symbols: Sequence[str], spans: Sequence[Span], told: dict[str, str]) -> tuple[str, ...]:
    """The symbols, each once; `told` are those of before, and as what they were named."""
    found: dict[str, None] = {}
    for symbol, span in zip(symbols, spans, strict=True):
        if symbol in found:
            reports.error("E401", f"`{symbol}` is named twice", span)
        elif symbol in told:
            reports.error("E401", f"`{symbol}` is {told[symbol]} already", span,
                          help=f"its data are read by name: `close of {written(symbol)}`")  # fmt: skip
        else:
            found[symbol] = None
    return tuple(found)


def known(symbols: Symbols, module: tree.Module, reports: Reports) -> None:
    """Every symbol that is named is traded or watched, where the text says which those are."""
    heading = next((s for s in module.statements if isinstance(s, tree.On)), None)
    said: set[str] = set()
    for symbol, span, what in symbols.named:
        told = symbol in said or symbol in symbols.traded
        if what != READ and symbol in symbols.watched:
            _only_watched(reports, symbol, span, what)
        elif told or symbol in symbols.watched or symbols.universe or symbols.asked:
            continue
        elif symbols.traded:
            said.add(symbol)
            _unknown(symbols, heading, reports, symbol, span, what)
        elif what == TRADED:
            said.add(symbol)
            reports.error("E801", f"nothing says that `{symbol}` is traded", span,
                          help=f"a program with statements for one symbol names all that it trades: "
                               f"`on {written(symbol)}`")  # fmt: skip


def _only_watched(reports: Reports, symbol: str, span: Span, what: str) -> None:
    help_ = "a symbol that statements are for stands after `on`"
    if what == BOOK:
        help_ = "it has no position to read: a symbol that is traded stands after `on`"
    reports.error("E801", f"`{symbol}` is only watched: nothing trades it", span, help=help_)


def _unknown(
    symbols: Symbols, heading: tree.On | None, reports: Reports, symbol: str, span: Span, what: str
) -> None:
    close = nearest(symbol, (*symbols.traded, *symbols.watched))
    fixes: list[Fix] = [replace(f"replace with `{close}`", span, written(close))] if close else []
    if what == READ and heading is not None and not close:
        end = heading.span.end
        text = f"watch {written(symbol)}"
        fixes.append(insert(f"add `{text}`", Span(span.source, end, end), end, f"\n{text}"))
    reports.error(
        "E801", f"`{symbol}` is neither traded nor watched", span, fixes=fixes,
        notes=["the symbols of this program are " + ", ".join((*symbols.traded, *symbols.watched))],
        help="name it after `on`" + _OR.get(what, "").format(symbol=written(symbol)),
    )  # fmt: skip


_OR = {
    READ: ", or, to read its data alone, `watch {symbol}`",
    BOOK: "; a group of a catalogue has no reading: add those of its symbols, or bound it by `guard exposure 50% of "
          "{symbol}`",
}  # fmt: skip


def written(symbol: str) -> str:
    """A symbol as a text has it: a plain name, or between quotes."""
    plain = symbol.isascii() and symbol.isidentifier()
    return symbol if plain and symbol not in _RESERVED else f'"{symbol}"'


_RESERVED = frozenset(word for word in tables.LITERALS if word not in tables.ROWS[tables.START["expr"]]) | frozenset(
    ("if", "not", "na", "true", "false")
)
"""Words that are no names."""
