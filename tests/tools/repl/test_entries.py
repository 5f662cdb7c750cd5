"""Lines gathered to what is entered together, and what of a text is told while it is typed."""

from __future__ import annotations

import pytest
from stratagem.lang.analysis.entered import is_unfinished, takes_clauses
from stratagem.tools.repl.bar import held, hint
from stratagem.tools.repl.entries import Entries, split
from stratagem.tools.repl.live import Live
from stratagem.tools.repl.session import Session

TEST = 'test "t"\nprices 1, 2\nexpect close == 2\nexpect open < 9'
LEGS = "atomic when c\n buy A size 5%\nsell B size 5%"


def fed(session: Session, text: str) -> list[str]:
    entries = Entries(session)
    return [each for line in text.split("\n") for each in entries.feed(line)] + entries.end()


@pytest.mark.parametrize(("text", "parts"), [
    ("close\nopen", ["close", "open"]),
    ("rsi(close,\n14)\nopen", ["rsi(close,\n14)", "open"]),
    ("enter long when up\n  stop 2%\n\nclose", ["enter long when up\n  stop 2%", "close"]),
    ("enter long when up\nstop 2%\nexit long when down", ["enter long when up\nstop 2%", "exit long when down"]),
    ("fn f(a)\n  let b = a\n\n  return b\nf(close)", ["fn f(a)\n  let b = a\n\n  return b", "f(close)"]),
    ("let x = (1 +\nlet y = 2", ["let x = (1 +", "let y = 2"]),
    ("let x = (1 +\n.show", ["let x = (1 +", ".show"]),
    ("# a comment\nlet x = 1", ["# a comment\nlet x = 1"]),
    ("run\n\n\ntrades 3", ["run", "trades 3"]),
    (f"{TEST}\n\n1", [TEST, "1"]),
    (f"{LEGS}\nlet x = 1", [LEGS, "let x = 1"]),
])  # fmt: skip
def test_lines_are_gathered(session: Session, text: str, parts: list[str]) -> None:
    assert fed(session, text) == parts


def test_an_answer_waits_for_no_further_line_where_none_can_be_meant(session: Session) -> None:
    entries = Entries(session)
    assert entries.feed("rsi(close, 14)") == ["rsi(close, 14)"]
    assert entries.feed("let x = 1") == ["let x = 1"]
    assert entries.feed("enter long when close > open") == [] and entries.waiting
    assert entries.feed("") == ["enter long when close > open"]


def test_statements_that_follow_each_other_are_entered_together(session: Session) -> None:
    assert split("let b = a\nlet a = 1\nb\nrun", session) == ["let b = a\nlet a = 1", "b", "run"]
    assert split("close\n  > open", session) == ["close\n  > open"]


def test_what_is_unfinished() -> None:
    assert all(map(is_unfinished, ("let x =", "rsi(close,", "enter long", "close >", "fn f(a)", "if close > 1 then 2")))
    assert not any(map(is_unfinished, ("", "let x = 1", "close", "let let", ") (", "enter long when x stop 1%")))
    assert takes_clauses("exit long when x") and not takes_clauses("let x = 1") and not takes_clauses("close")


def test_what_is_typed_is_understood_beside_the_program(session: Session) -> None:
    session.enter("param fast = 3 in 2 to 9\nlet quick = sma(close, fast)")
    live = Live(session)
    typed = live.of("quick > fast + clos")
    assert [(typed.text[w.start : w.end], w.kind, w.wrong) for w in typed.words if w.kind != "sign"] == [
        ("quick", "definition", False), ("fast", "parameter", False), ("clos", "name", True),
    ]  # fmt: skip
    assert hint(typed, len(typed.text)) == ("", ""), "the word is being written"
    assert hint(typed, 0) == ("fault", "nothing is named `clos`")
    assert live.of("let quick = ema(close, fast)").faults == (), "it would take the place of the other"
    assert live.of("rsi(close, ").faults == ()
    assert hint(live.of("rsi(close, "), 11)[1].startswith("rsi(source, [length = 14])  Relative strength index")
    start, offers = live.of("2 * qui").offers(7)
    assert (start, [offer.name for offer in offers]) == (4, ["quick"])
    assert [word.kind for word in live.of(".plot close").words] == ["command"]
    session.enter("close")
    assert live.of("_ + _1 + 1").faults == ()
    assert [fault.message for fault in live.of("_7 + 1").faults] == ["nothing is named `_7`"]


def test_the_bar_fits(session: Session) -> None:
    assert held(session, 80) == "data 1d · 16 bars │ no program │ no result"
    session.enter('strategy "A strategy with a title that is far longer than any terminal is wide, by a lot"')
    session.enter("param n = 1 in 1 to 5\n enter long when close > close[n] exit long when close < close[n]")
    session.enter("n = 2")
    session.enter("run")
    for width in (20, 40, 80, 200):
        assert len(held(session, width)) < width
    assert "n=2" in held(session, 200) and "trades" in held(session, 200)
