"""The progress bar: what it says, when it is silent, and that it leaves nothing behind."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import time
from types import FrameType
from typing import Any

import pytest
from stratagem.runtime.progress import stage, watched
from stratagem.tools.terminal import console
from stratagem.tools.terminal import progress as module
from stratagem.tools.terminal.progress import PATIENCE, Bar, line, progress, remaining

from .conftest import Strat


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True

    def wait_for(self, text: str) -> None:
        """Until a text was written, or ten seconds have passed."""
        end = time.monotonic() + 10
        while text not in self.getvalue():
            assert time.monotonic() < end, self.getvalue()
            time.sleep(0.005)

    def left(self) -> str:
        """What the line shows after all that was written."""
        return self.getvalue().rpartition("\r\033[K")[2]


def test_a_line_says_how_much_of_what_is_done() -> None:
    assert line("running", 1, 4, 3.2, 80) == "running [" + "#" * 10 + "." * 30 + "] 25 %  3 s"


def test_a_line_without_a_length_tells_the_time_alone() -> None:
    assert line("reading the data", 0, 0, 2.0, 80) == "reading the data: 2 s"


@pytest.mark.parametrize("columns", [10, 20, 30, 40, 80, 200])
def test_a_line_never_wraps(columns: int) -> None:
    for done, of in ((0, 0), (1, 3), (3, 3), (5, 3)):
        assert len(line("compiling 12 operators", done, of, 100.0, columns)) < columns


def test_what_is_left_is_what_was_measured() -> None:
    assert remaining(6.0, 25, 75) == 18.0
    assert remaining(6.0, 0, 100) is None and remaining(PATIENCE / 2, 50, 50) is None
    assert line("sweeping", 1, 4, 7.0, 100, 18.0).endswith("] 25 %  7 s, about 18 s left")
    assert line("sweeping", 1, 4, 7.0, 100, 7200.0).endswith(", about 120 min left")
    assert line("sweeping", 4, 4, 7.0, 100, 0.2).endswith("] 100 %  7 s")
    for columns in range(20, 90):
        assert len(line("sweeping", 1, 4, 7.0, columns, 7200.0)) < columns


def test_what_is_left_falls_while_a_long_step_goes_on_and_is_not_told_once_it_was_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])
    bar = Bar(Terminal(), patience=60.0)
    bar.tell("compiling", 0, 6)
    told = []
    for at in (4.0, 10.0, 23.0, 25.0, 60.0):
        clock[0] = at
        bar.tell("compiling", 1, 6)  # of what is done the same, again
        told.append(bar.line().partition("%")[2].split())
    bar.close()
    assert [words[words.index("about") + 1] if "about" in words else "" for words in told] == ["20", "14", "1", "", ""]


def test_a_bar_shows_what_was_told_last_and_leaves_an_empty_line() -> None:
    stream = Terminal()
    bar = Bar(stream, patience=0.0)
    bar.tell("running", 1, 2)
    stream.wait_for("] 50 %")
    bar.close()
    assert stream.left() == ""


def test_every_line_is_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread may draw between any two lines of `tell`: it sees the state before or that after."""
    monkeypatch.setattr(module, "monotonic", lambda: clock)
    clock = 0.0
    bar = Bar(Terminal(), patience=60.0)
    bar.tell("sweeping", 0, 100)
    clock = 10.0
    bar.tell("sweeping", 50, 100)
    seen = [bar.line()]

    def draw(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code is Bar.tell.__code__ and event != "call":
            seen.append(bar.line())
        return draw

    before = sys.gettrace()
    sys.settrace(draw)
    try:
        bar.tell("writing", 20, 200)
    finally:
        sys.settrace(before)
    bar.close()
    assert seen[0].endswith("] 50 %  10 s, about 10 s left") and seen[-1].endswith("] 10 %  10 s")
    assert len(seen) > 3 and set(seen) == {seen[0], seen[-1]}


def test_work_that_is_quickly_done_shows_nothing() -> None:
    stream = Terminal()
    bar = Bar(stream, patience=60.0)
    bar.tell("running", 1, 2)
    bar.close()
    assert stream.getvalue() == ""


def test_a_message_stands_on_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("stratagem.tools.terminal.progress.PATIENCE", 0.0)
    with progress():
        stage("running", 2)(1)
        stream.wait_for("running [")
        console.say("a warning")
    assert "\r\033[Ka warning\n" in stream.getvalue()


def test_a_terminal_that_is_gone_stops_no_work() -> None:
    stream = Terminal()
    bar = Bar(stream, patience=0.0)
    stream.wait_for("working")
    stream.close()
    bar.tell("running", 1, 2)
    bar.close()


def test_where_nobody_watches_stages_are_silent(capsys: pytest.CaptureFixture[str]) -> None:
    stage("running", 10)(5)
    assert capsys.readouterr() == ("", "")


def test_a_watcher_is_told_of_what_is_done_inside_alone() -> None:
    told: list[tuple[str, int, int]] = []
    with watched(lambda *of: told.append(of)):
        stage("running", 10)(5)
    stage("writing", 10)(5)
    assert told == [("running", 0, 10), ("running", 5, 10)]


def test_a_run_tells_its_stages(golden_cross: str) -> None:
    from pathlib import Path

    import stratagem as sg

    told: list[tuple[str, int, int]] = []
    with watched(lambda *of: told.append(of)):
        sg.compile(Path(golden_cross)).backtest("sample:AAPL", engine="interpreted")
    assert [doing for doing, done, _ in told if not done] == ["reading the data", "running"]
    assert told[-1][1] == told[-1][2] > 1000


def test_no_bar_where_standard_error_is_no_terminal(spawn: Strat, golden_cross: str) -> None:
    done = spawn("backtest", golden_cross, "--data", "sample:AAPL")
    assert (done.code, done.err) == (0, "")


_PROGRAM = """
import sys
from stratagem.tools.terminal import progress
progress.PATIENCE = 0.0
import stratagem.runtime.run.backtest as run
plain = run.run
def slow(*given):
    import time
    time.sleep(0.5)
    return plain(*given)
run.run = slow
from stratagem.tools.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_bar_is_on_standard_error_alone(golden_cross: str) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", _PROGRAM, "backtest", golden_cross, "--data", "sample:AAPL", "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=60)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0
    assert done.stdout.startswith(b"{") and b"\r" not in done.stdout
    assert "reading the data: 0 s" in shown or "running" in shown
    assert shown.rpartition("\r\033[K")[2] == ""


def test_without_a_terminal_it_is_said_once_that_a_first_run_compiles(capsys: pytest.CaptureFixture[str]) -> None:
    with progress():
        tell = stage("compiling operators", 9)
        tell(0)
        tell(5)
        stage("running", 100)
    assert capsys.readouterr().err == "compiling operators (9), once for this machine: later runs find them\n"
