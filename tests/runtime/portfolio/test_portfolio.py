"""Portfolios: both engines, pushed or at once, in chunks or restarted, are one run to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE
from stratagem.runtime.portfolio.machine import Portfolio, starts_at
from stratagem.runtime.portfolio.outs import Outs

from . import kit

TREND = """
let quick = sma(close, 5)
enter long when cross_above(quick, sma(close, 12)) size 40% stop 2 * atr(5) target 3 * atr(5)
enter short when cross_below(quick, sma(close, 20)) size 30% trail 4% expire 12 bars
exit long when cross_below(close, quick)
guard drawdown 8% then halt
guard exposure 90%
guard positions 2
alert when close > quick "above {quick}"
plot quick
"""
CLOSES = """
assume fill this_close
enter long when close > close[1] and position.flat size 60% scale 2
exit long when close < low[2]
guard exposure 80% then reduce
guard daily_loss 1% then flatten
guard day_trades 3
"""
RESTS = """
enter long when close > sma(close, 4) limit 1% valid 3 bars size 50% stop 3%
enter short when close < sma(close, 4) trigger 1% valid day size 20%
exit long when true trigger lowest(low, 3)
guard leverage 1.5
guard position 40%
guard drawdown 15% then flatten
"""
WEEKS = """
let weekly = ema(close, 3) @ 1w
enter long when close > weekly and equity > 0 size 30%
exit long when close < weekly or position.bars > 8
plot weekly
plot position.weight as "weight"
plot equity as "worth"
"""
TEXTS = {"trend": TREND, "closes": CLOSES, "rests": RESTS, "weeks": WEEKS}
PROGRAMS = {name: kit.plain(text) for name, text in TEXTS.items()}
WATCHING = kit.made(kit.rotation())
ALL = {
    **PROGRAMS, "rotation": WATCHING,
    "pair": kit.made(kit.pair()), "pair_now": kit.made(kit.pair("this_close", 0.5)),
    "rebalance": kit.made(kit.rebalancing()), "rebalance_now": kit.made(kit.rebalancing("this_close")),
}  # fmt: skip


def watched(seed: int, count: int = 4, **options) -> Panel:
    """A panel whose last symbol is only watched."""
    found = kit.make_panel(seed, count, **options)
    others = kit.make_panel(seed + 100, 1, names="V", **options)
    return Panel((*found.bars, *others.bars))


def panel_of(name: str, seed: int, **options):
    """A panel for a program, and what it trades."""
    if name != "rotation":
        return kit.make_panel(seed, (3 if "pair" in name else 2) + seed % 3, **options), {}
    found = watched(seed, **options)
    return found, {"traded": found.symbols[:-1]}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ALL)
def test_both_engines_at_once_and_pushed(name, seed):
    panel, options = panel_of(name, seed, length=90)
    run = kit.batch(ALL[name], panel, NATIVE, keep_records=True, **options)
    assert sum(map(len, run.rows)) > 0
    kit.assert_equal(run, kit.batch(ALL[name], panel, INTERPRETED, keep_records=True, **options))
    kit.assert_equal(run, kit.pushed(ALL[name], panel, NATIVE, keep_records=True, **options))
    kit.assert_equal(run, kit.pushed(ALL[name], panel, INTERPRETED, keep_records=True, **options))


@pytest.mark.parametrize("name", ["trend", "rotation"])
def test_bars_within_a_day(name):
    panel, options = panel_of(name, 3, length=200, minutes=30)
    run = kit.batch(ALL[name], panel, NATIVE, **options)
    kit.assert_equal(run, kit.batch(ALL[name], panel, INTERPRETED, **options))
    kit.assert_equal(run, kit.pushed(ALL[name], panel, NATIVE, **options))


@pytest.mark.parametrize("name", ALL)
def test_in_chunks_and_in_short_stretches(name, monkeypatch):
    panel, options = panel_of(name, 2, length=90)
    run = kit.batch(ALL[name], panel, NATIVE, **options)
    monkeypatch.setattr("stratagem.runtime.portfolio.stretch.BARS", 7)
    kit.assert_equal(run, kit.batch(ALL[name], panel, NATIVE, cuts=[1, 2, 40, 41], **options))
    kit.assert_equal(run, kit.batch(ALL[name], panel, INTERPRETED, cuts=[13, 60], **options))


@pytest.mark.parametrize("name", ALL)
def test_restarted_after_any_event_by_either_engine(name):
    panel, options = panel_of(name, 1, length=60)
    run = kit.batch(ALL[name], panel, NATIVE, **options)
    random = np.random.default_rng(5)
    first, outs = kit.portfolio(ALL[name], panel, INTERPRETED, **options), kit.empty(ALL[name], panel)
    for event in range(len(panel.events)):
        kit.push(first, panel, outs, event + 1)
        content = first.snapshot()
        assert first.snapshot() == content
        second = kit.portfolio(ALL[name], panel, random.choice([NATIVE, INTERPRETED]), **options)
        second.restore(content)
        assert second.index == event + 1 and second.snapshot() == content
        kit.hand_over_rows(first, second)
        first = second
    kit.assert_equal(run, kit.left(first, outs))


@pytest.mark.parametrize("name", ["trend", "rotation"])
def test_an_engine_goes_on_where_the_other_stopped(name):
    panel, options = panel_of(name, 2, length=60)
    run, outs = kit.portfolio(ALL[name], panel, NATIVE, **options), kit.empty(ALL[name], panel)
    for stop, engine in ((10, INTERPRETED), (20, NATIVE), (33, INTERPRETED), (len(panel.events), NATIVE)):
        run.run(panel, stop, kit.part(panel, outs, run.index, stop))
        if stop == 20:
            kit.push(run, panel, outs, 25)
        run.switch(engine)
    kit.assert_equal(kit.batch(ALL[name], panel, NATIVE, **options), kit.left(run, outs))


def test_one_symbol_alone_trades_as_a_run_of_one():
    """The same trades, orders and equity as the machine of one symbol, at every bar."""
    for text in TEXTS.values():
        kit.assert_like_one(text, kit.make_panel(4, 1, length=150))


def test_costs_that_know_the_market_know_each_symbols_own():
    """Slippage by range and volume: of one symbol alone, as of all; a bar's own is known before its close fills."""
    panel = kit.make_panel(3, 3)
    market = {"slippage": "10%/range + 1%/sqrt_volume", "fill": "this_close"}
    costly = kit.read_assumptions({"capital": 100_000.0, **market})
    for own in ({}, {"B": kit.EASY}):
        options = {"assumptions": costly, "own": own}
        run = kit.batch(PROGRAMS["closes"], panel, NATIVE, **options)
        kit.assert_equal(run, kit.batch(PROGRAMS["closes"], panel, INTERPRETED, **options))
        kit.assert_equal(run, kit.pushed(PROGRAMS["closes"], panel, NATIVE, **options))
        assert not np.array_equal(run.outs["equity"], kit.batch(PROGRAMS["closes"], panel, NATIVE).outs["equity"])


def test_rows_that_fill_their_buffers_are_all_there():
    panel, _ = panel_of("closes", 2, length=400)
    run = kit.batch(PROGRAMS["closes"], panel, NATIVE, max_rows=8)
    kit.assert_equal(run, kit.batch(PROGRAMS["closes"], panel, NATIVE, max_rows=8, cuts=[100]))
    roomy = kit.batch(PROGRAMS["closes"], panel, INTERPRETED, max_rows=5000)
    assert run.rows == roomy.rows and run.outs["equity"].tobytes() == roomy.outs["equity"].tobytes()


def test_a_run_begins_to_act_where_it_is_told():
    panel = kit.make_panel(2, 3)
    starts = starts_at(panel, 50)
    run = kit.portfolio(PROGRAMS["closes"], panel, NATIVE, starts=starts)
    outs = kit.empty(PROGRAMS["closes"], panel)
    run.run(panel, outs=outs)
    assert (outs.equity[:50] == 100_000).all() and (outs.equity[50:] != 100_000).any()
    assert starts == {s: int((panel[s].closes < panel.events.instants[50]).sum()) for s in panel.symbols}


def test_what_a_watched_symbol_hands_out():
    panel = watched(3)
    outs = kit.empty(WATCHING, panel)
    kit.portfolio(WATCHING, panel, NATIVE, traded=panel.symbols[:-1]).run(panel, outs=outs)
    of_it = panel.events.symbol == len(panel) - 1
    assert (outs.quantity[of_it] == 0).all() and (outs.profit[of_it] == 0).all() and (outs.quantity != 0).any()


def test_outputs_of_a_watched_symbol_are_missing():
    program = kit.made(kit.rotation(), [("last", kit.Across().close)])
    panel = watched(3)
    outs = kit.empty(program, panel)
    kit.portfolio(program, panel, INTERPRETED, traded=panel.symbols[:-1]).run(panel, outs=outs)
    of_it = panel.events.symbol == len(panel) - 1
    (last,) = outs.series
    assert np.isnan(last[of_it]).all() and (np.isfinite(last[~of_it]).sum() > 0.9 * (~of_it).sum())


def test_the_larger_preference_goes_first():
    """Two places, four that want them: those with the larger momentum have them."""
    for engine in (NATIVE, INTERPRETED):
        assert kit.first_entries(engine, {"A": 1.0, "B": 3.0, "C": 2.0, "D": 3.0}) == ["B", "D"]
        assert kit.first_entries(engine, {"A": 1.0, "B": float("nan"), "C": 2.0, "D": float("nan")}) == ["A", "C"]
        assert kit.first_entries(engine, dict.fromkeys("ABCD", float("nan"))) == ["A", "B"]


@pytest.mark.parametrize("engine", [NATIVE, INTERPRETED])
def test_symbols_that_are_not_there_are_named(engine):
    panel = watched(1)
    with pytest.raises(UsageFault, match="there are no bars of V; there are A"):
        Portfolio(WATCHING, panel.symbols[:-1], panel.timeframe, engine=engine)
    with pytest.raises(UsageFault, match="no bars of X"):
        Portfolio(WATCHING, panel.symbols, panel.timeframe, engine=engine, traded=["A", "X"])
    with pytest.raises(UsageFault, match="A is not among the traded symbols"):
        Portfolio(WATCHING, panel.symbols, panel.timeframe, engine=engine, traded=["B", "C"])
    with pytest.raises(UsageFault, match="no symbol is traded"):
        Portfolio(PROGRAMS["trend"], panel.symbols, panel.timeframe, engine=engine, traded=[])


def test_what_a_run_cannot_fill_is_refused():
    panel = kit.make_panel(1, 2)
    program = PROGRAMS["trend"]
    assert program.main.outputs
    for name, values in (
        ("equity", np.empty(3)), ("cash", np.empty(len(panel.events), np.float32)),
        ("quantity", np.empty((len(panel.events.row), 1))), ("profit", np.empty(2 * len(panel.events.row))[::2]),
        ("series", [np.empty(3)] * len(program.main.outputs)), ("series", [np.empty(len(panel.events.row))] * 5),
    ):  # fmt: skip
        run = kit.portfolio(program, panel, INTERPRETED)
        with pytest.raises(UsageFault, match="float64 one after another|outputs"):
            run.run(panel, outs=Outs(**{name: values}))
        assert run.index == 0


def test_another_panel_than_before_is_refused():
    panel, other = kit.make_panel(1, 2), kit.make_panel(2, 2)
    run = kit.portfolio(PROGRAMS["trend"], panel, INTERPRETED)
    run.run(panel, 40)
    with pytest.raises(UsageFault, match="the panel is another than that of the events run so far"):
        run.run(other)
    with pytest.raises(UsageFault, match="the portfolio is of A, B and has run 40 events; the panel is of A, B, C"):
        run.run(kit.make_panel(1, 3))
    for stop in (39, len(panel.events) + 1):
        with pytest.raises(UsageFault, match="are asked for"):
            run.run(panel, stop)


def test_a_bar_of_a_symbol_that_is_not_there_is_refused():
    panel = kit.make_panel(1, 2)
    run = kit.portfolio(PROGRAMS["trend"], panel, INTERPRETED)
    for place in (2, -1):
        with pytest.raises(UsageFault, match=f"place {place}: there are 2"):
            run.push(1, {place: (None, {})})


def test_events_come_in_the_order_of_time():
    panel = kit.make_panel(1, 2)
    run = kit.portfolio(PROGRAMS["trend"], panel, INTERPRETED)
    run.run(panel, 10)
    again = kit.portfolio(PROGRAMS["trend"], panel, INTERPRETED)
    again.restore(run.snapshot())
    for made in (run, again):
        with pytest.raises(UsageFault, match="cannot follow the one at 2024-01-11"):
            made.push(int(panel.events.instants[9]), {})
        made.push(int(panel.events.instants[10]), {})
        assert made.index == 11


def test_programs_that_trade_nothing_and_panels_without_bars():
    for text in ("alert when close > open \"up\"", "plot close"):
        program, panel = kit.plain(text), kit.make_panel(1, 2, 30)
        run = kit.batch(program, panel, NATIVE)
        kit.assert_equal(run, kit.batch(program, panel, INTERPRETED))
        assert (run.outs["equity"] == 100_000).all()
    none = Panel(tuple(bars.rows(0, 0) for bars in kit.make_panel(1, 2).bars))
    for engine in (NATIVE, INTERPRETED):
        assert not len(kit.batch(PROGRAMS["trend"], none, engine).outs["equity"])
