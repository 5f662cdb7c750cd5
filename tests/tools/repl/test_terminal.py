"""The shell at a terminal: keys in, and what they make; once in a real one."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import process_time

import pytest
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import DummyInput, PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from stratagem.lang.analysis.analysis import analyse
from stratagem.tools.repl import terminal
from stratagem.tools.repl.completion import Offered
from stratagem.tools.repl.history import Kept
from stratagem.tools.repl.live import Live
from stratagem.tools.repl.reply import Look
from stratagem.tools.repl.session import Session
from stratagem.tools.repl.terminal import Painter, converse, prompter

Type = Callable[[str], Session]
CTRL_C, CTRL_D, ALT_ENTER, UP = "\x03", "\x04", "\x1b\r", "\x1b[A"


@pytest.fixture
def typed(session: Session, tmp_path: Path) -> Type:
    """Types keys at the prompt, then leaves."""

    def keys(text: str) -> Session:
        with create_pipe_input() as pipe:
            pipe.send_text(text + CTRL_D + CTRL_D)
            assert converse(session, input=pipe, output=DummyOutput(), history=Kept(tmp_path / "history")) == 0
        return session

    return keys


def test_enter_ends_what_is_whole_and_goes_on_with_the_rest(typed: Type) -> None:
    session = typed("let a = (close +\ropen)\renter long when a > 3\rstop 2%\r\rexit long when a < 3\r\r1 + 1\r")
    assert session.state.text == (
        "let a = (close +\n  open)\n\nenter long when a > 3\n  stop 2%\n\nexit long when a < 3\n"
    ) and session.results == ["1 + 1"]  # fmt: skip


def test_a_line_may_be_begun_anywhere_and_two_empty_ones_end_it(typed: Type) -> None:
    session = typed(f"close{ALT_ENTER}> open\rrsi(close,\r\r\r2\r")
    assert session.results == ["close\n  > open", "2"]


def test_ctrl_c_clears_the_line_and_ctrl_d_asks_once(typed: Type, capsys: pytest.CaptureFixture[str]) -> None:
    session = typed(f"let a = clo{CTRL_C}let b = close\r")
    assert session.state.text == "let b = close\n"
    assert capsys.readouterr().out.count("is not saved") + capsys.readouterr().err.count("is not saved") <= 1


def test_a_whole_file_is_pasted(typed: Type) -> None:
    text = 'stratagem 1\nstrategy "P"\n\nlet a = close\n\nenter long when a > 3\n  stop 2%\nexit long when a < 3\n'
    assert typed(f"\x1b[200~{text}\x1b[201~\r\r").state.text == text


def test_the_history_suggests_and_comes_back(typed: Type, tmp_path: Path) -> None:
    assert typed("close + 1\r").results == ["close + 1"]
    assert typed(f"{UP}\r").results == ["close + 1"] * 2
    assert next(iter(Kept(tmp_path / "history").load_history_strings())) == "close + 1"
    prompt = prompter(Session(), input=DummyInput(), output=DummyOutput(), history=Kept(tmp_path / "history"))
    prompt.history.append_string("close + 2")
    suggested = AutoSuggestFromHistory().get_suggestion(prompt.default_buffer, Document("clo"))
    assert isinstance(prompt.auto_suggest, AutoSuggestFromHistory) and suggested and suggested.text == "se + 2"


def test_a_history_that_is_broken_costs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_bytes(b'"close"\n\xff\x00 broken\n[1]\n{"a"\n"open"\n"cut')
    history = Kept(path)
    assert [*history.load_history_strings()] == ["open", "close"] and not history.trouble
    history.store_string("a\nb")
    assert next(iter(Kept(path).load_history_strings())) == "a\nb", "what was cut is a line of its own"
    folder = Kept(tmp_path)
    assert "the history is not kept" in folder.trouble
    folder.store_string("x")


def test_what_is_offered(session: Session) -> None:
    session.enter("param fast = 3 in 2 to 9\nlet quick = sma(close, fast)")
    offered = Offered(session, Live(session))

    def after(text: str) -> dict[str, str]:
        found = offered.get_completions(Document(text, len(text)), CompleteEvent(completion_requested=True))
        return {each.text: each.display_meta_text for each in found}

    assert after("rs")["rsi("].startswith("rsi(source, length = 14) · Relative strength index")
    assert after("let x = qu")["quick"] == "definition"
    assert after(".pl") == {"plot": "candles, equity, drawdown, or any expression"}
    assert "explain" in after("expl") and "equity" in after(".plot eq") and "quick" in after(".plot qui")
    assert after(".param f") == {"fast=": ""} and after(".drop q") == {"quick": ""}
    assert {"enter", "let", "param"} <= after("").keys() and "sample:AAPL" in after("data sam")
    assert "1w" in after("close @ ") and "size" in after("enter long when close > 1 si")
    assert next(iter(after("enter long when close > 1\n  s"))) in ("size", "stop")


def test_a_statement_is_offered_unasked_where_its_word_was_begun(session: Session) -> None:
    """Behind a whole expression another statement may stand, which nobody who goes on with it wants to be shown."""
    offered = Offered(session, Live(session))

    def after(text: str, asked: bool) -> set[str]:
        event = CompleteEvent(text_inserted=not asked, completion_requested=asked)
        return {each.text for each in offered.get_completions(Document(text, len(text)), event)}

    for text in ("rsi(close, 14)", "let x = sma(close, 9)", "rsi(close, 14) ", "enter long when close > 1 "):
        assert not {"let", "enter", "strategy"} & after(text, False), text
        assert {"let", "enter"} <= after(text, True), text
    assert "size" in after("enter long when close > 1 ", False) and "let" in after("let x = 1 le", False)
    assert {"let", "enter"} & after("let x = 1\nle", False)
    assert not after("rsi(close, 14)", False) and not after("close[1]", False) and "and" in after("close[1] ", False)


def test_words_are_coloured_and_faults_underlined(session: Session) -> None:
    line = Painter(Live(session)).lex_document(Document("let a = clos\nb"))
    parts = [(style, text) for style, text, *_ in line(0)]
    assert parts[0] == ("class:statement", "l") and parts[-1] == ("class:name class:wrong", "s")
    assert line(5) == []


def test_a_paste_full_of_faults_is_coloured_in_time_that_grows_as_it_does(session: Session) -> None:
    text = "let z = close + 1\n" * 3000
    began = process_time()
    analyse(text)
    alone = process_time() - began
    began = process_time()
    words = Live(session).of(text).words
    assert process_time() - began < 4 * alone + 0.5
    wrong = {word.start for word in words if word.wrong}
    assert len(wrong) == 2999 and text[min(wrong) - 4 :].startswith("let z") and min(wrong) > 18


def test_a_file_that_is_saved_elsewhere_is_read_while_the_prompt_waits(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "WATCHED", 0.02)
    path = tmp_path / "p.strat"
    path.write_text("let a = close\n")

    def elsewhere(pipe: PipeInput) -> None:
        end = time.monotonic() + 20
        for before, text in (("let a = close\n", "let a = open\n"), ("let a = open\n", "let a = low\n")):
            while session.state.text != before and time.monotonic() < end:
                time.sleep(0.01)
            path.write_text(text)
            while session.state.text != text and time.monotonic() < end:
                time.sleep(0.01)
            pipe.send_text("1\r")
        pipe.send_text(CTRL_D + CTRL_D)

    with create_pipe_input() as pipe:
        pipe.send_text("load p.strat\r")
        author = Thread(target=elsewhere, args=(pipe,))
        author.start()
        converse(session, input=pipe, output=DummyOutput(), history=Kept(tmp_path / "history"))
        author.join()
    assert session.state.text == "let a = low\n"


def test_in_a_real_terminal(tmp_path: Path) -> None:
    """Eighty columns, a key at a time; an interrupt stops a run and not the shell; the history is a file."""
    main, other = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "STRATAGEM_HISTORY": str(tmp_path / "h"), "NO_COLOR": "1",
                   "COLUMNS": "80", "LINES": "24", "PROMPT_TOOLKIT_NO_CPR": "1"}  # fmt: skip
    shell = subprocess.Popen(
        [sys.executable, "-m", "stratagem", "repl", "--data", "sample:IBM", "--engine", "interpreted"],
        stdin=other, stdout=other, stderr=other, env=environment, cwd=tmp_path, start_new_session=True,
    )  # fmt: skip
    os.close(other)
    seen = ""

    def until(part: str, seconds: float = 30.0) -> None:
        nonlocal seen
        end = time.monotonic() + seconds
        while part not in seen:
            assert time.monotonic() < end, f"{part!r} did not come: {seen[-2000:]!r}"
            if select.select([main], [], [], 0.1)[0]:
                seen += os.read(main, 65_536).decode("utf-8", "replace")
        seen = seen.partition(part)[2]

    try:
        until("strat>")
        os.write(main, b"6 * 7\r")
        until("42")
        os.write(main, b"clos\r")
        until("nothing is named")
        until("strat>")
        os.write(main, b"junk\x03")
        until("strat>")
        os.write(main, b"\x04")
        assert shell.wait(20) == 0
    finally:
        shell.kill()
        os.close(main)
    assert (tmp_path / "h").read_text() == '"6 * 7"\n"clos"\n'
    assert (tmp_path / "h").stat().st_mode & 0o077 == 0


def test_no_colour_where_none_is_wanted(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    session.look = Look(80, colour=False)
    for text in ("close", "clos", "help", "1 + 1"):
        assert not [line for reply in session.enter(text) for line in reply.lines if "\x1b" in line]
