"""The translator over the requests that nobody looked at while it was built. Counts alone are told, never a request."""

from __future__ import annotations

from collections import Counter

import pytest

from .corpus import requests
from .translating import verdicts

RIGHT, SILENTLY_WRONG = 10, 2
"""What it reaches: programs right, at least, and requests of all kinds silently wrong, at most."""
Counts = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def found() -> Counts:
    """How often which verdict was given, by what is right for a request."""
    counts: Counts = Counter()
    for verdict, own in verdicts(requests("held_out")).items():
        counts.update(("program" if each.program else "asks" if each.asks else "refuses", verdict) for each in own)
    return counts


def told(found: Counts) -> str:
    return ", ".join(f"{kind} {verdict}: {count}" for (kind, verdict), count in sorted(found.items()))


def wrong(found: Counts) -> int:
    return sum(count for (_, verdict), count in found.items() if verdict == "wrong")


def test_it_gets_no_worse(found: Counts) -> None:
    assert found["program", "right"] >= RIGHT and wrong(found) <= SILENTLY_WRONG, told(found)


@pytest.mark.xfail(reason="far from it: most of the held-out programs are still asked about", strict=True)
def test_of_the_held_out_requests_most_are_right_and_none_is_silently_wrong(found: Counts) -> None:
    programs = sum(count for (kind, _), count in found.items() if kind == "program")
    good = not wrong(found) and found["program", "right"] >= 0.8 * programs
    assert good, told(found)
