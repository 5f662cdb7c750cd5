"""Portfolios beside the driver in plain Python that the tests of trading have: the same books, to the last bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec, HoldSpec

from ...enginekit import same_missing
from ..trading.driver import MINUTE
from ..trading.several import Floor, floor
from . import kit

COUNT = 80
ASSUMED = {"capital": 10_000.0, "fee": 0.001}
BUYS, SELLS, LEAVES = 0.5, -0.5, 1.5
"""What the column `own` says: above, below, and far above."""

TEXT = """
enter long when column("own") > 0.5 size 20 units
enter short when column("own") < -0.5 size 40%
exit long when column("own") < 0
exit short when column("own") > 0
guard exposure 120%
guard positions 2
guard position 60% then reduce
guard drawdown 6% then flatten
"""
STATEMENTS = [EnterSpec("long", "units"), EnterSpec("short", "fraction"), ExitSpec("long"), ExitSpec("short")]
GUARDS = [
    GuardSpec("exposure", 1.2), GuardSpec("positions", 2.0), GuardSpec("position", 0.6, "reduce"),
    GuardSpec("drawdown", 0.06, "flatten"),
]  # fmt: skip


def minutes(seed: int, count: int = 3) -> Panel:
    """Bars on the minutes from 0 on; the first symbol has them all, so that an event is a minute."""
    found = kit.make_panel(seed, count, COUNT, minutes=1, missing=False)
    grid = found.bars[0].ts
    bars = [replace(bars, ts=np.searchsorted(grid, bars.ts) * MINUTE) for bars in found.bars]
    return Panel(tuple(bars))


def by_hand(panel: Panel, book: Floor, wishes) -> Floor:
    """Every event of the panel; wishes: those of a symbol at a bar whose `own` is this."""
    events = panel.events
    for event in range(len(events)):
        bars, wanted = {}, {}
        for bar in range(events.offsets[event], events.offsets[event + 1]):
            own, row = panel.bars[events.symbol[bar]], events.row[bar]
            bars[own.symbol] = tuple(float(getattr(own, name)[row]) for name in ("open", "high", "low", "close"))
            wanted[own.symbol] = wishes(float(own.extra["own"][row]))
        book.event(bars, wanted)
    return book


def signals(own: float) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {}
    if own > BUYS:
        found[0] = {"size": 20.0}
    if own < SELLS:
        found[1] = {"size": 0.4}
    return found | ({2: {}} if own < 0 else {}) | ({3: {}} if own > 0 else {})


def same(book: Floor, run, outs) -> None:
    """Before the end, at which each book of a portfolio closes by its own last bar."""
    for state in (book.account, *(each.state for each in book.books.values()), *kit.states(run)):
        state.drain()
    assert np.array(book.equity).tobytes() == outs.equity.tobytes()
    for own in run.books:
        theirs, ours = book.books[own.symbol].state, own.trading
        assert same_missing(theirs.trade_rows) == same_missing(ours.trade_rows)
        assert same_missing(theirs.order_rows) == same_missing(ours.order_rows)
        assert theirs.b[at.QUANTITY] == ours.b[at.QUANTITY]
    assert same_missing(book.account.order_rows) == same_missing(run.account.order_rows)


@pytest.mark.parametrize("engine", [NATIVE, INTERPRETED])
@pytest.mark.parametrize("seed", range(4))
def test_signals_and_guards(engine, seed):
    panel = minutes(seed)
    book = by_hand(panel, floor("A B C", STATEMENTS, GUARDS, **ASSUMED), signals)
    program = kit.plain(TEXT)
    outs = kit.empty(program, panel)
    run = kit.portfolio(program, panel, engine, assumptions=kit.read_assumptions(ASSUMED))
    run.run(panel, outs=outs)
    same(book, run, outs)
    assert sum(len(own.trading.trade_rows) for own in run.books) > 0


@pytest.mark.parametrize("engine", [NATIVE, INTERPRETED])
@pytest.mark.parametrize("seed", range(3))
def test_positions_to_hold(engine, seed):
    panel = minutes(seed)

    def wishes(own: float) -> dict[int, dict[str, float]]:
        return {0: {"size": own * 0.25}} if abs(own) > 0.3 else {}

    book = by_hand(panel, floor("A B C", [HoldSpec("fraction")], GUARDS[:1], **ASSUMED), wishes)
    make = kit.Across()
    own = make.graph.node("input", (), ("data:own",))
    when = make.pure("gt", make.pure("abs", own), 0.3)
    sizing = kit.Sizing("fraction", make.pure("mul", own, 0.25))
    hold = kit.Hold(0, 0, False, "", when, sizing, None, "", None, (when,), kit.NOWHERE)
    guard = kit.Guard("exposure", make.node(1.2), "deny", kit.NOWHERE)
    program = kit.made(replace(make.program(guards=(guard,)), holds=(hold,)))
    outs = kit.empty(program, panel)
    run = kit.portfolio(program, panel, engine, assumptions=kit.read_assumptions(ASSUMED))
    run.run(panel, outs=outs)
    same(book, run, outs)
