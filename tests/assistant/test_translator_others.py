"""Whole requests in the kinds of language that the requests of `others.yaml` have, with what each is read as."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.tools.assistant.translate.translator import translation


def _rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")
    return [line.replace("\\n", "\n").rsplit(" ==> ", 1) for line in lines if line and not line.startswith("# ")]


WAYS_OUT = _rows("ways_out_requests.txt")
ALWAYS, AT_LENGTH = _rows("others_requests.txt") + WAYS_OUT[::3], [row for at, row in enumerate(WAYS_OUT) if at % 3]
"""Of many requests of a kind each third always, and the others where there is time."""
ROWS = [pytest.param(*row, id=row[0][:50]) for row in ALWAYS]
ROWS += [pytest.param(*row, id=row[0][:50], marks=pytest.mark.soak) for row in AT_LENGTH]


@pytest.mark.parametrize(("words", "text"), ROWS)
def test_a_request(words: str, text: str) -> None:
    """`;;` in the program goes before a clause, ` ; ` before a statement; `asks`: with a question, or refused."""
    made = translation(words)
    if text == "asks":
        assert made.holes or made.draft.refusals, made.draft.text
        return
    assert made.draft.text == text.replace(" ; ", "\n").replace(";;", "\n  ") + "\n", (made.holes, made.draft.refusals)
