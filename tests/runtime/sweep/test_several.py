"""A sweep over several symbols: a row is the backtest with its parameters, to the last bit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import stratagem
from stratagem import Panel, load_panel
from stratagem.runtime.errors import RunError, UsageFault
from stratagem.runtime.sweep import task
from stratagem.runtime.sweep.about import About

from ..portfolio.kit import make_panel
from .test_rows import assert_rows, bits

PANEL = make_panel(5, 4, 160)
TEXT = """stratagem 1
strategy "Swept together"
watch D
assume fee 0.1%
assume tick of A 0.01
assume tick of B 0.05
assume tick of C 0.01
param look  = 8 in 2 to 40
param most  = 2 in 1 to 5
param far   = 300 in 10 to 900
require far * 1ticks < 20 and look > most
let strength = close / close[look]
guard exposure 150%
guard positions 3
prefer strength
enter long when rank(strength) <= most and (close > open) of D
  size 30%
  stop far * 1ticks
exit long when strength < average(strength)
enter short when rank(strength) > most
  size 10%
exit short when strength > 1
"""
PROGRAM = stratagem.compile(TEXT)
GRID = {"look": (3, 9), "most": (1, 2, 3)}


def told(table: pa.Table) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in table.schema.metadata.items()}


@pytest.mark.parametrize(("metric", "options"), [
    ("return", {}), ("sharpe", {"from_": "2024-02-20", "to": "2024-05-20"}), ("win_rate", {"close_at_end": True}),
    ("fees", {"fill": "this_close", "capital": 5_000}),
    ("benchmark_return", {"engine": "interpreted", "to": "2024-03-20"}),
    ("exposure", {"symbols": "C,A"}), ("turnover", {"timezone": "America/New_York", "tick": 0.02}),
])  # fmt: skip
def test_a_row_is_the_backtest_of_its_parameters(metric: str, options: dict[str, Any]) -> None:
    table = PROGRAM.sweep(PANEL, GRID, metric=metric, threads=2, **options)
    assert table.num_rows == 5  # of 3 and 3 the `require` does not hold
    assert told(table)["skipped"] == "1"
    assert assert_rows(PROGRAM, table, PANEL, metric, **options) > 20


def test_members_of_a_universe(tmp_path: Path) -> None:
    file = tmp_path / "few.yaml"
    file.write_text("symbols:\n- {symbol: A, to: 2024-03-20}\n- C\n")
    table = PROGRAM.sweep(PANEL, {"look": (3, 9)}, universe=file)
    assert assert_rows(PROGRAM, table, PANEL, "return", universe=file) > 0
    assert any("dates of the universe" in note for note in json.loads(told(table)["notes"]))


def test_neither_threads_nor_batches_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = PROGRAM.sweep(PANEL, GRID, metric="sortino", threads=1)
    monkeypatch.setattr(task, "BATCH", 2)
    assert PROGRAM.sweep(PANEL, GRID, metric="sortino", threads=3).equals(whole)


def test_what_a_table_tells_is_what_a_result_tells() -> None:
    table = PROGRAM.sweep(PANEL, {"look": (3, 9)}, params={"most": 1}, where=("trades >= 1", "look < 9"))
    stats = PROGRAM.backtest(PANEL, {"look": 3, "most": 1}).stats
    meta = told(table)
    assert table["look"].to_pylist() == [3] and meta["left_out"] == "1"
    for name in ("symbol", "timeframe", "bars", "from", "to", "assumptions_hash", "source_hash"):
        assert meta[name] == str(stats[name])
    assert json.loads(meta["assumptions"]) == stats["assumptions"]
    assert json.loads(meta["params"]) == {"most": 1.0, "far": 300.0}
    notes = json.loads(meta["notes"])
    assert set(notes[1:]) < set(stats["notes"])  # the first is on few trades
    assert any(note.startswith("the benchmark is an index of 3 symbols") for note in notes)


def test_a_program_that_names_no_symbol_takes_all_of_the_data(tmp_path: Path) -> None:
    for bars in PANEL.bars[:2]:
        rows = zip(bars.ts.tolist(), bars.open, bars.high, bars.low, bars.close, bars.volume, strict=True)
        lines = [",".join(map(str, [row[0] // 1_000_000, *row[1:]])) for row in rows if row[1] == row[1]]
        (tmp_path / f"{bars.symbol}.csv").write_text("\n".join(["time,open,high,low,close,volume", *lines]))
    program = stratagem.compile("param n = 5 in 2 to 50\nenter long when close > sma(close, n)\n  size 10%\n"
                                "exit long when close < sma(close, n)")  # fmt: skip
    options: dict[str, Any] = {"policy": "drop"}
    table = program.sweep(tmp_path, {"n": (4, 7)}, **options)
    assert assert_rows(program, table, load_panel(tmp_path, **options), "return") > 10
    assert program.sweep(tmp_path, {"n": (4, 7)}, symbol="A", **options)["trades"].to_pylist() != table["trades"]


def test_progress_and_what_is_announced() -> None:
    calls: list[tuple[int, int]] = []
    abouts: list[About] = []
    PROGRAM.sweep(PANEL, GRID, progress=lambda *done: calls.append(done), announce=abouts.append)
    assert calls == [(n, 5) for n in range(1, 6)]
    assert abouts[0].combinations == 5 and abouts[0].bars == sum(map(len, PANEL)) and abouts[0].memory > 5_000


def test_the_best_of_many_sharpe_ratios_is_weighed() -> None:
    table = PROGRAM.sweep(PANEL, GRID, metric="sharpe")
    assert any("Sharpe ratios" in note for note in json.loads(told(table)["notes"]))
    best = max(table.to_pylist(), key=lambda row: row["sharpe"])
    result = PROGRAM.backtest(PANEL, {name: best[name] for name in GRID})
    assert 0.0 <= result.metrics().deflated_sharpe(table) <= 1.0
    assert bits(result.stats["sharpe"]) == bits(best["sharpe"])


@pytest.mark.parametrize(("options", "kind", "says"), [
    ({"symbol": "A"}, UsageFault, "symbols='A,B'"),
    ({"symbols": "A,Q"}, RunError, "holds no symbol 'Q'"),
    ({"limit": 3}, UsageFault, "6 combinations, more than the limit of 3"),
    ({"from_": "2030-01-01"}, UsageFault, "no bar lies in the period"),
    ({"where": "trade > 3"}, UsageFault, "did you mean 'trades'"),
    ({"params": {"most": 3, "look": 2}}, UsageFault, "keep one of the two"),
])  # fmt: skip
def test_errors_say_what_to_do(options: dict[str, Any], kind: type[Exception], says: str) -> None:
    with pytest.raises(kind, match=says):
        PROGRAM.sweep(PANEL, GRID, **options)


def test_a_symbol_without_a_tick_is_named() -> None:
    more = Panel((*PANEL.bars, make_panel(6, 5).bars[4]))
    with pytest.raises(RunError, match="E: the program counts in ticks"):
        PROGRAM.sweep(more, GRID)


def test_a_combination_is_one_that_the_tick_of_every_symbol_allows() -> None:
    table = PROGRAM.sweep(PANEL, {"far": (300, 500)})  # 500 ticks of B are 25
    assert table["far"].to_pylist() == [300] and told(table)["skipped"] == "1"
    with pytest.raises(UsageFault, match="none of the 1 combinations"):
        PROGRAM.sweep(PANEL, {"far": (500,)})
