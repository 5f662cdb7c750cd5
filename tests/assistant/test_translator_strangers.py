"""The translator over requests of strangers, of one construct each, and in many voices: which it answers without a
question is known, and those are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from .corpus import requests
from .translating import translation, verdict

FILES = (
    "constructs", "constructs_two", "constructs_three", "constructs_four", "strangers", "others", "clauses",
    "more_clauses", "voices", "whole", "harvest_precise", "harvest", "trend", "sizes_and_limits",
)  # fmt: skip


AT_LENGTH = ("trend", "sizes_and_limits")
"""Of these, hundreds of requests of a kind, each third is translated always, and all of them where there is time."""


def right(name: str) -> set[str]:
    """The requests that are answered rightly with a program; the long test names those that are to be added."""
    return set(Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("name", "every"),
    [*((name, 3 if name in AT_LENGTH else 1) for name in FILES),
     *(pytest.param(name, 1, marks=pytest.mark.soak) for name in AT_LENGTH)],
)  # fmt: skip
def test_what_is_answered_without_a_question_is_known_to_be_right(name: str, every: int) -> None:
    made = {each.id: translation(each.words) for each in requests(name)[::every]}
    found = {name for name, one in made.items() if not one.holes and not one.draft.refusals}
    known = right(name) & made.keys()
    assert found - known == set(), f"is it right? See the long test; then it is a name of {name}.txt"
    assert known - found == set(), "these were answered rightly before"


@pytest.mark.soak
@pytest.mark.parametrize("name", FILES)
def test_it_is_right(name: str) -> None:
    found = {each.id for each in requests(name) if each.program and verdict(each) == "right"}
    assert found == right(name), f"not right: {sorted(right(name) - found)}; to be added: {sorted(found - right(name))}"
