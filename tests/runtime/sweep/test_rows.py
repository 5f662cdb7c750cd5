"""Every number of every row is that of a single backtest with the row's parameters, to the last bit."""

from __future__ import annotations

import struct
from typing import Any

import pytest
import stratagem
from stratagem.runtime.sweep import task, tiles
from stratagem.runtime.sweep.score import IN_BOOKS
from stratagem.runtime.sweep.table import column_of

from ...enginekit import make_bars
from .strategies import CASES, CROSS

BARS = 1500


def bits(value: Any) -> Any:
    return struct.pack("<d", value) if isinstance(value, float) else value


def assert_rows(program: Any, table: Any, bars: Any, metric: str, **options: Any) -> int:
    """Compares row by row; gives the number of trades of all."""
    swept = [name for name in table.column_names if name in {p.name for p in program.params}]
    trades = 0
    for row in table.to_pylist():
        result = program.backtest(bars, {name: row[name] for name in swept}, **options)
        for name in dict.fromkeys(("final_equity", "return", "max_drawdown", "trades", metric)):
            found, expected = row[column_of(name, swept)], result.stats[name]
            expected = float(expected) if isinstance(found, float) and expected is not None else expected
            assert bits(found) == bits(expected), (row, name, expected)
        trades += row["trades"]
    return trades


@pytest.fixture(autouse=True)
def short_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many tiles, of which the last is not full."""
    monkeypatch.setattr(tiles, "TILE", 256)


@pytest.mark.parametrize("name", CASES)
def test_rows_are_single_runs(name: str) -> None:
    case = CASES[name]
    program = stratagem.compile(case.text)
    bars = make_bars(7, BARS, case.minutes)
    table = program.sweep(bars, case.grid, threads=2)
    assert assert_rows(program, table, bars, "return") > 10 * table.num_rows


@pytest.mark.parametrize("metric", sorted(IN_BOOKS))
def test_metrics_of_the_books(metric: str) -> None:
    case = CASES["guards that act, with a swept limit"]
    program = stratagem.compile(case.text)
    bars = make_bars(11, BARS)
    table = program.sweep(bars, case.grid, metric=metric, from_="2024-03-12", capital=5_000)
    assert_rows(program, table, bars, metric, from_="2024-03-12", capital=5_000)


@pytest.mark.parametrize("metric", ["sharpe", "exposure", "profit_factor", "max_drawdown_bars", "turnover", "fees"])
def test_metrics_of_the_whole_run(metric: str) -> None:
    program = stratagem.compile(CROSS)
    bars = make_bars(3, BARS)
    table = program.sweep(bars, {"fast": (2, 6), "slow": (5, 30)}, metric=metric, threads=2)
    assert_rows(program, table, bars, metric)


@pytest.mark.parametrize("options", [
    {"close_at_end": True}, {"to": "2024-03-20"}, {"from_": "2024-04-12"},
    {"engine": "interpreted", "to": "2024-03-12"}, {"path": "best", "bracket": "next_bar"},
    {"fee": "2/order", "lot": 1}, {"timezone": "America/New_York"},
])  # fmt: skip
def test_options_are_those_of_a_backtest(options: dict[str, Any]) -> None:
    case = CASES["brackets, a trail, an expiry, a size by risk"]
    program = stratagem.compile(case.text)
    bars = make_bars(5, BARS)
    table = program.sweep(bars, {"n": (6, 15), "wide": (1.0,)}, metric="net_profit", **options)
    assert_rows(program, table, bars, "net_profit", **options)


def test_missing_prices() -> None:
    program = stratagem.compile(CASES["brackets, a trail, an expiry, a size by risk"].text)
    bars = make_bars(13, BARS, missing=True)
    table = program.sweep(bars, {"n": (6, 15), "wide": (0.5, 2.0)}, threads=2)
    assert_rows(program, table, bars, "return")


@pytest.mark.parametrize("name", ["cross", "guards that act, with a swept limit", "a higher timeframe"])
def test_neither_threads_nor_tiles_decide(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    program = stratagem.compile(case.text)
    bars = make_bars(17, BARS, case.minutes)
    tables = []
    for threads, tile in ((1, 4096), (2, 256), (3, 301), (40, 1)):
        monkeypatch.setattr(tiles, "TILE", tile)
        monkeypatch.setattr(tiles, "_SHORTEST", 1)
        tables.append(program.sweep(bars, case.grid, threads=threads))
    assert all(table.equals(tables[0]) for table in tables)


def test_many_combinations_run_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    program = stratagem.compile(CROSS)
    bars = make_bars(19, 600)
    grid = {"fast": range(2, 10), "slow": range(10, 40, 7)}
    whole = program.sweep(bars, grid)
    monkeypatch.setattr(task, "BATCH", 7)
    assert program.sweep(bars, grid).equals(whole)


def test_no_bars_and_one_bar() -> None:
    program = stratagem.compile(CROSS)
    for count in (0, 1):
        bars = make_bars(1, 10).rows(0, count)
        table = program.sweep(bars, {"fast": (2, 3), "slow": (9,)})
        assert_rows(program, table, bars, "return")
