"""The translator over requests of strangers: which it answers without a question is known, and those are right."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.tools.assistant.translate.translator import translation

from .corpus import requests
from .translating import verdict

RIGHT = set(Path(__file__).with_name("strangers.txt").read_text(encoding="utf-8").split())
"""The requests that are answered rightly with a program; the long test names those that are to be added."""


def answered() -> set[str]:
    """Those that get a program and no question."""
    made = {each.id: translation(each.words) for each in requests("strangers")}
    return {name for name, one in made.items() if not one.holes and not one.draft.refusals}


def test_what_is_answered_without_a_question_is_known_to_be_right() -> None:
    assert answered() - RIGHT == set(), "is it right? See the long test; then it is a name of strangers.txt"
    assert RIGHT - answered() == set(), "these were answered rightly before"


@pytest.mark.soak
def test_it_is_right() -> None:
    right = {each.id for each in requests("strangers") if each.program and verdict(each) == "right"}
    assert right == RIGHT, f"not right: {sorted(RIGHT - right)}; to be added: {sorted(right - RIGHT)}"
