"""What each day brought, and of what it is made: the monitors' readings at the ends of days, taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..calendar.civil import DAY
from ..errors import UsageFault
from .flows import by_bar
from .output import RunOutput
from .rows import record_column

if TYPE_CHECKING:
    import pyarrow as pa

PARTS = ("realised", "unrealised", "fees", "carry")
"""Of money, as the monitors read it: before fees; fees are 0 or more."""


def daily_table(output: RunOutput) -> pa.Table:
    """A row for each day of the zone with a tested bar, which is the day on which the bar opens: `day`, the money of
    its `realised` `unrealised` `fees` `carry`, their sum `pnl` (fees taken off), the `flow` of money paid in less taken
    out, and `equity` at its end.

    pnl + flow is the change of equity, from the capital on: the books keep each of them apart, so that it is a check.
    UsageFault without monitors, and where several symbols share the account.
    """
    import numpy as np
    import pyarrow as pa

    if output.several is not None:
        raise UsageFault("daily: not available over several symbols yet; result.attribution has what each brought")
    index = record_column(output, "index").astype(np.int64)
    days = _days(output)
    tested = index >= output.first
    last = np.flatnonzero(tested & np.append(days[index][1:] != days[index][:-1], [True] * min(1, len(index))))
    moved = {name: _each(record_column(output, name), last, 0.0) for name in PARTS}
    flows, of_bars = by_bar(output), days[output.first :]
    held = days[index[last]]
    paid = np.zeros(len(last))
    if flows is not None:
        np.add.at(paid, held.searchsorted(of_bars), flows)
    pnl = moved["realised"] + moved["unrealised"] - moved["fees"] + moved["carry"]
    day, equity = pa.array(held.astype("datetime64[D]")), record_column(output, "equity")[last]
    return pa.table({"day": day, **moved, "pnl": pnl, "flow": paid, "equity": equity})


def _days(output: RunOutput) -> Any:
    """The day of every bar, in days since 1970."""
    return output.local(output.bars.ts) // DAY


def _each(column: Any, last: Any, began: float) -> Any:
    """How much further a reading is at the end of each day."""
    import numpy as np

    return np.diff(column[last], prepend=began)
