"""The same text compiled as kernels get it: every function is accepted, and gives CPython's bits on random events."""

from __future__ import annotations

import random
from array import array
from typing import Any

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.native.operators import compile_step
from stratagem.runtime.native.shared_object import trading as shared_trading
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.decide import decide
from stratagem.runtime.trading.fill import fill
from stratagem.runtime.trading.finish import finish
from stratagem.runtime.trading.mark import accepts, attention, mark
from stratagem.runtime.trading.phases import COLD, HOT, READS
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec
from stratagem.runtime.trading.state import Statement, TradingState, lay_out

from ...stdlib.native import address, native
from .driver import MINUTE, desk, w1_loop

SPECS: list[Statement] = [
    EnterSpec("long", "fraction", has_cap=True, has_stop=True, has_target=True, scale=2),
    EnterSpec("short", "risk", has_stop=True, has_trail=True, expire_kind="bars"),
    EnterSpec("long", "cash", has_trail=True, expire_kind="seconds", fill="this_close", scale=1),
    ExitSpec("long", "fraction", once=True),
    ExitSpec("short"),
    EnterSpec("short", "units", has_target=True),
]
SIZES = {"fraction": 0.5, "risk": 0.01, "cash": 900.0, "units": 3.0}
GUARDS = [
    GuardSpec("drawdown", 0.3, "halt"),
    GuardSpec("daily_loss", 0.05, "flatten"),
    GuardSpec("exposure", 2.0, "reduce"),
    GuardSpec("day_trades", 4),
    GuardSpec("day_losses", 3, "halt"),
]


@pytest.fixture(scope="module")
def compiled() -> dict[str, Any]:
    """Every function the engines call, as they get it."""
    inlined = {phase.name: native(f"op_{phase.name}") for phase in (*HOT.values(), *READS.values())}
    return inlined | {name: native(f"sg_{name}") for name in COLD}


def play(state: TradingState, calls: dict[str, Any], wrap: Any, seed: int, bars: int) -> list[float]:
    """Random events, the same for the same seed; what every read gave along the way."""
    rng = random.Random(seed)
    b, k, t, o, r = (wrap(x) for x in (state.b, state.k, state.trades, state.orders, state.records))
    close, seen = 100.0, []
    for index in range(bars):
        open_ = close * (1 + rng.gauss(0, 0.01))
        close = open_ * (1 + rng.gauss(0, 0.02))
        high, low = max(open_, close) * (1 + rng.random() * 0.02), min(open_, close) * (1 - rng.random() * 0.02)
        if rng.random() < 0.02:
            open_ = float("nan")
        time = index * MINUTE
        if index % 12 == 0:
            calls["new_day"](b, k, o, index, time, float(index // 12))
        if calls["attention"](b, k, high, low):
            calls["fill"](b, k, t, o, r, index, time, open_, high, low, close)
        calls["mark"](b, k, high, low, close)
        calls["record_mark"](b, k, r, index)
        if calls["tripped"](b, k):
            calls["trip"](b, k, t, o, r, index, time, close)
        seen += [float(calls[phase.name](b, k)) for phase in READS.values()]
        wanted = wish(state, calls, b, k, rng, close)
        if calls["due"](b, k, index, time) or wanted:
            calls["decide"](b, k, t, o, r, index, time, close)
        if state.k[at.FULL]:
            state.drain()
    calls["finish"](b, k, t, o, r, bars - 1, (bars - 1) * MINUTE, close)
    state.drain()
    return seen


def wish(state: TradingState, calls: dict[str, Any], b: Any, k: Any, rng: random.Random, close: float) -> bool:
    """A few statements want something, with values of every kind and now and then a missing one."""
    some = False
    for statement, spec in enumerate(SPECS):
        inbox = state.k[at.INBOX] + statement * at.INBOX_WIDTH
        draw = [rng.random() for _ in range(6)]
        if draw[0] < 0.25 and calls["accepts"](b, k, statement):
            side = 1 if spec.side == "long" else -1
            values = {
                at.WANTED: 1.0, at.SIZE: SIZES.get(spec.sizing, 0.0), at.CAP: 0.4,
                at.STOP_BASE: close * (1 - side * 0.03 * draw[1]), at.STOP_SLOPE: 0.0, at.TARGET_BASE: 0.0,
                at.TARGET_SLOPE: 1 + side * 0.05 * draw[2], at.TRAIL_BASE: -side * 3.0 * draw[3] - side * 0.1,
                at.TRAIL_SLOPE: 1.0, at.EXPIRE: 1 + int(draw[4] * 200), at.TEXT: draw[5],
            }  # fmt: skip
            if draw[5] < 0.05:
                values[at.SIZE] = float("nan")
            for slot, value in values.items():
                state.b[inbox + slot] = value
            some = True
    return some


@pytest.mark.parametrize("name", [*HOT, *READS])
def test_what_is_inlined_cannot_raise_and_needs_nothing(name: str) -> None:
    phase = HOT.get(name) or READS[name]
    assert compile_step(phase.function, "op_" + phase.name).bitcode


def test_what_is_called_makes_one_object_that_cannot_raise() -> None:
    assert set(shared_trading().symbols) == {"sg_" + name for name in COLD}


def bits(values: Any) -> bytes:
    """The bits of doubles, every missing value alike."""
    return array("d", [float("nan") if x != x else x for x in values]).tobytes()


ASSUME = [
    {"capital": 1000, "fee": "0.1%", "slippage": "2ticks", "tick": 0.01, "lot": 0.001},
    {"capital": 1000, "fee": "1/order+0.01/unit", "slippage": "3bp", "path": "proximity", "sizing": "fill"},
    {"capital": 1000, "path": "best", "bracket": "next_decision", "fill": "this_close", "point_value": 3, "tick": 0.3},
]


@pytest.mark.parametrize("assume", ASSUME)
def test_compiled_and_interpreted_give_the_same_bits(compiled: dict[str, Any], assume: dict[str, object]) -> None:
    plain = {phase.name: phase.function for table in (HOT, COLD, READS) for phase in table.values()}

    def made() -> TradingState:
        return lay_out(SPECS, GUARDS, read_assumptions(assume), 256, bar_seconds=60, keep_records=True)

    one, two = made(), made()
    seen = play(one, plain, lambda x: x, 5, 1500)
    assert bits(seen) == bits(play(two, compiled, address, 5, 1500))
    assert bits(one.b) == bits(two.b) and one.k == two.k
    for rows in ("trade_rows", "order_rows", "record_rows"):
        assert bits(getattr(one, rows)) == bits(getattr(two, rows)) and len(getattr(one, rows)) > 0
    counters = one.counters()
    assert counters["trades"] > 50 and counters["denied"] > 0 and counters["guard_trips"] > 0


def test_w1_has_the_trades_of_exact_sums() -> None:
    """A whole strategy through the phases, against the same without any engine."""
    n = 3000
    rng = random.Random(3)
    closes = []
    price = 100.0
    for _ in range(n):
        price = round(price * (1 + rng.gauss(0, 0.002)), 5)
        closes.append(price)
    opens = [closes[0], *closes[:-1]]
    highs, lows = [max(p) for p in zip(opens, closes)], [min(p) for p in zip(opens, closes)]  # noqa: B905
    state = desk([EnterSpec("long", "units"), ExitSpec("long")], capital=1e6, fee="0.1%", max_rows=64).state
    memory, window = array("q", [0] * 3), array("q", [0] * 50)
    at_bar = 0
    while at_bar < n:
        at_bar = w1_loop(
            state.b, state.k, state.trades, state.orders, state.records, opens, highs, lows, closes, at_bar,
            memory, window, attention, fill, mark, accepts, decide, MINUTE,
        )  # fmt: skip
        state.drain()
    finish(state.b, state.k, state.trades, state.orders, state.records, n - 1, (n - 1) * MINUTE, closes[-1])
    equity, trades = plain_w1(opens, closes)
    assert state.k[at.TRADES] == trades > 10 and state.b[at.EQUITY] == pytest.approx(equity, abs=1e-6)


def plain_w1(opens: list[float], closes: list[float]) -> tuple[float, int]:
    """The same strategy without any engine."""
    cash, held, order, trades, before = 1e6, 0, 0, 0, 0
    ticks = [round(c * 1e5) for c in closes]
    for i in range(len(closes)):
        if order:
            cash -= order * opens[i] + 0.001 * opens[i]
            held += order
            trades += order < 0
            order = 0
        if i >= 49:
            above = 5 * sum(ticks[i - 9 : i + 1]) - sum(ticks[i - 49 : i + 1])
            if i > 49 and before <= 0 < above and not held:
                order = 1
            elif i > 49 and before >= 0 > above and held:
                order = -1
            before = above
    return cash + held * closes[-1], trades
