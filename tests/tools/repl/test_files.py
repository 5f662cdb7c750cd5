"""Files: what is written is whole and never over what is not ours; what cannot be read changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from stratagem.tools.repl.commands.edit import changed
from stratagem.tools.repl.session import Session

from .conftest import Enter

Refused = Callable[[str, int], str]


def test_save_writes_over_nothing_that_is_not_its_own(enter: Enter, refused: Refused, session: Session) -> None:
    other = Path("other.strat")
    other.write_text("let theirs = 1\n")
    enter("let a = close")
    assert "has no file yet" in refused("save", 2)
    assert "is there already" in refused("save other.strat", 2)
    assert other.read_text() == "let theirs = 1\n"
    enter("save mine.strat")
    assert not session.state.unsaved
    enter("let b = a")
    assert session.state.unsaved
    enter("save")
    assert Path("mine.strat").read_text() == "let a = close\nlet b = a\n"
    Path("mine.strat").write_text("let a = open\n")
    assert "has changed since it was read" in refused("save", 2)
    enter("save --over")
    enter("save other.strat --over")
    assert other.read_text() == "let a = close\nlet b = a\n"


def test_load_takes_a_program_or_tells_why_not(enter: Enter, refused: Refused, session: Session) -> None:
    enter("let a = close")
    for content, part in (
        (b"let x = clos\n", "nothing is named"), (b"\x00\xff\xfe", "is not UTF-8"), (b"x" * 2_000_000, "longer than"),
    ):  # fmt: skip
        Path("bad.strat").write_bytes(content)
        assert part in refused("load bad.strat", 1)
    assert "cannot read" in refused("load none.strat", 3)
    assert "is a folder" in refused("load .", 3)
    Path("good.strat").write_text("let g = high\n")
    enter("load good.strat")
    assert (session.state.text, session.state.path) == ("let g = high\n", "good.strat")
    enter("undo")
    assert session.state.text == "let a = close\n"


def test_what_an_editor_saves_is_read_again(enter: Enter, session: Session) -> None:
    path = Path("p.strat")
    path.write_text("let a = close\n")
    enter("load p.strat")
    assert changed(session) is None
    path.write_text("let a = open\n")
    again = changed(session)
    assert again is not None and session.guarded(again).lines[0] == "p.strat was saved"
    assert session.state.text == "let a = open\n"
    path.write_text("let a = opn\n")
    again = changed(session)
    assert again is not None and session.guarded(again).failed
    assert session.state.text == "let a = open\n" and changed(session) is None, "it is told once"
    path.write_text("let a = low\n")
    assert changed(session) is not None
    path.unlink()
    assert changed(session) is None


def test_a_file_with_a_fault_is_read_when_it_is_mended(session: Session, refused: Refused) -> None:
    Path("p.strat").write_text("let a = opn\n")
    assert session.enter("load p.strat")[0].failed and session.state.path == "p.strat"
    session.enter("let b = close")
    assert "has changed since it was read" in refused("save", 2), "what it holds is in no program"
    assert Path("p.strat").read_text() == "let a = opn\n" and changed(session) is None
    Path("p.strat").write_text("let a = open\n")
    again = changed(session)
    assert again is not None and not session.guarded(again).failed and session.state.text == "let a = open\n"


def test_the_editor(session: Session, monkeypatch: pytest.MonkeyPatch, enter: Enter, refused: Refused) -> None:
    assert "needs a terminal" in refused("edit", 2)
    session.asks_before_leaving = True
    editor = Path("editor.sh")
    editor.write_text('#!/bin/sh\necho "let e = close" >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", os.path.abspath(editor))
    enter("let a = close")
    enter("edit")
    assert session.state.text == "let a = close\nlet e = close\n"
    assert "nothing is named" in "\n".join(session.enter("edit")[0].lines) or session.enter("edit")[0].failed
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "set EDITOR" in refused("edit", 3)


def test_data_that_cannot_be_read_leave_those_that_are_loaded(enter: Enter, refused: Refused, session: Session) -> None:
    held = session.data
    Path("gone.csv").write_text("date,close\n2024-01-01,1\n2024-01-02,2\n")
    for text, exit in (("data none.csv", 3), ("data sample:NONE", 1), ("data gone.csv --timeframe x", 2)):
        refused(text, exit)
        assert session.data is held
    enter("data gone.csv")
    Path("gone.csv").unlink()
    assert enter("close").document["bars"] == 2, "what was loaded is in memory"
    refused("data gone.csv", 3)
    assert enter("close").document["bars"] == 2


def test_a_report_is_a_page_and_written_over_only_where_it_is_ours(
    enter: Enter, refused: Refused, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("theirs.html").write_text("theirs")
    enter("enter long when close > close[1] exit long when close < close[1]")
    assert "is there already" in refused("report theirs.html", 2)
    enter("report mine.html")
    session.ran = None  # a page takes a while: that it may be written over is known before it is made
    monkeypatch.setattr("stratagem.runtime.results.result.Result.report", lambda self, path: Path(path))
    enter("report mine.html")
    assert Path("mine.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("text", [
    "\x00\x01", "\ud800", "((((" * 500, "let " * 300, "'", "\u202e", "_" * 3000, "." * 50, "= = =", "let x = \x1b[31m",
    ".load \x00", ".data \x00", ".save \x00", ".why \x00", ".plot \x00", "x" * 2_000_000, "load 'open", "sweep ''", "é",
    ".param =", ".param fast", "\\", "\t\t", ".help \x1b]0;title\x07", "run -x", "1e999", "9" * 5000,
])  # fmt: skip
def test_bad_input_gets_one_answer_and_leaves_everything(session: Session, enter: Enter, text: str) -> None:
    enter("let a = close")
    state = session.state
    for reply in session.enter(text):
        assert not any("\x1b" in line or "\x07" in line for line in reply.lines)
        assert reply.lines or not reply.failed
    assert session.state == state
    assert enter("a").document["bars"] == 16


def test_an_absolute_path_is_no_division(enter: Enter, session: Session, tmp_path: Path) -> None:
    enter("let a = close")
    path = tmp_path / "mine.strat"
    enter(f"save {path}")
    enter("clear")
    assert enter(f"load {path}").kind == "program" and path.read_text() == "let a = close\n"
    enter("let save = 4")
    assert enter("save / 2").kind == "value" and enter("save /2").kind == "value"
