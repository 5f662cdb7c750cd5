"""The account's timeline as bars: one for each event, whose prices are an index of the symbols traded.

Statistics, periods and charts go by bars. An account of several symbols has none of its own, so it is given those of an
index: equal parts of money, each bought at the close of the first event tested at which a close of its symbol is known,
and held. Until then a part is money; after its symbol's last bar it is worth that bar's close. The index is what a
portfolio is measured against, as one symbol is against buying and holding it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...data.bars import Bars
from ...data.panel import Panel
from ...data.panel.events import last_at
from ...data.panel.names import listed
from ...portfolio.columns import opens_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEVEL = 100.0
"""What the index stands at where all of its parts have just been bought."""
_SHORT = 24
"""Letters of symbols that are all named."""


def account_bars(panel: Panel, traded: int, first: int, name: str = "") -> Bars:
    """A bar for each event of the panel; what the index is made of stands in its notes.

    traded: how many symbols are traded, the first ones of the panel. first: the first event tested. name: what the
    symbols are called together.
    """
    import numpy as np

    chosen = panel.bars[:traded]
    (opened, high, low, close), left_out = _index(chosen, panel.events.instants, first)
    notes = (_measure(len(chosen) - len(left_out)), *_left_out(left_out))
    volume = np.full(len(panel.events), np.nan)
    called = name or together([bars.symbol for bars in chosen])
    return Bars(called, panel.timeframe, opens_of(panel), opened, high, low, close, volume, notes=notes)


def together(symbols: Sequence[str]) -> str:
    """What several symbols are called: by their names, or by how many they are."""
    named = ", ".join(symbols)
    return named if len(named) <= _SHORT else f"{len(symbols)} symbols"


def _measure(count: int) -> str:
    return (
        f"the benchmark is an index of {count} symbol{'s' * (count != 1)}: equal parts bought at the first tested "
        "close of each, and held; a part whose symbol has no bar yet is money"
    )


def _left_out(symbols: Sequence[str]) -> tuple[str, ...]:
    return (f"the benchmark leaves out {listed(symbols)}: no price above 0 to buy at",) if symbols else ()


def _index(chosen: Sequence[Bars], instants: Ints, first: int) -> tuple[list[Floats], list[str]]:
    """Open, high, low and close of the index at each event, and the symbols that cannot be part of it."""
    import numpy as np

    sums, parts, left_out = np.zeros((4, len(instants))), 0, []
    for bars in chosen:
        part = part_of(bars, instants, first)
        if part is None:
            left_out.append(bars.symbol)
        else:
            sums += part
            parts += 1
    return list(sums * (LEVEL / parts) if parts else np.full_like(sums, np.nan)), left_out


def part_of(bars: Bars, instants: Ints, first: int) -> Floats | None:
    """What money put into a symbol is worth at each event, as a ratio of what was put in: open, high, low, close.

    None where it cannot be bought. Without a close from `first` on it stays money.
    """
    import numpy as np

    row = last_at(bars.closes, instants)
    at = np.maximum(row, 0)
    known = row >= 0
    level = np.where(known, _forward(bars.close)[at], np.nan) if len(bars) else np.full(len(instants), np.nan)
    found = np.flatnonzero(level[first:] == level[first:])
    if not len(found):
        return np.ones((4, len(instants)))
    bought = first + int(found[0])
    if not level[bought] > 0.0:
        return None
    now = known & (bars.closes[at] == instants)
    prices = np.array([_own(getattr(bars, price)[at], now, level) for price in ("open", "high", "low", "close")])
    prices /= level[bought]
    if bought > first:
        prices[:, : bought + 1] = 1.0
    else:  # what is warmed up on is drawn back from the purchase; before the symbol's first bar at its first price
        begin = np.flatnonzero(level == level)[0]
        prices[:, :begin] = level[begin] / level[bought]
    return prices


def _own(price: Floats, now: NDArray[np.bool_], level: Floats) -> Floats:
    """A price of the bars that close now, and the last known close where there is none."""
    import numpy as np

    return np.where(now & (price == price), price, level)


def _forward(close: Floats) -> Floats:
    """Closes with the last known one in place of a missing one."""
    import numpy as np

    last = np.maximum.accumulate(np.where(close == close, np.arange(len(close)), -1))
    return np.where(last >= 0, close[np.maximum(last, 0)], np.nan)
