"""Whole requests in the kinds of language that the requests of `others.yaml` have, with what each is read as."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.tools.assistant.translate.translator import translation

LINES = [
    line for name in ("others_requests.txt", "ways_out_requests.txt")
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")
]  # fmt: skip
ROWS = [line.replace("\\n", "\n").rsplit(" ==> ", 1) for line in LINES if line and not line.startswith("# ")]


@pytest.mark.parametrize(("words", "text"), ROWS, ids=[words[:50] for words, _ in ROWS])
def test_a_request(words: str, text: str) -> None:
    """`;;` in the program goes before a clause, ` ; ` before a statement; `asks`: with a question, or refused."""
    made = translation(words)
    if text == "asks":
        assert made.holes or made.draft.refusals, made.draft.text
        return
    assert made.draft.text == text.replace(" ; ", "\n").replace(";;", "\n  ") + "\n", (made.holes, made.draft.refusals)
