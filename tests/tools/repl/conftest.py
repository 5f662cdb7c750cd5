"""Sessions of the shell, without a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from stratagem.tools.repl.data import load
from stratagem.tools.repl.reply import Reply
from stratagem.tools.repl.session import Session

Enter = Callable[[str], Reply]
CLOSES = [10.0, 11.0, 12.0, 11.0, 10.0, 9.0, 10.0, 12.0, 14.0, 13.0, 11.0, 9.0, 8.0, 9.0, 11.0, 13.0]
CROSS = "enter long when close > close[1]\nexit long when close < close[1]"


def columns(closes: list[float] = CLOSES) -> dict[str, object]:
    """Bars of a day, from the closes alone."""
    close = np.array(closes)
    first = np.datetime64("2024-01-01", "us")
    days = first + np.arange(len(close)) * np.timedelta64(1, "D")
    return {"ts": days, "open": close, "high": close + 1.0, "low": close - 1.0, "close": close}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session over sixteen bars, in a folder of its own, on the engine that compiles nothing."""
    monkeypatch.chdir(tmp_path)
    made = Session(options={"engine": "interpreted"})
    made.take(load(columns(), {"symbol": "X", "timeframe": "1d"}))
    return made


@pytest.fixture
def enter(session: Session) -> Enter:
    """Enters a text that has one answer, which did not fail."""

    def one(text: str) -> Reply:
        (reply,) = session.enter(text)
        assert not reply.failed, reply
        return reply

    return one


@pytest.fixture
def refused(session: Session) -> Callable[[str, int], str]:
    """Enters a text that is refused with this exit code and changes nothing; gives what is told."""

    def one(text: str, exit: int) -> str:
        state, results = session.state, list(session.results)
        (reply,) = session.enter(text)
        assert reply.exit == exit, reply
        assert (session.state, session.results) == (state, results)
        assert reply.lines and reply.to_json()["message"]
        return "\n".join(reply.lines)

    return one
