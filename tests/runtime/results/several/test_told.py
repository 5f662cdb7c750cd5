"""Several symbols in the summary, on disk and read back."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data import Bars
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.several.lines import MOST, symbol_lines
from stratagem.runtime.results.summary import Style
from stratagem.runtime.results.write import read

from .made import DAY, START, panel, run, walk


def test_the_summary_names_the_symbols_and_what_they_brought() -> None:
    text = Result(run()).summary()
    title = text.splitlines()[0]
    assert "· WHOLE, LATE, EARLY 1d ·" in title
    lines = text.splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("by symbol"))
    assert lines[head].split() == ["by", "symbol", "money", "return", "trades", "win", "rate", "held", "weight"]
    assert [line.split()[0] for line in lines[head + 1 : head + 4]] == ["WHOLE", "LATE", "EARLY"]
    assert all(len(line) <= 80 for line in lines) and len(lines) <= 40


def test_trades_in_the_summary_name_their_symbol() -> None:
    lines = [line for line in Result(run()).summary().splitlines() if line.startswith("#")]
    assert [line.split()[1] for line in lines] == ["WHOLE", "LATE", "WHOLE", "EARLY", "LATE"]
    assert all(re.match(r"#\d+ +[A-Z]{4,5} +(long|short) +\d{4}-", line) for line in lines)


def test_of_many_symbols_those_are_shown_that_weigh_most() -> None:
    many = Panel(tuple(walk(f"S{place:02d}", range(120), place) for place in range(9)))
    result = Result(run(many, 9, sizes=[float(3 + place % 4) for place in range(9)]))
    lines = symbol_lines(result.run, Style())
    assert lines[-2].strip() == "(3 more symbols: in the report and in --json)" and len(lines) == MOST + 3
    shown = {line.split()[0] for line in lines[1 : MOST + 1]}
    sizes = {row["symbol"]: abs(row["pnl"]) for row in result.stats["symbols"]}
    assert shown == set(sorted(sizes, key=lambda name: -sizes[name])[:MOST])
    money = [float(line.split()[1].replace(",", "")) for line in lines[1 : MOST + 1]]
    assert money == sorted(money, reverse=True)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_lines_of_symbols_keep_within_the_screen(width: int) -> None:
    assert all(len(line) <= width for line in Result(run()).summary(width=width).splitlines() if "by symbol" in line)
    assert all(len(line) <= width for line in symbol_lines(Result(run()).run, Style(width=width))[:-1])


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_what_is_written_reads_back(tmp_path: Path, format: str) -> None:
    result = Result(run())
    result.write(tmp_path, format=format, report=False)
    saved = read(tmp_path)
    for name in ("trades", "orders", "equity"):
        assert getattr(saved, name).equals(getattr(result, name).combine_chunks()), name
    assert saved.document["symbols"] == result.stats["symbols"]
    assert saved.trades["symbol"].to_pylist()[:2] == ["WHOLE", "EARLY"]


def test_intraday_trades_fit_with_their_symbol() -> None:
    daily = panel()
    hours = Panel(tuple(
        Bars(each.symbol, timeframe("1h"), START + (each.ts - START) // DAY * 3_600_000_000, each.open, each.high,
             each.low, each.close, each.volume) for each in daily
    ))  # fmt: skip
    lines = [line for line in Result(run(hours)).summary().splitlines() if line.startswith("#")]
    assert lines and all(len(line) <= 80 for line in lines)
    assert np.isfinite(hours.bars[0].close).all()
