"""The examples run, and show what they say."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg

ROOT = Path(__file__).resolve().parents[2]
STRATEGY = str(ROOT / "strategies" / "turtle_breakout.strat")


def run(name: str, *arguments: str, feed: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / name), *arguments]
    done = subprocess.run(command, input=feed, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done


def test_every_example_is_short_and_run_here() -> None:
    paths = sorted((ROOT / "examples").glob("*.py"))
    assert [path.name for path in paths] == ["embedding.py", "live_loop.py", "venue_loop.py"]
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 81 for path in paths)


def test_embedding() -> None:
    lines = run("embedding.py").stdout.splitlines()
    assert lines[0] == "Trend with a stop"
    assert "10 combinations; the best Sharpe ratio is " in "\n".join(lines)
    assert lines[-1] == "live equals backtest: True"


@pytest.fixture(scope="module")
def feed() -> list[str]:
    """The lines of a CSV with the Apple sample."""
    bars = sg.load_bars("sample:AAPL")
    columns = (bars.open, bars.high, bars.low, bars.close, bars.volume)
    days = bars.ts.astype("datetime64[us]").astype("datetime64[D]")
    rows = zip(days, *(column.tolist() for column in columns), strict=True)
    return ["date,open,high,low,close,volume", *(",".join(map(str, row)) for row in rows)]


def events(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_venue_loop_leaves_the_life_of_every_order(feed: list[str], tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    done = run("venue_loop.py", STRATEGY, "1d", str(path), feed="\n".join(feed))
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [int(row["seq"]) for row in rows] == list(range(len(rows)))
    fills = [row for row in rows if row["what"] == "fill"]
    cash = sum((1 if row["trade"] == "sell" else -1) * float(row["quantity"]) * float(row["price"]) for row in fills)
    held = sum((1 if row["trade"] == "buy" else -1) * float(row["quantity"]) for row in fills)
    assert len(fills) > 100 and abs(held) < 1e-6, "flat at the end of the sample"
    equity = 100_000 + cash - sum(float(row["fee"]) for row in fills)
    assert f"equity {equity:,.2f}, 0 orders open" in done.stdout


def test_the_live_loop_trades_what_its_backtest_traded(feed: list[str], tmp_path: Path) -> None:
    told = events(run("live_loop.py", STRATEGY, "1d", str(tmp_path / "state"), feed="\n".join(feed)))
    trades = [event for event in told if event["event"] == "trade"]
    expected = sg.compile(Path(STRATEGY)).backtest("sample:AAPL").trades.to_pylist()
    assert [(t["entry_price"], t["exit_price"], t["pnl"]) for t in trades] == [
        (t["entry_price"], t["exit_price"], t["pnl"]) for t in expected
    ]


def test_the_live_loop_goes_on_where_it_was_stopped(feed: list[str], tmp_path: Path) -> None:
    whole = events(run("live_loop.py", STRATEGY, "1d", str(tmp_path / "whole"), feed="\n".join(feed)))
    parts: list[dict[str, Any]] = []
    for stop in (700, 701, 1900, len(feed)):  # the feed begins again each time
        done = run("live_loop.py", STRATEGY, "1d", str(tmp_path / "state"), feed="\n".join(feed[:stop]))
        parts += events(done)
    assert parts == whole
    assert (tmp_path / "state").read_bytes() == (tmp_path / "whole").read_bytes()


def test_the_live_loop_says_how_it_is_called() -> None:
    assert "STRATEGY TIMEFRAME STATE" in run("live_loop.py", code=2).stderr
