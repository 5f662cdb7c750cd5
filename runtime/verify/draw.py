"""Where runs are cut, stopped and truncated: drawn from a seed alone, so that every verdict can be had again."""

from __future__ import annotations

from dataclasses import dataclass

BLOCK = 8_192
"""Bars compared at once: memory is that of two blocks of every value."""

_WORD = (1 << 64) - 1


class Draw:
    """Numbers from a seed (splitmix64), the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _WORD

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        return (mixed ^ (mixed >> 31)) % limit

    def points(self, many: int, stop: int) -> tuple[int, ...]:
        """Up to `many` different points from 1 to stop - 1, in order."""
        return tuple(sorted({1 + self.below(stop - 1) for _ in range(many)})) if stop > 1 else ()


Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is compared: the cheap ways run all bars, the dear ones windows of so many bars in all."""

    interpreted: int = 200_000
    single: int = 50_000
    restarts: int = 24
    truncations: int = 6


@dataclass(frozen=True, slots=True)
class Schedule:
    """ends: the bars at which runs are compared, in order, the last being the number of bars."""

    ends: tuple[int, ...]
    restarts: tuple[int, ...]
    truncations: tuple[int, ...]
    interpreted: tuple[Window, ...]
    single: tuple[Window, ...]


def schedule(count: int, seed: int, effort: Effort) -> Schedule:
    """The points and windows for so many bars."""
    draw = Draw(seed)
    truncations = draw.points(effort.truncations, count)
    interpreted = windows(draw, count, effort.interpreted)
    single = windows(draw, count, effort.single)
    edges = {edge for window in (*interpreted, *single) for edge in window}
    ends = {*range(BLOCK, count, BLOCK), *truncations, *edges, count} - {0}
    return Schedule(tuple(sorted(ends)), draw.points(effort.restarts, count), truncations, interpreted, single)


def windows(draw: Draw, count: int, most: int) -> tuple[Window, ...]:
    """All bars if they are few enough; else the first, the last and four stretches between, `most` bars in all."""
    if count <= most:
        return ((0, count),) if count else ()
    long, short = most // 3, most // 12
    starts = [long + draw.below(count - 2 * long - short) for _ in range(4)]
    return _joined([(0, long), *((start, start + short) for start in sorted(starts)), (count - long, count)])


def _joined(given: list[Window]) -> tuple[Window, ...]:
    """Windows in order, those that touch made one."""
    found: list[Window] = []
    for first, stop in given:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((first, stop))
    return tuple(found)
