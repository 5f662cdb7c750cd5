"""W2 as a plain loop over the phases, against the same strategy written without any engine."""

from __future__ import annotations

import math
import random

import pytest
from stratagem.runtime.trading.specs import EnterSpec, GuardSpec

from .driver import Bar, desk, reason, w2_loop


def walk(n: int, seed: int) -> list[Bar]:
    rng, price, bars = random.Random(seed), 100.0, []
    for _ in range(n):
        open_ = price * (1 + rng.gauss(0, 0.0002))
        price = open_ * (1 + rng.gauss(0, 0.002))
        bars.append(
            (
                open_,
                max(open_, price) * (1 + 0.002 * rng.random()),
                min(open_, price) * (1 - 0.002 * rng.random()),
                price,
            )
        )
    return bars


def averages(bars: list[Bar]) -> list[tuple[float, float, float, float]]:
    """EMA 20, EMA 50, RSI 14 and ATR 14, missing until bar 50."""
    fast = slow = bars[0][3]
    gain = loss = width = 0.0
    made, before = [], bars[0][3]
    for i, (_, high, low, close) in enumerate(bars):
        fast += 2 / 21 * (close - fast)
        slow += 2 / 51 * (close - slow)
        gain += (max(close - before, 0) - gain) / 14
        loss += (max(before - close, 0) - loss) / 14
        width += (max(high - low, abs(high - before), abs(low - before)) - width) / 14
        momentum = 100 * gain / (gain + loss) if gain + loss else 0.0
        before = close
        made.append((fast, slow, momentum, width) if i >= 50 else (math.nan,) * 4)
    return made


def plain(bars: list[Bar], values: list[tuple[float, float, float, float]]) -> tuple[float, list[str]]:
    """Stop first, live on the entry bar; returns final equity and the reasons of exits."""
    cash, held, order, stop, target = 1e6, False, False, 0.0, 0.0
    ends, levels = [], (0.0, 0.0)
    for (open_, high, low, close), (fast, slow, momentum, width) in zip(bars, values, strict=True):
        if order:
            cash -= open_ * 1.001
            held, order, (stop, target) = True, False, levels
        if held:
            price, why = 0.0, ""
            if open_ <= stop:
                price, why = open_, "stop"
            elif open_ >= target:
                price, why = open_, "target"
            elif low <= stop:
                price, why = stop, "stop"
            elif high >= target:
                price, why = target, "target"
            if why:
                cash += price * 0.999
                held = False
                ends.append(why)
        if not held and fast > slow and momentum < 40:
            order, levels = True, (close - 2 * width, close + 3 * width)
    return cash + held * bars[-1][3], ends


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_w2_agrees_with_a_loop_that_does_nothing_else(seed: int) -> None:
    bars = walk(12_000, seed)
    values = averages(bars)
    made = desk(
        [EnterSpec("long", "units", has_stop=True, has_target=True)],
        [GuardSpec("exposure", 10.0)],
        capital=1e6,
        fee="0.1%",
    )
    w2_loop(made, bars, values)
    equity, ends = plain(bars, values)
    assert [reason(t) for t in made.trades if reason(t) != "end"] == ends and len(ends) > 40
    assert {"stop", "target"} == set(ends)
    assert made.read("equity") == pytest.approx(equity, abs=1e-6)
