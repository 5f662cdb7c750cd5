"""A random program with random bars, from one number: what the laws about runs are tried on."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import stratagem as sg
from stratagem.runtime.data.load import load_bars
from stratagem.runtime.run.prepare import Prepared, prepare
from stratagem.runtime.verify.check import check
from stratagem.runtime.verify.draw import Effort
from stratagem.runtime.verify.named_values import NamedValues

from . import books
from .bars import bars
from .programs import Writer
from .sessions import lives

# Minutes of a bar, with the timeframes that such bars can make.
FRAMES = {
    5: ("5m", "30m", "1h", "4h", "1d", "1w"),
    15: ("30m", "1h", "4h", "1d", "1w"),
    30: ("30m", "1h", "4h", "1d", "1mo"),
    60: ("1h", "4h", "1d", "1w"),
    1440: ("1d", "1w", "1mo"),
}
ZONES = ("UTC", "UTC", "America/New_York", "Asia/Tokyo")
EFFORT = Effort(restarts=4, truncations=2)
PER_PROGRAM = 4
"""Data sets tried with one program."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A program and what it is tried on."""

    text: str
    zone: str
    data: tuple[Any, ...]
    seed: int


def subject(seed: int) -> Subject:
    """The subject of a number."""
    return drawn(Random(seed), seed)


def drawn(random: Random, seed: int, *, many: int = PER_PROGRAM, least: int = 60, most: int = 150) -> Subject:
    """A program and data sets that suit it."""
    minutes = random.choice(sorted(FRAMES))
    text = Writer(random, frames=FRAMES[minutes]).program()
    data = tuple(bars(random, random.randrange(least, most), minutes) for _ in range(many))
    return Subject(text, random.choice(ZONES) if minutes < 1440 else "UTC", data, seed)


def settings(subject: Subject, program: sg.Program) -> list[Prepared]:
    """The program brought together with each of its data sets."""
    return [prepare(program.plan, load_bars(data), close_at_end=bool(at % 2), assumptions={"timezone": subject.zone})
            for at, data in enumerate(subject.data)]  # fmt: skip


def hold(subject: Subject, engines: tuple[str, ...]) -> int:
    """Laws 1, 2, 4, 13 and 14 on every pair of a subject, a live session on one; gives how many pairs there were."""
    program = sg.compile(subject.text).with_zone(subject.zone)
    watched, burdened = NamedValues(program.typed, days=True), sg.compile(subject.text + DEAD).with_zone(subject.zone)
    for place, setting in enumerate(settings(subject, program)):
        verdict = check(program, watched, setting, subject.seed, EFFORT, engines, True)
        assert verdict, f"{verdict.text()}\n{subject.text}"
        run = books.ran(program.monitored, setting)
        books.balanced(run)
        books.possible(run)
        if place == 0 and setting.assumptions.sizing == "decision":  # a live order leaves before its price is known
            lives(program, run, subject.zone, engines)
        assert books.same(books.ran(burdened.monitored, setting), run), f"dead code changed a result\n{subject.text}"
    return len(subject.data)


DEAD = """
param dead_length = 9 in 2 to 20
let dead = ema(close, dead_length) / (sma(high - low, 7) @ 1d)
state dead_count = 0 then if dead > 1 then dead_count + 1 else 0
plot dead_count as "dead"
enter long when close > 1000000000000 size 10% stop 1% target 2%
enter short when close > 1000000000000 limit 1% valid day until dead > 1
  size 10% stop 1% stop 0r after 1r take 50% at 1r trail 1% after 2r expire next_open
exit short when close > 1000000000000
exit long when close > 1000000000000 trigger 1% valid 3 bars size 50% once
cancel long when close > 1000000000000
"""
"""Declarations nobody reads, a plot, and orders that no price reaches."""
