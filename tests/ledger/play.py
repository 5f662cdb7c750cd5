"""One run: the phases of an event in their order (rule 18), and what is left at the end (rule 31)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .book import Book
from .decide import Deciding
from .expiries import Expiries
from .fills import Fills
from .guards import Guards
from .late import arriving, dated
from .levels import Levels
from .match import Matching
from .orders import BRACKETS, CLOSE, Order, Row, Trade
from .prices import market
from .program import Bar, Program, rungs_apart
from .table import Table


@dataclass
class Played:
    """What a run left. equity, cash, quantity: at the close of each bar."""

    trades: list[Trade] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    equity: list[float] = field(default_factory=list)
    cash: list[float] = field(default_factory=list)
    quantity: list[float] = field(default_factory=list)
    log: list[Row] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)


def play(program: Program, bars: list[Bar]) -> Played:
    program = replace(program, rests=replace(program.rests))  # a rate of its own
    program, names = rungs_apart(arriving(program, bars))
    book, table, played = Book(program.rests, program.step), Table(), Played()
    fills = Fills(program, book, table, Levels(program, book, table))
    expiries, guards = Expiries(program, book, table), Guards(program, book, table)
    matching = Matching(program, book, fills, expiries)
    deciding = Deciding(program, book, fills, guards, expiries)
    for at, bar in enumerate(bars):
        if book.begin(at, bar.time):
            guards.new_day()
        book.accrue()
        book.open_rate()
        fills.allow(bar.volume)
        deciding.resting.begin()
        matching.bar(bar)
        program.rests.close(at)
        book.mark(bar.close)
        fills.levels.follow()
        deciding.protect(at)
        deciding.bar(at, bar.close)
        played.equity.append(book.equity)
        played.cash.append(book.cash)
        played.quantity.append(book.side * book.held)
    finish(program, book, table)
    if bars:
        played.equity[-1], played.cash[-1], played.quantity[-1] = book.equity, book.cash, book.side * book.held
    played.log, played.orders = book.log, table.closed
    played.trades = [named(trade, names) for trade in book.trades + book.open_rows()]
    for order in played.orders:
        dated(order, program.rests.latency)
        order.statement = names[order.statement] if order.statement >= 0 else -1
    played.counters = {"ambiguous_fills": fills.ambiguous, "conflicts": deciding.conflicts,
                       "guard_trips": guards.tripped,
                       "open_trades": len(book.lots)}  # fmt: skip
    return played


def named(trade: Trade, names: list[int]) -> Trade:
    """A trade with the statements of the text for those of its ladders."""
    of = dict(enumerate(names)) | {-1: -1}
    return replace(trade, entry_statement=of[trade.entry_statement], exit_statement=of[trade.exit_statement])


def finish(program: Program, book: Book, table: Table) -> None:
    """Rule 31: what waits is cancelled; with `close_at_end` what is open is closed at the last close."""
    for order in table.waiting("expire"):  # it asks for what its lot has
        assert order.lot is not None
        order.asked = order.got + order.lot.quantity
    waits = [order for order in table.orders if order.role not in BRACKETS]
    table.cancel(sorted(waits, key=lambda order: order.statement), "end")  # in the order of the text
    if program.rests.close_at_end and book.lots:
        order = Order(-1, "end", book.side, -1, book.bar)
        book.apply(order, book.held, market(program.rests, book.price, -book.side, opens=False), CLOSE)
