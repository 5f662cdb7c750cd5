"""From which event on a limit may be reached, by what the strategies did alone.

Before that event no limit acts, and so all of it is what they did alone. What is decided is looked at from above: every
order counts with what it asked for, from its decision to its fill, or to the end where it never filled. So the event
that is found may come too early, which costs time alone, and never too late. What cannot be bounded so (orders that
rest and move, legs that wait for each other, costs that count from the market) is looked at from the first event on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ....lang.plan.extras import ACCRUE, BORROW, CONVERT, FUND
from ...data.panel.events import last_of
from ...data.rates import standing
from ...trading import layout as at
from ...trading.prices import order_cost
from ...trading.rows import (
    CONFLICT,
    ENTER_ORDER,
    HALT_ROW,
    ORDER_ASKED,
    ORDER_FILL_INDEX,
    ORDER_GOT,
    ORDER_INDEX,
    ORDER_KIND,
    ORDER_STATUS,
    ORDER_WIDTH,
    REFUSED,
)
from .limits import OF_COUNT, OF_EQUITY, Limit
from .measure import named

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ....lang.plan.model import Plan
    from .running import Backtested, OfBars

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

ROUNDING = 1e-6
"""A share of a limit below it that counts as reached: sums here are made in another order."""


def foreseeable(plan: Plan, holdings: Sequence[OfBars]) -> bool:
    """Whether what is decided can be bounded by the orders that were left."""
    moves = any(decision.rest or decision.atomic for decision in plan.decisions)
    opens = all((holding.bars.open == holding.bars.open).all() for holding in holdings)
    return opens and not moves and set(plan.extras) <= {ACCRUE, BORROW, CONVERT, FUND}


def first_passed(strategies: Sequence[Backtested], limits: Sequence[Limit], instants: Ints, equity: Floats) -> int:
    """The first event at which a limit on values or counts may be passed; the count of events where none may. Of
    strategies that have run all of their events, whose equity together this was."""
    import numpy as np

    count = len(instants)
    wanted = [limit for limit in limits if limit.measure not in OF_EQUITY]
    if not wanted or not count:
        return count
    if not all(each.foreseeable for each in strategies):
        return 0
    gross, net, asked, cost, held = (np.zeros(count) for _ in range(5))
    by_symbol: dict[str, Floats] = {}
    last = count
    for strategy in strategies:
        strategy.settle()
        for place, holding in enumerate(strategy.holdings):
            if not len(holding.closes):
                continue
            value, wish, fees = _bounds(strategy, place, holding)
            value, wish, fees = (last_of(each, holding.closes, instants, 0.0) for each in (value, wish, fees))
            size = np.abs(value)
            gross, net, asked, cost = gross + size, net + value, asked + wish, cost + fees
            held += (size > 0.0) | (wish > 0.0)
            name = named(strategy, holding.symbol)
            by_symbol[name] = by_symbol.get(name, np.zeros(count)) + size + wish
            if holding.state.k[at.PENDING]:  # what still waits has left no row
                last = min(last, int(instants.searchsorted(holding.closes[-1])))
    left = np.maximum(equity - cost, 0.0)
    largest = np.max(np.array(list(by_symbol.values())), axis=0) if by_symbol else np.zeros(count)
    readings = {"exposure": gross + asked, "net_exposure": np.abs(net) + asked, "position": largest}
    for limit in wanted:
        if limit.measure in OF_COUNT:
            passed = held > limit.level
        else:
            passed = readings[limit.measure] * (1.0 + ROUNDING) > limit.level * left
        passed &= (gross + asked) > 0.0
        last = min([last, *np.flatnonzero(passed)[:1].tolist()])
    return last


def _bounds(strategy: Backtested, place: int, holding: OfBars) -> tuple[Floats, Floats, Floats]:
    """Of a book after each of its bars: its value; at most what orders that wait add to its size; and their costs."""
    import numpy as np

    b, count = holding.state.b, len(holding.closes)
    close = _known(holding.bars.close)
    unit = _units(holding)
    worth = np.abs(close) * unit
    value = strategy.quantities(place) * close * unit
    rows = np.array(np.frombuffer(holding.state.order_rows, dtype=np.float64)).reshape(-1, ORDER_WIDTH)
    status = rows[:, ORDER_STATUS]
    rows = rows[(status != REFUSED) & (status != CONFLICT) & (status != HALT_ROW)]
    begin = rows[:, ORDER_INDEX].astype(np.int64)
    filled = rows[:, ORDER_FILL_INDEX].astype(np.int64)
    stop = np.where(filled >= 0, filled, count)
    size = np.maximum(rows[:, ORDER_ASKED], rows[:, ORDER_GOT])
    waits = stop > begin + 1
    longest = np.where(waits, worth.max(), worth[begin])
    dearest = np.where(waits, np.abs(close).max(), np.abs(close[begin]))
    dearer = np.maximum(np.where(waits, unit.max(), unit[begin]) / b[at.POINT_VALUE], 1.0)
    enters = rows[:, ORDER_KIND] == ENTER_ORDER
    fees = np.array([
        max(order_cost(b, quantity, price, direction, costs) for costs in (at.ENTRY_COSTS, at.EXIT_COSTS)
            for direction in (1, -1))
        for quantity, price in zip(size.tolist(), dearest.tolist(), strict=True)
    ])  # fmt: skip
    wish = _over_bars(begin[enters], stop[enters], (size * longest)[enters], count)
    return value, wish, _over_bars(begin, stop, np.maximum(fees, 0.0) * dearer, count)


def _units(holding: OfBars) -> Floats:
    """What a point of price is worth after each bar of a book, in the account's money. Of a cost, which the books count
    at their last rate, a greater one makes no more than as much more."""
    import numpy as np

    b, count = holding.state.b, len(holding.closes)
    if not holding.conversion:
        return np.full(count, b[at.POINT_VALUE])
    found: Floats = b[at.POINT] * standing(holding.bars, holding.conversion)
    return np.where(found == found, found, 0.0)  # none yet: nothing is decided before there is one


def _over_bars(begin: Ints, stop: Ints, amounts: Floats, count: int) -> Floats:
    """The sum of what stands from one bar up to another, at each bar."""
    import numpy as np

    change = np.zeros(count + 1)
    np.add.at(change, begin, amounts)
    np.add.at(change, stop, -amounts)
    found = np.cumsum(change)[:count]
    standing = np.zeros(count + 1, dtype=np.int64)
    np.add.at(standing, begin, 1)
    np.add.at(standing, stop, -1)
    return np.where(np.cumsum(standing)[:count] > 0, np.maximum(found, 0.0), 0.0)  # no rounding where nothing stands


def _known(close: Floats) -> Floats:
    """Closes with the last known one in place of a missing one; 0 before the first."""
    import numpy as np

    last = np.maximum.accumulate(np.where(close == close, np.arange(len(close)), -1))
    return np.where(last >= 0, close[np.maximum(last, 0)], 0.0)
