"""Laws 6, 7, 8, 10 and 11 for every function of the catalogue, written in the language, in both engines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.machine.engines import ENGINES
from stratagem.stdlib.catalogue import catalogue

from ..enginekit import make_bars
from .calls import CALLS, ELSEWHERE, LENGTH, NUMBERS, Call
from .evaluated import lets, same, text_of, values

BARS = make_bars(11, 160, gaps=False)
HOLED = make_bars(12, 160, missing=True)
LONG = make_bars(13, 6_000, gaps=False)
BEGUN = LONG.rows(0, 1_200)
LENGTHS = (1, 2, 500, 501, 5001)

each_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
each_engine = pytest.mark.parametrize("engine", ENGINES)


def test_nothing_is_left_out() -> None:
    assert {call.name for call in CALLS} | ELSEWHERE == {row.name for row in catalogue()}


# --- 6. branches do not starve state ------------------------------------------------------------------


@each_call
def test_a_call_in_a_branch_is_the_call_outside(call: Call) -> None:
    outside = values(text_of(lets(call)), HOLED, "interpreted")
    taken = values("let c = close > open\n", HOLED)["c"] != 0.0
    for name, expression in lets(call):
        truth = call.result == "bool"
        branches = [f"if close > open then {expression} else {'false' if truth else '-1'}"]
        branches += [f"close > open and {expression}", f"not (close > open) or {expression}"] if truth else []
        for engine in ENGINES if call.name in HARD else ("interpreted",):
            found = values("".join(f"let b{i} = {b}\n" for i, b in enumerate(branches)), HOLED, engine)
            for i in range(len(branches)):
                rest = 1.0 if i == 2 else 0.0 if truth else -1.0
                assert same(found[f"b{i}"], np.where(taken, outside[name], rest)), branches[i]


HARD = frozenset({"ema", "rma", "cumulative", "valuewhen", "barssince", "sar_of", "supertrend", "vwap", "median"})
"""Those for which native code is tried in branches as well; all are the same in both engines by the other tests."""


# --- 7. call sites are independent --------------------------------------------------------------------


@each_call
def test_two_calls_share_nothing(call: Call) -> None:
    one, two = (list(lets(call, name, source=source)) for name, source in (("one", "close"), ("two", "hl2()")))
    inside = [(f"in_{name}", f"f{i}(open)") for i, (name, _) in enumerate(one)]
    functions = "".join(f"fn f{i}(x) = {text}\n" for i, (_, text) in enumerate(lets(call, source="x")))
    together = values(functions + text_of(iter([*one, *two, *inside])), HOLED)
    for part in (one, two):
        for name, alone in values(text_of(iter(part)), HOLED).items():
            assert same(together[name], alone)
    for name, alone in values(functions + text_of(iter(inside)), HOLED).items():
        assert same(together[name], alone)


@each_engine
def test_two_calls_of_a_function_keep_their_own_state(engine: str) -> None:
    text = """fn run(hit)
  state n = 0 then if hit then n + 1 else 0
  return n
let up = run(close > open)
let down = run(close < open)
let up_again = run(close > open)
"""
    found = values(text, BARS, engine)
    for name, hit in (("up", BARS.close > BARS.open), ("down", BARS.close < BARS.open)):
        expected, count = [], 0
        for on in hit:
            count = count + 1 if on else 0
            expected.append(float(count))
        assert found[name].tolist() == expected
    assert same(found["up"], found["up_again"])


# --- 8. windows of every length -----------------------------------------------------------------------


@pytest.mark.parametrize("call", [c for c in CALLS if any(a.kind == LENGTH for a in c.arguments)], ids=lambda c: c.name)
def test_a_length_from_a_parameter_is_the_constant(call: Call) -> None:
    by_parameter = "param n = 5 in 1 to 5001\n" + text_of(lets(call, length="n", every=True))
    constant = "".join(text_of(lets(call, f"v{length}", length=str(length), every=True)) for length in LENGTHS)
    expected = values(constant, LONG, "native")
    for length in LENGTHS:
        for engine in ENGINES if length in (2, 501) else ("native",):
            found = values(by_parameter, LONG if engine == "native" else BEGUN, engine, {"n": length})
            assert found
            for name, column in found.items():
                of_constant = expected[f"v{length}{name.removeprefix('v')}"]
                assert same(column, of_constant[: len(column)]), (length, engine, name)


# --- 10. warm-up is exact -----------------------------------------------------------------------------

SPARSE = frozenset({"barssince", "valuewhen", "highest_since", "lowest_since", "fill", "last_known", "or_else",
                    "pivot_high", "pivot_low", "pow"})  # fmt: skip
"""Wait for an event, or are made to hide what is missing: no bar is named as their first."""


@pytest.mark.parametrize("inner", ["close", "ema(close, 4)", "close[3]"])
@pytest.mark.parametrize("call", [c for c in NUMBERS if c.name not in SPARSE], ids=lambda c: c.name)
def test_warm_up_is_exact(call: Call, inner: str) -> None:
    """Missing on the bar before, there on the bar that warm-up names, and ever after."""
    for name, expression in lets(call, source=inner):
        found = values(f"let v = {expression}\n", BARS)["v"]
        ready = sg.compile(f"enter long when {expression} != 12345.5\n").warmup["base"]
        first = int(np.flatnonzero(~np.isnan(found))[0])
        assert ready == first + 1 + EARLY.get(call.name, 0), (name, expression)
        assert not np.isnan(found[first:]).any(), expression


EARLY = {"mfi": 1}
"""Bars on which there is a value that no statement acts on yet: the very first bar has no move, and counts as both."""


CLOCKS = [
    "{} @ 1h",  # the bar on which the hour that makes the value completes
    "{} @ forming 1h",  # an hour earlier, on its first bar
    "({} @ 1h)[2]",
    "ema({} @ 1h, 4)",  # bars since then
    "ema({} @ forming 1h, 4)",
    "ema(ema({} @ 1h, 4), 3)",
    "(ema({} @ 4h, 4)) @ 1h",  # hours since then
    "(ema({} @ 4h, 4)) @ forming 1h",
    "ema((ema({} @ 4h, 4)) @ 1h, 3)",
    "sma(({} @ 1h) - (sma(close, 4) @ 4h), 5)",
    "sma(sma({} @ 1h, 30) - (sma(close, 4) @ 4h), 5)",
    "highest(({} @ 1h) - sma(close, 30), 5)",
    "valuewhen(true, ema({} @ 1h, 4))",
]


@each_engine
@pytest.mark.parametrize("inner", ["sma(close, 3)", "rsi(close, 5)", "macd(close, 2, 4, 3).hist", "close"])
@pytest.mark.parametrize("around", CLOCKS)
def test_warm_up_across_clocks_is_exact(around: str, inner: str, engine: str) -> None:
    acts_when_first_there(f"({around.format(inner)})", engine)


@pytest.mark.parametrize("call", [c for c in NUMBERS if c.name not in SPARSE | set(EARLY)], ids=lambda c: c.name)
def test_warm_up_of_every_function_across_clocks_is_exact(call: Call) -> None:
    """Over a sample, and sampled under a window."""
    for _, expression in lets(call, source="(sma(close, 3) @ 1h)"):
        if "@" in expression:
            acts_when_first_there(expression, "interpreted")
    for _, expression in lets(call, source="close"):
        acts_when_first_there(f"sma(({expression}) @ 30m, 4)", "interpreted")


def acts_when_first_there(expression: str, engine: str) -> None:
    """A statement that would be true of a missing value too acts on the very bar that has the first one."""
    there = ~np.isnan(values(f"let v = {expression}\n", BARS, engine)["v"])
    first = int(np.flatnonzero(there)[0])
    program = sg.compile(f"enter long when {expression} != -1000000 or is_na({expression})\nassume fill this_close\n")
    entered = program.backtest(BARS, engine=engine).trades["entry_time"][0].value
    assert entered == BARS.ts[first]
    assert there[first:].all()


# --- 11. degenerate prices ----------------------------------------------------------------------------


def degenerate() -> dict[str, Bars]:
    prices = ("open", "high", "low", "close")
    flat = {name: np.full(120, 50.0) for name in prices}
    tiny, huge = ({name: getattr(BARS, name) * by for name in prices} for by in (1e-10, 1e6))
    short = BARS.rows(0, 120)
    return {
        "flat": replace(short, **flat),
        "flat without volume": replace(short, **flat, volume=np.zeros(120)),
        "no volume": replace(short, volume=np.zeros(120)),
        "one bar": BARS.rows(0, 1),
        "no bars": BARS.rows(0, 0),
        "tiny": replace(BARS, **tiny),
        "huge": replace(BARS, **huge, volume=BARS.volume * 1e12),
    }


ORDERS = """
enter long when close >= open size 50%
  stop 2 * atr(3)
  target 3 * atr(3)
enter short when cross_below(close, sma(close, 3)) size 10 units trail 1%
exit long when rsi(close, 3) > 60
guard exposure 200%
"""


@pytest.mark.parametrize("name", sorted(degenerate()))
def test_degenerate_prices(name: str) -> None:
    """Every function at once: both engines alike however run, nothing infinite, no order with a missing number."""
    every = "".join(text_of(lets(call, f"v{place}")) for place, call in enumerate(CALLS))
    bars = degenerate()[name]
    program = sg.compile("stratagem 1\n" + every + ORDERS)
    verdict = program.verify(bars)
    assert verdict and verdict.nodes > 150, verdict.text()
    for column in values(every, bars).values():
        assert not np.isinf(column).any()
    result = program.backtest(bars, monitors=True)
    for table, names in ((result.trades, ("quantity", "entry_price", "exit_price", "pnl", "fees")),
                         (result.equity, ("equity", "cash"))):  # fmt: skip
        for column in names:
            assert np.isfinite(table[column].to_numpy()).all(), column
