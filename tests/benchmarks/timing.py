"""Times on a machine that others use as well: medians, and two things measured in turn."""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians in seconds of two works done in turn, and the median of their ratios, neighbour by neighbour."""

    ours: float
    theirs: float
    ratio: float


def seconds(work: Work) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(work: Work, rounds: int, prepare: Work | None = None) -> float:
    """The median of several runs; `prepare` goes before each and is not counted."""
    taken = []
    for _ in range(rounds):
        if prepare:
            prepare()
        taken.append(seconds(work))
    return statistics.median(taken)


def in_turn(ours: Work, theirs: Work, rounds: int) -> Pair:
    """Both works, one after the other, `rounds` times: what slows the machine slows both."""
    first, second = [], []
    with _no_collector():
        for _ in range(rounds):
            second.append(seconds(theirs))
            first.append(seconds(ours))
    ratios = [a / b for a, b in zip(first, second, strict=True)]
    return Pair(statistics.median(first), statistics.median(second), statistics.median(ratios))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def process(command: Sequence[str], environment: Mapping[str, str], rounds: int) -> tuple[float, float]:
    """Medians in seconds of a whole process whose caches are warm: from start to end, and of the processors' time.

    The second hardly depends on what else the machine does.
    """

    def start() -> None:
        done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")

    start()
    walls, used = [], []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(seconds(start))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls), statistics.median(used)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Python's collector kept out of a measurement."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
