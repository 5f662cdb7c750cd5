"""Strategies for sweeps: between them every way in which a run may differ from the next, or share with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the grid it is swept over; `minutes` is the length of a bar."""

    text: str
    grid: Mapping[str, Sequence[object]]
    minutes: int = 15
    options: Mapping[str, object] = field(default_factory=dict)


CROSS = """
assume fee 0.1%
param fast = 5 in 2 to 50
param slow = 20 in 5 to 200
require fast < slow
enter long when cross_above(sma(close, fast), sma(close, slow))
exit long when cross_below(sma(close, fast), sma(close, slow))
"""

CASES: Mapping[str, Case] = {
    "cross": Case(CROSS, {"fast": range(2, 12, 3), "slow": (5, 9, 30)}),
    "averages of averages, whose warm-up lies behind what is shared": Case(
        """
        param fast = 5 in 2 to 50
        param slow = 20 in 5 to 200
        enter long when sma(ema(close, fast), 9) > sma(ema(close, slow), 4)
        exit long when sma(ema(close, fast), 9) < sma(ema(close, slow), 4)
        """,
        {"fast": (3, 7), "slow": (11, 60)},
    ),
    "brackets, a trail, an expiry, a size by risk": Case(
        """
        assume fee 0.05%
        assume slippage 2bp
        param n = 14 in 5 to 40
        param wide = 2.0 in 0.5 to 5.0
        enter long when close > ema(close, n) risk 1% stop wide * atr(n) target 2r expire 12 bars
        enter short when close < ema(close, n) size 50% trail 1.5 * atr(n) expire 2h
        exit short when rising(close, 3)
        guard exposure 200%
        """,
        {"n": (6, 15), "wide": (0.5, 1.0, 3.0)},
    ),
    "guards that act, with a swept limit": Case(
        """
        assume fee 0.1%
        param n = 8 in 2 to 40
        param limit = 5% in 0% to 50%
        enter long when close > sma(close, n)
        exit long when close < sma(close, n)
        guard drawdown limit then flatten
        guard daily_loss 1% then halt
        guard day_trades 6
        """,
        {"n": (3, 10), "limit": ("1%", "3%", "40%")},
    ),
    "reversals, scaling in, partial exits": Case(
        """
        param n = 10 in 3 to 60
        param m = 3 in 1 to 5
        enter long when close > highest(high, n)[1] size 30% scale 2
        enter short when close < lowest(low, n)[1] size 40%
        exit long when falling(close, m) size 50% once
        exit short when position.bars >= 9
        """,
        {"n": (4, 9), "m": (1, 2, 4)},
    ),
    "cells, one that everybody shares and one that books feed": Case(
        """
        param n = 10 in 3 to 60
        param limit = 3 in 1 to 9
        state up = 0 then if close > close[n] then up + 1 else 0
        state losses = 0 then if trades.loss_streak >= limit then losses + 1 else losses
        enter long when up >= 2 and mod(losses, 2) == 0
        exit long when up == 0 or up[1] > 7
        """,
        {"n": (3, 5), "limit": (1, 3)},
    ),
    "a higher timeframe": Case(
        """
        param n = 10 in 3 to 60
        param h = 4 in 2 to 20
        enter long when close > ema(close, n) and close > ema(close, h) @ 1h
        exit long when close < ema(close, n) or ema(close @ forming 1h, 3) < lowest(low, 5)[1]
        """,
        {"n": (4, 9), "h": (2, 6)},
    ),
    "what is said changes nothing": Case(
        """
        param n = 10 in 3 to 60
        param m = 3 in 1 to 9
        let level = ema(close, n)
        enter long when crosses(close, level) because "at {level} with {m}"
        exit long when barssince(crosses(close, level)) >= m because "after {position.bars} bars"
        plot level as "level"
        emit high_up when close > level
        alert when close > level "now {close}"
        """,
        {"n": (4, 9), "m": (1, 4)},
    ),
    "fills at the close": Case(CROSS + "\nassume fill this_close", {"fast": (2, 5), "slow": (9, 30)}),
    "one parameter, of which all depends": Case(
        """
        param n = 10 in 3 to 60
        enter long when close > ema(close, n)
        exit long when close < ema(close, n)
        """,
        {"n": range(3, 9)},
    ),
    "daily bars and a switch": Case(
        """
        param n = 10 in 3 to 60
        param shorts = true
        enter long when close > sma(close, n)
        enter short when shorts and close < sma(close, n)
        exit long when close < sma(close, n)
        exit short when close > sma(close, n)
        """,
        {"shorts": (False, True), "n": (3, 12)},
        minutes=1440,
    ),
}
