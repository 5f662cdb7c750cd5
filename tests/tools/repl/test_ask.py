"""Plain words at the prompt: a draft, a change, an answer, and nothing before the yes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stratagem.tools.repl.session import Session

from .conftest import Enter

Refused = Callable[[str, int], str]


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRATAGEM_MODEL", raising=False)


def test_a_draft_becomes_the_program_after_the_yes(enter: Enter, session: Session) -> None:
    enter("let mine = close")
    told = "\n".join(enter(".ask buy when rsi is below 30, sell when it is above 55").lines)
    assert "enter long when rsi(close, 14) < 30" in told and "What it means:" in told and "Tried on 16 bars" in told
    assert session.state.text == "let mine = close\n"
    assert enter("yes").kind == "program" and session.asked is None
    assert "enter long when rsi(close, 14) < 30" in session.state.text
    assert "buy when rsi is below 30" in session.state.text, "the request is kept in a comment"
    enter("undo")
    assert session.state.text == "let mine = close\n"


def test_a_refused_change_leaves_what_there_was(enter: Enter, session: Session) -> None:
    enter(".ask buy when rsi is below 30, sell when it is above 55")
    assert "Say what is to be changed" in "\n".join(enter(".ask make it 10%").lines)
    assert enter("yes").kind == "program" and "exit long  when rsi(close, 14) > 55" in session.state.text


def test_questions_are_answered_and_it_can_be_left(enter: Enter, refused: Refused, session: Session) -> None:
    asked = enter(".ask buy with a stop of 5%")
    assert len(asked.document["questions"]) == 1 and session.asked is not None
    assert "answer what is asked" in refused("yes", 2)
    assert "does not answer" in refused(".answer 3 +", 1)
    assert "`.yes` takes it" in enter(".answer close < open").lines[-1]
    assert "close < open" in session.asked.text
    assert "left" in enter("no").lines[0] and not session.state.text
    assert "begins a conversation" in refused("yes", 2)
    assert "begins a conversation" in refused(".answer 3", 2)
    assert "expected what" in refused(".ask", 2)
