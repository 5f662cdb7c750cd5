"""The same work written by hand and compiled by numba: the least that W1 to W4 can cost.

They do less than an engine: one position of one unit, no order objects, no list of trades, no monitors but the
equity of every bar. What they are for is a measure taken on the same machine in the same minute.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange

FEE, CASH = 0.001, 1_000_000.0


@njit
def crossing(opened, close, fast, slow, equity):  # type: ignore[no-untyped-def]
    """W1: long while the fast average is above; closed trades and the last equity. `equity` may be None."""
    quick = calm = 0.0
    cash, held, waiting, trades = CASH, 0, 0, 0
    side, known = 0, False
    for i in range(len(close)):
        if waiting > 0:
            cash -= opened[i] * (1 + FEE)
            held = 1
        elif waiting < 0:
            cash += opened[i] * (1 - FEE)
            held = 0
            trades += 1
        waiting = 0
        quick += close[i]
        calm += close[i]
        if i >= fast:
            quick -= close[i - fast]
        if i >= slow:
            calm -= close[i - slow]
        if i >= slow - 1:
            apart = quick / fast - calm / slow
            if known and side <= 0 and apart > 0 and held == 0:
                waiting = 1
            elif known and side >= 0 and apart < 0 and held == 1:
                waiting = -1
            side = 1 if apart > 0 else (-1 if apart < 0 else 0)
            known = True
        if equity is not None:
            equity[i] = cash + held * close[i]
    return trades, cash + held * close[-1]


@njit
def bracketed(opened, high, low, close, equity):  # type: ignore[no-untyped-def]
    """W2: averages of 20 and 50, RSI and ATR of 14, a stop of 2 and a target of 3 ranges, stop first."""
    e20 = e50 = s20 = s50 = up = down = span = 0.0
    stop = target = next_stop = next_target = 0.0
    cash, held, waiting, trades = CASH, False, False, 0
    for i in range(len(close)):
        fresh = False
        if waiting:
            cash -= opened[i] * (1 + FEE)
            held, waiting, fresh = True, False, True
            stop, target = next_stop, next_target
        if held:
            price = 0.0
            if not fresh and (opened[i] <= stop or opened[i] >= target):
                price = opened[i]
            elif low[i] <= stop:
                price = min(stop, opened[i])
            elif high[i] >= target:
                price = max(target, opened[i])
            if price > 0.0:
                cash += price * (1 - FEE)
                held = False
                trades += 1
        now = close[i]
        if i < 20:
            s20 += now
            if i == 19:
                e20 = s20 / 20
        else:
            e20 += 2.0 / 21 * (now - e20)
        if i < 50:
            s50 += now
            if i == 49:
                e50 = s50 / 50
        else:
            e50 += 2.0 / 51 * (now - e50)
        if i > 0:
            before = close[i - 1]
            change = now - before
            gain = change if change > 0 else 0.0
            loss = -change if change < 0 else 0.0
            true_range = max(high[i] - low[i], max(abs(high[i] - before), abs(low[i] - before)))
            if i <= 14:
                up += gain / 14
                down += loss / 14
                span += true_range / 14
            else:
                up = (up * 13 + gain) / 14
                down = (down * 13 + loss) / 14
                span = (span * 13 + true_range) / 14
        if not held and i >= 49:
            strength = 100.0 * up / (up + down) if up + down > 0 else 0.0
            if e20 > e50 and strength < 40.0:
                waiting = True
                next_stop, next_target = now - 2.0 * span, now + 3.0 * span
        equity[i] = cash + (now if held else 0.0)
    return trades, equity[-1]


@njit
def gated(ts, opened, close, fast, slow, length, equity):  # type: ignore[no-untyped-def]
    """W4: W1, entered only above the average of `length` completed hours. `ts` in microseconds."""
    quick = calm = total = average = 0.0
    hours = 0
    cash, held, waiting, trades = CASH, 0, 0, 0
    side, known = 0, False
    minute, hour = 60_000_000, 3_600_000_000
    for i in range(len(close)):
        if waiting > 0:
            cash -= opened[i] * (1 + FEE)
            held = 1
        elif waiting < 0:
            cash += opened[i] * (1 - FEE)
            held = 0
            trades += 1
        waiting = 0
        now = close[i]
        if (ts[i] + minute) % hour == 0:
            if hours < length:
                total += now
                hours += 1
                average = total / length
            else:
                average += 2.0 / (length + 1) * (now - average)
        quick += now
        calm += now
        if i >= fast:
            quick -= close[i - fast]
        if i >= slow:
            calm -= close[i - slow]
        if i >= slow - 1:
            apart = quick / fast - calm / slow
            if known and side <= 0 and apart > 0 and held == 0 and hours == length and now > average:
                waiting = 1
            elif known and side >= 0 and apart < 0 and held == 1:
                waiting = -1
            side = 1 if apart > 0 else (-1 if apart < 0 else 0)
            known = True
        equity[i] = cash + held * now
    return trades, equity[-1]


@njit(parallel=True)
def swept(opened, close, fasts, slows, equity, trades):  # type: ignore[no-untyped-def]
    """W3: W1 once for every pair, pairs shared out over the threads."""
    for pair in prange(len(fasts) * len(slows)):
        fast, slow = fasts[pair // len(slows)], slows[pair % len(slows)]
        trades[pair], equity[pair] = crossing(opened, close, fast, slow, None)


def pairs() -> tuple[np.ndarray, np.ndarray]:
    """The lengths of W3: 20 fast and 19 slow ones."""
    return np.arange(5, 25), np.arange(30, 125, 5)
