"""Orders that rested and were never filled: how many, for how long, and how near the market came to them.

Of a statement of which no order that rested filled this is found by running once more; of one whose last order rested
through most of the test to its end from the bars. Where orders fill as usual nothing is run and nothing told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...lang.plan.extras import with_approach
from ...lang.plan.model import Decision, Plan
from ..calendar.instants import shown
from ..results.format import counted, percent, price
from ..trading import layout as at
from ..trading.approach import near_at
from ..trading.rows import (
    AT_THE_END,
    CANCELLED,
    EXPIRED,
    NOTHING_TO_CLOSE,
    ORDER_GOT,
    ORDER_INDEX,
    ORDER_LIMIT,
    ORDER_REASON,
    ORDER_SIDE,
    ORDER_STATEMENT,
    ORDER_STATUS,
    ORDER_TRIGGER,
    ORDER_TYPE,
    REASONS,
    STATUSES,
)
from .no_trades import SHORT
from .over_bars import equity
from .prepare import Prepared

if TYPE_CHECKING:
    from ..data.bars import Bars
    from ..results.output import Floats
    from ..trading.state import TradingState

RANGES = 14
"""Of how many bars the average true range is, that a way is measured by beside its share of the price."""
MOST = 0.5
"""An order that has rested so much of the test, to its end, is told of, though others of its statement filled."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near the market came. bars: on how many an order worked; share: the shortest way from the bar's nearer
    extreme to what an order waited for, as a share of that extreme, FAR where none was measured; way: in price; index:
    the bar of that, of `of`. symbol: whose, where there are several."""

    bars: int
    share: float
    index: int
    way: float
    of: Bars
    symbol: str = ""

    def text(self) -> str:
        """`the market came no nearer than 4.10%, 2.3 ATR, on 2008-10-10`; "" where nothing was measured."""
        if self.share >= at.FAR:
            return ""
        name = f" of {self.symbol}" * bool(self.symbol)
        when = shown(int(self.of.ts[self.index])).removesuffix("T00:00:00Z")
        if self.share == 0.0:
            return f"the market came to their prices, first on {when}{name}"  # a guard, or no volume, kept it
        usual = _true_range(self.of, self.index)
        ranges = f" ({_short(self.way / usual)} ATR)" if usual > 0.0 else ""
        return f"the market came no nearer than {percent(self.share)}{ranges}, on {when}{name}"


def _short(ratio: float) -> str:
    return f"{ratio:,.1f}" if ratio < 10.0 else f"{ratio:,.0f}"


def _true_range(bars: Bars, index: int) -> float:
    """The mean true range of the last bars up to this one; 0 where none has one."""
    import numpy as np

    rows = slice(max(0, index + 1 - RANGES), index + 1)
    before = np.concatenate([[np.nan], np.asarray(bars.close)])[rows]
    high, low = np.asarray(bars.high)[rows], np.asarray(bars.low)[rows]
    found = np.fmax(high, before) - np.fmin(low, before)
    known = found[found == found]
    return float(known.mean()) if len(known) else 0.0


# --- which statements ----------------------------------------------------------------------------


def unfilled(plan: Plan, orders: Floats) -> list[tuple[Decision, Floats]]:
    """The statements whose orders rested without one being filled, a ladder as one, with the rows of those orders.

    An exit whose positions left by something else had nothing to wait for any more, and is not among them.
    """
    found = []
    for decision in plan.of_text:
        if not decision.rest:
            continue
        own = _of(decision, orders)
        rested = own[(own[:, ORDER_STATUS] == EXPIRED) | (own[:, ORDER_STATUS] == CANCELLED)]
        left = decision.action == "exit" and (rested[:, ORDER_REASON] == NOTHING_TO_CLOSE).any()
        if len(rested) and not left and not own[:, ORDER_GOT].any():
            found.append((decision, rested))
    return found


def _of(decision: Decision, orders: Floats) -> Floats:
    owner = orders[:, ORDER_STATEMENT]
    return orders[(owner >= decision.index) & (owner < decision.index + decision.places)]


# --- how near ------------------------------------------------------------------------------------


def nearest(plan: Plan, prepared: Prepared, orders: Floats, engine: str) -> dict[int, Nearest]:
    """Of each statement of which none that rested filled, by its place: found by running again."""
    wanted = [decision for decision, _ in unfilled(plan, orders)]
    if not wanted:
        return {}
    asked = with_approach(plan, prepared.assumptions)
    machine = prepared.machine(asked, engine if len(prepared.bars) > SHORT else "interpreted")
    equity(machine, prepared)
    return {each.index: read([(machine.trading, prepared.bars, "")], each) for each in wanted}


def read(books: Sequence[tuple[TradingState, Bars, str]], decision: Decision) -> Nearest:
    """What the runs of some books, of the symbols named, left of a statement."""
    found = Nearest(0, at.FAR, -1, at.MISSING, books[0][1])
    for state, bars, symbol in books:
        for place in range(decision.index, decision.index + decision.places):
            here = near_at(state.k, place)
            worked, share, index, way = state.b[here : here + at.NEAR_WIDTH]
            total = found.bars + int(worked)
            if share < found.share:
                found = Nearest(total, share, int(index), way, bars, symbol)
            else:
                found = replace(found, bars=total)
    return found


# --- what is told --------------------------------------------------------------------------------


def never_filled(
    plan: Plan, orders: Floats, near: Mapping[int, Nearest], name_of: Callable[[Plan, int], str]
) -> Iterator[str]:  # fmt: skip
    """A note for each statement whose orders rested and never filled; none where no run can tell how near."""
    for decision, rested in unfilled(plan, orders):
        found = near.get(decision.index)
        if found is not None and found.bars:
            way = found.text()
            yield (f"{name_of(plan, decision.index)}: {counted(len(rested), 'order')} rested, on "
                   f"{counted(found.bars, 'bar')} in all, and none filled ({_ends(rested)})"
                   f"{': ' * bool(way)}{way}")  # fmt: skip


def _ends(rested: Floats) -> str:
    """`expired 3, until 1`: how often they ended by what, as rows call it."""
    ends = Counter(
        REASONS[int(row[ORDER_REASON])].replace("_", " ") or STATUSES[int(row[ORDER_STATUS])] for row in rested
    )
    return ", ".join(f"{name} {count:,}" for name, count in sorted(ends.items(), key=lambda end: (-end[1], end[0])))


def left_behind(
    plan: Plan, books: Sequence[tuple[Bars, int, Floats, str]], name_of: Callable[[Plan, int], str]
) -> Iterator[str]:
    """Orders that have rested through most of the test to its end, of statements of which others filled.

    books: of each symbol the bars, the first of the test, the rows of its orders by its own bars, and its name where
    there are several. Of a ladder the order that is nearest to the market is looked at.
    """
    for decision in plan.of_text:
        for bars, first, orders, symbol in books if decision.rest else ():
            own = orders[orders[:, ORDER_STATEMENT] == decision.index]
            if not len(own) or own[-1, ORDER_REASON] != AT_THE_END or not _of(decision, orders)[:, ORDER_GOT].any():
                continue
            row, begun = own[-1], int(own[-1, ORDER_INDEX]) + 1
            rested = len(bars) - begun
            if row[ORDER_GOT] == 0.0 and row[ORDER_TYPE] and rested >= MOST * (len(bars) - first):
                found = _since(row, begun, bars, enters=decision.action == "enter")
                way = found.text().replace("their prices", "its price")
                when = shown(int(bars.ts[begun - 1])).removesuffix("T00:00:00Z")
                name = f"{name_of(plan, decision.index)}{f' of {symbol}' * bool(symbol)}"
                yield (f"{name}: its order of {when} rested at {_prices(row)} on all of the "
                       f"{counted(rested, 'bar')} to the end of the data{': ' * bool(way)}{way}")  # fmt: skip


def _since(row: Floats, begun: int, bars: Bars, *, enters: bool) -> Nearest:
    """How near the market came to what one order waited for, whose prices stayed as they are."""
    buys = (row[ORDER_SIDE] > 0.0) == enters
    trigger, limit = row[ORDER_TRIGGER], row[ORDER_LIMIT]
    if trigger == trigger:
        found = _way(trigger, begun, bars, above=buys)
        if found.share > 0.0 or limit != limit:
            return found
        begun = found.index  # a limit order from then on
    return _way(limit, begun, bars, above=not buys)


def _way(level: float, begun: int, bars: Bars, *, above: bool) -> Nearest:
    import numpy as np

    extremes = np.asarray(bars.high if above else bars.low)[begun:]
    ways = np.maximum(level - extremes if above else extremes - level, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = ways / np.abs(extremes)
    known = np.where(np.isfinite(shares), shares, np.inf)
    if not np.isfinite(known).any():
        return Nearest(len(ways), at.FAR, -1, at.MISSING, bars)
    place = int(known.argmin())
    return Nearest(len(ways), float(known[place]), begun + place, float(ways[place]), bars)


def _prices(row: Floats) -> str:
    given = [value for value in (row[ORDER_TRIGGER], row[ORDER_LIMIT]) if value == value]
    return " and ".join(price(value) for value in given)
