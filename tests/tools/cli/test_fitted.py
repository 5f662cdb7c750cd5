"""Lines for a person fit a terminal, broken between words; a file and a pipe get them whole."""

from __future__ import annotations

import sys
from os import terminal_size

import pytest
from stratagem.tools.terminal import console

LONG = "question 1: What do 'somewhat' and 'quiet' mean here? (a condition, as close > open, or in words: RSI under 30)"


def terminal(patched: pytest.MonkeyPatch, *, there: bool, columns: int = 40) -> None:
    patched.setattr(sys.stderr, "isatty", lambda: there, raising=False)
    patched.setattr(console, "get_terminal_size", lambda: terminal_size((columns, 24)))


def test_a_line_is_broken_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, there=True)
    made = list(console.fitted([LONG, "short"]))
    assert max(map(len, made)) < 40 and made[-1] == "short"
    assert " ".join(line.strip() for line in made[:-1]) == LONG
    assert all(line.startswith("  ") for line in made[1:-1])


def test_what_stands_under_one_another_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, there=True)
    code = [f" 4 | {'x' * 60}", f"   | {' ' * 50}^^", f"  --> {'a/' * 30}b.strat:4:20"]
    assert list(console.fitted(code)) == code


def test_a_pipe_gets_it_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, there=False)
    assert list(console.fitted([LONG])) == [LONG]


def test_colours_take_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal(monkeypatch, there=True)
    line = "\x1b[31m" + "a" * 30 + "\x1b[0m"
    assert list(console.fitted([line])) == [line]
