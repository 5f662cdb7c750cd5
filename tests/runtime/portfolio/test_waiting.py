"""What waits between events: the room of an exit that has met no open, and that nobody who watches changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.plan.model import Several
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.machine.engines import ENGINES, INTERPRETED
from stratagem.runtime.run.prepare import assume

from . import kit

HEAD = 'stratagem 1\nstrategy "x"\n'


def flats(events: Mapping[str, Sequence[int]], without_open: Mapping[str, Sequence[int]] | None = None) -> Panel:
    """Symbols that stand at 100 and have a bar at these events; some of them lack its open."""
    ts = np.datetime64("2024-01-01T00:00", "us").astype(np.int64) + np.arange(20) * 86_400_000_000
    bars = []
    for own, (name, at) in zip(kit.make_panel(1, len(events), 8, missing=False), events.items(), strict=True):
        flat = np.full(len(at), 100.0)
        opens = np.where(np.isin(at, (without_open or {}).get(name, ())), np.nan, 100.0)
        bars.append(replace(own, symbol=name, ts=ts[list(at)], open=opens, high=flat, low=flat, close=flat,
                            volume=flat, extra={}))  # fmt: skip
    return Panel(tuple(bars))


def test_an_order_sized_at_its_fill_counts_what_waits_as_its_decision_did():
    """A leaves at the third close and has no bar until the seventh event; C, decided there too, opens at the fifth."""
    several = sg.compile(HEAD + """on A, B, C every 1d
assume sizing fill
enter long A when bar_index == 0 size 90%
exit long A when bar_index == 2
enter long C when bar_index == 2 size 80%
""").several
    panel = flats({"A": [0, 1, 2, 6, 7], "B": range(9), "C": [0, 1, 2, 4, 5, 6, 7, 8]})
    given: dict[str, Any] = {"assumptions": assume(several.main, {"fee": 0.0})}
    first = kit.batch(several, panel, INTERPRETED, **given)
    assert first.outs["quantity"][panel.places_of(2)].tolist() == [0, 0, 0, 800, 800, 800, 800, 800]
    for engine in ENGINES:
        kit.assert_equal(first, kit.batch(several, panel, engine, [4], **given))
        kit.assert_equal(first, kit.pushed(several, panel, engine, **given))
        run, outs = kit.portfolio(several, panel, engine, **given), kit.empty(several, panel)
        run.run(panel, 4, kit.part(panel, outs, 0, 4))
        on = kit.portfolio(several, panel, engine, **given)
        on.restore(run.snapshot())
        kit.hand_over_rows(run, on)
        on.run(panel, 9, kit.part(panel, outs, 4, 9))
        kit.assert_equal(first, kit.left(on, outs))


def test_a_lot_that_leaves_at_the_next_open_makes_room_on_the_bar_of_its_fill():
    """As in a run of one symbol; after an open that is missing it is still held, and its room is not given away."""
    several = sg.compile(HEAD + """on A, B every 1d
enter long A when bar_index == 0 size 100% expire next_open
enter long B when bar_index == 1 or bar_index == 2 size 100%
""").several
    assert held(several, flats({"A": range(5), "B": range(5)})) == {"A": [0, 10, 0, 0, 0], "B": [0, 0, 10, 10, 10]}
    late = flats({"A": range(5), "B": [0, 2, 3, 4]}, {"A": [2]})
    assert held(several, late) == {"A": [0, 10, 10, 0, 0], "B": [0, 0, 0, 10]}


def held(several: Several, panel: Panel) -> dict[str, list[float]]:
    """What each symbol's book holds after each of its bars, of a capital of 1,000."""
    run = kit.batch(several, panel, INTERPRETED, assumptions=read_assumptions({"capital": 1000.0}))
    return {bars.symbol: run.outs["quantity"][panel.places_of(place)].tolist() for place, bars in enumerate(panel)}


@pytest.mark.parametrize(("seed", "text"), [
    (35, "assume slippage 0.1%\nrebalance daily\n  weight 60%\nguard exposure 150%\n"),
    (22, "assume fill this_close\nrebalance when close < sma(close, 4)\n  weight 60%\nguard leverage 2\n"),
    (77, "enter long when fresh of B size 45% trail 2% expire next_open\n"
         "enter long when fresh of A and close of A > sma(close, 3) of A size 37% trail 2%\n"
         "guard positions 2\nguard daily_loss 1% then halt\n"),
    (59, "enter long when close < sma(close, 4) limit 3% valid 3 bars size 90% stop 3%\nexit long when close > open\n"
         "rebalance when mod(bar_index, 3) == 0\n  weight 40%\n"),
])  # fmt: skip
def test_monitors_change_nothing(seed, text):
    """To the last bit: the books are read, and go on as if nobody had."""
    several = sg.compile(HEAD + "on A, B, C every 1d\n" + text).several
    random = np.random.default_rng(seed)
    whole = kit.make_panel(seed, 3, 60)
    panel = Panel(tuple(kit.chosen(bars, random.random(len(bars)) > 0.3) for bars in whole))
    given: dict[str, Any] = {"assumptions": assume(several.main, {"capital": 100_000.0, "fee": 0.001})}
    plain = kit.batch(several, panel, INTERPRETED, **given)
    watched = kit.batch(several, panel, INTERPRETED, keep_records=True, **given)
    for name, values in plain.outs.items():
        assert np.array_equal(values, watched.outs[name], equal_nan=True), name
    assert [rows for place, rows in enumerate(plain.rows) if place % 3 != 2] == [
        rows for place, rows in enumerate(watched.rows) if place % 3 != 2
    ]
