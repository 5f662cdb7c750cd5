"""The way on from rows that break a rule: what the data look like they mean, before what may be left out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from .headers import option
from .quality import PRICES, Rows, beyond

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .quality import Mask

    Floats = NDArray[np.float64]

_MOST = 0.9
"""The share of rows that a policy must leave to be offered where rows are in no order."""
_SEVERAL, _SHARED = 10, 0.5
"""How many rows, and what share of them, share their time where they are no bars of one symbol."""
_FEW = 3
"""Rows of which each must say that columns are in each other's place."""

_DOES = {"sort": "puts rows in the order of their times", "drop": "leaves such rows out", "keep": "uses what can run"}
_NO_ROW = "Mend the data: no row can run"
Left = Mapping[str, Callable[[], int]]


def columns_in_place(rows: Rows, columns: Mapping[str, str]) -> str:
    """What to say where another column is the highest, or the lowest, of every row; "" where none is.

    columns: the name of the column of each price, "" where a price has none of its own.
    """
    import numpy as np

    if len(rows.ts) < _FEW or len(rows.own) < len(PRICES):
        return ""
    values = {price: getattr(rows, price) for price in PRICES}
    known = np.logical_and.reduce([value == value for value in values.values()])
    if int(known.sum()) < _FEW:
        return ""
    with np.errstate(invalid="ignore"):
        highest, lowest = _ends(values, known)
    if len(highest) != 1 or len(lowest) != 1 or (highest, lowest) == (["high"], ["low"]):
        return ""
    high, low = highest[0], lowest[0]
    rest = [name for name in PRICES if name not in (high, low)]
    ordered = {"open": rest[0], "close": rest[1]} if "close" not in rest[:1] else {"open": rest[1], "close": rest[0]}
    said = {"high": high, "low": low, **ordered}
    named = " ".join(option(price, columns[of]) for price, of in said.items() if price != of)
    return (
        f"{columns[high]!r} is the highest and {columns[low]!r} the lowest on every row: the columns are in each "
        f"other's place. Say which is which: {named}"
    )


def rows_of_one_time(rows: Rows, texts: Mapping[str, Sequence[str]]) -> str:
    """What to say where many rows share their time and no column of symbols is known; "" where few do.

    texts: the columns that hold words.
    """
    import numpy as np

    times, counts = np.unique(rows.ts, return_counts=True)
    shared = int(counts[counts > 1].sum())
    if len(rows.ts) < _SEVERAL or shared < _SHARED * len(rows.ts):
        return ""
    told = f"{shared} of {len(rows.ts)} rows share their time with others"
    named = [name for name, column in texts.items() if 1 < len(set(map(str, column))) <= len(rows.ts) // len(times) * 2]
    if named:
        return f"{told}: if {named[0]!r} names symbols, say {option('symbol', named[0])}"
    return (f"{told}: these look like trades, or like rows of several symbols. Give bars; for symbols say which column "
            "names them, --column symbol=NAME")  # fmt: skip


def _ends(values: Mapping[str, Floats], known: Mask) -> tuple[list[str], list[str]]:
    """The columns that no other is above, and those that no other is below, on any row."""

    def never(test: Callable[[str, str], bool]) -> list[str]:
        return [name for name in PRICES if not any(test(name, other) for other in PRICES)]

    highest = never(lambda name, other: bool(beyond(values[other], values[name])[known].any()))
    lowest = never(lambda name, other: bool(beyond(values[name], values[other])[known].any()))
    return highest, lowest


def ways_on(total: int, left: Left, *, disordered: bool, sorts: bool) -> str:
    """What may be done: which of the policies would help, and how many rows each leaves.

    left: how many rows each leaves; 0 for one that is of no use. disordered: whether rows are out of the order of
    their times. sorts: whether they are put in order already.
    """
    counts = {policy: count for policy, how in left.items() if (count := how())}
    if disordered:
        counts = {policy: count for policy, count in counts.items() if policy == "sort" or count >= _MOST * total}
    ways = [f"{policy} ({_DOES[policy]}: {count} of {total} rows remain)" for policy, count in counts.items()]
    if sorts:
        return "Mend the data: sort puts rows in order, and mends nothing else"
    if not ways:
        return "Put the rows in the order of their times, and mend the rest" if disordered else _NO_ROW
    first = "Sort the rows by time" if counts.get("sort") else "Mend the data"
    return f"{first}, or go on with --data-policy {', '.join(ways[:-1])}{' or ' * (len(ways) > 1)}{ways[-1]}"


def count_of(mask: Mask) -> str:
    """So many rows, in words."""
    count = int(mask.sum())
    return f"{count} row" + "s" * (count != 1)
