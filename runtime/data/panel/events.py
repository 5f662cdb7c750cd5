"""One order of events over several symbols: what happens at one instant is one event.

The arrays are flat, so that native code walks them with two indices and no object. Events of closes are those at
which a program decides. An instant's closes precede the opens at the same instant: what closed at T was known
when the bars that open at T opened, so a decision at T may fill at those opens, and at no open before T.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """`n` events of `m` bars in all.

    instants: int64[n], µs since 1970, strictly increasing. offsets: int64[n + 1]; the bars of event `e` are those from
    `offsets[e]` up to `offsets[e + 1]`, at least one. symbol: int32[m], the place of each bar's symbol in the panel;
    row: int64[m], the bar among those of its symbol. Bars of one event stand in the order of the panel's symbols.
    """

    instants: Ints
    offsets: Ints
    symbol: NDArray[np.int32]
    row: Ints

    def __len__(self) -> int:
        return len(self.instants)

    def __repr__(self) -> str:
        return f"Events({len(self)} of {len(self.row)} bars)"


def events_of(instants: Sequence[Ints]) -> Events:
    """The events of the bars of each symbol, whose instants never decrease.

    One stable sort of runs that are in order already merges them: m log k steps for k symbols, some 30 bytes a bar.
    """
    import numpy as np

    counts = [len(each) for each in instants]
    every = np.concatenate([*instants, np.empty(0, np.int64)])
    order = np.argsort(every, kind="stable")
    every = every[order]
    firsts = np.flatnonzero(np.concatenate([[True] * bool(len(every)), every[1:] != every[:-1]]))
    symbol = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]
    begins = np.cumsum([0, *counts[:-1]], dtype=np.int64)
    return Events(every[firsts], np.append(firsts, len(every)), symbol, order - begins[symbol])


def last_at(instants: Ints, at: Any) -> Any:
    """The last of instants that never decrease which lies at or before each of `at`; -1 where none does."""
    return instants.searchsorted(at, side="right") - 1


def last_of(values: Any, instants: Ints, at: Any, before: float) -> Any:
    """What was known at each of `at` of values that came at these instants; `before` where there was none yet."""
    import numpy as np

    if not len(values):
        return np.full(len(at), before)
    row = last_at(instants, at)
    return np.where(row >= 0, values[np.maximum(row, 0)], before)
