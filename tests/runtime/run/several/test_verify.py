"""`verify` over several symbols: every way of running is equal, and what is not is found with its symbol."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.portfolio.machine import Portfolio
from stratagem.runtime.verify.draw import Effort

from ...results.several.made import panel as made_panel
from .test_backtest import TEXT

ROTATION = """stratagem 1
strategy "Rotation"
watch VIX
assume fee 0.1%
let momentum = close / close[20] - 1
let calm = close of VIX < sma(close, 20) of VIX
rebalance monthly
  weight if top(momentum, 2) and calm then 45% else 0%
  band 1%
guard drawdown 15% then flatten
plot rank(momentum) as "place"
"""
EFFORT = Effort(interpreted=400, single=300, restarts=5, truncations=3)


def test_every_way_is_equal() -> None:
    verdict = sg.compile(TEXT).verify(made_panel(), effort=EFFORT)
    assert verdict, verdict.text()
    runs = [checked.run for checked in verdict.checked]
    assert runs[:3] == ["batch, native", "as backtest runs it, native", "random chunks, native"]
    expected = {"batch, interpreted", "restarted at random events, native and interpreted", "data cut off, native"}
    assert expected | {f"one event at a time, {engine}" for engine in ("native", "interpreted")} <= set(runs)
    assert verdict.symbol == "WHOLE, LATE, EARLY, VIX"
    assert verdict.bars == 300 and verdict.nodes > 3


def test_rotations_are_equal_every_way() -> None:
    verdict = sg.compile(ROTATION).verify(made_panel(), effort=EFFORT, from_="2020-02-15")
    assert verdict, verdict.text()
    assert verdict.bars == 300


def test_members_of_a_universe_come_and_go(tmp_path: Path) -> None:
    place = tmp_path / "some.txt"
    place.write_text("WHOLE - 2020-07-01\nLATE\nEARLY 2020-02-10\n")
    verdict = sg.compile(ROTATION).verify(made_panel(), effort=EFFORT, universe=place)
    assert verdict, verdict.text()


def test_a_difference_is_told_with_its_symbol(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault put into pushes alone: what one symbol closed at is another when it is pushed."""
    push = Portfolio.push

    def worse(self: Portfolio, instant: int, bars: Any, may: Any = None) -> None:
        if self.index == 100:
            bar, extra = bars[1]
            bars = {**bars, 1: (bar._replace(close=float(np.nextafter(bar.close, 0.0))), extra)}
        push(self, instant, bars, may)

    monkeypatch.setattr(Portfolio, "push", worse)
    verdict = sg.compile(TEXT).verify(made_panel(), effort=Effort(single=2000))
    assert not verdict and verdict.difference is not None
    assert verdict.difference.bar == 100 and verdict.difference.run.startswith("one event at a time")
    assert "of LATE" in verdict.difference.name and verdict.difference.kind == "node"
    assert verdict.difference.time == "2020-04-10T00:00:00Z"


def test_a_lost_row_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    restore = Portfolio.restore

    def forgets(self: Portfolio, content: bytes) -> None:
        restore(self, content)
        self.books[0].trading.order_rows.extend([0.0] * 27)  # type: ignore[union-attr]

    monkeypatch.setattr(Portfolio, "restore", forgets)
    verdict = sg.compile(TEXT).verify(made_panel(), effort=EFFORT)
    assert not verdict and verdict.difference is not None and verdict.difference.kind == "order"
    assert "of WHOLE" in verdict.difference.name


def test_a_program_of_one_symbol_is_verified_on_its_own(tmp_path: Path) -> None:
    on = TEXT.replace('mean"\n', 'mean"\non LATE every 1d\n', 1)
    verdict = sg.compile(on).verify(made_panel(), effort=EFFORT)
    assert verdict and verdict.symbol == "LATE"


def test_a_panel_without_bars_is_equal_to_itself() -> None:
    none = made_panel()
    empty = sg.Panel(tuple(bars.rows(0, 0) for bars in none))
    assert sg.compile(TEXT).verify(empty)


def test_real_panels(shared: Path) -> None:
    panel = sg.load_panel(shared / "data" / "bars" / "bokeh_5stocks_1d_2000-2013.parquet", data_from="2010")
    text = "\n".join(line for line in ROTATION.splitlines() if "VIX" not in line).replace(" and calm", "")
    verdict = sg.compile(text).verify(panel, effort=EFFORT)
    assert verdict, verdict.text()
