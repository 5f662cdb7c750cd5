"""A long history in the page: groups with their extremes, the last trades, and that it says so."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.report import drawn as limits
from stratagem.runtime.results.report import page as pages
from stratagem.runtime.results.report.drawn import Drawn, drawn
from stratagem.runtime.trading.rows import TRADE_ENTRY_TIME, TRADE_EXIT_INDEX, TRADE_PNL

from .. import made
from .test_pack import unpacked
from .test_page import data_of


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a short history is beyond."""
    monkeypatch.setattr(limits, "EVERY", 200)
    monkeypatch.setattr(limits, "MOST", 100)
    monkeypatch.setattr(pages, "LISTED", 7)


def shown(output: RunOutput) -> tuple[str, Any]:
    text = pages.page(Measured(output))
    return text, data_of(text)


def test_how_a_history_is_drawn() -> None:
    assert drawn(100_000) == Drawn(100_000, 1)
    counts = (100_001, 1_000_000, 10_000_000, 10_000_001)  # in groups of 3, 20, 200 and 201
    assert [len(drawn(bars)) for bars in counts] == [33_334, 50_000, 50_000, 49_752]


def test_groups_by_hand() -> None:
    values = np.array([3.0, 1.0, 2.0, np.nan, 5.0, 4.0, 7.0])
    groups = Drawn(7, 3)
    assert groups.first(values[::-1]).tolist()[::2] == [7.0, 3.0]
    assert groups.last(values).tolist() == [2.0, 4.0, 7.0]
    assert groups.lowest(values).tolist() == [1.0, 4.0, 7.0]
    assert groups.highest(values).tolist() == [3.0, 5.0, 7.0]
    assert groups.group(np.array([0.0, 2.0, 3.0, 6.0])).tolist() == [0, 0, 1, 2]


@pytest.mark.usefixtures("small")
def test_no_extreme_of_a_long_history_is_lost() -> None:
    output = made.traded(1001, frame="15m", hold=20)
    text, data = shown(output)
    assert data["group"] == 11 and len(unpacked(data["columns"]["close"])) == 91
    bars, equity = output.bars, output.equity
    for at in range(91):
        group = slice(11 * at, 11 * at + 11)
        columns = {name: unpacked(data["columns"][name])[at] for name in data["columns"]}
        assert columns["open"] == bars.open[group][0] and columns["close"] == bars.close[group][-1]
        assert columns["high"] == max(bars.high[group]) and columns["low"] == min(bars.low[group])
        assert columns["equity_low"] == pytest.approx(min(equity[group]), rel=1e-8)
        assert columns["equity_high"] == pytest.approx(max(equity[group]), rel=1e-8)
        assert columns["equity"] == pytest.approx(equity[group][-1], rel=1e-8)
    deepest = min(unpacked(data["columns"]["drawdown_low"]))
    assert deepest == pytest.approx(-Measured(output).falls.ratio, abs=1e-6)
    slow = data["over"][0]["columns"]
    assert set(slow) == {"values", "values_low", "values_high"}
    assert "1,001 bars are more than a screen shows: they are drawn in groups of 11" in text


@pytest.mark.usefixtures("small")
def test_the_last_trades_are_listed_with_their_numbers_and_times() -> None:
    output = made.traded(1001, frame="15m", hold=20)
    count = len(output.trades)
    assert count > 20
    text, data = shown(output)
    trades = data["trades"]
    assert trades["skipped"] == count - 7
    assert trades["closed"] == 7 - output.counters["open_trades"]
    columns = trades["columns"]
    assert unpacked(columns["pnl"]) == pytest.approx(output.trades[-7:, TRADE_PNL].tolist())
    assert unpacked(columns["entry_seconds"]) == (output.trades[-7:, TRADE_ENTRY_TIME] / 1e6).tolist()
    assert unpacked(columns["exit_index"]) == (output.trades[-7:, TRADE_EXIT_INDEX] // 11).tolist()
    assert len(trades["entry_text"]) == len(trades["exit_text"]) == 7
    assert f"The last 7 of {count} trades are listed" in text


def test_a_short_history_says_nothing_of_groups() -> None:
    text, data = shown(made.traded(300))
    assert "more than a screen shows" not in text and "are listed and drawn" not in text
    assert data["group"] == 1 and data["trades"]["skipped"] == 0
    assert not [name for name in data["columns"] if name.endswith(("_low", "_high"))]


_LINE = """
const vm = require("vm"), fs = require("fs");
const Drawing = vm.runInThisContext(fs.readFileSync(process.argv[1], "utf8") + "; Charts");
const made = {}, charts = Object.create(Drawing.prototype);
charts.bars = 6;
charts.model = () => made;
const columns = { x: [1, 1, 1, 1, 1, 1], x_low: [1, 0, 1, -5, 1, 1], x_high: [1, 9, 1, 1, 7, 1] };
const extent = charts.drawLine("line", columns, "x", { from: 0, to: 5, group: 3 });
const plain = charts.drawLine("line", { y: [3, 1, 2, 5, 5, 5] }, "y", { from: 0, to: 5, group: 3 });
console.log(JSON.stringify([extent, plain, made.data]));
"""


def test_a_line_goes_through_the_extremes_of_groups() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node.js on this machine to run the page's script")
    script = Path(pages.__file__).with_name("charts.js")
    done = subprocess.run([node, "-e", _LINE, str(script)], capture_output=True, text=True, check=True, timeout=30)
    assert json.loads(done.stdout) == [[-5, 9], [1, 5], {"x": [0, 1, 3], "y": [3, 1, 5]}]
