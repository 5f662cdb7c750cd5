"""A portfolio: one program over several symbols, with a book of each that is traded and the account they share.

It runs a panel's events, or one event that is pushed, knows how many it has run, and gives and takes snapshots. Level
by level it computes what symbols read of each other (`levels.py`); then a driver, native (`fused.py`) or interpreted
(`walk.py`), takes the books through the events one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ...lang.diagnostics.suggest import nearest
from ...lang.inputs.assumptions import Assumptions
from ...lang.plan.extras import CALL, with_extras
from ...lang.plan.model import Column, Level, Several
from ...lang.program.timeframe import Timeframe
from ..calendar.instants import shown
from ..data.panel.names import listed
from ..errors import UsageFault
from ..given import check_given
from ..limits import block, look, native_allowed
from ..machine.engines import INTERPRETED, NATIVE
from ..machine.machine import Machine, guards, readings
from ..machine.transfers import Transfer, by_bar, next_after, pay
from ..trading.layout import CASH, EQUITY, OTHERS_VALUE
from ..trading.phases import COLD, SEVERAL
from ..trading.specs import Called, GuardSpec
from ..trading.state import keep_up, lay_out
from .alike import Alike
from .book import Book
from .cashier import Cashier
from .cells import Cells
from .columns import Past, Present
from .levels import NEVER, Levels
from .outs import Outs

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray

    from ..data.panel.events import Events
    from ..data.panel.model import Panel
    from .stretch import Stretch
    from .watched import Watched

T = TypeVar("T")
_ONE = "run one symbol, --symbol A on the command line, symbol='A' in Python"
ROWS, LEAST = 8192, 64
"""Rows that the buffers of all books hold together, and those of one at least."""


class Portfolio:
    """A run in progress. `index` is the number of events run so far.

    `books` are by the place of their symbol in `symbols`, None where it is only watched; `account` is what they share.
    """

    def __init__(
        self,
        several: Several,
        symbols: Sequence[str],
        timeframe: Timeframe,
        values: Mapping[str, float | bool] | None = None,
        *,
        traded: Sequence[str] | None = None,
        engine: str = NATIVE,
        effort: str = "quick",
        assumptions: Assumptions | None = None,
        own: Mapping[str, Assumptions] | None = None,
        groups: Mapping[str, Collection[str]] | None = None,
        starts: Mapping[str, int] | None = None,
        start: int = 0,
        keep_records: bool = False,
        close_at_end: bool = False,
        max_rows: int | None = None,
        finer: Mapping[str, array[float]] | None = None,
        transfers: Sequence[Transfer] = (),
        venue: bool = False,
    ) -> None:
        """symbols: all there are data of, in the panel's order, which is the order of ties. traded: those with a book,
        all if None. values: of parameters, by name. own: what is assumed of one symbol, all of it, where that is not
        `assumptions`. groups: the symbols of each group that a guard is of, by its name in small letters. starts:
        the first bar of a symbol's own on which a statement may trade; start: the first event. finer: by symbol rows of
        finer bars. transfers: of money, by the event before which they are. venue: it makes the fills.
        """
        check_given(engine=engine)
        self.several, self.engine, self.index, self._effort = several, engine, 0, effort
        self.symbols = tuple(symbols)
        self.traded = self.symbols if traded is None else tuple(traded)
        self.timeframe, self._values = timeframe, dict(values or {})
        self._assumed = assumptions or Assumptions()
        self._own = own or {}
        self._check_guards()
        self._transfers = by_bar(transfers)
        self._all_there()
        self._groups = {name: frozenset(map(str.lower, inside)) for name, inside in (groups or {}).items()}
        plan = with_extras(several.main, *(self._of(symbol) for symbol in self.traded))
        calls = plan.trading and any(self._of(symbol).maintenance for symbol in self.traded)
        self.plan = plan = replace(plan, extras=(*plan.extras, CALL)) if calls else plan
        traded_here = [symbol in self.traded for symbol in self.symbols]
        rows = max_rows or max(LEAST, ROWS // max(1, len(self.traded)))
        kept: dict[str, Any] = {
            "bar_seconds": timeframe.seconds, "keep_records": keep_records, "close_at_end": close_at_end,
        }  # fmt: skip
        self._laid_out = Alike()
        self.books = [
            Book(
                plan, symbol, self._values, self._of(symbol), start=(starts or {}).get(symbol, 0), max_rows=rows,
                inside=self._inside(symbol), laid_out=self._laid_out, finer=(finer or {}).get(symbol), venue=venue,
                **kept,
            ) if trades else None
            for symbol, trades in zip(self.symbols, traded_here, strict=True)
        ]  # fmt: skip
        of = {book.symbol: book for book in self.books if book is not None}
        for book in of.values():
            book.others = [of[symbol] for _, _, symbol in plan.books_of]
        bounds = guards(plan, next(iter(of.values())).arrays.params)
        self.cashier = self._cashier(of, bounds, {"start": start, "inside": self._inside(""), **kept})
        if self.cashier is not None:
            self.account = self.cashier.trading
        else:
            self.account = lay_out([], bounds, self._assumed, LEAST, start=start, inside=self._inside(""), **kept)
        if calls:
            keep_up(self.account, 0.0)  # it holds nothing itself
        zone = self._assumed.timezone
        self.levels = Levels(several.levels, self.symbols, traded_here, timeframe, zone, self._machine)
        self._present = partial(Present, timeframe=timeframe, zone=zone)
        self._instant = NEVER  # of the last event
        self._cells = Cells(self._wanted(), self.levels.given, timeframe, zone)
        self._driver: Any = self._drive()

    def _cashier(self, of: Mapping[str, Book], bounds: Sequence[GuardSpec], kept: dict[str, Any]) -> Cashier | None:
        """Who pays money in and out of the account, which is then laid out with its statements; None where nobody does.

        of: the books by their symbols."""
        flows = self.several.account
        if flows is None:
            return None
        made = Cashier(flows, self.plan, self._values, self._assumed, bounds, LEAST, **kept)
        made.others = [of[symbol] for _, _, symbol in flows.books_of]
        return made

    def _check_guards(self) -> None:
        """UsageFault for a guard that means nothing of an account that several symbols share."""
        limits = [guard.name for guard in self.several.main.guards] + [guard.kind for guard in self._assumed.guards]
        if "margin_distance" in limits:
            raise UsageFault("guard margin_distance: an account over several symbols is called by all prices together, "
                             "so none has a distance to it; leave the guard out (`guard margin_use` bounds what is "
                             f"tied up), or {_ONE}")  # fmt: skip

    def _of(self, symbol: str) -> Assumptions:
        return self._own.get(symbol, self._assumed)

    def _inside(self, symbol: str) -> tuple[str, ...]:
        """The groups of guards that a symbol is in; all of them where it is none."""
        return tuple(name for name, symbols in self._groups.items() if not symbol or symbol.lower() in symbols)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What guards are of besides the account, each once, as it is written first."""
        named = (*(each.of for each in self.plan.guards), *(each.of for each in self._assumed.guards))
        first: dict[str, str] = {}
        for name in filter(None, named):
            first.setdefault(name.lower(), name)
        return tuple(first.values())

    @property
    def called(self) -> Called:
        """What an answer calls its guards."""
        return Called(self.scopes, readings(self.plan))

    def _all_there(self) -> None:
        """UsageFault names a symbol that is to be traded, or that the program reads, and is not there."""
        for symbol in (*self.traded, *self._read()):
            if symbol not in self.symbols:
                raise UsageFault(f"there are no bars of {symbol}{_way_on(symbol, self.symbols)}")
        for symbol in self.several.main.traded_by_name:
            if symbol not in self.traded:
                raise UsageFault(f"the program trades {symbol}, or reads its book: {symbol} is not among the traded "
                                 f"symbols{_way_on(symbol, self.traded)}")  # fmt: skip
        if not self.traded:
            raise UsageFault("no symbol is traded: a portfolio needs one at least")

    def _read(self) -> list[str]:
        return [each.symbol for level in self.several.levels for each in level.crossings if each.symbol]

    def _machine(self, level: Level, place: int) -> Machine:
        """A level's machine for one symbol."""
        return Machine(
            level.plan, self._values, engine=self.engine, effort=self._effort,
            assumptions=replace(self._of(self.symbols[place]), guards=()), bar_seconds=self.timeframe.seconds,
            laid_out=self._laid_out,
        )  # fmt: skip

    @property
    def outputs(self) -> list[str]:
        """Names of the program's outputs, in the order of `Outs.series` and of each book's `handed`."""
        return [output.name for output in self.plan.outputs]

    @property
    def day(self) -> float:
        """The last day, in the calendar zone, on which there was an event."""
        return float(self._driver.day)

    def take_up(self, day: float) -> None:
        """Books and account are as something else left them, on this day."""
        self._instant = max(self.levels.closed)
        self._driver.take_up(day)

    def _drive(self) -> Any:
        """The driver of the books."""
        if self.engine == NATIVE:
            native_allowed()
            from .fused import Fused

            self.levels.read_from(self._cells)
            return Fused(self.plan, self.books, self.account, self._cells, self._present, self._effort, self.cashier)
        from .walk import Walk

        self.levels.read_from(None)
        return Walk(self.plan, self.books, self.account, self._present, self.cashier)

    def _wanted(self) -> list[list[Column]]:
        """By place the columns that any plan reads of a symbol."""
        wanted = [[] if book is None else list(self.plan.columns) for book in self.books]
        for level, machines in zip(self.several.levels, self.levels.machines, strict=True):
            for place in machines:
                wanted[place] += level.plan.columns
        return wanted

    # --- running ---------------------------------------------------------------------------------------

    def run(
        self, panel: Panel, stop: int | None = None, outs: Outs | None = None, *,
        members: NDArray[np.bool_] | None = None, reached: Callable[[int], None] | None = None,
    ) -> None:  # fmt: skip
        """Run the panel's events up to `stop`, all if None; the panel is that of all runs before, in every event run.

        outs: item 0 … of each is of the first event, or bar, that this call runs. members: which symbols may take part
        in what is looked at across symbols, bool[events, symbols], None for all that are traded. reached: called after
        each stretch with the number of events run so far.
        """
        events = panel.events
        first, end = self.index, len(events) if stop is None else stop
        outs, past = outs or Outs(), Past(panel, self._assumed.timezone)
        if panel.symbols != self.symbols or not first <= end <= len(events):
            raise UsageFault(
                f"the portfolio is of {listed(self.symbols)} and has run {first} events; the panel is of "
                f"{listed(panel.symbols)} and has {len(events)}, of which {end} are asked for"
            )
        before = int(events.offsets[first])
        outs = outs.of(end - first, int(events.offsets[end]) - before, len(self.plan.outputs))
        for stretch in self._stretches(events, len(panel), first, end):
            number = stretch.first + len(stretch)
            may = None if members is None else members[stretch.first : number].T
            bars = slice(int(events.offsets[stretch.first]) - before, int(events.offsets[number]) - before)
            self._stretch(stretch, past, may, outs.part(slice(stretch.first - first, number - first), bars))
            self.index, self._instant = number, int(stretch.instants[-1])
            look(self._rows())
            if reached is not None:
                reached(number)

    def _stretches(self, events: Events, symbols: int, first: int, end: int) -> Iterator[Stretch]:
        """From one transfer of money to the next."""
        from .stretch import BARS, stretches

        size = block(self.plan.cost, BARS, native=self.engine == NATIVE, least=LEAST)
        while first < end:
            self._pay(first)
            until = next_after(self._transfers, first, end) if self._transfers else end
            yield from stretches(events, symbols, first, until, size)
            first = until

    def _rows(self) -> int:
        """Rows that all books and the account have written."""
        return self.account.rows + sum(book.trading.rows for book in self.books if book is not None)

    def _pay(self, event: int) -> None:
        if self._transfers and pay(self._transfers, event, self.account):
            self.take_up(self.day)

    def _stretch(self, stretch: Stretch, past: Past, may: Any, outs: Outs) -> None:
        import numpy as np

        for book, begins in zip(self.books, stretch.begins.tolist(), strict=True):
            if book is not None and book.index != begins:
                raise UsageFault(f"the panel is another than that of the events run so far: it has {begins} bars of "
                                 f"{book.symbol} before the next event, and {book.index} were run")  # fmt: skip

        def read(place: int, column: Column) -> Any:
            return past.of(stretch, place, column)

        given = self.levels.over(stretch, read, may)
        columns: list[list[Any]] = []
        series: list[list[Any]] = []
        empty = np.zeros(max(map(len, stretch.at), default=0))
        for place, book in enumerate(self.books):
            of_book = [] if book is None else self.plan.columns
            count = stretch.rows(place)
            columns.append([
                given[column.name][place] if column.source == "given"
                else empty[:count] if column.source == "book_of" else read(place, column) for column in of_book
            ])  # fmt: skip
            series.append([None if out is None else np.full(count, np.nan) for out in outs.series])
        for name in ("quantity", "profit"):
            if getattr(outs, name) is not None:
                getattr(outs, name)[:] = 0.0
        of_account = [] if self.cashier is None else [
            given[column.name][len(self.books)] if column.source == "given"
            else np.zeros(len(stretch)) if column.source == "book_of" else past.of_account(stretch, column)
            for column in self.cashier.plan.columns
        ]  # fmt: skip
        self._driver.stretch(stretch, columns, outs, series, of_account)
        for number, out in enumerate(outs.series):
            if out is not None:
                for places, each in zip(stretch.places, series, strict=True):
                    out[places] = each[number]

    def push(self, instant: int, bars: Mapping[int, tuple[Any, Mapping[str, float]]],
             may: Sequence[bool] | None = None) -> None:
        """Run the event of an instant, in µs: the bars that close there, by the place of their symbol.

        A bar is (ts, open, high, low, close, volume), with the data's own columns beside it. may: which symbols may
        take part in what is looked at across symbols, None: all that are traded. Afterwards each book's `handed` has
        the program's outputs on its bar.
        """
        members = sorted(bars)
        if instant <= self._instant:
            raise UsageFault(f"an event at {shown(instant)} cannot follow the one at {shown(self._instant)}")
        if members and not 0 <= members[0] <= members[-1] < len(self.symbols):
            raise UsageFault(f"a bar is of the symbol at place {members[-1] if members[0] >= 0 else members[0]}: there "
                             f"are {len(self.symbols)}, from 0 on")  # fmt: skip
        self._pay(self.index)
        self._cells.write(members, bars)  # first, in either engine: what cannot be read is told before anything runs
        self._driver.event(self.index, members, bars, self.levels.at(instant, bars, members, may))
        self._instant = instant
        self.index += 1

    def between(self, book: Book, act: Callable[[], T]) -> T:
        """What happens to one book between two events, as where a venue fills its orders: it has the account, and what
        the others come to, while it acts."""
        a, ak, b, k = self.account.b, self.account.k, book.arrays.b, book.arrays.bk
        SEVERAL["begin_sums"].function(a, ak)
        for each in self.books:
            if each is not None:
                SEVERAL["add"].function(a, ak, each.arrays.b, each.arrays.bk)
        SEVERAL["hand"].function(a, ak, b, k)
        try:
            return act()
        finally:
            SEVERAL["take"].function(a, ak, b, k)
            a[EQUITY] = a[CASH] + a[OTHERS_VALUE]

    def begin_day(self, day: float, book: Book) -> None:
        """A new day of the account begins, where it has not; the book that acts is handed it anew."""
        if day != self.day:
            a, ak = self.account.b, self.account.k
            SEVERAL["begin_day"].function(a, ak, day)
            self._driver.take_up(day)
            SEVERAL["hand"].function(a, ak, book.arrays.b, book.arrays.bk)

    def finish(self) -> None:
        """The end of the data: each book's open lots, at its own last bar; one that has had none has nothing to end."""
        a, ak = self.account.b, self.account.k
        for book in self.books:
            if book is not None and book.index:
                b, k = book.arrays.b, book.arrays.bk
                SEVERAL["hand"].function(a, ak, b, k)
                state = book.trading
                COLD["finish"].function(
                    b, k, state.trades, state.orders, state.records, book.index - 1, book.opened, book.close
                )
                SEVERAL["take"].function(a, ak, b, k)
                state.drain()
        self.account.drain()

    # --- stopping and going on -------------------------------------------------------------------------

    def snapshot(self) -> bytes:
        """Everything the rest of the run depends on. Rows are drained first: they belong to the caller."""
        from .snapshot import encode

        self.account.drain()
        return encode(self)

    def restore(self, content: bytes) -> None:
        """Go on from a snapshot, whichever engine made it; SnapshotError, and nothing has changed, if it does not fit.

        Whether records are kept and how open positions end stay as they are in this portfolio.
        """
        from .snapshot import restore

        restore(self, content)

    def switch(self, engine: str) -> None:
        """Go on with another engine, on the same arrays."""
        check_given(engine=engine)
        day, self.engine = self.day, engine
        self.levels.switch(engine)
        self._driver = self._drive()
        self.take_up(day)

    def watch(self, *symbols: str, shares: bool = True) -> Watched:
        """Go on interpreted, with an eye on the books of these symbols: what their decisions are made from is kept.

        shares: with what every book holds of the account.
        """
        from .watched import Watched

        self.switch(INTERPRETED)
        day = self.day
        self._driver = watched = Watched(self.plan, self.books, self.account, self._present, self.cashier)
        watched.watch(symbols, self.called, shares=shares)
        self.take_up(day)
        return watched


def _way_on(symbol: str, there: Sequence[str]) -> str:
    near = nearest(symbol, list(there))
    return f": did you mean {near}?" if near else f"; there are {', '.join(there[:_SHOWN]) or 'none'}"


_SHOWN = 10


def starts_at(panel: Panel, event: int) -> dict[str, int]:
    """By symbol the number of its bars that close before an event: the first that may decide, where those before the
    event only warm up."""
    import numpy as np

    seen = np.bincount(panel.events.symbol[: panel.events.offsets[event]], minlength=len(panel))
    return dict(zip(panel.symbols, seen.tolist(), strict=True))
