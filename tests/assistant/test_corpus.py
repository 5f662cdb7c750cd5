"""The corpus is sound: every reference compiles without a word and trades; and the judge tells meanings apart."""

from __future__ import annotations

from collections import Counter

import pytest
import stratagem as sg

from .corpus import ASKED, FOLDER, REFUSED, STYLES, requests
from .judge import difference, record, same

FILES = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "paraphrases")  # those have no answers
CLAUSES = ["clauses", "more_clauses", "voices", "whole", "harvest_precise", "harvest", "trend", "sizes_and_limits"]
"""Files of one construct a request, by groups."""
SPREAD = [name for name in FILES if name not in CLAUSES]
"""Files of all styles."""
SIZES = {
    "open": 140, "held_out": 70, "strangers": 300, "others": 150, "fresh": 100, "constructs": 120, "constructs_two": 80,
    "constructs_three": 80, "constructs_four": 50,
}  # fmt: skip
CROSS = """enter long when cross_above(sma(close, 10), sma(close, 30))
exit long when cross_below(sma(close, 10), sma(close, 30))"""
FIXED = CROSS.replace("\nexit", "\n  size 10 units\nexit")


@pytest.mark.parametrize("name", SPREAD)
def test_the_requests_are_spread_and_each_has_one_answer(name: str) -> None:
    found = requests(name)
    assert Counter(r.style for r in found) == dict.fromkeys(STYLES, SIZES[name] // len(STYLES))
    assert len({r.id for r in found}) == len(found)
    assert all(sum(map(bool, (r.program, r.asks, r.refuses))) == 1 for r in found)
    assert {kind for r in found for kind in r.asks} <= ASKED
    assert {r.refuses for r in found if r.refuses} <= REFUSED
    shares = [sum(bool(getattr(r, kind)) for r in found) / len(found) for kind in ("program", "asks", "refuses")]
    assert shares[0] >= 0.65 and min(shares[1:]) >= 0.1


@pytest.mark.parametrize("name", CLAUSES)
def test_each_clause_has_a_group_and_one_answer(name: str) -> None:
    found = requests(name)
    assert len({r.id for r in found}) == len(found)
    assert all(r.group and r.style == "clause" for r in found)
    assert all(sum(map(bool, (r.program, r.asks, r.refuses))) == 1 for r in found)
    assert {kind for r in found for kind in r.asks} <= ASKED


def test_no_request_stands_twice() -> None:
    words = Counter(" ".join(r.words.lower().split()) for name in FILES for r in requests(name))
    assert [text for text, times in words.items() if times > 1] == []


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", FILES)
def test_every_reference_compiles_without_a_warning(name: str, every: int) -> None:
    """Each eighth always; all of them once, since they do not change."""
    faults = []
    for r in [r for r in requests(name) if r.program][::every]:
        warned = [d.message for d in sg.compile(r.program).diagnostics]
        if r.id not in KNOWN_WARNINGS and warned:
            faults.append(f"{r.id}: {warned[0]}")
    assert faults == []


@pytest.mark.soak  # of each new one once: neither the references nor the markets change
@pytest.mark.parametrize("name", FILES)
def test_every_reference_trades_somewhere(name: str) -> None:
    silent = [r.id for r in requests(name) if r.program and not any(record(r.program).orders)]
    assert silent == []


KNOWN_WARNINGS = {
    "open-061", "held-034", "d-063", "f-022", "f-031", "f-039", "s-075", "s-081", "p-029", "p-031", "p-033", "p-109",
    "w-031", "w-051", "w-129",
    "i-120", "p-030", "p-032", "w-030", "w-032", "w-128", "w-130", "s-052", "s-076", "q-014", "q-015", "q-016",
    "q-060", "x-008", "x-069", "t-025", "t-045", "t-066", "fresh-086", "con-023", "con-058",
    "two-016", "two-036", "two-069", "three-004", "three-010", "three-030", "three-065",
}  # fmt: skip
"""Whoever says "never sell" is told that nothing closes the position, and means it; a week is told when it is over, and
a negation that it holds while a side is missing; places of several symbols are fewer than their entries; a value of the
opening of a day is not there before one; a stop at a line is frozen there."""


@pytest.mark.parametrize(
    "other",
    [
        f'stratagem 1\nstrategy "Another text"\nlet fast = sma(close, 10)\n{CROSS}',
        "let d = sma(close, 10) - sma(close, 30)\nenter long when cross_above(d, 0)\nexit long when cross_below(d, 0)",
        f"{CROSS}\nplot close",
    ],
)
def test_the_same_meaning_in_other_words(other: str) -> None:
    assert difference(CROSS, other) is None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (CROSS.replace("30", "31"), "market 0: expected"),
        (CROSS.replace("sma", "ema"), "market 0: expected"),
        (CROSS.replace("\nexit", "\n  stop 20%\nexit"), "market"),
        (CROSS.replace("\nexit", "\n  size 99%\nexit"), "market 0"),
        (f"assume fee 0.1%\n{CROSS}", "market 0"),
        (f"assume fill this_close\n{CROSS}", "market 0"),
        (f"assume capital 5_000\n{FIXED}", "equity at the end"),
        (f"on every 1d\n{CROSS}", "does not run where the reference does"),
        (f"on SPY\n{CROSS}", "the reference for"),
    ],
)
def test_another_meaning_is_told(other: str, why: str) -> None:
    reference = FIXED if FIXED in other else CROSS
    assert why in (difference(reference, other) or "")
    assert not same(reference, other)


def test_a_timeframe_and_symbols_that_were_said_are_compared() -> None:
    assert "the reference for" in (difference(f"on SPY every 1h\n{CROSS}", CROSS) or "")
    assert same("on A, B\nrebalance monthly weight 50%", "on A, B\nrebalance monthly weight of A 50% weight of B 50%")
    assert not same("on A, B\nrebalance monthly weight 50%", "on A, B\nrebalance weekly weight 50%")


def test_a_reference_that_never_trades_proves_nothing() -> None:
    silent = "enter long when close < 0\n  stop 1%"
    assert "nothing can be compared" in (difference(silent, silent) or "")


def test_a_text_that_is_no_program_is_told() -> None:
    assert "does not run" in (difference(CROSS, "enter long when moon") or "")
