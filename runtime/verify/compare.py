"""Two stretches of one run compared: values, rows and state, to the last bit; missing values are equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ..trading.rows import (
    ORDER_COLUMNS,
    ORDER_FILL_INDEX,
    ORDER_INDEX,
    RECORD_COLUMNS,
    TRADE_COLUMNS,
    TRADE_EXIT_INDEX,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

ROWS = (("order", ORDER_COLUMNS), ("trade", TRADE_COLUMNS), ("record", RECORD_COLUMNS))
"""Kinds of rows with their columns, in the order in which `Stretch.rows` holds them."""


@dataclass(slots=True)
class Stretch:
    """What a run gave for the bars first … stop-1.

    columns: in the order of the outputs; None where this run does not hand one out. rows: orders, trades and records
    written since the stretch before. state: by name, empty where it is not this run's to compare.
    """

    first: int
    stop: int
    columns: list[Floats | None]
    rows: tuple[Floats, Floats, Floats]
    state: Mapping[str, Floats] = field(default_factory=dict)


class Unequal(NamedTuple):
    """A place where two stretches differ.

    kind and at: "column" and which output; "order", "trade" or "record", and row and column (-1: the whole row);
    "f", "k", "w", "b" or "bk", the arrays of the state, and the item.
    """

    bar: int
    kind: str
    at: tuple[int, ...]
    found: float | None
    expected: float | None


def bits_differ(found: Floats, expected: Floats) -> Floats:
    """Where two arrays of one length differ, by position."""
    import numpy as np

    one, two = found.view(np.int64), expected.view(np.int64)
    places = np.flatnonzero(one != two)
    if len(places) and found.dtype == np.float64:
        places = places[~(np.isnan(found[places]) & np.isnan(expected[places]))]
    return places


def unequal(found: Stretch, expected: Stretch) -> list[Unequal]:
    """Everything that differs first; the state only where nothing that can be seen does."""
    seen = [*columns_differ(found, expected), *rows_differ(found, expected)]
    if seen or not found.state:
        return seen
    left = state_differs(found.state, expected.state, found.stop - 1)
    return [] if left is None else [left]


def columns_differ(found: Stretch, expected: Stretch) -> list[Unequal]:
    """The first bar of each output that differs, in the order of outputs."""
    differing = []
    for at, (one, two) in enumerate(zip(found.columns, expected.columns, strict=True)):
        if one is None or two is None:
            continue
        places = bits_differ(one, two)
        if len(places):
            place = int(places[0])
            differing.append(Unequal(found.first + place, "column", (at,), float(one[place]), float(two[place])))
    return differing


def rows_differ(found: Stretch, expected: Stretch) -> list[Unequal]:
    """The first row of each kind that differs."""
    differing = []
    for kind, (name, columns) in enumerate(ROWS):
        one, two = found.rows[kind], expected.rows[kind]
        width, shared = len(columns), min(len(one), len(two))
        places = bits_differ(one[:shared].reshape(-1), two[:shared].reshape(-1))
        if len(places):
            row, column = divmod(int(places[0]), width)
            values = float(one[row, column]), float(two[row, column])
            differing.append(Unequal(_bar(kind, two[row]), name, (row, column), *values))
        elif len(one) != len(two):
            longer = one if len(one) > shared else two
            number = float(longer[shared, 0])
            alone = (number, None) if longer is one else (None, number)
            differing.append(Unequal(_bar(kind, longer[shared]), name, (shared, -1), *alone))
    return differing


def _bar(kind: int, row: Sequence[float]) -> int:
    """The bar in which a row was written, as far as the row says."""
    if kind == 0:
        return int(max(row[ORDER_INDEX], row[ORDER_FILL_INDEX]))
    return int(row[TRADE_EXIT_INDEX] if kind == 1 else row[0])


def state_differs(found: Mapping[str, Floats], expected: Mapping[str, Floats], bar: int) -> Unequal | None:
    """The first item of the state that differs after `bar`."""
    for name, values in found.items():
        places = bits_differ(values, expected[name])
        if len(places):
            at = int(places[0])
            return Unequal(bar, name, (at,), float(values[at]), float(expected[name][at]))
    return None
