"""Functions written in the language, run as programs: exact warm-up, degenerate prices, gaps, and known values."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.runtime.data.load import load_bars
from stratagem.runtime.machine.columns import History
from stratagem.runtime.machine.machine import Machine
from stratagem.runtime.run.evaluate import evaluate
from stratagem.stdlib import library
from stratagem.tools import build_index

BARS = 240


@cache
def market(kind: str) -> Any:
    """Bars to run on: a walk, a flat line, tiny or huge prices, no volume, or a walk with a hole."""
    rng = np.random.default_rng(7)
    level = {"tiny": 1e-8, "huge": 1e8}.get(kind, 100.0)
    close = level * np.exp(rng.normal(0.0, 0.02, BARS).cumsum())
    opened = np.concatenate([[level], close[:-1]])
    high = np.maximum(opened, close) * (1 + 0.01 * rng.random(BARS))
    low = np.minimum(opened, close) * (1 - 0.01 * rng.random(BARS))
    volume = rng.integers(1, 1000, BARS).astype(np.float64)
    prices = {"open": opened, "high": high, "low": low, "close": close, "volume": volume}
    if kind == "flat":
        prices |= dict.fromkeys(("open", "high", "low", "close"), np.full(BARS, level))
    if kind == "no volume":
        prices["volume"] = np.zeros(BARS)
    if kind == "hole":
        for column in prices.values():
            column[100:103] = np.nan
    ts = np.datetime64("2024-01-01", "us") + np.arange(BARS) * np.timedelta64(1, "h")
    return load_bars({"ts": ts, **prices}, policy="keep")


def run(expression: str, kind: str = "walk") -> list[float]:
    """The values of an expression, bar by bar, in CPython."""
    program = compile_text(f'plot {expression} as "it"')
    bars = market(kind)
    machine = Machine(plan(program, [("it", program.plots[0].node)], trading=False), engine="interpreted")
    out = np.zeros(len(bars.ts))
    machine.run(History(bars, "UTC"), len(bars.ts), [out])
    return out.tolist()


def outputs() -> list[tuple[str, int]]:
    """Every field of every function as an expression of `close` and the defaults, with its warm-up."""
    found = []
    for name in library.names():
        entry = library.find(name)
        assert entry is not None
        if name == "equity_return":
            continue  # of books alone: `test_risk.py`
        given = build_index.given(entry.parameters)
        given += ["returns = close / close[1] - 1" for _, default in entry.parameters if default == "equity_return()"]
        call = f"{name}({', '.join(given)})"
        found += [(f"{call}.{field}" if field else call, bars) for field, bars in entry.warmup.items()]
    return found


OUTPUTS = outputs()
EARLY = {
    "mfi(close)": 1,  # TradingView has a first value that counts an unknown change on both sides
    "ewma_volatility(returns = close / close[1] - 1)": 1,  # a state has its start a bar before it is warm
    "ewma_value_at_risk(returns = close / close[1] - 1)": 1,
}
BOOLS = {"cross(close, close)"}


@pytest.mark.parametrize(("expression", "first"), [o for o in OUTPUTS if o[0] not in BOOLS])
def test_warmup_is_exact(expression: str, first: int) -> None:
    values = run(expression)
    begins = first - EARLY.get(expression, 0)
    assert all(v != v for v in values[:begins]) and all(v == v for v in values[begins:])


@pytest.mark.parametrize("kind", ["flat", "tiny", "huge", "no volume"])
@pytest.mark.parametrize(("expression", "first"), OUTPUTS)
def test_degenerate_bars_give_numbers_or_nothing(expression: str, first: int, kind: str) -> None:
    assert all(v != v or abs(v) <= 1e300 for v in run(expression, kind))


@pytest.mark.parametrize(("expression", "first"), OUTPUTS)
def test_a_hole_in_the_data_is_left_behind(expression: str, first: int) -> None:
    values = run(expression, "hole")
    assert all(v == v for v in values[103 + first + 14 :])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("rsi(close, 14)", 100.0), ("atr(14)", 0.0), ("bb(close, 20, 2).upper", 100.0), ("bbw(close, 20, 2)", 0.0),
        ("ema(close, 20)", 100.0), ("wma(close, 9)", 100.0), ("hma(close, 9)", 100.0), ("dema(close, 9)", 100.0),
        ("tema(close, 9)", 100.0), ("macd(close).hist", 0.0), ("stdev(close, 20)", 0.0), ("adx(14)", math.nan),
        ("stoch(close, high, low, 14)", math.nan), ("zscore(close, 20)", math.nan), ("cci(close, 20)", math.nan),
        ("wpr(14)", math.nan), ("kc(close, 20).upper", 100.0), ("roc(close, 5)", 0.0), ("obv()", 0.0),
        ("cmo(close, 9)", math.nan), ("tsi(close)", math.nan), ("donchian(20).middle", 100.0),
    ],
)  # fmt: skip
def test_a_flat_market_has_named_values(expression: str, value: float) -> None:
    last = run(expression, "flat")[-1]
    assert last == value or (last != last and value != value), f"{expression} is {last!r}"


@pytest.mark.parametrize(
    ("expression", "same_as"),
    [
        ("typical()", "hlc3()"), ("mom(close, 3)", "change(close, 3)"), ("adx(14)", "dmi(14, 14).adx"),
        ("hlc3()", "(high + low + close) / 3"), ("roc(close, 4)", "100 * (close / close[4] - 1)"),
        ("bbw(close, 20, 2)", "100 * 4 * stdev(close, 20) / sma(close, 20)"),
        ("dema(close, 9)", "2 * ema(close, 9) - ema(ema(close, 9), 9)"),
        ("hma(close, 16)", "wma(2 * wma(close, 8) - wma(close, 16), 4)"),
        ("vwma(close, 7)", "sma(close * volume, 7) / sma(volume, 7)"),
        ("rsi(close, 14)", "50 + cmo(close, 14, wilder = true) / 2"),
        ("wpr(14)", "stoch(close, high, low, 14) - 100"),
        ("tr()", "max(high - low, max(abs(high - or_else(close[1], low)), abs(low - or_else(close[1], high))))"),
        ("clamp(close, 99, 101)", "max(99, min(close, 101))"),
        ("kcw(close)", "(kc(close).upper - kc(close).lower) / kc(close).middle"),
    ],
)  # fmt: skip
def test_identities(expression: str, same_as: str) -> None:
    for bar, (a, b) in enumerate(zip(run(expression), run(same_as), strict=True)):
        assert math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) or (a != a and b != b), bar


@pytest.mark.parametrize("length", [2, 9, 21])
def test_lengths_may_be_parameters(length: int) -> None:
    program = compile_text(f'param n = {length} in 2 to 60\nplot hma(close, n) + rsi(close, n) + atr(n) as "it"')
    bars = market("walk")
    machine = Machine(plan(program, [("it", program.plots[0].node)], trading=False), engine="interpreted")
    out = np.zeros(BARS)
    machine.run(History(bars, "UTC"), BARS, [out])
    fixed = run(f"hma(close, {length}) + rsi(close, {length}) + atr({length})")
    assert all(a == b or (a != a and b != b) for a, b in zip(out.tolist(), fixed, strict=True))


def test_keltner_bands_begin_a_bar_after_their_middle() -> None:
    """By hand: bar 0 has no true range; then max(high, close before) - min(low, close before), seeded by an SMA."""
    close = [10.0, 11.0, 13.0, 12.0, 15.0, 14.0]
    prices = {"open": close, "high": [c + 1 for c in close], "low": [c - 1 for c in close], "close": close}
    ts = np.datetime64("2024-01-01", "us") + np.arange(6) * np.timedelta64(1, "D")
    bars = {"ts": ts, **{name: np.array(column) for name, column in prices.items()}}
    reach = [2.0, 3.0, 2.0, 4.0, 2.0]  # of bars 1 to 5: 12 - 10, 14 - 11, 13 - 11, 16 - 12, 15 - 13
    seeded = [(2.0 + 3.0 + 2.0) / 3]
    for value in reach[3:]:
        seeded.append(seeded[-1] / 2 + value / 2)
    middle = [(10.0 + 11.0 + 13.0) / 3]
    for value in close[3:]:
        middle.append(middle[-1] / 2 + value / 2)
    upper = evaluate("kc(close, 3, 2).upper", bars)
    assert upper == pytest.approx(
        [math.nan] * 3 + [m + 2 * s for m, s in zip(middle[1:], seeded, strict=True)], rel=1e-12, nan_ok=True
    )
    assert evaluate("kc(close, 3, 2).middle", bars)[2] == pytest.approx(middle[0])
    assert evaluate("kc(close, 3, 2, true_range = false).upper", bars)[2] == pytest.approx(middle[0] + 4)
    width = [math.nan, math.nan, math.nan, 4 * seeded[0] / middle[1]]
    assert evaluate("kcw(close, 3, 2)", bars)[:4] == pytest.approx(width, nan_ok=True)
