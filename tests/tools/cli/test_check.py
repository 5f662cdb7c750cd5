"""`strat check`: diagnostics, what a strategy needs, its stages, safe fixes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT, Strat

FIELDS = {"code", "severity", "message", "file", "line", "column", "end_line", "end_column", "notes", "help", "fixes"}
Write = Callable[[str], str]


def test_it_says_what_a_strategy_needs(strat: Strat, program: Write) -> None:
    path = program(
        'strategy "Needs"\non EURUSD every 15m\nparam n = 20 in 5 to 50\n'
        'enter long when sma(close, n) @ 4h < close and column("mood") > 0\n  stop 1%\n  target 2%\n'
    )
    done = strat("check", path)
    assert (done.code, done.err) == (0, "")
    needs = ("Needs", "EURUSD", "15m, reads 4h", "20 bars of 4h", "columns     mood", "n = 20, takes 5 to 50", "bytes")
    assert all(part in done.out for part in needs), done.out


def test_it_says_what_a_strategy_of_several_symbols_needs(strat: Strat, program: Write) -> None:
    path = program(
        'on GLD, GDX every 1d\nwatch VIX\nlet z = zscore(log(close of GLD) - log(close @ 1w of GDX), 60)\n'
        "atomic when z > 2 and close of VIX < column(\"level\")\n  sell GLD size 50%\n  buy GDX size 50%\n"
    )
    done = strat("check", path)
    assert done.code == 0
    assert "state for each symbol" in done.out
    needs = ("GLD, GDX; reads VIX", "1d, reads 1w", "60 bars of base, 1 bar of 1w", "columns     level")
    assert all(part in done.out for part in needs), done.out
    rotation = program("universe sp20\nrebalance monthly weight 5%\n")
    assert "symbols     the universe sp20" in strat("check", rotation).out


def test_one_bar_is_not_told_as_bars(strat: Strat, program: Write) -> None:
    path = program("enter long when close > open\nexit long when close < open\n")
    assert "warm-up     1 bar of base (" in strat("check", path).out


def test_every_shipped_strategy_passes_in_silence(strat: Strat) -> None:
    paths = sorted((ROOT / "strategies").glob("*.strat"))
    done = strat("check", *(str(path) for path in paths))
    assert (done.code, done.err) == (0, "")
    assert done.out.count("warm-up") == len(paths) > 8


def test_json_is_one_list_of_diagnostics_over_all_files(strat: Strat, tmp_path: Path) -> None:
    good, bad, doubtful = (tmp_path / name for name in ("good.strat", "bad.strat", "doubtful.strat"))
    good.write_text("plot close\n")
    bad.write_text("let x = 1\nlet y = clse + x\n")
    doubtful.write_text("plot close + 2%\n")
    done = strat("check", str(good), str(bad), str(doubtful), "--json")
    assert (done.code, done.err) == (1, "")
    error, warning = done.json
    assert error.keys() == warning.keys() == FIELDS
    assert (error["severity"], error["file"]) == ("error", str(bad))
    assert (error["line"], error["column"], error["end_line"], error["end_column"]) == (2, 9, 2, 13)
    assert (warning["severity"], warning["file"]) == ("warning", str(doubtful))
    assert strat("check", str(good), "--json").json == []


def test_a_warning_is_no_failure(strat: Strat, program: Write) -> None:
    done = strat("check", program("plot close + 2%\n"))
    assert done.code == 0
    assert "warning" in done.err and "warm-up" in done.out


def test_an_error_points_at_its_place(strat: Strat, program: Write) -> None:
    path = program("let y = clse\n")
    done = strat("check", path)
    assert (done.code, done.out) == (1, "")
    assert f"{path}:1:9" in done.err
    assert "`close`" in done.err


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("assume fee wild", "fee"),
        ('assume timezone "Mars/Olympus"', "Mars/Olympus"),
        ("assume path sideways", "sideways"),
        ("assume slippage 3ticks", "tick"),
    ],
)
def test_an_assumption_that_cannot_be_is_an_error_at_its_line(
    strat: Strat, program: Write, line: str, part: str
) -> None:
    done = strat("check", program(f"plot close\n{line}\nenter long when close > open\n"), "--json")
    assert done.code == 1
    (error,) = [told for told in done.json if told["severity"] == "error"]
    assert error["line"] == 2 and error["code"] == "E416"
    assert part in error["message"]


@pytest.mark.parametrize(
    ("stage", "part"), [("tree", "Enter("), ("program", "enter long"), ("plan", "Plan("), ("llvm", "define ")]
)
def test_a_stage_can_be_seen(strat: Strat, golden_cross: str, stage: str, part: str) -> None:
    done = strat("check", golden_cross, "--emit", stage)
    assert (done.code, done.err) == (0, "")
    assert part in done.out
    assert done.out == strat("check", golden_cross, "--emit", stage).out


def test_a_stage_of_a_faulty_program_is_its_diagnostics(strat: Strat, program: Write) -> None:
    done = strat("check", program("let y = clse\n"), "--emit", "llvm")
    assert (done.code, done.out) == (1, "")
    assert "clse" in done.err


def test_standard_input_is_a_file_too(spawn: Strat) -> None:
    assert "warm-up" in spawn("check", "-", stdin=b"plot sma(close, 9)").out
    done = spawn("check", "-", "--json", stdin=b"plot clse")
    assert (done.code, done.json[0]["file"]) == (1, "-")
    for stage in ("tree", "program", "plan"):
        done = spawn("check", "-", "--emit", stage, stdin=b"plot sma(close, 9)")
        assert done.code == 0 and "close" in done.out


def test_text_that_is_no_text_is_a_diagnostic(strat: Strat, tmp_path: Path) -> None:
    path = tmp_path / "odd.strat"
    for content in (b"\xff\xfe\x00", b"\0", b"plot close" * 200_000, b"(" * 50_000, b"\xef\xbb\xbfplot close\r\n"):
        path.write_bytes(content)
        done = strat("check", str(path), "--json")
        assert done.code in (0, 1)
        assert done.err == ""
        assert bool(done.json) is (done.code == 1)


def test_an_empty_file_is_told_what_is_missing(strat: Strat, program: Write) -> None:
    done = strat("check", program(""))
    assert done.code in (0, 1)
    assert json.dumps(done.out + done.err)


def test_the_steps_of_a_domain_are_told(strat: Strat, program: Callable[[str], str]) -> None:
    path = program("param a = 2.0 in 1.0 to 4.0 step 0.5\nparam b = 1% in 1% to 3% step 1%\nplot close * a * b")
    out = strat("check", path).out
    assert "a = 2, takes 1 to 4 in steps of 0.5\n" in out and "b = 1%, takes 1% to 3% in steps of 1%\n" in out


HOLED = 'enter long when close > sma(close, ?"how long")\n  size ?"how much"\nexit long when close < open\n'


def test_it_lists_questions(strat: Strat, program: Write) -> None:
    path = program(HOLED)
    done = strat("check", path)
    assert done.code == 1 and not done.out
    assert "question Q001: how long" in done.err and "a share of equity" in done.err
    document = strat("check", path, "--json").json
    assert [(d["message"], d["line"], d["column"], d["asked"]["kind"], d["asked"]["unit"]) for d in document] == [
        ("how long", 1, 36, "length", "bars"), ("how much", 2, 8, "percent", "ratio"),
    ]  # fmt: skip


@pytest.mark.parametrize("command", [
    ("backtest", "--data", "sample:AAPL"), ("verify", "--data", "sample:AAPL"), ("explain",),
    ("why", "--data", "sample:AAPL", "--trade", "1"), ("sweep", "--data", "sample:AAPL", "--grid", "n=1:2:1"),
])  # fmt: skip
def test_what_asks_does_not_run(strat: Strat, program: Write, command: tuple[str, ...]) -> None:
    done = strat(command[0], program(HOLED), *command[1:])
    assert done.code == 1 and not done.out
    assert done.err.rstrip().splitlines()[-1] == (
        'strat: the program asks 2 questions, and does not run before the text answers: "how long"; "how much"'
    )


def test_an_expression_that_asks_is_not_worked_out(strat: Strat) -> None:
    done = strat("eval", 'sma(close, ?"how long")', "--data", "sample:AAPL")
    assert done.code == 1 and 'asks a question, and does not run before the text answers: "how long"' in done.err
