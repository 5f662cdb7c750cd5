"""`strat sweep`: what it prints and writes, and how it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import csv, parquet
from stratagem.tools.terminal.console import UsageError
from stratagem.tools.terminal.sweep_grid import read_grid

from .conftest import Strat

GRID = ("--data", "sample:AAPL", "--grid", "fast=10:30:10", "--grid", "slow=50,100")


def test_best_first_and_what_was_skipped(strat: Strat, golden_cross: str) -> None:
    done = strat("sweep", golden_cross, *GRID[:4], "--grid", "slow=50,100", "--json", "--param", "fast=12")
    assert done.code == 2  # fast is in the grid as well
    document = strat("sweep", golden_cross, *GRID, "--json").json
    assert (document["combinations"], document["skipped"], document["metric"]) == (6, 0, "return")
    returns = [row["return"] for row in document["rows"]]
    assert returns == sorted(returns, reverse=True)
    single = strat("backtest", golden_cross, *GRID[:2], "--param", "fast=10", "--param", "slow=100", "--json").json
    row = next(row for row in document["rows"] if (row["fast"], row["slow"]) == (10, 100))
    assert {name: row[name] for name in ("final_equity", "return", "max_drawdown", "trades")} == {
        name: single[name] for name in ("final_equity", "return", "max_drawdown", "trades")
    }
    shown = strat("sweep", golden_cross, "--data", "sample:AAPL", "--grid", "fast=60,90", "--grid", "slow=80")
    assert "1 combination, 1 skipped" in shown.out
    assert "note: timeframe 1d inferred" in shown.err and "sweeping" not in shown.err


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_all_rows_on_disk(strat: Strat, golden_cross: str, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "folder" / f"rows.{suffix}"
    document = strat("sweep", golden_cross, *GRID, "--metric", "sharpe", "--out", str(path), "--json").json
    if suffix == "json":
        rows = json.loads(path.read_text())["rows"]
    else:
        rows = (parquet.read_table(path) if suffix == "parquet" else csv.read_csv(path)).to_pylist()
    assert rows == document["rows"]


def test_refusals(strat: Strat, golden_cross: str, program: Callable[[str], str]) -> None:
    data = ("--data", "sample:AAPL")
    strat("sweep", golden_cross, *data, "--grid", "fat=1").failed(2, "did you mean `fast`")
    strat("sweep", golden_cross, *data, "--grid", "fast=50", "--grid", "slow=50").failed(2, "fast < slow")
    strat("sweep", golden_cross, *GRID, "--metric", "sharp").failed(2, "did you mean 'sharpe'")
    strat("sweep", golden_cross, *GRID, "--out", "rows.txt").failed(2, ".csv, .html, .json, .parquet")


@pytest.mark.parametrize(("given", "values"), [
    ("n=5:8:1", ["5", "6", "7", "8"]),  # both ends
    ("n=5:8:2", ["5", "7"]),
    ("n=5:5:1", ["5"]),
    ("n=0.1:0.4:0.1", ["0.1", "0.2", "0.3", "0.4"]),
    ("n=1%:2%:0.5%", ["1.0%", "1.5%", "2.0%"]),
    ("n=3, 9 ,2%", ["3", "9", "2%"]),
    ("n=5bp:15bp:5bp", ["5bp", "10bp", "15bp"]),
    ("n=1h:3h:1h", ["1h", "2h", "3h"]),
    ("n=10 bars:20 bars:5 bars", ["10bars", "15bars", "20bars"]),
    ("n", None),
])  # fmt: skip
def test_grids(given: str, values: list[str]) -> None:
    assert read_grid([given]) == {"n": values}


@pytest.mark.parametrize("given", [
    "", "n=", "=3", "n=1:2:0", "n=1:2:-1", "n=a:b:c", "n=1:2:3:4", "n=6:5:1", "n=0:9:1e-9", "n=1:2", "n=1%:2%",
    "n=1h:2d:1h",
    "n=0:1e-999999999:1e-999999999", "n=1e999999999:2e999999999:1", "n=nan:2:1", "n=0:inf:1", "n=0:" + "9" * 50 + ":1",
])  # fmt: skip
def test_wrong_grids(given: str) -> None:
    with pytest.raises(UsageError, match="--grid"):
        read_grid([given])


@pytest.mark.parametrize("given", ["n=10-90", "n=10..90", "n=10 to 90", "n=1%-5%"])
def test_a_range_as_it_is_written_elsewhere(given: str) -> None:
    with pytest.raises(UsageError, match="a range is written LO:HI:STEP, as in 10:90:10"):
        read_grid([given])


def test_a_name_twice() -> None:
    with pytest.raises(UsageError, match="twice"):
        read_grid(["n=1", "n=2"])


STEPS = (
    "param n = 5 in 2 to 8 step 3\nparam risk = 1% in 0.5% to 2% step 0.5%\nparam free = 1.5\nparam on_ = true\n"
    "param picked = 7 in [3, 7, 11]\nparam hold = 4h in 1h to 8h step 2h\n"
    "param wait = 10 bars in 5 bars to 20 bars step 5 bars\nparam edge = 10bp in 5bp to 20bp step 5bp\n"
    "enter long when close > sma(close, n) and (on_ or free > picked) size 10%\n"
    "exit long when close < sma(close, n) * (1 + risk)\n"
)


@pytest.mark.parametrize(
    ("grid", "name", "values"),
    [
        ("n", "n", [2, 5, 8]), ("risk", "risk", [0.005, 0.01, 0.015, 0.02]), ("on_", "on_", [False, True]),
        ("picked", "picked", [3, 7, 11]), ("n=2:5", "n", [2, 5]), ("risk=1%:2%", "risk", [0.01, 0.015, 0.02]),
        ("risk=0.5%:2%:0.75%", "risk", [0.005, 0.0125, 0.02]), ("risk=1%,2%", "risk", [0.01, 0.02]),
        ("hold=2h:6h", "hold", [7200, 14400, 21600]), ("wait=5 bars:15 bars", "wait", [5, 10, 15]),
        ("edge=5bp:15bp", "edge", [0.0005, 0.001, 0.0015]),
    ],
)  # fmt: skip
def test_the_values_that_a_grid_means(
    strat: Strat, program: Callable[[str], str], grid: str, name: str, values: list[float]
) -> None:
    rows = strat("sweep", program(STEPS), "--data", "sample:AAPL", "--grid", grid, "--json").json["rows"]
    assert sorted(row[name] for row in rows) == values


def test_a_domain_that_says_too_little(strat: Strat, program: Callable[[str], str]) -> None:
    path, data = program(STEPS), ("--data", "sample:AAPL")
    strat("sweep", path, *data, "--grid", "free").failed(2, "`free` has no domain", "in LO to HI step STEP")
    strat("sweep", path, *data, "--grid", "free=1:2").failed(2, "does not say its step")


def test_rows_that_are_left_out(strat: Strat, golden_cross: str) -> None:
    every = strat("sweep", golden_cross, *GRID, "--json").json["rows"]
    most = sorted(row["trades"] for row in every)[-2]
    kept = strat("sweep", golden_cross, *GRID, "--where", f"trades>={most}", "--json").json
    assert [row["trades"] for row in kept["rows"]] == [r["trades"] for r in every if r["trades"] >= most]
    assert (kept["combinations"], kept["left_out"]) == (6, 4)
    shown = strat("sweep", golden_cross, *GRID, "--where", f"trades>={most}", "--where", "slow = 50").out
    assert f"left out by `trades>={most} and slow = 50`" in shown
    sharpe = strat("sweep", golden_cross, *GRID, "--where", "sharpe > 0.1%", "--json").json["rows"]
    assert all(row["sharpe"] > 0.001 for row in sharpe), "a statistic that is only asked about is computed, too"
    none = strat("sweep", golden_cross, *GRID, "--where", "trades > 1e9")
    assert (none.code, "no row is left" in none.out) == (0, True)
    strat("sweep", golden_cross, *GRID, "--where", "trads > 3").failed(2, "did you mean 'trades'")
    strat("sweep", golden_cross, *GRID, "--where", "trades > many").failed(2, "'many'")
    strat("sweep", golden_cross, *GRID, "--where", "trades").failed(2, "NAME>=NUMBER")


def test_few_trades_are_noted_and_ratios_are_percentages(strat: Strat, golden_cross: str) -> None:
    out = strat("sweep", golden_cross, "--data", "sample:AAPL", "--grid", "fast=50", "--grid", "slow=200").out
    assert "the best set made 6 trades" in out and "1,484%" in out and "59.49%" in out


def test_a_map_of_two_parameters(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    grid = ("--data", "sample:AAPL", "--grid", "fast=10:60:10", "--grid", "slow=100:200:50")
    rows = strat("sweep", golden_cross, *grid, "--json").json["rows"]
    cell = {(row["fast"], row["slow"]): row["return"] for row in rows}
    out = strat("sweep", golden_cross, *grid).out.splitlines()
    head = out.index("return by fast (down) and slow (across)")
    assert out[head + 1].split() == ["100", "150", "200"]
    for line, fast in zip(out[head + 2 : head + 8], range(10, 70, 10), strict=True):
        shown = [word for word in line.split() if word.endswith("%")]
        expected = [cell[fast, slow] * 100 for slow in (100, 150, 200)]
        assert line.split()[0] == str(fast)
        assert [float(word.rstrip("%").replace(",", "")) for word in shown] == pytest.approx(expected, abs=0.51)
    assert sum("█" in line for line in out[head + 2 : head + 8]) >= 1
    page = tmp_path / "map.html"
    strat("sweep", golden_cross, *grid, "--out", str(page))
    text = page.read_text(encoding="utf-8")
    assert text.count("<td style=") == len(rows) == 18 and "hsl(120," in text and "http" not in text


def test_a_map_says_what_it_rests_on(strat: Strat, golden_cross: str, tmp_path: Path) -> None:
    page, grid = tmp_path / "map.html", ("--data", "sample:AAPL", "--grid", "fast=10:60:10", "--from", "2010")
    kept = ("--where", "trades<9", "--where", "fast>10", "--fee", "0.2%")
    done = strat("sweep", golden_cross, *grid, *kept, "--out", str(page), "--json")
    text, document = page.read_text(encoding="utf-8"), done.json
    assert "AAPL 1d · 2010-01-04 → 2013-03-01 · " in text and f"{document['bars']:,} bars" in text
    assert "left out by `trades&lt;9 and fast&gt;10`" in text and "the best set made" in text
    assert "with slow 200" in text and "assumes model stratagem · capital 100_000 · fee 0.2%" in text
    assert "note: sample data: Quandl WIKI prices" in text and "adjusted for the splits" in text
    assert document["params"] == {"slow": 200} and document["assumptions"]["capital"] == 100_000
    assert (document["symbol"], document["from"][:10]) == ("AAPL", "2010-01-04") and document["notes"]


def test_a_large_map_shows_the_best_of_neighbours(strat: Strat, golden_cross: str) -> None:
    grid = ("--data", "sample:AAPL", "--grid", "fast=10:90:1", "--grid", "slow=100:200:50")
    best = strat("sweep", golden_cross, *grid, "--json").json["rows"][0]
    out = strat("sweep", golden_cross, *grid).out.splitlines()
    head = next(at for at, line in enumerate(out) if line.startswith("return by"))
    lines = out[head + 2 : out.index("", head)]
    assert len(lines) == 20 and out[head].endswith("the best over its range")
    low, high = map(int, next(line for line in lines if "█" in line).split()[0].split("–"))
    assert low <= best["fast"] <= high


def test_a_grid_without_end_is_refused_before_it_begins(strat: Strat, program: Callable[[str], str]) -> None:
    names = [f"p{at}" for at in range(12)]
    text = "".join(f"param {name} = 1 in 1 to 10\n" for name in names)
    path = program(text + f"enter long when close > {' + '.join(names)}\nexit long when close < 1\n")
    grid = [word for name in names for word in ("--grid", name)]
    strat("sweep", path, "--data", "sample:AAPL", *grid).failed(2, "1,000,000,000,000 combinations", "--limit")
    few = ("--grid", "p0", "--grid", "p1")
    strat("sweep", path, "--data", "sample:AAPL", *few, "--limit", "99").failed(2, "100 combinations", "limit of 99")
    assert len(strat("sweep", path, "--data", "sample:AAPL", *few, "--limit", "100", "--json").json["rows"]) == 100
