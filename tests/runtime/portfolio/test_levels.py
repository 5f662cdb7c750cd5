"""What symbols read of each other, beside plain loops over the panel that know nothing of levels or stretches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE
from stratagem.runtime.portfolio.instant import across

from . import kit

NA = float("nan")
DAY = 86_400_000_000
NUMBERS = ("rank", "quantile_of", "zscore_across", "demean", "total", "average")


def looking():
    """A program that trades nothing much and hands out what it reads across symbols."""
    make = kit.Across()
    up = make.pure("gt", make.close, make.input("open"))
    found = [(name, make.across(name, make.close)) for name in NUMBERS]
    found += [(name, make.across(name, up)) for name in ("any", "all", "count")]
    found += [("top", make.across("top", make.close, 2.0)), ("of", make.of(make.close, "V"))]
    found += [("up_of", make.of(up, "V")), ("fresh", make.fresh("V"))]
    found += [("nested", make.across("rank", make.across("demean", make.close)))]
    return kit.made(replace(make.program(make.enter("long", up)), crosses=True), found)


LOOKING = looking()


def sparse(seed: int, minutes: int) -> Panel:
    """Three traded symbols and a watched one, each with a gap in which it is forgotten."""
    panel = Panel((*kit.make_panel(seed, 3, 60, minutes=minutes).bars,
                   *kit.make_panel(seed + 9, 1, 60, minutes=minutes, names="V").bars))  # fmt: skip
    random = np.random.default_rng(seed)
    bars = []
    for place, own in enumerate(panel.bars):
        begin = int(random.integers(5, 30))
        gap = (np.arange(len(own)) >= begin) & (np.arange(len(own)) < begin + 12)
        bars.append(own if place == 0 else kit.chosen(own, ~gap))
    return Panel(tuple(bars))


def known(panel: Panel, event: int, place: int, name: str) -> tuple[float, int]:
    """A symbol's last value at an event, and how long ago that bar closed, in µs; -1: never."""
    bars, instant = panel.bars[place], int(panel.events.instants[event])
    rows = np.flatnonzero(bars.closes <= instant)
    if not len(rows):
        return NA, -1
    return float(getattr(bars, name)[rows[-1]]), instant - int(bars.closes[rows[-1]])


def expected(panel: Panel, event: int, may) -> dict[str, list[float]]:
    """Every crossing for every symbol at one event."""
    symbols, longest = len(panel), max(7 * DAY, 5 * panel.timeframe.seconds * 1_000_000)
    close, age = zip(*(known(panel, event, place, "close") for place in range(symbols)), strict=True)
    opened = [known(panel, event, place, "open")[0] for place in range(symbols)]
    up = [float(c > o) for c, o in zip(close, opened, strict=True)]
    there = [place < symbols - 1 and 0 <= age[place] <= longest and may[place] for place in range(symbols)]
    takes = [t and c == c for t, c in zip(there, close, strict=True)]
    found = {name: across(name, close, takes) for name in NUMBERS}
    found |= {name: across(name, up, there) for name in ("any", "all", "count")}
    found |= {"top": across("top", close, takes, 2.0), "of": [close[-1]] * symbols, "up_of": [up[-1]] * symbols}
    found |= {"fresh": [float(age[-1] == 0)] * symbols, "nested": nested(panel, event, may, takes)}
    return found


def nested(panel: Panel, event: int, may, takes) -> list[float]:
    """Ranks of what each symbol's `demean` was on its own last bar, which may have been at an earlier event."""
    last = []
    for place in range(len(panel)):
        instant = panel.events.instants[event] - max(0, known(panel, event, place, "close")[1])
        at = int(np.searchsorted(panel.events.instants, instant))
        last.append(demeaned(panel, at, may)[place] if takes[place] else NA)
    return across("rank", last, [t and x == x for t, x in zip(takes, last, strict=True)])


def demeaned(panel: Panel, event: int, may) -> list[float]:
    symbols, longest = len(panel), max(7 * DAY, 5 * panel.timeframe.seconds * 1_000_000)
    close, age = zip(*(known(panel, event, place, "close") for place in range(symbols)), strict=True)
    takes = [
        place < symbols - 1 and 0 <= age[place] <= longest and may[place] and close[place] == close[place]
        for place in range(symbols)
    ]
    return across("demean", close, takes)


@pytest.mark.parametrize("minutes", [1440, 30])
@pytest.mark.parametrize("engine", [NATIVE, INTERPRETED])
@pytest.mark.parametrize("masked", [False, True])
def test_each_reading_is_that_of_a_plain_loop(engine, minutes, masked):
    panel = sparse(4, minutes)
    may = np.ones((len(panel.events), len(panel)), bool)
    if masked:
        may[:, 1] = False
    run, outs = kit.portfolio(LOOKING, panel, engine, traded=panel.symbols[:-1]), kit.empty(LOOKING, panel)
    run.run(panel, outs=outs, members=may if masked else None)
    seen = dict(zip(run.outputs, outs.series, strict=True))
    for event in range(len(panel.events)):
        wanted = expected(panel, event, may[event])
        for bar in range(panel.events.offsets[event], panel.events.offsets[event + 1]):
            place = panel.events.symbol[bar]
            if place < len(panel) - 1:
                found = {name: values[bar] for name, values in seen.items()}
                assert found == pytest.approx({name: wanted[name][place] for name in found}, nan_ok=True, abs=1e-12)


def test_a_symbol_is_forgotten_after_seven_days_or_five_bars():
    panel = sparse(4, 1440)
    ages = [known(panel, event, 1, "close")[1] for event in range(len(panel.events))]
    assert max(ages) > 7 * DAY  # so that the loops above have such a case
    assert max(known(sparse(4, 30), event, 1, "close")[1] for event in range(40)) < 7 * DAY


def test_only_symbols_that_somebody_reads_are_computed():
    make = kit.Across()
    when = make.pure("gt", make.of(make.close, "V"), make.close)
    program = kit.made(replace(make.program(make.enter("long", when)), crosses=True))
    panel = sparse(1, 1440)
    run = kit.portfolio(program, panel, INTERPRETED, traded=panel.symbols[:-1])
    assert [list(machines) for machines in run.levels.machines] == [[3]]


def test_pushed_with_a_mask_as_at_once():
    panel = sparse(2, 1440)
    may = np.random.default_rng(1).random((len(panel.events), len(panel))) < 0.7
    outs = kit.empty(LOOKING, panel)
    kit.portfolio(LOOKING, panel, NATIVE, traded=panel.symbols[:-1]).run(panel, outs=outs, members=may)
    run, pushed = kit.portfolio(LOOKING, panel, NATIVE, traded=panel.symbols[:-1]), kit.empty(LOOKING, panel)
    kit.push(run, panel, pushed, len(panel.events), may)
    for one, two in zip(outs.series, pushed.series, strict=True):
        assert np.array_equal(one[panel.events.symbol < 3], two[panel.events.symbol < 3], equal_nan=True)
