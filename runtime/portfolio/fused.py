"""The native driver: a job of pointers, and one call for all events of a stretch."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from struct import Struct
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Plan
from ..machine.engines import kernel_key
from ..machine.outputs import BOOKS as HANDED
from ..native.emit_part import ARGUMENTS
from ..native.emit_portfolio import JOB
from ..native.portfolio import portfolio_kernel
from ..trading import layout
from ..trading.state import TradingState
from .book import Book
from .cashier import AtEvent, Cashier
from .cells import Cells
from .columns import Bars, Present
from .order import groups, sequences
from .outs import BARS, EVENTS, Outs

if TYPE_CHECKING:
    from .stretch import Stretch


class Fused:
    """Books by the place of their symbol in the panel (None: only watched), and their account.

    Addresses of arrays are used: whoever has them must live as long as this does.
    """

    def __init__(
        self, plan: Plan, books: Sequence[Book | None], account: TradingState, cells: Cells,
        present: Callable[..., Present], effort: str, cashier: Cashier | None = None,
    ) -> None:  # fmt: skip
        """cells: of one event. present: of the columns of the account on it."""
        self._books, self._account, self._cashier = books, account, cashier
        self._traded = [(place, book) for place, book in enumerate(books) if book is not None]
        self._last = plan.column("time"), plan.column("close")
        alone = None if cashier is None else cashier.plan
        key = kernel_key(plan) if alone is None else f"{kernel_key(plan)} {kernel_key(alone)}"
        self._run = portfolio_kernel(plan, key, effort, alone)
        count = len(books)
        self._day, self._now = array("d", [0.0]), array("q", [-1] * count)
        self._done, self._acting, self._order = (array("q", bytes(8 * count)) for _ in range(3))
        places = {book.symbol: place for place, book in self._traded}
        linked = [leg for legs in (*groups(plan), *sequences(plan)) for leg in legs]
        self._legs = array("q", [places[leg.symbol] for leg in linked] or [0])
        self._acted = array("q", [1])
        self._job, self._table = (array("q", bytes(8 * size)) for size in (len(JOB), count * len(ARGUMENTS)))
        self._job_at = _address(self._job)
        self._kept: list[Any] = []  # what the table points to
        self._point()
        self._one = _One(plan, books, cells)
        self._till = None if cashier is None else _Till(cashier, present, len(books))
        for place, book in self._traded:
            book.handed = self._one.handed[place]
        self._alone = False  # whether everything points to the cells of one event
        self._tell(
            count=count, books=_address(self._table), a=_address(account.b), ak=_address(account.k),
            account_orders=_address(account.orders), now=_address(self._now), done=_address(self._done),
            acted=_address(self._acted), acting=_address(self._acting), order=_address(self._order),
            day=_address(self._day), legs=_address(self._legs), account_records=_address(account.records),
            account=0 if self._till is None else _address(self._till.row),
        )  # fmt: skip

    @property
    def day(self) -> float:
        """The last day of an event in the calendar zone."""
        return self._day[0]

    def take_up(self, day: float) -> None:
        """Go on from where the books are now."""
        self._day[0] = day
        self._alone, self._acted[0] = False, 1

    # --- running ---------------------------------------------------------------------------------------

    def stretch(
        self, stretch: Stretch, columns: Sequence[Sequence[Any]], outs: Outs, series: Sequence[Sequence[Any]],
        of_account: Sequence[Any] = (),
    ) -> None:  # fmt: skip
        """Every event of a stretch; columns, series: by symbol, those of the plan and what takes its outputs.
        of_account: columns of the account's plan, by event."""
        kept = []
        if self._till is not None:
            kept.append(self._till.point(array("q", [column.ctypes.data for column in of_account])))
        for place, book in self._traded:
            self._done[place] = book.index
            pointers = array("q", [column.ctypes.data for column in columns[place]] or [0])
            targets = array("q", [*_NOT_ASKED, *(0 if out is None else out.ctypes.data for out in series[place])])
            kept += [pointers, targets]
            self._set(place, columns=_address(pointers), outs=_address(targets))
        for name in ("offsets", "symbol", "row", "begins"):
            self._tell(**{name: getattr(stretch, name).ctypes.data})
        for name in (*EVENTS, *BARS):
            out = getattr(outs, name)
            self._tell(**{name: 0 if out is None else out.ctypes.data})
        self._tell(event=stretch.first)
        self._alone = False
        reached = 0
        while reached < len(stretch):
            reached = self._run(reached, len(stretch), self._job_at)
            self._drain()
        if self._cashier is not None:
            self._cashier.index = stretch.first + len(stretch)
        time, close = self._last
        for place, book in self._traded:
            book.index = self._done[place]
            if stretch.rows(place):
                book.opened, book.close = int(columns[place][time][-1]), float(columns[place][close][-1])

    def event(
        self, number: int, members: Sequence[int], bars: Bars, given: Mapping[str, Sequence[float]]
    ) -> None:
        """One event, whose members' bars stand in the cells, and `given`, which the books read there too; each book's
        `handed` has its outputs afterwards."""
        one = self._one
        if not self._alone:
            self._point_to_one()
        if self._till is not None and self._cashier is not None:
            self._till.write(min(bars[place][0][0] for place in members), given)
            self._cashier.index = number + 1
        count = 0
        for place in members:
            book = self._books[place]
            if book is not None:
                bar, _ = bars[place]
                one.symbol[count] = place
                one.begins[place] = book.index
                book.index += 1
                book.opened, book.close = bar[0], bar[4]
                count += 1
        one.offsets[1] = count
        self._job[_EVENT] = number
        self._run(0, 1, self._job_at)
        self._drain()

    def _drain(self) -> None:
        for state in (self._account, *(book.trading for _, book in self._traded)):
            if state.k[layout.FULL]:
                state.drain()

    # --- pointers --------------------------------------------------------------------------------------

    def _tell(self, **values: int) -> None:
        for name, value in values.items():
            self._job[JOB.index(name)] = value

    def _set(self, place: int, **addresses: int) -> None:
        for name, address in addresses.items():
            self._table[place * len(ARGUMENTS) + ARGUMENTS.index(name)] = address

    def _point(self) -> None:
        """The table of the books: what stays where it is."""
        for place, book in self._traded:
            others = array("q", [_address(each) for o in book.others for each in (o.arrays.b, o.arrays.bk)] or [0])
            self._kept.append(others)
            held = book.arrays
            self._set(
                place, params=_address(held.params), f=_address(held.f), k=_address(held.k), w=_address(held.w),
                b=_address(held.b), bk=_address(held.bk), trades=_address(held.trades), orders=_address(held.orders),
                records=_address(held.records), others=_address(others),
            )  # fmt: skip

    def _point_to_one(self) -> None:
        """Everything to the cells of one event."""
        one = self._one
        if self._till is not None:
            self._till.point(self._till.cells_at)
        for place, book in self._traded:
            self._done[place] = book.index
            self._set(place, columns=_address(one.pointers[place]), outs=_address(one.targets[place]))
        self._tell(
            offsets=_address(one.offsets), symbol=_address(one.symbol), row=_address(one.row),
            begins=_address(one.begins), **dict.fromkeys((*EVENTS, *BARS), 0),
        )  # fmt: skip
        self._alone = True


class _One:
    """What it takes to run one event: for each book pointers to the cells of its bar, and a cell for each output."""

    def __init__(self, plan: Plan, books: Sequence[Book | None], cells: Cells) -> None:
        count, size = len(books), 8 * len(books)
        self.handed = [array("d", bytes(8 * len(plan.outputs))) for _ in range(count)]
        self.pointers = [cells.pointers(place, plan.columns) for place in range(count)]
        self.targets = [array("q", [*_NOT_ASKED, *_items(handed)]) for handed in self.handed]
        self.offsets, self.symbol = array("q", [0, 0]), array("i", bytes(4 * count))
        self.row, self.begins = array("q", bytes(size)), array("q", bytes(size))


class _Till:
    """The account's row of pointers, and a cell for each of its columns at one event."""

    def __init__(self, cashier: Cashier, present: Callable[..., Present], place: int) -> None:
        """place: where crossings have what the account reads of them."""
        plan, held = cashier.plan, cashier.arrays
        self._present, self._place = present(plan.columns).row, place
        self._write = Struct("".join("q" if column.whole else "d" for column in plan.columns)).pack_into
        self._cells = array("d", bytes(8 * len(plan.columns)))
        self.cells_at = _items(self._cells)
        self._others = array(
            "q", [_address(each) for o in cashier.others for each in (o.arrays.b, o.arrays.bk)] or [0]
        )  # fmt: skip
        self.row = array("q", bytes(8 * len(ARGUMENTS)))
        for name, each in (
            ("params", held.params), ("f", held.f), ("k", held.k), ("w", held.w), ("b", held.b), ("bk", held.bk),
            ("trades", held.trades), ("orders", held.orders), ("records", held.records), ("others", self._others),
        ):  # fmt: skip
            self.row[ARGUMENTS.index(name)] = _address(each)
        self.point(self.cells_at)

    def point(self, columns: array[int]) -> array[int]:
        """Its columns are these; whoever has their addresses keeps them."""
        self._columns = columns
        self.row[ARGUMENTS.index("columns")] = _address(columns)
        return columns

    def write(self, opened: int, given: Mapping[str, Sequence[float]]) -> None:
        """The account's bar of one event."""
        self._write(self._cells, 0, *self._present(self._place, AtEvent(opened), {}, given))


_NOT_ASKED = [0] * len(HANDED)
"""Pointers to the outputs of a single book, which are of the account here."""

_EVENT = JOB.index("event")


def _address(values: array[Any]) -> int:
    return values.buffer_info()[0]


def _items(values: array[Any]) -> array[int]:
    """Pointers to each of the numbers."""
    return array("q", [_address(values) + 8 * place for place in range(len(values))])
