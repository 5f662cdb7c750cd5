"""A surface as a map of cells: coloured where a terminal has colours, shaded where it has not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ...runtime.results.format import shown
from ...runtime.results.metrics.definitions import Value
from ...runtime.results.metrics.wider import METRICS
from ...runtime.sweep.surface import Surface

ROWS = 20
"""Lines of a map; where there are more values, a line stands for several."""

_SHADES, _PLAIN = " ░▒▓█", " .:*#"
_RAMP = (160, 202, 214, 226, 154, 76, 34)
"""Colours of a terminal of 256, from the worst to the best."""

Written = Callable[[str, float | bool], str]


def heat_map(map_: Surface, written: Written, *, colour: bool, unicode: bool, columns: int) -> Iterator[str]:
    """Lines: a heading, then a line a row. Values that do not fit share a cell, which shows the best of them."""
    down = _ranges([written(map_.down, value) for value in map_.rows], ROWS)
    cells = max(len(_value(map_, v)) for line in map_.values for v in line)
    edge = max(len(map_.down), *(len(_name(names)) for names, _ in down))
    every = [written(map_.across, value) for value in map_.columns]
    across = _ranges(every, _fitting(every, cells, columns - edge - 2, shade=not colour))
    width = max(cells, *(len(_name(names)) for names, _ in across)) + (0 if colour else 2)
    pooled = len(down) < len(map_.rows) or len(across) < len(map_.columns)
    of = [*map_.over, *(["its range"] if pooled else [])]
    over = f", the best over {' and '.join(of)}" if of else ""
    yield f"{map_.metric} by {map_.down} (down) and {map_.across} (across){over}"
    yield " ".join([" " * (edge + 1), *(_name(names).rjust(width) for names, _ in across)])
    for names, rows in down:
        best = (_best(map_, rows, places) for _, places in across)
        line = (_cell(map_, value, width, colour, unicode) for value in best)
        yield " ".join([_name(names).rjust(edge) + " ", *line])


def _fitting(names: Sequence[str], cells: int, room: int, *, shade: bool) -> int:
    """How many columns fit: a column is as wide as its values, and as its name, which may be a range."""
    width = max(cells, *map(len, names)) + 2 * shade + 1
    if len(names) * width <= room:
        return len(names)
    return max(1, room // (max(cells, 2 * max(map(len, names)) + 1) + 2 * shade + 1))


def _ranges(names: Sequence[str], most: int) -> list[tuple[Sequence[str], range]]:
    """The values in at most so many runs of neighbours."""
    count = min(most, len(names))
    ends = [len(names) * at // count for at in range(count + 1)]
    return [(names[first:stop], range(first, stop)) for first, stop in pairwise(ends)]


def _name(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"


def _best(map_: Surface, rows: range, places: range) -> Value:
    known = [value for row in rows for place in places if (value := map_.values[row][place]) is not None]
    return (max if map_.better > 0 else min)(known, default=None)


def _value(map_: Surface, value: Value) -> str:
    return shown(value, METRICS[map_.metric].unit)


def _cell(map_: Surface, value: Value, width: int, colour: bool, unicode: bool) -> str:
    text = _value(map_, value)
    if value is None:
        return text.rjust(width)
    rank = map_.rank(value)
    if colour:
        return f"\x1b[30;48;5;{_RAMP[round(rank * (len(_RAMP) - 1))]}m{text.rjust(width)}\x1b[0m"
    shade = (_SHADES if unicode else _PLAIN)[round(rank * (len(_SHADES) - 1))]
    return shade + text.rjust(width - 1)
