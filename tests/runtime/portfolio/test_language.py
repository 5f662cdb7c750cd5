"""Programs of several symbols as they are written: one run in both engines, pushed, in chunks and restarted."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.several import several
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE

from . import kit

TEXTS = {
    "rotation": """
on A, B, C, D every 1d
watch V
let momentum = close / close[10]
let calm = close of V < sma(close, 5) of V
rebalance weekly
  weight if top(momentum, 2) and calm then 45% else 0%
  band 2%
guard exposure 100%
guard drawdown 20% then flatten
""",
    "places": """
on A, B, C, D every 1d
prefer zscore_across(close / close[5])
enter long when close > sma(close, 4) and rank(volume) <= 3 size 40%
  stop 2 * atr(5)
exit long when close < sma(close, 4) or fresh of A and position.size of A < 0
guard positions 2
guard daily_loss 2% then halt
""",
    "pair": """
on A, B every 1d
let spread = (close of A) / (close of B)
let z = (spread - sma(spread, 8)) / stdev(spread, 8)
atomic when z < -0.8
  buy A size 40%
  sell B size 40%
atomic when z > 0
  flatten A
  flatten B
""",
    "weeks": """
on A, B, C every 1d
watch V
let place = rank(ema(close, 2) @ 1w)
let up = (close @ 1w) of V > (sma(close, 3) @ 1w) of V
enter long A when place <= 2 and up size 30%
enter short B when average(close) < close size 20%
exit long when not up
exit short when count(close > open) >= 2
""",
    "both": """
on A, B, C every 1d
rebalance when close > close[3]
  weight if demean(close / close[4]) > 0 then 60% else -30%
  fill this_close
enter long when quantile_of(volume) > 0.9 and position.flat size 20% limit 1% valid 3 bars
exit short when all(close < open) or position.weight of B < -0.25
guard exposure 150% then reduce
guard daily_loss 4% then flatten
guard day_trades 3
""",
}
PROGRAMS = {name: several(compile_text(text)) for name, text in TEXTS.items()}


def panel(seed: int, length: int = 100) -> Panel:
    return Panel((*kit.make_panel(seed, 4, length).bars, *kit.make_panel(seed + 7, 1, length, names="V").bars))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", PROGRAMS)
def test_one_run_in_every_way(name, seed):
    program, data = PROGRAMS[name], panel(seed)
    options = {"traded": program.main.symbols}
    run = kit.batch(program, data, NATIVE, **options)
    assert sum(map(len, run.rows)) > 0
    kit.assert_equal(run, kit.batch(program, data, INTERPRETED, cuts=[7, 50], **options))
    kit.assert_equal(run, kit.pushed(program, data, NATIVE, **options))


@pytest.mark.parametrize("name", PROGRAMS)
def test_taken_up_from_a_snapshot(name):
    program, data = PROGRAMS[name], panel(4, 60)
    options = {"traded": program.main.symbols}
    run = kit.batch(program, data, NATIVE, **options)
    first, outs = kit.portfolio(program, data, NATIVE, **options), kit.empty(program, data)
    for stop in (1, 11, 12, 30, 45, len(data.events)):
        first.run(data, stop, kit.part(data, outs, first.index, stop))
        second = kit.portfolio(program, data, INTERPRETED if stop % 2 else NATIVE, **options)
        second.restore(first.snapshot())
        kit.hand_over_rows(first, second)
        first = second
    kit.assert_equal(run, kit.left(first, outs))
