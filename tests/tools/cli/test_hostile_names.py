"""Names from anywhere: no character of them steers a terminal, whatever command tells them, and whether it works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import category

import pytest

from .conftest import Done, Strat

NASTY = "a\x1b]0;own\x07\x1b[2J\x9bm\u202etxt\u2066\x7f\rb"
"""A window title, a cleared screen, an 8-bit sequence, text from right to left, a carriage return."""

SAID = NASTY.replace("\r", "\u2028")  # a text of the language ends with its line
PROGRAM = f"""
strategy "{SAID}"
param n = 1
plot close as "{SAID}"
enter long when close > open * n size 20% because "{SAID}"
exit long when close < open
alert when close > open "{SAID}"
"""
WORK = ("check", "explain", "backtest", "backtest json", "backtest out", "verify")


def steering(text: str) -> list[str]:
    """The characters of a text that a terminal obeys, line ends apart."""
    return [c for c in text if c != "\n" and category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    """A program in a file with a name like that, where there is one line break, too."""
    path = tmp_path / f"{NASTY}\n.strat"
    path.write_text(PROGRAM, newline="")
    return path


def bars(folder: Path) -> Path:
    path = folder / f"{NASTY}.csv"
    rows = "".join(f"2024-01-{day:02},1,2,0.5,{1.5 if day % 2 else 0.6},5,{SAID}\n" for day in range(1, 29))
    path.write_text("time,open,high,low,close,volume,symbol\n" + rows, newline="")
    return path


COMMANDS: dict[str, Callable[[Path, Path], list[str]]] = {
    "check": lambda program, data: ["check", str(program)],
    "check json": lambda program, data: ["check", str(program), "--json"],
    "explain": lambda program, data: ["explain", str(program)],
    "backtest": lambda program, data: ["backtest", str(program), "--data", str(data)],
    "backtest json": lambda program, data: ["backtest", str(program), "--data", str(data), "--json"],
    "backtest out": lambda program, data: ["backtest", str(program), "--data", str(data), "--out", str(data) + ".out"],
    "sweep": lambda program, data: ["sweep", str(program), "--data", str(data), "--grid", f"{NASTY}=1,2"],
    "verify": lambda program, data: ["verify", str(program), "--data", str(data)],
    "eval": lambda program, data: ["eval", f"close + {NASTY}", "--data", str(data)],
    "no file": lambda program, data: ["check", str(program) + "x"],
    "no data": lambda program, data: ["backtest", str(program), "--data", str(data) + "x"],
    "no symbol": lambda program, data: ["eval", "close", "--data", str(data), "--symbol", NASTY + "x"],
    "no option": lambda program, data: ["eval", "close", "--data", str(data), f"--{NASTY}"],
    "no command": lambda program, data: [NASTY],
    "a fault": lambda program, data: ["eval", f'column("{NASTY}") > 1', "--data", str(data)],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_tells_a_terminal_what_a_name_says(strat: Callable[..., Done], nasty: Path, command: str) -> None:
    done = strat(*COMMANDS[command](nasty, bars(nasty.parent)))
    assert done.out or done.err
    assert not steering(done.out) and not steering(done.err)
    assert "own" in done.out + done.err or command == "check json", "the name is told all the same"
    assert (done.code == 0) == (command in WORK or command == "check json"), done.err
    if command == "backtest json":
        assert done.json["strategy"] == SAID and done.json["symbol"] == SAID


@pytest.mark.parametrize("options", [["--fix"], ["--fix", "--diff"]])
def test_what_a_fix_tells_and_shows_steers_no_terminal(
    strat: Callable[..., Done], nasty: Path, options: list[str]
) -> None:
    nasty.write_text(f'plot  clse as "{SAID}"\nplot\thighst(close, 3) # {SAID}\nenter long if close > open # {SAID}\n')
    done = strat("check", *options, str(nasty))
    assert "fix left" in done.err or "fixes left" in done.err
    assert ("(mended)" in done.err) == ("--diff" in options)
    assert not steering(done.out) and not steering(done.err.replace("\t", " "))


def test_names_of_files_that_are_no_text(strat: Callable[..., Done], tmp_path: Path) -> None:
    program, data = (tmp_path / os.fsdecode(b"\xff" + name) for name in (b".strat", b".csv"))
    program.write_text(PROGRAM.replace(SAID, "x"))
    data.write_bytes(bars(tmp_path).read_bytes().replace(b",symbol", b",other"))
    for command in ("backtest", "verify", "eval"):
        asked = "close" if command == "eval" else str(program)
        done = strat(command, asked, "--data", str(data), "--timeframe", "1d")
        assert done.code == 0, done.err
    done = strat("backtest", str(program), "--data", str(data), "--out", str(tmp_path / os.fsdecode(b"\xfe")))
    assert done.code == 0, done.err
    (out,) = (each for each in tmp_path.iterdir() if each.is_dir())
    assert b",?," in (out / "trades.csv").read_bytes()


def test_no_table_steers_the_terminal_it_is_shown_on(strat: Callable[..., Done], nasty: Path, tmp_path: Path) -> None:
    done = strat("backtest", str(nasty), "--data", str(bars(tmp_path)), "--out", str(tmp_path / "out"))
    assert done.code == 0, done.err
    for table in (tmp_path / "out").glob("*.csv"):
        assert not steering(table.read_text(encoding="utf-8").replace("\r", " ")), table.name


def test_a_path_of_nothing_is_told_as_that(strat: Callable[..., Done]) -> None:
    for command in (["check", ""], ["backtest", "", "--data", "sample:AAPL"], ["explain", ""]):
        strat(*command).failed(2, "expected the path of a .strat file, found an empty text")


def test_a_message_in_lines_forges_no_other(strat: Callable[..., Done], tmp_path: Path) -> None:
    done = strat("check", str(tmp_path / "a\nstrat: all is well\n"))
    assert done.err.count("\n") == 1


# --- one document, whatever fails ------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_loses_no_diagnostics_of_others(strat: Callable[..., Done], tmp_path: Path) -> None:
    for name in ("bad", "worse"):
        (tmp_path / f"{name}.strat").write_text(f"enter long when {name} > close")
    files = [str(tmp_path / name) for name in ("bad.strat", "none.strat", "worse.strat")]
    done = strat("check", "--json", *files)
    done.failed(3, "cannot read", "none.strat: No such file")
    told = done.json["error"]["diagnostics"]
    assert {Path(each["file"]).name for each in told} == {"bad.strat", "worse.strat"}
    done = strat("check", *files)
    assert done.code == 3 and "bad.strat:1" in done.err and "worse.strat:1" in done.err


def test_numba_told_not_to_compile_is_one_clear_error(tmp_path: Path) -> None:
    told = {"NUMBA_DISABLE_JIT": "1", "STRATAGEM_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "stratagem", "eval", "sma(close, 3)", "--data", "sample:AAPL"]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True)
    assert done.returncode == 3
    assert re.fullmatch(r"strat: numba is told to compile nothing \(NUMBA_DISABLE_JIT\).*\n", done.stderr)
    done = subprocess.run([*command, "--engine", "interpreted"], env=os.environ | told, capture_output=True, text=True)
    assert done.returncode == 0


def test_a_cache_that_is_not_used_is_told_as_every_message_is(spawn: Strat, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o777)
    done = spawn("eval", "close", "--data", "sample:AAPL", "--tail", "1", STRATAGEM_CACHE=str(folder))
    told = [line for line in done.err.splitlines() if "is not used" in line]
    assert len(told) == 1 and told[0].startswith("strat: the cache folder"), done.err
    assert "Warning" not in done.err and done.code == 0
