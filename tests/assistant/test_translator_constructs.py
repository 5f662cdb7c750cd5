"""Whole constructs in several wordings each, with the program that each is; and what is to be asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.tools.assistant.translate.translator import translation

LINES = Path(__file__).with_name("read_constructs.txt").read_text(encoding="utf-8").split("\n")
ROWS = [line.split(" => ") for line in LINES if line and not line.startswith("# ")]


@pytest.mark.parametrize(("words", "text"), ROWS, ids=[words[:50] for words, _ in ROWS])
def test_a_request(words: str, text: str) -> None:
    """`;;` in the program goes before a clause, ` ; ` before a statement; `asks`: with a question, or refused."""
    made = translation(words)
    if text == "asks":
        assert made.holes or made.draft.refusals, made.draft.text
        return
    program = text.replace(" ;; ", "\n  ").replace(" ; ", "\n") + "\n"
    assert made.draft.text == program, (made.holes, made.draft.refusals)
