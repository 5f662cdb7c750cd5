"""What each day brought, of the account and of each symbol or strategy, and of what it is made.

Every table here adds up: days to the whole, parts to their day. What a day is made of is told by the monitors' readings
at the ends of days, which are kept when they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..calendar.civil import DAY
from ..errors import UsageFault
from .metrics.run import Measured
from .output import RunOutput
from .rows import closed_count, record_column, trade_column

if TYPE_CHECKING:
    import pyarrow as pa

    from .output import Floats, Ints
    from .several.model import Several

PARTS = ("realised", "unrealised", "fees", "carry")
"""Of money, as the monitors read it: before fees; fees are 0 or more."""
_OF_TRADES = PARTS[:3]


@dataclass(frozen=True)
class Days:
    """The days of the zone with a tested bar, each of which is a day on which bars open."""

    run: Measured

    @cached_property
    def _of_bars(self) -> Ints:
        """The day of every bar, in days since 1970."""
        out = self.run.output
        return out.local(out.bars.ts) // DAY

    @cached_property
    def last(self) -> Ints:
        """The last bar of each day, counted among the tested ones."""
        import numpy as np

        days = self._of_bars[self.run.output.first :]
        return np.flatnonzero(np.append(days[1:] != days[:-1], [True] * min(1, len(days))))

    @cached_property
    def numbers(self) -> Ints:
        """Each day, in days since 1970."""
        return self._of_bars[self.run.output.first :][self.last]

    def of(self, bars: Ints) -> Ints:
        """The places among these days of bars, which are counted from the first of the data."""
        import numpy as np

        tested: Ints = np.searchsorted(self.last, bars - self.run.output.first)
        return tested

    def moved(self, values: Floats, began: float) -> Floats:
        """How much further a value of the tested bars is at the end of each day."""
        import numpy as np

        return np.diff(values[self.last], prepend=began)

    @cached_property
    def flow(self) -> Floats:
        """Money paid in less that taken out on each day."""
        import numpy as np

        flows = self.run.flows
        return np.zeros(len(self.last)) if flows is None else np.add.reduceat(flows, np.append(0, self.last[:-1] + 1))

    @cached_property
    def pnl(self) -> Floats:
        """The change of equity on each day, less what was paid in, plus what was taken out."""
        return self.moved(self.run.equity, self.run.capital) - self.flow

    @cached_property
    def returns(self) -> Floats:
        """The time-weighted return of each day; NaN where there is none: all had been lost."""
        import numpy as np

        after = self.run.growth[self.last]
        before = np.concatenate([[self.run.capital], after])[:-1]
        with np.errstate(over="ignore"):
            made = after / np.where(before > 0.0, before, 1.0) - 1.0
        return np.where((before > 0.0) & np.isfinite(made), made, np.nan)

    @cached_property
    def trades(self) -> Ints:
        """Trades that were closed on each day."""
        import numpy as np

        out = self.run.output
        left = trade_column(out, "exit_index")[: closed_count(out)].astype(np.int64)
        return np.bincount(self.of(left), minlength=len(self.last))

    def of_parts(self, several: Several) -> tuple[str, tuple[str, ...], list[Floats]]:
        """What the parts of the account are, symbols or strategies, their names, and what each day brought of them."""
        first, strategies = self.run.output.first, self.run.output.strategies
        if strategies is None:
            brought = [self.moved(several.brought(place)[first:], 0.0) for place in range(several.traded)]
            return "symbol", several.symbols, brought
        every = zip(strategies.equities, strategies.capitals, strict=True)
        return "strategy", strategies.names, [self.moved(equity[first:], capital) for equity, capital in every]

    # --- of what they are made ----------------------------------------------------------------------------

    def read(self, name: str, places: Ints | None = None) -> Floats:
        """How far each day moved a reading of the monitors, of the book whose rows these are; all rows where None."""
        import numpy as np

        index, column = (record_column(self.run.output, each) for each in ("index", name))
        index, column = (index, column) if places is None else (index[places], column[places])
        tested = np.flatnonzero(index >= self.run.output.first)
        made = np.zeros(len(self.last))
        if not len(tested):
            return made
        day, values = self.of(index[tested].astype(np.int64)), column[tested]
        ends = np.flatnonzero(np.append(day[1:] != day[:-1], True))
        made[day[ends]] = np.diff(values[ends], prepend=0.0)
        return made


def daily_table(run: Measured) -> pa.Table:
    """A row for each day with a tested bar: `day`; with monitors the money of its `realised` `unrealised` `fees`
    `carry`; its `pnl`, the `flow` of money paid in less taken out, `equity` at its end, its `return`, and how many
    `trades` were closed on it.

    pnl + flow is the change of equity, from the capital on. Of one symbol pnl is what the parts come to, which the
    books keep apart from equity, so that it is a check; over several, carry is what is left (interest is no book's).
    """
    import pyarrow as pa

    days = Days(run)
    parts, pnl = _parts(run, days)
    return pa.table({
        "day": pa.array(days.numbers.astype("datetime64[D]")),
        **parts,
        "pnl": pnl,
        "flow": days.flow,
        "equity": run.equity[days.last],
        "return": pa.array(days.returns, from_pandas=True),
        "trades": days.trades,
    })  # fmt: skip


def _parts(run: Measured, days: Days) -> tuple[dict[str, Floats], Floats]:
    """What the money of each day is made of, where the monitors were kept, and that money."""
    import numpy as np

    out = run.output
    if out.records is None:
        return {}, days.pnl
    if out.several is None:
        moved = {name: days.read(name) for name in PARTS}
        return moved, moved["realised"] + moved["unrealised"] - moved["fees"] + moved["carry"]
    books, none = _books(out), np.zeros(len(days.last))
    summed = {name: sum((days.read(name, rows) for rows in books), none) for name in _OF_TRADES}
    brought = summed["realised"] + summed["unrealised"] - summed["fees"]
    return {**summed, "carry": days.pnl - brought}, days.pnl


def _books(out: RunOutput) -> list[Ints]:
    """The rows of the monitors of each symbol traded, in time."""
    import numpy as np

    several = out.several
    assert several is not None and several.records is not None
    order = np.argsort(several.records, kind="stable")
    edges = np.searchsorted(several.records[order], np.arange(several.traded + 1))
    return [order[a:b] for a, b in zip(edges.tolist(), edges[1:].tolist(), strict=False)]


def daily_parts_table(run: Measured) -> pa.Table:
    """What each symbol brought on each day, or each strategy of a portfolio of them: a row a day and part, where that
    moved, and one a day, without a name, of what none of them brought, so that a day's rows are its `pnl`.

    Of a symbol `pnl` is the money of its trades, closed and open, after fees: with monitors, `realised` +
    `unrealised` - `fees`. No trade has a part of `carry`: borrow and funding of the symbol stand beside it, interest in
    the row without a name, and the `pnl` of that row is all of them. Of a strategy `pnl` is all that its account made.
    UsageFault where there is one symbol.
    """
    import numpy as np
    import pyarrow as pa

    out, days = run.output, Days(run)
    if out.several is None:
        raise UsageFault("daily_parts: the run has one symbol; result.daily has what each day brought")
    what, names, brought = days.of_parts(out.several)
    rest = days.pnl - sum(brought, np.zeros(len(days.last)))
    columns: dict[str, list[Floats]] = {"pnl": [*brought, rest]}
    if out.records is not None and out.strategies is None:
        columns |= _of_each(out, days)
    still = np.zeros(len(rest))
    moved = [sum((abs(lines[at]) for lines in columns.values()), still) > 0.0 for at in range(len(names))]
    chosen = np.concatenate([*moved, np.ones(len(rest), dtype=bool)])
    day = np.tile(days.numbers, len(names) + 1)[chosen]
    part = np.repeat(np.arange(len(names) + 1), len(rest))[chosen]
    order = np.lexsort((part, day))
    made: dict[str, Any] = {name: np.concatenate(lines)[chosen][order] for name, lines in columns.items()}
    return pa.table({
        "day": pa.array(day[order].astype("datetime64[D]")),
        what: pa.array([*names, ""], pa.string()).take(pa.array(part[order])),
        **{name: pa.array(values, from_pandas=True) for name, values in made.items()},
    })  # fmt: skip


def _of_each(out: RunOutput, days: Days) -> dict[str, list[Floats]]:
    """The parts of what each symbol brought on each day, and last the interest, which is the account's."""
    import numpy as np

    books = _books(out)
    found = {name: [*(days.read(name, rows) for rows in books), np.full(len(days.last), np.nan)] for name in _OF_TRADES}
    own = [days.read("carry", rows) - days.read("interest", rows) for rows in books]
    return {**found, "carry": [*own, days.read("interest")]}
