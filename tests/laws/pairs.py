"""A random program with random bars, from one number: what the laws about runs are tried on."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import stratagem as sg
from stratagem.runtime.data.load import load_bars
from stratagem.runtime.setting import Setting, settle
from stratagem.runtime.verify import Verdict
from stratagem.runtime.verify.check import check
from stratagem.runtime.verify.draw import Effort
from stratagem.runtime.verify.watched import Watched

from .bars import bars
from .programs import Writer

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


def subject(seed: int, *, many: int = PER_PROGRAM, least: int = 60, most: int = 200) -> Subject:
    """The program and data sets of a number."""
    random = Random(seed)
    minutes = random.choice(sorted(FRAMES))
    text = Writer(random, frames=FRAMES[minutes]).program()
    data = tuple(bars(random, random.randrange(least, most), minutes) for _ in range(many))
    return Subject(text, random.choice(ZONES) if minutes < 1440 else "UTC", data, seed)


def settings(subject: Subject, program: sg.Program) -> list[Setting]:
    """The program brought together with each of its data sets."""
    return [settle(program.plan, load_bars(data), close_at_end=bool(at % 2), assumptions={"timezone": subject.zone})
            for at, data in enumerate(subject.data)]  # fmt: skip


def verdicts(subject: Subject, engines: tuple[str, ...]) -> list[Verdict]:
    """Laws 1 and 2 on each pair: batch = chunks = one by one = restart = cut history, and the engines alike."""
    program = sg.compile(subject.text).with_zone(subject.zone)
    watched = Watched(program.typed, days=True)
    return [check(program, watched, setting, subject.seed, EFFORT, engines, True)
            for setting in settings(subject, program)]  # fmt: skip
