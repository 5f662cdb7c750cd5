"""The account of a portfolio as one run: the sum of the strategies', on one clock, with the rows of all as one list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...data.bars import Bars
from ...data.panel import Panel
from ...data.panel.books import Books
from ...data.panel.events import Events, last_of
from ...results.output import Plot, RunOutput
from ...results.several.model import Several
from ...results.strategies.model import Acted, Strategies
from ...trading.state import COUNTERS
from ..several.timeline import LEVEL, part_of
from .merge import Book, Rows, merged_orders, merged_records, merged_trades, own_books
from .oversee import Act, Overseer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...results.output import Floats, Scalar, Series
    from .prepare import PreparedPortfolio
    from .running import Backtested

    Ints = NDArray[np.int64]


def labels(running: Sequence[Backtested], events: Events) -> Ints:
    """How each event is labelled: the earliest open of the bars that close at it; where strategies have bars of
    different lengths, the open of the shortest bar that would."""
    import numpy as np

    frames = {holding.bars.timeframe: holding.bars.timeframe for each in running for holding in each.holdings}
    if len(frames) > 1:
        shortest = min(frames, key=lambda frame: frame.seconds)
        found: Ints = events.instants - shortest.seconds * 1_000_000
        return found
    opens = np.full(len(events), np.iinfo(np.int64).max)
    for each in running:
        for holding in each.holdings:
            at = np.searchsorted(events.instants, holding.closes)
            opens[at] = np.minimum(opens[at], holding.opens)
    return opens


@dataclass(frozen=True, slots=True)
class Finished:
    """Strategies that have run. outputs: of each. otherwise: the portfolio under another path inside bars."""

    prepared: PreparedPortfolio
    running: Sequence[Backtested]
    outputs: Sequence[RunOutput]
    events: Events
    ts: Ints
    overseer: Overseer
    elapsed: dict[str, float]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.running)

    def left(self, otherwise: Callable[[str], RunOutput] | None) -> RunOutput:
        """What the portfolio left."""

        outputs, prepared = self.outputs, self.prepared
        books = own_books(outputs, self.names)
        panel = Books(tuple(replace(book.bars, symbol=book.called) for book in books), (), self.events.instants)
        rows = self._rows(panel, [book.owner for book in books])
        equities = [self._over(each.equity, place, "equity") for place, each in enumerate(outputs)]
        cash = sum((self._over(each.cash, place, "cash") for place, each in enumerate(outputs)), self._cash())
        total = self._cash()
        for equity in equities:
            total += equity
        several = self._several(panel, books, rows, equities)
        strategies = Strategies(
            self.names, [each.capital for each in self.running], prepared.cash, equities, outputs,
            [book.owner for book in books], [book.bars.symbol for book in books],
            rows["trades"].owner, rows["orders"].owner, rows["records"].owner if "records" in rows else None,
            tuple(str(limit) for limit in prepared.declared.limits), tuple(map(self._acted, self.overseer.acts)),
        )  # fmt: skip
        return RunOutput(
            strategy=prepared.declared.title,
            source="\n".join(each.source for each in outputs),
            source_hash=_hash(each.source_hash for each in outputs),
            bars=self._bars(),
            first=self._first(),
            equity=total,
            cash=cash,
            quantity=several.count,
            trades=rows["trades"].rows,
            orders=rows["orders"].rows,
            records=rows["records"].rows if "records" in rows else None,
            counters=self._counters(),
            assumptions=self._assumed(),
            assumptions_hash=_hash((*(each.assumptions_hash for each in outputs), *strategies.limits)),
            params=self._params(),
            statements=tuple(s for each in outputs for s in each.statements),
            plots=(Plot(EQUITY, "money"),),
            warmup={f"{name} {clock}": count for name, each in zip(self.names, outputs, strict=True)
                    for clock, count in each.warmup.items()},
            magnify={name: own.magnify for name, own in zip(self.names, outputs, strict=True) if own.magnify} or None,
            carry=sum(each.carry for each in outputs),
            notes=self._notes(),
            elapsed=self.elapsed,
            otherwise=otherwise,
            several=several,
            strategies=strategies,
            untold='each strategy is asked by itself, `result.strategies["NAME"].why(...)`: '
                   f"there are {', '.join(self.names)}",
        )  # fmt: skip

    # --- the clock -------------------------------------------------------------------------------------

    def _over(self, values: Floats, place: int, name: str) -> Floats:
        """A strategy's equity or cash after each event of the portfolio. Money that came or went is in it from the
        event on before which it moved; on the strategy's own clock it moved at the close of its last bar."""
        each = self.running[place]
        found: Floats = last_of(values, each.instants, self.events.instants, each.capital)
        for moved in reversed(each.moved):  # of several within one bar the first was before all of them
            begin = int(self.events.instants.searchsorted(each.instants[moved.after - 1]))
            found[begin : moved.event] = getattr(moved, name)
        return found

    def _cash(self) -> Floats:
        """What no strategy has, after each event."""
        import numpy as np

        found = np.full(len(self.events), self.prepared.cash)
        for event, cash in self.overseer.steps:
            found[event:] = cash
        return found

    def _first(self) -> int:
        """The first event that any strategy is tested at."""
        begins = [int(each.instants[each.first]) for each in self.running if each.first < len(each.instants)]
        return int(self.events.instants.searchsorted(min(begins))) if begins else len(self.events)

    def _bars(self) -> Bars:
        """The clock as bars, whose prices are what the strategies' own benchmarks come to, each with its share."""
        import numpy as np

        capital, cash, first = self.prepared.capital, self.prepared.cash, self._first()
        prices = np.full((4, len(self.events)), cash / capital)
        for each, out in zip(self.running, self.outputs, strict=True):
            part = part_of(out.bars, self.events.instants, first)
            prices += (each.capital / capital) * (np.ones_like(prices) if part is None else part)
        frames = [each.bars.timeframe for each in self.outputs]
        volume = np.full(len(self.events), np.nan)
        name = f"{len(self.running)} strategies" if len(self.running) > 1 else self.names[0]
        opened, high, low, close = prices * LEVEL
        return Bars(name, min(frames, key=lambda frame: frame.seconds), self.ts, opened, high, low, close, volume)

    # --- rows ------------------------------------------------------------------------------------------

    def _rows(self, panel: Panel, owners: Sequence[int]) -> dict[str, Rows]:
        import numpy as np

        at = [np.searchsorted(self.events.instants, each.instants) for each in self.running]
        firsts = [owners.index(place) for place in range(len(self.outputs))]
        orders, numbers = merged_orders(self.outputs, at, firsts, len(panel))
        found = {"orders": orders, "trades": merged_trades(self.outputs, at, firsts, numbers)}
        if all(each.records is not None for each in self.outputs):
            found["records"] = merged_records(self.outputs, at, firsts)
        return found

    def _several(
        self, panel: Panel, books: Sequence[Book], rows: dict[str, Rows], equities: Sequence[Floats]
    ) -> Several:  # fmt: skip
        import numpy as np

        quantity, profit = np.zeros(len(panel.events.row)), np.zeros(len(panel.events.row))
        for place, book in enumerate(books):
            quantity[panel.places_of(place)], profit[panel.places_of(place)] = book.quantity, book.profit

        def series(place: int) -> dict[str, Series]:
            owner, bars = self.running[books[place].owner], books[place].bars
            equity = self.outputs[books[place].owner].equity
            return {EQUITY: last_of(equity, owner.instants, bars.closes, owner.capital)}

        return Several(
            panel=panel, traded=len(panel), quantity=quantity, profit=profit,
            point_values=[book.point_value for book in books], trades=rows["trades"].symbol,
            orders=rows["orders"].symbol, records=rows["records"].symbol if "records" in rows else None,
            series=series, end=[book.end for book in books], conversions=[book.conversion for book in books],
            currencies=[book.currency for book in books], groups=self._groups(books),
        )  # fmt: skip

    def _groups(self, books: Sequence[Book]) -> dict[str, tuple[int, ...]]:
        """The places of the books in each group, as each strategy's own catalogue or universe declares it."""
        found: dict[str, tuple[int, ...]] = {}
        for place, book in enumerate(books):
            for name, symbols in self.prepared.strategies[book.owner].prepared.declared.items():
                if book.bars.symbol in symbols:
                    found[name] = (*found.get(name, ()), place)
        return found

    # --- facts -----------------------------------------------------------------------------------------

    def _counters(self) -> dict[str, int]:
        counts = [each.counters for each in self.outputs]
        found = {name: sum(count.get(name, 0) for count in counts) for name in COUNTERS}
        tripped = sum(act.what != "deny" for act in self.overseer.acts)
        return found | {"bars": len(self.events), "guard_trips": found["guard_trips"] + tripped}

    def _assumed(self) -> dict[str, str | float]:
        """What all assume, and by its name what one strategy assumes otherwise than the first."""
        every = [set(each.assumptions) for each in self.outputs]
        first = {name: value for name, value in self.outputs[0].assumptions.items() if all(name in e for e in every)}
        found: dict[str, str | float] = first | {"capital": self.prepared.capital, "timezone": self.prepared.zone}
        for name, each in zip(self.names, self.outputs, strict=True):
            own = {f"{key} of {name}": value for key, value in each.assumptions.items()
                   if key != "capital" and value != first.get(key)}  # fmt: skip
            found |= own
        return found

    def _params(self) -> dict[str, Scalar]:
        return {f"{name}.{key}": value for name, each in zip(self.names, self.outputs, strict=True)
                for key, value in each.params.items()}  # fmt: skip

    def _acted(self, act: Act) -> Acted:
        return Acted(
            act.event, int(self.events.instants[act.event]), str(act.limit), act.limit.measure, act.limit.level,
            act.what, act.reading, act.strategy, act.orders,
        )  # fmt: skip

    def _notes(self) -> tuple[str, ...]:
        """Those of the portfolio, then of each strategy; what several say is said once."""
        from .notes import told

        own = list(told(self.prepared, self.overseer, self.ts, self.outputs[0].bars.daily))
        said: dict[str, list[str]] = {}
        for name, each in zip(self.names, self.outputs, strict=True):
            for note in dict.fromkeys(each.notes):
                said.setdefault(note, []).append(name)
        every = [note if len(names) == len(self.names) > 1 else f"{', '.join(names)}: {note}"
                 for note, names in said.items()]  # fmt: skip
        return (*own, *every)


EQUITY = "equity of the strategy"


def _hash(parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()  # type: ignore[call-overload]
