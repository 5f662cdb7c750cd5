"""Where a run of a portfolio puts what it hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..errors import UsageFault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

EVENTS = ("equity", "cash")
BARS = ("quantity", "profit")


@dataclass(frozen=True, slots=True, eq=False)
class Outs:
    """float64, each None where it is not asked for.

    equity, cash: of the account after each event. quantity: of each bar's book after the bar's event, 0 of a symbol
    that is only watched; profit: what that book has made so far, realised and not, after fees. Both stand in the order
    of the events' bars, as do the `series`: the plan's own outputs, in its order, missing where no book is.
    """

    equity: Floats | None = None
    cash: Floats | None = None
    quantity: Floats | None = None
    profit: Floats | None = None
    series: Sequence[Floats | None] = field(default_factory=tuple)

    def of(self, events: int, bars: int, outputs: int) -> Outs:
        """With a place for every output. UsageFault unless all that is asked for holds so many items: native code
        writes by address alone."""
        wanted = [(name, getattr(self, name), events) for name in EVENTS]
        wanted += [(name, getattr(self, name), bars) for name in BARS]
        wanted += [(f"series {number}", each, bars) for number, each in enumerate(self.series)]
        if self.series and len(self.series) != outputs:
            raise UsageFault(f"the program has {outputs} outputs, and there are {len(self.series)} series for them")
        for name, values, count in wanted:
            if values is None:
                continue
            flat = values.dtype == "float64" and values.ndim == 1 and values.flags.c_contiguous
            if not flat or len(values) < count:
                raise UsageFault(f"{name}: expected {count} float64 one after another, found {values.dtype} of "
                                 f"{' x '.join(map(str, values.shape))}")  # fmt: skip
        return replace(self, series=self.series or [None] * outputs)

    def part(self, events: slice, bars: slice) -> Outs:
        """Those of some events, whose bars these are."""
        cut = {name: _cut(getattr(self, name), events) for name in EVENTS}
        cut |= {name: _cut(getattr(self, name), bars) for name in BARS}
        return Outs(**cut, series=[_cut(each, bars) for each in self.series])


def _cut(values: Any, part: slice) -> Any:
    return None if values is None else values[part]
