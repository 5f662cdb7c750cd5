"""Whole requests in the voices of many kinds of people, each with the program that it is, line for line; and what is
to be asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.tools.assistant.translate.translator import translation

FILES = ("voices_turns.txt", "construct_turns.txt")
LINES = [line for name in FILES for line in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")]
ROWS = [line.split(" => ") for line in LINES if line and not line.startswith("# ")]


@pytest.mark.parametrize(("words", "text"), ROWS, ids=[words[:50] for words, _ in ROWS])
def test_a_request(words: str, text: str) -> None:
    """`\\\\n` in the words is a new line; `;;` in the program goes before a clause, `;` before a statement."""
    made = translation(words.replace("\\n", "\n"))
    if text == "asks":
        assert made.holes or made.draft.refusals
        return
    assert made.draft.text == text.replace(" ;; ", "\n  ").replace(" ; ", "\n") + "\n", made.draft.refusals
