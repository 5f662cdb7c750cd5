"""`--magnify` on every command that runs a strategy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Strat

TEXT = """stratagem 1
strategy "m"
param away = 5 in 1 to 9
enter long when bar_index == 0
  stop 100 - away
  target 105
"""
HOURS = ["2024-01-01T00:00Z,100,100,100,100", "2024-01-01T01:00Z,100,106,94,101", "2024-01-01T02:00Z,101,101,101,101"]
QUARTERS = [HOURS[0], "2024-01-01T01:00Z,100,106,99,103", "2024-01-01T01:15Z,103,103,94,101", HOURS[2]]
Write = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("X", HOURS), ("X_15m", QUARTERS)):
        (tmp_path / f"{name}.csv").write_text("\n".join(["time,open,high,low,close", *rows]))
    return tmp_path


def test_every_command_takes_it(strat: Strat, program: Write, folder: Path) -> None:
    finer = ("--magnify", str(folder / "X_15m.csv"))
    given = (program(TEXT), "--data", str(folder / "X.csv"), "--timeframe", "1h", *finer)
    run = (*given, "--engine", "interpreted")
    told = strat("backtest", *run, "--json").json
    assert (told["win_rate"], told["magnify"]["used"], told["assumptions"]["magnify"]) == (1, 1, "15m")
    verdict = strat("verify", *given, "--json")
    assert verdict.code == 0 and verdict.json["equal"]
    rows = strat("sweep", *run, "--grid", "away=4,5", "--metric", "win_rate", "--json").json["rows"]
    assert [row["win_rate"] for row in rows] == [1, 1]
    assert "target" in strat("why", *given, "--trade", "1").out
    assert strat("gate", *run, "--json").json["checks"]
    strat("eval", "close", *given[1:]).failed(2, "an expression meets none of them")


def test_what_is_given_twice_is_told_by_its_own_option(strat: Strat, program: Write, folder: Path) -> None:
    both = ("--magnify", str(folder / "X_15m.csv"), "--magnify", str(folder / "X_15m.csv"))
    strat("backtest", program(TEXT), "--data", str(folder / "X.csv"), *both).failed(2, "--magnify X=")


def test_a_portfolio_says_it_of_each_or_of_all(strat: Strat, program: Write, folder: Path) -> None:
    program(TEXT)
    own = "strategies:\n  a: {file: program.strat, data: X.csv, timeframe: 1h, magnify: X_15m.csv}\n"
    (folder / "p.yaml").write_text(own + "  b: {file: program.strat, data: X.csv, timeframe: 1h}\n")
    given = ("--portfolio", str(folder / "p.yaml"), "--json")
    assert {*strat("backtest", *given).json["magnify"]} == {"a"}
    assert {*strat("backtest", *given, "--magnify", str(folder / "X_15m.csv")).json["magnify"]} == {"a", "b"}
