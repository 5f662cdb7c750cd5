"""`strat ask`: with a recorded model, over a pipe and at a terminal."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Strat

PROGRAM = "enter long when close > sma(close, 20)\nexit long when close < sma(close, 20)"
ASKS = 'enter long when close > sma(close, ?"how many bars?")\n  stop ?"how far is the stop?"'


@pytest.fixture
def says(tmp_path: Path) -> object:
    """A model that gives these texts, by its name."""

    def recorded(*texts: str) -> str:
        path = tmp_path / "talk.jsonl"
        path.write_text("".join(json.dumps({"text": text, "read": 5, "written": 2}) + "\n" for text in texts))
        return f"replay:{path}"

    return recorded


def test_it_says_what_it_understood_and_prints_the_strategy(strat: Strat, says) -> None:  # type: ignore[no-untyped-def]
    done = strat("ask", "above the 20-bar average", "--model", says(f"# note: a simple average\n{PROGRAM}"))
    assert done.code == 0 and done.out.startswith("# Asked for in these words:\n#   above the 20-bar average\n")
    assert done.out.endswith("\nexit long  when close < sma(close, 20)\n")
    for part in ("note: a simple average", "What it means:", "20-bar average", "Tried on 3,270 bars of AAPL",
                 "5 tokens read, 2 written"):  # fmt: skip
        assert part in done.err, done.err


def test_what_is_the_same_for_every_strategy_is_not_read_back(strat: Strat, says) -> None:  # type: ignore[no-untyped-def]
    told = strat("ask", "x", "--model", says(f"assume fee 0.1%\n{PROGRAM}")).err
    meaning = told[told.index("What it means:") : told.index("Tried on")]
    flowing = " ".join(meaning.split())
    assert meaning.count("\n") < 28 and "Decides\n" not in meaning and "`strat explain FILE` tells it" in meaning
    for part in ("next bar", "Stakes 100% of equity", "Leaves a long", "Each fill costs a fee of 0.1%.",
                 "There is no slippage", "Goes short, adds to a position"):  # fmt: skip
        assert part in flowing, meaning
    assert re.search(r"trades, [+-][\d,.]+% \(buying and holding: \+1,221%\), largest drawdown [\d.]+%\.", told), told


def test_nothing_is_written_without_a_yes(strat: Strat, says, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    place = tmp_path / "new.strat"
    strat("ask", "x", "--model", says(PROGRAM), "--out", str(place)).failed(1, "run it again with --yes")
    assert not place.exists()
    done = strat("ask", "x", "--model", says(PROGRAM), "--out", str(place), "--yes")
    assert done.code == 0 and done.out == "" and "exit long  when close" in place.read_text("utf-8")
    strat("ask", "x", "--model", says(ASKS), "--out", str(tmp_path / "b.strat"), "--yes")
    assert not (tmp_path / "b.strat").exists()


def test_questions_and_their_answers(strat: Strat, says) -> None:  # type: ignore[no-untyped-def]
    done = strat("ask", "x", "--model", says(ASKS))
    assert (done.code, done.out) == (1, "")
    assert "question 1: how many bars?" in done.err and "question 2: how far is the stop?" in done.err
    document = strat("ask", "x", "--model", says(ASKS), "--answer", "2=3%", "--json").json
    assert not document["ready"] and [q["question"] for q in document["questions"]] == ["how many bars?"]
    given = ("--answer", "1=20", "--answer", "how far is the stop?=3%")
    document = strat("ask", "x", "--model", says(ASKS), *given, "--json").json
    assert document["ready"] and document["probe"]["trades"] > 0 and "3%" in document["read_back"]
    assert document["usage"] == {"read": 5, "written": 2, "cost": None} and "how many bars? 20" in document["file_text"]
    strat("ask", "x", "--model", says(ASKS), "--answer", "1=lots").failed(2, "how many bars?")
    strat("ask", "x", "--model", says(ASKS), "--answer", "7=1").failed(2, "numbered 1 to 2")
    strat("ask", "x", "--model", says(ASKS), "--answer", "who?=1").failed(1, "no open question")


def test_a_change_shows_what_changed(strat: Strat, says) -> None:  # type: ignore[no-untyped-def]
    done = strat("ask", "x", "--model", says(PROGRAM, PROGRAM.replace("20", "50")), "--then", "50 bars")
    assert done.code == 0 and "What changed:" in done.err and "#   then: 50 bars" in done.out


@pytest.mark.parametrize(
    ("texts", "told"),
    [(["# cannot: nobody knows tomorrow"], "cannot: nobody knows tomorrow"), (["enter long when foo > 1"] * 5, "foo")],
)
def test_what_comes_to_nothing(strat: Strat, says, texts: list[str], told: str) -> None:  # type: ignore[no-untyped-def]
    done = strat("ask", "x", "--model", says(*texts))
    assert (done.code, done.out) == (1, "") and told in done.err
    assert not strat("ask", "x", "--model", says(*texts), "--json").json["ready"]


def test_models_that_are_not_there(strat: Strat, says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    strat("ask", "x", "--model", "gpt", "--json").failed(2, "nothing is known of the model")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    strat("ask", "x", "--model", "openai:gpt").failed(2, "OPENAI_API_KEY")
    strat("ask", " ", "--model", says(PROGRAM)).failed(1, "in your own words")
    strat("ask", "x", "--model", says(PROGRAM), "--out", str(tmp_path)).failed(3, "folder")


def test_a_conversation_is_recorded(strat: Strat, says, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    kept = tmp_path / "kept.jsonl"
    first = strat("ask", "x", "--model", says(PROGRAM), "--record", str(kept)).out
    assert strat("ask", "x", "--model", f"replay:{kept}").out == first
    strat("ask", "x", "--model", says(PROGRAM), "--record", str(tmp_path)).failed(3, "cannot be recorded")


def talk(model: str, lines: list[str], *more: str) -> tuple[int, str, str]:
    """The command at a terminal, at which these lines are typed: its code, standard output, and what was seen."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "stratagem", "ask", "x", "--model", model, *more]
    done = subprocess.Popen(command, stdin=inner, stderr=inner, stdout=subprocess.PIPE, text=True)
    os.close(inner)
    os.write(outer, ("\n".join(lines) + "\n").encode())
    assert done.stdout is not None
    out, seen = done.stdout.read(), b""
    code = done.wait(60)
    while True:
        try:
            seen += os.read(outer, 65536)
        except OSError:
            break
    os.close(outer)
    return code, out, seen.decode().replace("\r\n", "\n")


def test_at_a_terminal(says, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    place = tmp_path / "new.strat"
    lines = ["lots", "20", "3%", "make it 50 bars", "y"]
    model = says(ASKS, PROGRAM.replace("20", "50"))
    code, out, seen = talk(model, lines, "--out", str(place))
    assert (code, out) == (0, ""), seen
    for part in ("how many bars? (", "`lots` does not answer", "What it means:", "What changed:", "written"):
        assert part in seen, seen
    assert "sma(close, 50)" in place.read_text("utf-8")


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """The command's input is a terminal at which this is typed."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


def test_after_a_refusal_it_may_be_said_otherwise(  # type: ignore[no-untyped-def]
    strat: Strat, says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch, "buy above the average\ny\n")
    done = strat("ask", "tomorrow", "--model", says("# cannot: nobody knows tomorrow", PROGRAM))
    assert done.code == 0 and "say it otherwise" in done.err and "then: buy above the average" in done.out


def test_nothing_is_drawn_while_a_person_types(says, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """Between a prompt and what is typed there is nothing but the person's time."""
    outer, inner = pty.openpty()
    slow = "import stratagem.tools.terminal.progress as p; p.PATIENCE = 0.0; import sys, stratagem.tools.cli as c; "
    command = [sys.executable, "-c", slow + "sys.exit(c.main())", "ask", "x", "--model", says(ASKS)]
    done = subprocess.Popen(command, stdin=inner, stderr=inner, stdout=subprocess.PIPE)
    os.close(inner)

    def until(end: bytes) -> bytes:
        seen = b""
        while not seen.endswith(end):
            seen += os.read(outer, 65536)
        return seen

    drawn = b""
    for typed, end in (("20", b"n: leave): "), ("3%", b"n: leave): "), ("n", b"what to change: ")):
        drawn += until(end)
        assert not select.select([outer], [], [], 0.35)[0], os.read(outer, 65536)
        os.write(outer, f"{typed}\n".encode())
    assert b"\x1b[K" in drawn and done.wait(60) == 1  # while it worked, the line was there
    os.close(outer)


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("n\n", 1, "nothing was written"),
        ("20\n\nquit\n", 1, "nothing was written"),
        ("undo\n20\nundo\n30\n3%\ny\n", 0, "there is no step before this one"),
        ("20\n3%\nmake it 50\nundo\ny\n", 0, "what happens at 50?"),  # back to before the change
        ("20\n3%\nmake it 50\n5\nx\ny\n", 0, "The change was not made"),  # as it was refused
    ],
)
def test_every_prompt_has_ways_out(  # type: ignore[no-untyped-def]
    strat: Strat, says, monkeypatch: pytest.MonkeyPatch, typed: str, code: int, told: str
) -> None:
    at_a_terminal(monkeypatch, typed)
    model = says(ASKS, 'enter long when close > ?"what happens at 50?"', "# cannot: x is nothing")
    done = strat("ask", "x", "--model", model)
    assert (done.code, bool(done.out)) == (code, not code) and told in done.err
    assert "undo: back a step, n: leave): " in done.err
    if "30" in typed:
        assert "sma(close, 30)" in done.out and "20" not in done.out


@pytest.mark.parametrize("typed", ["n\n", "\n", "", "make it 50\nn\n", "a\nb\nn\n"])
def test_a_no_writes_nothing(  # type: ignore[no-untyped-def]
    strat: Strat, says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    at_a_terminal(monkeypatch, typed)
    done = strat("ask", "x", "--model", says(PROGRAM, PROGRAM), "--out", str(tmp_path / "b.strat"))
    assert done.code == 1 and "nothing was written" in done.err and not (tmp_path / "b.strat").exists()


def test_without_a_model_the_rules_draft(strat: Strat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRATAGEM_MODEL", raising=False)
    done = strat("ask", "golden cross with a 5% stop")
    assert done.code == 0 and "cross_above(sma(close, 50), sma(close, 200))" in done.out
    assert "tokens" not in done.err and strat("ask", "golden cross, 5% stop", "--json").json["usage"] is None
    asked = strat("ask", "buy dips")
    assert (asked.code, asked.out) == (1, "") and "What does 'dips' mean here?" in asked.err


def test_a_file_is_asked_for_its_answers(strat: Strat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRATAGEM_MODEL", raising=False)
    place = tmp_path / "half done.strat"
    place.write_text(ASKS)
    assert "question 2: how far is the stop? (" in strat("ask", str(place)).err
    given = ("--answer", "1=20", "--answer", "2=3%", "--out", str(place), "--yes")
    assert strat("ask", str(place), *given).code == 0 and "sma(close, 20)" in place.read_text("utf-8")
    strat("ask", str(tmp_path / "none.strat")).failed(3, "cannot read")
    asked = strat("ask", "buy when rsi crosses 40, stop 5%").err
    assert "(upward or downward; or a condition" in asked
    assert "as close > open, or in words: RSI under 30" in strat("ask", "buy dips, stop 5%").err
