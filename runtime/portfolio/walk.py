"""The interpreted driver: one event after another, stage by stage, as `PORTFOLIO_EVENT` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Plan
from ..interpreted.engine import compiled_parts
from ..machine.engines import plain
from ..machine.outputs import BOOKS as HANDED
from ..trading import layout
from ..trading.phases import ACCOUNT, AWAKE, BOOKS, COLD, HOT, PREFERRED, SEVERAL, Stage, Turn
from ..trading.state import TradingState
from .book import Book
from .cashier import AtEvent, Cashier
from .columns import Bars, Present
from .groups import Leg, bind, release
from .order import groups, sequences, stages
from .outs import Outs
from .sequences import instruct, reconcile

if TYPE_CHECKING:
    from .stretch import Stretch

NA = float("nan")


class Walk:
    """Books by the place of their symbol in the panel (None: only watched), and their account."""

    day: float
    """The last day of an event in the calendar zone."""

    def __init__(
        self, plan: Plan, books: Sequence[Book | None], account: TradingState, present: Callable[..., Present],
        cashier: Cashier | None = None,
    ) -> None:  # fmt: skip
        self.day = 0.0
        self._plan, self._books, self._account, self._cashier = plan, books, account, cashier
        self._traded = [book for book in books if book is not None]
        self._row = present(plan.columns).row
        self._stages = stages(plan)
        of = {book.symbol: book for book in self._traded}
        self._groups = [[Leg(of[each.symbol], each.index) for each in legs] for legs in groups(plan)]
        self._sequences = [[Leg(of[each.symbol], each.index) for each in steps] for steps in sequences(plan)]
        prepare = compiled_parts(plan)
        for book in self._traded:
            book.awake, book.opening, book.closing = prepare(*_arrays(book))
        self._account_row: Sequence[Any] = ()  # the account's bar of this event
        if cashier is not None:
            self._row_of_account = present(cashier.plan.columns).row
            self._wish = compiled_parts(cashier.plan)(*_arrays(cashier))[2]
        self._makes = [int if column.whole else float for column in plan.columns]
        self._columns = {
            column.name: place for place, column in enumerate(plan.columns) if column.source == "bar"
        }  # fmt: skip
        self._columns.update(plan.extra_columns)
        self._own: dict[str, Callable[[Book], Any]] = {
            AWAKE: lambda book: book.awake(book.index - 1, book.row),
            "opening": lambda book: book.opening(book.index - 1, book.row),
            "closing": self._close,
        }
        self._members: list[Book] = []
        self._event = self._opened = 0
        self._called = False  # whether any position has left at this event, as too little was left of the account

    def take_up(self, day: float) -> None:
        """Go on from where the books are now."""
        self.day = day

    # --- running ---------------------------------------------------------------------------------------

    def stretch(
        self, stretch: Stretch, columns: Sequence[Sequence[Any]], outs: Outs, series: Sequence[Sequence[Any]],
        of_account: Sequence[Any] = (),
    ) -> None:  # fmt: skip
        """Every event of a stretch; columns, series: by symbol, those of the plan and what takes its outputs.
        of_account: columns of the account's plan, by event."""
        rows = [list(zip(*map(plain, each), strict=True)) if each else [] for each in columns]
        events = list(zip(*map(plain, of_account), strict=True)) if of_account else []
        for book, taken in zip(self._books, series, strict=True):
            if book is not None:
                book.outs = [*([None] * len(HANDED)), *(None if out is None else memoryview(out) for out in taken)]
        for event in range(len(stretch)):
            first, stop = int(stretch.offsets[event]), int(stretch.offsets[event + 1])
            members = stretch.symbol[first:stop].tolist()
            items = stretch.row[first:stop].tolist()
            values = [rows[place][item] if rows[place] else () for place, item in zip(members, items, strict=True)]
            self._account_row = events[event] if events else ()
            self._run(stretch.first + event, members, values, items)
            self._hand_out(event, range(first, stop), members, outs)

    def event(
        self, number: int, members: Sequence[int], bars: Bars, given: Mapping[str, Sequence[float]]
    ) -> None:
        """One event, whose members' bars these are; each book's `handed` has its outputs afterwards."""
        for place in members:
            book = self._books[place]
            if book is not None:
                book.outs = [[0.0] for _ in range(len(HANDED) + len(self._plan.outputs))]
        makes = self._makes
        rows = [self._row(place, *bars[place], given) if self._books[place] is not None else () for place in members]
        numbers = [[make(value) for make, value in zip(makes, row, strict=False)] for row in rows]
        if self._cashier is not None:
            opened = min(bars[place][0][0] for place in members)
            row = self._row_of_account(len(self._books), AtEvent(opened), {}, given)
            kinds = [int if column.whole else float for column in self._cashier.plan.columns]
            self._account_row = [make(value) for make, value in zip(kinds, row, strict=True)]
        self._run(number, members, numbers, [0] * len(members))
        for place in members:
            book = self._books[place]
            if book is not None:
                book.handed = [out[0] for out in book.outs[len(HANDED) :]]

    def _hand_out(self, event: int, bars: range, members: Sequence[int], outs: Outs) -> None:
        for taken, slot in ((outs.equity, layout.EQUITY), (outs.cash, layout.CASH)):
            if taken is not None:
                taken[event] = self._account.b[slot]
        for bar, place in zip(bars, members, strict=True):
            book = self._books[place]
            b = book.arrays.b if book is not None else None
            if outs.quantity is not None:
                outs.quantity[bar] = b[layout.QUANTITY] if b else 0.0
            if outs.profit is not None:
                outs.profit[bar] = b[layout.REALISED] + b[layout.UNREALISED] - b[layout.FEES] if b else 0.0

    # --- one event -------------------------------------------------------------------------------------

    def _run(self, number: int, members: Sequence[int], rows: Sequence[Sequence[Any]], items: Sequence[int]) -> None:
        self._members = []
        for place, row, item in zip(members, rows, items, strict=True):
            book = self._books[place]
            if book is not None:
                book.row, book.item, book.index = row, item, book.index + 1
                self._members.append(book)
        self._event = number
        if not self._members:
            self._account_alone()
            return
        self._opened = self._members[0].row[self._columns["time"]]
        for stage in self._stages:
            self._stage(stage)
        for book in self._members:
            book.opened, book.close = (book.row[self._columns[name]] for name in ("time", "close"))
            book.row = ()
        for state in (self._account, *(book.trading for book in self._traded)):
            if state.k[layout.FULL]:
                state.drain()

    def _account_alone(self) -> None:
        """An event of symbols that are only watched: what is of the account goes on all the same."""
        if self._cashier is None:
            return
        self._opened = self._account_row[self._cashier.plan.column("time")]
        for stage in self._stages:
            if stage.name in ("account", "gauges", "flows"):
                self._stage(stage)

    def _decide_of_account(self) -> None:
        """What the account's own series say."""
        cashier = self._cashier
        assert cashier is not None
        for other in cashier.others:
            self._call("hand", other)
        self._wish(self._event, 0, self._account_row, ())
        cashier.index = self._event + 1

    def _flows(self, stage: Stage) -> None:
        """Money comes and goes, at the time of the account's own bar."""
        assert self._cashier is not None
        if not self._call(stage.asks, None):
            return
        opened = self._account_row[self._cashier.plan.column("time")]
        for turn in stage.turns:
            for name in turn.calls if turn.over == ACCOUNT else ():
                self._call(name, None, time=opened)
            for book in self._traded if turn.over == BOOKS else ():
                for name in turn.calls:
                    self._call(name, book)

    def _margin(self, stage: Stage) -> None:
        """Positions leave, one after another, until enough is left of the account."""
        self._called = False
        self._call("unasked", None)
        while self._call(stage.asks, None):
            self._called = True
            for turn in stage.turns:
                self._turn(turn)

    def _stage(self, stage: Stage) -> None:
        if stage.name == "account":
            self._decide_of_account()
            return
        if stage.name == "flows":
            self._flows(stage)
            return
        if stage.name == "call":
            self._margin(stage)
            return
        if stage.name == "called" and not self._called:
            return
        for legs in self._groups if stage.name == "release" else ():
            release(self._call, legs, lambda book: book.row[self._columns["open"]])
        for steps in self._sequences if stage.name == "steps" else ():
            reconcile(self._call, steps)
        for legs in self._groups if stage.name == "groups" else ():
            bind(self._call, legs)
        for steps in self._sequences if stage.name == "groups" else ():
            instruct(self._call, steps)
        if (stage.name == "day" and not self._new_day()) or (stage.asks and not self._call(stage.asks, None)):
            return
        for turn in stage.turns:
            self._turn(turn)

    def _new_day(self) -> bool:
        """Whether the day, in the calendar zone, is another than that of the event before."""
        if not self._plan.day:
            return False
        today = float(max(book.row[self._plan.day[0]] for book in self._members))
        another = today != self.day
        self.day = today
        return another

    def _turn(self, turn: Turn) -> None:
        if turn.over == ACCOUNT:
            for name in turn.calls:
                self._call(name, None)
            return
        for book in self._over(turn):
            if (turn.flag < 0 or book.arrays.bk[turn.flag]) and (not turn.asks or self._call(turn.asks, book)):
                for name in turn.calls:
                    self._call(name, book)

    def _over(self, turn: Turn) -> Sequence[Book]:
        """Its books, in their order."""
        if turn.over == BOOKS:
            return self._traded
        if turn.over != PREFERRED or self._plan.prefer is None:
            return self._members
        return sorted(self._members, key=_preference)

    def _call(self, name: str, book: Book | None, **given: int) -> Any:
        """A part of a bar, or a function of trading, of a book or of the account; given: what else it is told."""
        if name in self._own:
            assert book is not None
            return self._own[name](book)
        function, arguments = _FUNCTIONS[name]
        if book is None:
            return function(*[given[each] if each in given else self._of_account(each) for each in arguments])
        return function(*[given[each] if each in given else self._of_book(each, book) for each in arguments])

    def _of_account(self, name: str) -> Any:
        """What an account's function takes of this name."""
        state = self._account
        held = {
            "a": state.b, "ak": state.k, "orders": state.orders, "records": state.records, "index": self._event,
            "time": self._opened, "day": self.day,
        }  # fmt: skip
        return held[name]

    def _of_book(self, name: str, book: Book) -> Any:
        """What a book's function takes of this name."""
        if name in _ARRAYS:
            return getattr(book.arrays, _ARRAYS[name])
        if name in ("a", "ak"):
            return self._account.b if name == "a" else self._account.k
        if name == "index":
            return book.index - 1
        if not book.row:
            return self._opened if name == "time" else NA
        return book.row[self._columns[name]]

    def _close(self, book: Book) -> None:
        """The closing part; what it reads of other books is as of now, the account's part of them too."""
        for other in book.others:
            self._call("hand", other)
        book.closing(book.index - 1, book.item, book.row, book.outs)


_FUNCTIONS = {
    name: (phase.function, phase.arguments) for table in (HOT, COLD, SEVERAL) for name, phase in table.items()
}
_ARRAYS = {"b": "b", "k": "bk", "trades": "trades", "orders": "orders", "records": "records"}


def _arrays(book: Book | Cashier) -> tuple[Any, ...]:
    """What `prepare` of the parts takes."""
    held = book.arrays
    views = [memoryview(held.f), memoryview(held.k), memoryview(held.w)]
    others = [array for other in book.others for array in (other.arrays.b, other.arrays.bk)]
    return held.params, *views, *held.all()[4:], others


def _preference(book: Book) -> tuple[bool, float]:
    """Larger first, missing last; equal ones stay in the panel's order."""
    own = book.arrays.b[layout.PREFERENCE]
    return own != own, -own
