"""`strat gate`, and `--gate strict` of a backtest: what they say of real data, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stratagem.tools.cli import main

ROOT = Path(__file__).resolve().parents[3]
GOLDEN_CROSS = str(ROOT / "strategies" / "golden_cross.strat")
IDLE = "enter long when close > 600 and close > sma(close, 50)\nexit long when close < 500"


@pytest.fixture
def idle(tmp_path: Path) -> str:
    file = tmp_path / "idle.strat"
    file.write_text(IDLE)
    return str(file)


def test_a_strategy_that_trades_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", GOLDEN_CROSS, "--data", "sample:AAPL"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Golden cross: gate passed (AAPL 1d, 3,270 bars)"
    assert [line.split()[0] for line in lines[1:]] == ["ok"] * 4


def test_one_that_never_trades_ends_with_1_and_says_what_never_held(
    idle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gate", idle, "--data", "sample:IBM"]) == 1
    told = capsys.readouterr().out
    assert "NOT PASSED, 1 fault" in told and "`close > 600` held on 0" in told


def test_as_json(idle: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", idle, "--data", "sample:IBM", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["passed"] is False
    assert [(c["check"], c["passed"]) for c in document["checks"]] == [
        ("capital", True), ("acts", True), ("trades", False),
    ]  # fmt: skip


def test_strict_makes_a_backtest_fail_and_write_nothing(
    idle: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["backtest", idle, "--data", "sample:IBM", "--out", str(tmp_path / "out")]
    assert main([*given, "--gate", "strict"]) == 1
    found = capsys.readouterr()
    assert "the gate is strict, and found 1 fault: no trades" in found.err and found.out == ""
    assert not (tmp_path / "out").exists()
    assert main(given) == 0
    assert "note: no trades: `enter long`" in capsys.readouterr().out


def test_strict_as_json_is_one_document(idle: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", idle, "--data", "sample:IBM", "--gate", "strict", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["exit"] == 1


def test_opens_at_once_is_an_option_as_every_assumption(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", GOLDEN_CROSS, "--data", "sample:AAPL", "--opens", "at_once"]) == 1
    told = capsys.readouterr().out
    assert "an entry could act from 2000-12-13 on" in told and "133 bars later, on 2001-06-26" in told
    assert main(["gate", GOLDEN_CROSS, "--data", "sample:AAPL", "--opens", "soon"]) == 2
    assert "any_time or at_once" in capsys.readouterr().err
