"""What is told of a program differs where its meaning does, and nowhere else: pairs that differ in a word."""

from __future__ import annotations

from random import Random

import pytest

from .explained import hold, texts, written

WRITTEN, PAIRS = 12, 16


def test_two_meanings_never_have_one_text_in_random_programs() -> None:
    assert sum(hold(written(seed), Random(seed)) for seed in range(WRITTEN)) > PAIRS


def test_two_meanings_never_have_one_text_in_what_people_write() -> None:
    people = texts()
    assert len(people) > 100 and sum(hold(text, Random(place)) for place, text in enumerate(people)) > len(people)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_soak(part: int) -> None:
    people = texts()
    for seed in range(part * 250, part * 250 + 250):
        hold(written(seed), Random(seed))
        hold(people[seed % len(people)], Random(seed))
