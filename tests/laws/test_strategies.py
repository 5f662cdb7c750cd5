"""Random strategies in one portfolio: each is what it is alone until a limit acts, and the account is their sum."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.result import Result
from stratagem.runtime.run.strategies.backtest import backtest
from stratagem.runtime.run.strategies.portfolio import StrategyPortfolio
from stratagem.runtime.run.strategies.prepare import prepare
from stratagem.runtime.trading.rows import (
    BY_PORTFOLIO,
    ENTER_ORDER,
    FILLED,
    ORDER_INDEX,
    ORDER_KIND,
    ORDER_REASON,
    ORDER_STATUS,
)
from stratagem.runtime.verify.pushed import pushed

from .bars import bars
from .pairs import FRAMES
from .programs import Writer

FIELDS = ("equity", "cash", "quantity", "trades", "orders")
OUT_OF_REACH = {"exposure": "100000%", "net_exposure": "100000%", "position": "100000%", "positions": "1000"}
SHARDS, PAIRS = 2, 4


def drawn(random: Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two strategies with shares and data of their own, as likely as not of different timeframes."""
    told: dict[str, Any] = {}
    alone: dict[str, Any] = {}
    for name, share in (("one", random.choice((0.25, 0.5))), ("two", random.choice((0.25, 0.5)))):
        minutes = random.choice(sorted(FRAMES))
        program = sg.compile(Writer(random, frames=FRAMES[minutes]).program())
        data = bars(random, random.randrange(50, 120), minutes)
        told[name] = {"program": program, "share": share, "data": data}
        alone[name] = (program, data, share)
    return told, alone


def run(told: dict[str, Any], limits: dict[str, str], *, alone: bool = True, engine: str = INTERPRETED) -> Result:
    made: StrategyPortfolio = sg.portfolio(told, limits=limits)
    return backtest(
        made.declared, None, engine=engine, monitors=False, from_=None, to=None, close_at_end=False, gate="warn",
        given={}, options={}, alone=alone,
    )  # fmt: skip


def same(one: RunOutput, two: RunOutput) -> bool:
    return all(getattr(one, name).tobytes() == getattr(two, name).tobytes() for name in FIELDS)


def is_the_sum(result: Result) -> None:
    """Equity and cash are the sums, and what strategies and symbols brought adds up exactly."""
    out, strategies = result.output, result.output.strategies
    assert strategies is not None
    total = np.full(len(out.equity), strategies.cash)
    for equity in strategies.equities:
        total = total + equity
    assert out.equity.tobytes() == total.tobytes()
    parts = result.by_strategy.to_pylist()
    left = result.stats["net_profit"] - sum(part["pnl"] for part in parts)
    assert left == pytest.approx(result.stats["unattributed_pnl"], abs=1e-6)
    assert sum(part["trades"] for part in parts) == result.stats["trades"]
    for part, each in zip(parts, strategies.outputs, strict=True):
        own = np.flatnonzero(strategies.trades == strategies.names.index(part["strategy"]))
        assert len(own) == len(each.trades)
    numbers = result.orders["order"].to_pylist()
    assert numbers == list(range(len(numbers)))


def nothing_after(result: Result) -> None:
    """After a limit has halted for good no entry is filled that was decided later, and none is without a row."""
    out, strategies = result.output, result.output.strategies
    assert strategies is not None
    trips = [act.event for act in strategies.acts if act.what != "deny" and act.measure != "daily_loss"]
    if trips:
        rows = out.orders
        entered = (rows[:, ORDER_KIND] == ENTER_ORDER) & (rows[:, ORDER_STATUS] == FILLED)
        assert not (entered & (rows[:, ORDER_INDEX] >= trips[0])).any()
    denied = sum(act.orders for act in strategies.acts if act.what == "deny")
    told = (out.orders[:, ORDER_REASON] == BY_PORTFOLIO) & (out.orders[:, ORDER_KIND] == ENTER_ORDER)
    assert denied <= int(told.sum())


def limits_of(random: Random) -> dict[str, str]:
    every = {
        "drawdown": f"{random.choice((1, 3, 10))}% then {random.choice(('deny', 'halt', 'flatten'))}",
        "loss": f"{random.choice((1, 3))}% then {random.choice(('halt', 'flatten'))}",
        "daily_loss": f"{random.choice((1, 2))}% then {random.choice(('deny', 'halt', 'flatten'))}",
        "exposure": f"{random.choice((20, 50, 80))}% then {random.choice(('deny', 'flatten'))}",
        "net_exposure": f"{random.choice((10, 40))}%",
        "position": f"{random.choice((10, 40))}% then {random.choice(('deny', 'halt'))}",
        "positions": random.choice(("0", "1", "1 then flatten")),
    }
    return {name: every[name] for name in random.sample(sorted(every), random.randrange(1, 4))}


def hold(random: Random, engine: str) -> int:
    """The laws, on one draw; gives how often a limit acted."""
    told, alone = drawn(random)
    free = run(told, {}, engine=engine)
    for name, (program, data, share) in alone.items():
        own = program.backtest(data, capital=100_000 * share, engine=engine).output
        assert same(free.strategies[name].output, own), name
    is_the_sum(free)
    assert same(run(told, OUT_OF_REACH, engine=engine).output, free.output)
    limits = limits_of(random)
    limited = run(told, limits, engine=engine)
    assert same(run(told, limits, alone=False, engine=engine).output, limited.output), limits
    is_the_sum(limited)
    nothing_after(limited)
    live_is_the_same(told, limits, limited.output)
    if engine == NATIVE:
        assert same(run(told, limits).output, limited.output), limits
    return len(limited.limits)


def live_is_the_same(told: dict[str, Any], limits: dict[str, str], whole: RunOutput) -> None:
    """Pushed to a session, one event at a time; nothing where what is assumed is of backtests alone."""
    declared = sg.portfolio(told, limits=limits).declared
    prepared = prepare(declared, None, {"from_": None, "to": None, "close_at_end": False}, {}, {})
    live = pushed(declared, prepared, whole, {})
    assert live is None or live.difference is None, (limits, live)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_strategies(shard: int) -> None:
    acted: list[int] = []

    @seed(shard)
    @settings(max_examples=PAIRS, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def one(random: Random) -> None:
        acted.append(hold(random, INTERPRETED))

    one()
    assert sum(acted) > 0


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_soak(part: int) -> None:
    for number in range(part * 50, part * 50 + 50):
        hold(Random(number), NATIVE if number % 10 == 0 else INTERPRETED)
