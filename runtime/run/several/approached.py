"""Orders of several symbols that rested and were never filled: what `runtime/run/approached.py` tells, of all books."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ....lang.plan.extras import with_approach
from ...compiled.compiled import Compiled
from ...trading.rows import ORDER_WIDTH
from ..approached import Nearest, read, unfilled
from ..no_trades import SHORT
from ..over_bars import rows
from .machine import portfolio, run_over
from .outcome import Finished
from .prepare import PreparedSeveral

if TYPE_CHECKING:
    from ...data.bars import Bars
    from ...results.output import Floats


def nearest(program: Compiled, prepared: PreparedSeveral, orders: Floats, engine: str) -> dict[int, Nearest]:
    """Of each statement of which none that rested filled, on any symbol, by its place: found by running again."""
    plan = program.plan
    wanted = [decision for decision, _ in unfilled(plan, orders)]
    if not wanted:
        return {}
    several = program.several
    asked = replace(several, main=with_approach(several.main, *prepared.own))
    chosen = engine if len(prepared.panel.events.row) > SHORT else "interpreted"
    machine = portfolio(asked, prepared, chosen)
    run_over(machine, prepared, books=False)
    named = [each for each in zip(machine.books, prepared.panel, prepared.symbols, strict=False) if each[0] is not None]
    books = [(book.trading, bars, symbol) for book, bars, symbol in named if book is not None]
    return {each.index: read(books, each) for each in wanted}


def rested_in(finished: Finished) -> list[tuple[Bars, int, Floats, str]]:
    """Of each symbol traded its bars, the first of the test among them, the rows of its orders, and its name."""
    prepared = finished.prepared
    begins = int(prepared.bars.ts[prepared.first]) if prepared.first < len(prepared.bars) else 0
    return [
        (bars, int(bars.ts.searchsorted(begins)), rows(book.trading.order_rows, ORDER_WIDTH), book.symbol)
        for book, bars in zip(finished.books, prepared.panel, strict=False)
    ]
