"""Values of other symbols as a text says them, against what they mean: on higher clocks, of states, books, ranks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.plan.model import Several
from stratagem.lang.plan.several import several
from stratagem.runtime.data.panel.model import Panel

from .kit import assert_equal, batch, make_panel, pushed

ENGINES = ["interpreted", "native"]


def program(text: str) -> Several:
    """The program with every definition handed out."""
    compiled = sg.compile(text)
    return several(compiled.typed, list(compiled.series_nodes().items()))


def values(text: str, panel: Panel, engine: str = "interpreted") -> dict[str, list[Any]]:
    """The series of each definition by symbol, in the order of the panel; NaN where it does not take part."""
    run = batch(program(text), panel, engine)
    return {
        name: [out[panel.events.symbol == place] for place in range(len(panel.bars))] for name, out in run.outs.items()
        if len(out) == len(panel.events.row)
    }  # fmt: skip


def same(one: Any, two: Any) -> None:
    assert np.array_equal(np.asarray(one, dtype=float), np.asarray(two, dtype=float), equal_nan=True)


TEXTS = [
    "let a = sma(close / close of B, 3) @ 1w\nlet b = a > 1 and (close > open of A) @ 1w",
    "let a = rank(sma(close, 3)) @ 1w\nlet b = highest(rank(close), 2) @ 1w\nlet c = rank(close @ forming 1w)",
    "let a = number(any(close > open) @ 1w)\nlet b = number((top(close, 1) and close > open) @ 1w)",
    "state up = 0 then if close > close[1] then up + 1 else 0\nlet a = (up @ 1w) of B\nlet b = up of A + up[2] of B",
    "let a = zscore_across(demean(close) / average(close))\nlet b = total(volume of A)\nlet c = count(fresh of B)",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_way_to_run_gives_the_same_bits(text):
    panel, made = make_panel(11, 3, 90), program(text)
    one = batch(made, panel, "interpreted")
    assert_equal(one, batch(made, panel, "native"))
    assert_equal(one, pushed(made, panel, "interpreted"))
    assert_equal(one, batch(made, panel, "native", cuts=(7, 31, 32)))
    assert any(np.isfinite(out).any() for name, out in one.outs.items() if name in "abc")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_calculation_on_a_higher_clock_reads_both_at_the_end_of_the_same_bar(engine):
    text = """let ratio = (close / close of B) @ 1w
    let apart = (close @ 1w) / (close @ 1w of B)
    let mean  = sma(close / close of B, 3) @ 1w
    let ends  = number(closes(1w))"""
    panel = make_panel(3, 3, 120, missing=False)
    found = values(text, panel, engine)
    for place in range(3):
        ratio, apart, mean, ends = (found[name][place] for name in ("ratio", "apart", "mean", "ends"))
        at = np.flatnonzero(ends == 1.0)
        same(ratio[at], apart[at])
        weeks = apart[at]
        assert len(weeks) >= 10
        for count in range(2, len(weeks)):
            assert mean[at[count]] == pytest.approx(weeks[count - 2 : count + 1].mean(), nan_ok=True)


def test_a_symbol_without_a_bar_is_read_at_its_last_one():
    panel = make_panel(5, 2, 60, missing=False)
    found = values("let other = close of B\nlet now = number(fresh of B)\nlet before = close[1] of B", panel)
    own, other = panel.bars
    for row, ts in enumerate(own.ts.tolist()):
        known = np.flatnonzero(other.ts <= ts)
        assert found["other"][0][row] == other.close[known[-1]]
        assert found["now"][0][row] == float(ts in other.ts)
        if len(known) > 1:
            assert found["before"][0][row] == other.close[known[-2]]


def test_a_state_of_another_symbol_counts_its_bars():
    panel = make_panel(6, 2, 60, missing=False)
    found = values("state n = 0 then n + 1\nlet there = n of B", panel)
    own, other = panel.bars
    same(found["there"][0], [np.count_nonzero(other.ts <= ts) if ts >= other.ts[0] else np.nan for ts in own.ts])


def test_what_is_not_warm_there_is_missing_here():
    panel = make_panel(7, 3, 90, missing=False)
    found = values("let slow = ema(close, 30) of C\nlet place = rank(ema(close, 30))", panel)
    last = panel.bars[2]
    for row, ts in enumerate(panel.bars[0].ts.tolist()):
        assert np.isnan(found["slow"][0][row]) == (np.count_nonzero(last.ts <= ts) < 30)
        assert np.isnan(found["place"][0][row]) == (row < 29)


def test_ranks_are_counted_by_hand():
    panel = make_panel(8, 3, 40, missing=False)
    found = values("let place = rank(close)\nlet best = number(top(close, 2))\nlet mean = average(close)", panel)
    events = panel.events
    for event in range(len(events)):
        first, end = int(events.offsets[event]), int(events.offsets[event + 1])
        latest: dict[int, float] = {}
        for bar in range(end):
            latest[int(events.symbol[bar])] = panel.bars[events.symbol[bar]].close[events.row[bar]]
        order = sorted(latest, key=lambda place: (-latest[place], place))
        for bar in range(first, end):
            symbol, row = int(events.symbol[bar]), int(events.row[bar])
            assert found["place"][symbol][row] == order.index(symbol) + 1
            assert found["best"][symbol][row] == float(order.index(symbol) < 2)
            assert found["mean"][symbol][row] == pytest.approx(np.mean(list(latest.values())))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_book_of_another_symbol_is_read_as_it_stands_now(engine):
    text = """on A, B
    enter long A when bar_index == 3 size 10 units
    exit long A when bar_index == 9
    let held = position.size of A
    let half = (position.size / 2 + 0 * close) of A
    let out  = number(position.flat of A)"""
    panel = make_panel(9, 2, 30, missing=False)
    made = program(text)
    run = batch(made, panel, engine)
    found = {name: run.outs[name] for name in ("held", "half", "out")}
    held = 0.0
    for event in range(len(panel.events)):
        first, end = int(panel.events.offsets[event]), int(panel.events.offsets[event + 1])
        for bar in range(first, end):
            if panel.events.symbol[bar] == 0:
                held = run.outs["quantity"][bar]
        for bar in range(first, end):
            assert found["held"][bar] == held and found["out"][bar] == float(held == 0.0)
            assert found["half"][bar] == held / 2
    assert {0.0, 10.0} == set(found["held"].tolist())


@pytest.mark.parametrize("weight", ["20%", "if close > sma(close, 5) then 20% else 1%"])
def test_a_rebalance_begins_on_the_first_day_that_any_symbol_can_and_others_join_with_the_next_period(weight):
    panel = make_panel(14, 4, 110, missing=False)
    compiled = sg.compile(f"on A, B, C, D\nguard exposure 900%\nrebalance monthly weight {weight}")
    run = batch(several(compiled.typed, [("when", compiled.typed.holds[0].when)]), panel, "interpreted")
    wait = 0 if weight == "20%" else 4
    begins = panel.bars[0].ts[wait]  # A has every bar
    for place, bars in enumerate(panel.bars):
        months = bars.ts.astype("datetime64[us]").astype("datetime64[M]")
        new = np.concatenate([[False], months[1:] != months[:-1]])
        first = (bars.ts == begins) & (np.arange(len(bars)) == wait)
        decided = run.outs["when"][panel.events.symbol == place][wait:] == 1.0
        assert np.array_equal(decided, (new | first)[wait:])
    assert sum(bars.ts[wait] > begins for bars in panel.bars) >= 2


def test_symbols_whose_sessions_are_apart_begin_together():
    panel = make_panel(15, 2, 60, minutes=60, missing=False)
    early, late = panel.bars
    late = replace(late, ts=late.ts + 7 * 3_600_000_000)
    apart = Panel((early, late))
    compiled = sg.compile("on A, B\nrebalance weekly weight 20%")
    run = batch(several(compiled.typed, [("when", compiled.typed.holds[0].when)]), apart, "interpreted")
    for place in range(2):
        assert run.outs["when"][apart.events.symbol == place][0] == 1.0
