"""Lines over time on paper: equity, drawdown, what is held; each with its scale and the calendar beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..format import day_or_minute
from ..output import RunOutput
from .type import LINE, PLAIN, QUIET, library

if TYPE_CHECKING:
    from ..output import Floats, Ints

MARGIN = 52.0
"""Points to the right of a panel, for its scale."""
_COLUMNS = 700
"""Columns of a panel, of each of which the extremes are drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a panel; `filled` down from 0. What lies outside the panel's scale is not drawn."""

    values: Floats
    colour: str
    width: float = 0.8
    dash: tuple[int, int] | None = None
    filled: bool = False


def panel(
    output: RunOutput, lines: Sequence[Line], scale: tuple[float, float], label: Callable[[float], str], width: float,
    height: float,
) -> Any:  # fmt: skip
    """A panel of the tested bars; scale: the values at its lower and upper edge."""
    lib = library()
    drawing = lib.shapes.Drawing(width, height)
    across, low, high = width - MARGIN, *scale
    span = (high - low) or 1.0

    def y_of(values: Floats | float) -> Any:
        return (values - low) / span * (height - 14.0) + 12.0

    for value in ticks(low, high):
        y = float(y_of(value))
        drawing.add(lib.shapes.Line(0, y, across, y, strokeColor=lib.color(LINE), strokeWidth=0.4))
        drawing.add(_label(label(value), across + 4.0, y - 2.2, "start"))
    for bar, name in calendar(output):
        x = bar / max(output.tested - 1, 1) * across
        drawing.add(lib.shapes.Line(x, 12.0, x, height - 2.0, strokeColor=lib.color(LINE), strokeWidth=0.4))
        drawing.add(_label(name, x, 3.0, "middle"))
    for line in lines:
        for shape in _shapes(line, output.tested, across, low, high, y_of):
            drawing.add(shape)
    return drawing


def _shapes(
    line: Line, count: int, across: float, low: float, high: float, y_of: Callable[[Floats], Any]
) -> list[Any]:  # fmt: skip
    """A line broken where a value is missing, or outside of the scale."""
    lib, found = library(), []
    bars, values = thinned(line.values)
    room = 1e-9 * max(abs(low), abs(high))
    inside = (values >= low - room) & (values <= high + room)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        x = bars[start:end] / max(count - 1, 1) * across
        points = np.column_stack([x, y_of(values[start:end])]).round(2).ravel().tolist()
        if line.filled:
            base = round(float(y_of(np.zeros(1))[0]), 2)
            area = [points[0], base, *points, points[-2], base]
            found.append(lib.shapes.Polygon(area, fillColor=lib.color(line.colour), strokeColor=None, fillOpacity=0.3))
        stroke = {"strokeColor": lib.color(line.colour), "strokeWidth": line.width, "strokeDashArray": line.dash}
        found.append(lib.shapes.PolyLine(points, **stroke))
    return found


def thinned(values: Floats) -> tuple[Ints, Floats]:
    """Bars and values of a line: all, or the extremes of each column in their order, which look the same."""
    count = len(values)
    size = -(-count // _COLUMNS)
    if size <= 2:
        return np.arange(count), values
    whole = np.where(np.isfinite(values), values, np.nan)
    padded = np.concatenate([whole, np.full(-count % size, np.nan)]).reshape(-1, size)
    known = np.flatnonzero(np.isfinite(padded).any(axis=1))
    ends = np.stack([np.nanargmin(padded[known], axis=1), np.nanargmax(padded[known], axis=1)])
    chosen = np.unique(known * size + np.sort(ends, axis=0))
    return chosen, values[chosen]


def extent(*every: Floats) -> tuple[float, float]:
    """The least and the greatest value that is known; 0 and 1 without any."""
    known = np.concatenate([values[np.isfinite(values)] for values in every])
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)


def roomy(low: float, high: float, room: float = 0.05) -> tuple[float, float]:
    """A scale with some room on both sides."""
    span = (high - low) or abs(high) * 0.01 or 1.0
    return low - span * room, high + span * room


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Values of 1, 2 or 5 times a power of ten between two."""
    rough = (high - low) / about
    if not rough > 0.0:
        return [low]
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(size * power for size in (1.0, 2.0, 5.0, 10.0) if size * power >= rough * (1.0 - 1e-9)))
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [at * step for at in range(first, last + 1)]


def calendar(output: RunOutput, most: int = 9) -> list[tuple[int, str]]:
    """Bars at which a year, a month or a day begins, whichever gives at most so many, and what they are called."""
    if output.tested < 2:
        return []
    instants = output.local(output.bars.ts[output.first :])
    months = instants.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    days = instants // 86_400_000_000
    for keys, steps, letters in ((days, (1, 2, 5, 10, 15), 10), (months, (1, 3, 6), 7), (months, (12, 24, 60, 120), 4)):
        for step in steps:
            new = np.flatnonzero(np.diff(keys // step)) + 1
            if len(new) <= most:
                return [(at, day_or_minute(int(instants[at]), daily=True)[:letters]) for at in new.tolist()]
    return []


def _label(content: str, x: float, y: float, anchor: str) -> Any:
    lib = library()
    return lib.shapes.String(
        x, y, content, fontName=PLAIN, fontSize=6, fillColor=lib.color(QUIET), textAnchor=anchor
    )  # fmt: skip
