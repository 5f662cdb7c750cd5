"""A perfect venue fills what the simulator would: the books end the same, over random programs and those shipped."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import stratagem as sg
from hypothesis import HealthCheck, Phase, given, seed, settings

from ..ledger.draws import ALL, HOUR, RESTING, START, cases
from ..ledger.program import LONG, Bar, Enter, Exit, Guard, Program
from ..ledger.smaller import Case, shown, smallest
from .side_by_side import AND_EXCURSIONS, AND_PLACES, TRADE, differ, faults

SEVERAL = ("pairs", "rotation", "risk_parity")
"""Of several symbols: orders at a venue are for one."""
PATHS = [
    path for path in sorted((Path(__file__).parents[2] / "strategies").glob("*.strat")) if path.stem not in SEVERAL
]
FRAMES = {"golden_cross": "1d", "new_york_morning": "15m", "opening_range_stops": "5m"}
PARTS, PER_PART = 20, 250
drawn = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
DRAWN = (ALL | RESTING) - {"sizing", "holes", "close", "carry", "volume", "flows", "late", "rates", "finer", "tiers"}
"""A venue fills what it fills, whatever the volume of a bar, as late as it does; money goes in and out there, and what
fills before a bar is pushed counts at the rate of the bar before, and at its tier of a fee. A session sizes at the
decision, is pushed whole bars, and has no end. What it pays for holding counts from the fill as it came, which at a
venue is before the open of the bar that is pushed next."""


def hold(case: Case) -> None:
    def fails(other: Case) -> bool:
        try:
            return bool(faults(*other))
        except sg.CompileError:  # a guard that a size needs was left out
            return False

    if faults(*case):
        case = smallest(case, fails)
        pytest.fail("\n".join([shown(case), *faults(*case)[:12]]), pytrace=False)


@settings(drawn, max_examples=40)
@given(cases(DRAWN))
def test_random_programs(case: Case) -> None:
    hold(case)


def test_what_is_for_this_close_leaves_before_what_is_for_the_next_open() -> None:
    """Half at the next open, all at this close, decided at one close: nothing is left for the open."""
    half = Exit(LONG, (False, True, False), "percent", (0.5,) * 3, once=True)
    everything = Exit(LONG, (False, True, False), fill="this_close")
    enter = Enter(LONG, (True, False, False), "units", (10.0,) * 3)
    over = [Bar(START + at * HOUR, 100.0, 100.0, 100.0, 100.0) for at in range(3)]
    assert not faults(Program((half, everything, enter), (Guard("exposure", 64.0),)), over)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_random_programs_many_times(part: int) -> None:
    def one(case: Case) -> None:
        hold(case)

    many = settings(drawn, derandomize=False, max_examples=PER_PART)
    seed(part)(many(given(cases(DRAWN))(one)))()


def walked(count: int, length: int) -> list[sg.Bar]:
    """Bars of a random walk that turns: trends to follow and dips to buy; a day of 390 bars at most."""
    random, price, ts, made = Random(5), 100.0, 1_704_067_200_000_000, []
    drift = 0.0
    for index in range(count):
        drift = random.uniform(-0.004, 0.004) if index % 40 == 0 else drift
        close = price * (1.0 + drift + random.uniform(-0.01, 0.01))
        high, low = max(price, close), min(price, close)
        made.append(sg.Bar(ts, price, high * (1 + random.uniform(0, 0.004)), low * (1 - random.uniform(0, 0.004)),
                           close, random.uniform(1e5, 1e6)))  # fmt: skip
        price, ts = close * (1.0 + random.uniform(-0.001, 0.001)), ts + length
        price = min(max(price, made[-1].low), made[-1].high)
    return made


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.stem))
def test_shipped_strategies(path: Path) -> None:
    program = sg.compile(path)
    frame = program.session(timeframe=FRAMES.get(path.stem, "1h")).timeframe
    length = frame.seconds * 1_000_000
    bars = walked(1500, length)
    traded: list[int] = []
    names = [*TRADE, *AND_PLACES]
    assert not differ(program, bars, [{}] * len(bars), names, timeframe=str(frame), length=length, traded=traded)
    assert traded[0] > 0


def test_excursions_are_those_of_the_simulator() -> None:
    program = sg.compile("""
enter long when close > open
  size 20%
  limit 0.5%
  stop 1%
  trail 0.8%
  target 2%
""")
    bars = walked(400, 3_600_000_000)
    assert not differ(program, bars, [{}] * len(bars), [*TRADE, *AND_PLACES, *AND_EXCURSIONS])
