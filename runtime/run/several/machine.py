"""A portfolio over what was prepared, and a run of it to the end of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ....lang.plan.model import Several
from ...portfolio.machine import Portfolio, starts_at
from ...portfolio.outs import Outs
from ...progress import stage
from .prepare import PreparedSeveral

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def portfolio(several: Several, prepared: PreparedSeveral, engine: str, **options: Any) -> Portfolio:
    """A machine at the beginning of the data. options: `keep_records`, `max_rows`."""
    own = dict(zip(prepared.symbols, prepared.own, strict=True))
    return Portfolio(
        several, prepared.panel.symbols, prepared.panel.timeframe, prepared.values, traded=prepared.symbols,
        engine=engine, assumptions=prepared.assumptions, own=own, groups=prepared.groups,
        starts=starts_at(prepared.panel, prepared.first), start=prepared.first, close_at_end=prepared.close_at_end,
        finer={s: each.rows for s, each in zip(prepared.symbols, prepared.finer, strict=False) if each is not None},
        transfers=prepared.transfers, **options,
    )  # fmt: skip


def members(prepared: PreparedSeveral) -> NDArray[np.bool_] | None:
    """Which symbols of the panel belong at each event, those that are only read never; None where all belong."""
    import numpy as np

    own = prepared.members
    if own is None:
        return None
    others = np.zeros((len(own), len(prepared.panel) - prepared.traded), dtype=np.bool_)
    return np.hstack([own, others])


def run_over(machine: Portfolio, prepared: PreparedSeveral, *, books: bool = True) -> Outs:
    """All events, and the end of the data; gives what the account and the books were after each, and the outputs.

    books: whether these are asked for, or the outputs alone.
    """
    events = len(prepared.panel.events)
    outs = outs_for(machine, prepared, books=books)
    machine.run(prepared.panel, outs=outs, members=members(prepared), reached=stage("running", events))
    machine.finish()
    return outs


def outs_for(machine: Portfolio, prepared: PreparedSeveral, *, books: bool = True) -> Outs:
    """Room for what all events hand out."""
    import numpy as np

    panel = prepared.panel
    events, bars = len(panel.events), len(panel.events.row)
    series = [np.empty(bars) for _ in machine.outputs]
    if not books:
        return Outs(series=series)
    return Outs(np.empty(events), np.empty(events), np.empty(bars), np.empty(bars), series)
