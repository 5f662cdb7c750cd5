"""The events of a portfolio as LLVM text: a loop over flat arrays of events, so that no Python runs for one of them.

It goes through `PORTFOLIO_EVENT` as the interpreted driver does, and calls the two parts of a bar (`emit_part`) and the
functions of trading for the books that each turn is over. All it reads is in the job, a row of pointers and counts; a
book is a row of the pointers that a part takes. After an event that left a row buffer nearly full the host drains it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ...lang.plan.model import Plan
from ..portfolio.order import groups, sequences, stages
from ..trading import layout
from ..trading.phases import ACCOUNT, AWAKE, BOOKS, MEMBERS, PREFERRED, Stage, Turn
from .emit_book import Book
from .emit_groups import Group
from .emit_loops import Loops
from .emit_part import ARGUMENTS, emit_account, emit_parts
from .emit_sequences import Steps
from .emit_text import DOUBLE, I64, PTR, Function
from .emit_trading import phase_named, symbol_of
from .symbols import declaration

JOB = (
    "event", "count", "offsets", "symbol", "row", "begins", "books", "a", "ak", "account_orders", "now", "done",
    "acted", "acting", "order", "day", "legs", "equity", "cash", "quantity", "profit", "account", "account_records",
)  # fmt: skip
"""Of a job, eight bytes each.

event: the number of the stretch's first event in the run. count: symbols. offsets, symbol, row, begins: the events, as
in `portfolio.stretch`. books: by symbol the pointers of `ARGUMENTS`; those of a symbol that is only watched are null.
a, ak, account_orders: the account's. now: by symbol the item of its bar at this event, -1 between events and where it
has none. done: bars so far. acted: whether the account's sums may be of books that have changed since. acting, order:
room for a number by symbol. day: the last day in the calendar zone. legs: the places of the symbols of the legs of
atomic groups, then of the instructions of sequences. equity, cash: by event; quantity, profit: by bar; each may be
null. account: the pointers of `ARGUMENTS` of what decides the account's flows, null where there are none.
"""

ENTRY = "portfolio"
HEAD = f"define i64 @{ENTRY}(i64 %first, i64 %stop, ptr %job) nounwind"
_WHOLE = ("event", "count")
PARTS = (AWAKE, "opening", "closing")


def emit_portfolio(plan: Plan, account: Plan | None = None) -> str:
    """The module of a plan of several symbols, with what it calls declared. account: what decides its flows, if any.

    `portfolio(first, stop, job)` runs the stretch's events first … stop-1, and gives the event reached.
    """
    calls: set[str] = set()
    functions = [*emit_parts(plan, calls), *(emit_account(account, calls) if account is not None else ())]
    functions.append(Driver(plan, calls, account).text())
    return "\n".join([*(declaration(symbol) for symbol in sorted(calls)), "", *functions])


class Driver(Loops):
    """Writes the loop over events. A place is an i64 operand: a symbol's, in the order of the panel."""

    def __init__(self, plan: Plan, calls: set[str], account: Plan | None = None) -> None:
        super().__init__(function := Function(HEAD))
        self.plan, self.calls, self.account = plan, calls, account
        self.own: dict[str, Callable[[Stage], None]] = {
            "day": self._day, "release": self._release, "closing": self._closing, "groups": self._bind,
            "steps": self._reconcile, "outputs": self._outputs, "flows": self._flows,
            "account": self._decide_of_account, "gauges": self._gauges,
            "call": self._margin, "called": self._after_call,
        }  # fmt: skip
        for place, name in enumerate(JOB):
            kind = I64 if name in _WHOLE else PTR
            function.once(f"%{name}.at = getelementptr i64, ptr %job, i64 {place}")
            function.once(f"%{name} = load {kind}, ptr %{name}.at")
        names = ("full", "acting.count", "called")
        self._full, self._acting, self._called = (function.alloca(name, I64) for name in names)
        self._few = False  # whether what is left of the event is for those alone that have something to decide

    def text(self) -> str:
        """The function."""
        function = self.function
        function.label("event.begin")
        function.line("%e = phi i64 [ %first, %entry ], [ %e.next, %event.end ]")
        function.line("%index.event = add i64 %event, %e")
        function.set(self._full, "0", I64)
        self._bounds()
        self._arrive()
        left = list(stages(self.plan))
        while left:
            stage = left.pop(0)
            if stage.name == "marks" and left[0].name == "sums":
                self._marks_and_sums(stage, left.pop(0))
            elif stage.name == "sums":
                with self.where(self.holds(self.item("%acted", "0"))):
                    self._stage(stage)
            else:
                self._stage(stage)
        self._leave()
        function.go("event.end")
        function.label("event.end")
        function.line("%e.next = add i64 %e, 1")
        fits = function.let(f"icmp eq i64 {function.get(self._full, I64)}, 0")
        more = function.let("icmp slt i64 %e.next, %stop")
        function.branch(function.let(f"and i1 {fits}, {more}"), "event.begin", "exit")
        function.label("exit")
        function.line("%reached = phi i64 [ %first, %entry ], [ %e.next, %event.end ]")
        function.line("ret i64 %reached")
        function.once("%any = icmp slt i64 %first, %stop")
        function.once("br i1 %any, label %event.begin, label %exit")
        return function.text()

    # --- the books of a turn ---------------------------------------------------------------------------

    @contextmanager
    def each(self, over: str, flag: int = -1) -> Iterator[Book]:
        """The lines for each book that a turn is over."""
        if over == PREFERRED and self.plan.prefer is not None:
            count = self._preferred(flag)
            with self.loop("0", count) as number:
                yield self.book(self.item("%order", number))
        elif over == BOOKS:
            with self.loop("0", "%count") as place:
                book = self.book(place)
                with self.where(book.traded()):
                    yield book
        else:
            with self._acting_bars() if self._few else self._bars() as (book, _):
                yield book

    @contextmanager
    def _bars(self) -> Iterator[tuple[Book, str]]:
        """The lines for each book with a bar at this event, and the bar's place among all."""
        with self.loop("%from", "%to") as bar:
            place = self.function.let(f"sext i32 {self.item('%symbol', bar, 'i32')} to i64")
            book = self.book(place)
            with self.where(book.traded()):
                yield book, bar

    @contextmanager
    def _acting_bars(self) -> Iterator[tuple[Book, str]]:
        """The same for those that have something to decide."""
        with self.loop("0", self.function.get("%acting.count", I64)) as number:
            bar = self.item("%acting", number)
            place = self.function.let(f"sext i32 {self.item('%symbol', bar, 'i32')} to i64")
            yield self.book(place), bar

    def _preferred(self, flag: int) -> str:
        """Places of the members whose flag is set into %order, the larger preference first, missing last; how many."""
        function = self.function
        count, behind = (function.alloca(function.name(stem), I64) for stem in ("sorted", "behind"))
        function.set(count, "0", I64)
        with self.each(MEMBERS) as book, self.where(self.holds(book.slot("bk", flag, I64))):
            own = book.slot("b", layout.PREFERENCE, DOUBLE)
            function.set(behind, function.get(count, I64), I64)
            name = function.name("sort")
            function.go(f"{name}.look")
            function.label(f"{name}.look")
            place = function.get(behind, I64)
            function.branch(function.let(f"icmp sgt i64 {place}, 0"), f"{name}.weigh", f"{name}.put")
            function.label(f"{name}.weigh")
            before = function.let(f"sub i64 {place}, 1")
            other = self.item("%order", before)
            its = self.book(other).slot("b", layout.PREFERENCE, DOUBLE)
            larger = function.let(f"fcmp ogt double {own}, {its}")
            known = function.let(f"fcmp ord double {own}, 0.0")
            last = function.let(f"and i1 {known}, {function.let(f'fcmp uno double {its}, 0.0')}")
            function.branch(function.let(f"or i1 {larger}, {last}"), f"{name}.move", f"{name}.put")
            function.label(f"{name}.move")
            function.line(f"store i64 {other}, ptr {self.at('%order', place)}")
            function.set(behind, before, I64)
            function.go(f"{name}.look")
            function.label(f"{name}.put")
            function.line(f"store i64 {book.place}, ptr {self.at('%order', function.get(behind, I64))}")
            function.set(count, function.let(f"add i64 {function.get(count, I64)}, 1"), I64)
        return function.get(count, I64)

    # --- the event -------------------------------------------------------------------------------------

    def _bounds(self) -> None:
        """Which bars are this event's."""
        function = self.function
        function.line("%from.at = getelementptr i64, ptr %offsets, i64 %e")
        function.line("%from = load i64, ptr %from.at")
        function.line("%to.at = getelementptr i64, ptr %from.at, i64 1")
        function.line("%to = load i64, ptr %to.at")

    def _arrive(self) -> None:
        """Each member's item and count of bars; when the event's bars opened, and on what day."""
        function, plan = self.function, self.plan
        members, time = (function.alloca(name, I64) for name in ("members", "opened"))
        today = function.alloca("today", DOUBLE)
        for place, kind, value in ((members, I64, "0"), (self._acting, I64, "0"), (today, DOUBLE, "-1.0e300")):
            function.set(place, value, kind)
        with self._bars() as (book, bar):
            item = self.item("%row", bar)
            function.line(f"store i64 {item}, ptr {self.at('%now', book.place)}")
            index = function.let(f"add i64 {self.item('%begins', book.place)}, {item}")
            done = function.let(f"add i64 {index}, 1")
            function.line(f"store i64 {done}, ptr {self.at('%done', book.place)}")
            none = function.let(f"icmp eq i64 {function.get(members, I64)}, 0")
            with self.where(none):
                function.set(time, book.column("time", I64), I64)
            function.set(members, "1", I64)
            if plan.day:
                day, last = book.column_at(plan.day[0], DOUBLE), function.get(today, DOUBLE)
                later = function.let(f"fcmp ogt double {day}, {last}")
                function.set(today, function.let(f"select i1 {later}, double {day}, double {last}"), DOUBLE)

    def _stage(self, stage: Stage) -> None:
        """A stage of the event, where somebody is there and the account says so."""
        function = self.function
        if stage.name in self.own:
            self.own[stage.name](stage)
            return
        with self.where(function.let(f"icmp ne i64 {function.get('%members', I64)}, 0")):
            if stage.asks:
                with self.where(self.holds(self.call(stage.asks, None))):
                    self._turns(stage)
            else:
                self._turns(stage)

    def _marks_and_sums(self, marks: Stage, sums: Stage) -> None:
        """Both at once, book by book: neither looks at another book, and each book is fetched from memory but once."""
        (marking,), (first, adding) = marks.turns, sums.turns
        assert (marking.over, first.over, adding.over) == (MEMBERS, ACCOUNT, BOOKS)
        with self.where(self.holds(self.function.get("%members", I64))):
            self._turn(first)
            self.function.line("store i64 0, ptr %acted")
            with self.each(BOOKS) as book:
                with self.where(self.function.let(f"icmp sge i64 {book.item()}, 0")):
                    for name in marking.calls:
                        self.call(name, book)
                (add,) = adding.calls
                self._also_acted(self.call(add, book))

    def _also_acted(self, answer: str) -> None:
        """Sums that keep the room of an exit which met no open are of this event alone."""
        function = self.function
        kept = self.item("%acted", "0")
        function.line(f"store i64 {function.let(f'or i64 {kept}, {answer}')}, ptr %acted")

    def _closing(self, stage: Stage) -> None:
        """The closing parts; and which books have something to decide, while they are at hand."""
        function = self.function
        (turn,) = stage.turns
        with self.where(self.holds(function.get("%members", I64))), self._bars() as (book, bar):
            for name in turn.calls:
                self.call(name, book)
            self._of_bar(book, bar)
            with self.where(self.holds(self.call("acts", book))):
                count = function.get(self._acting, I64)
                function.line(f"store i64 {bar}, ptr {self.at('%acting', count)}")
                function.set(self._acting, function.let(f"add i64 {count}, 1"), I64)
        self._few = not self.plan.gauged  # whose guards may yet act on every book

    def _turns(self, stage: Stage) -> None:
        for turn in stage.turns:
            self._turn(turn)

    def _turn(self, turn: Turn) -> None:
        if turn.over == ACCOUNT:
            for name in turn.calls:
                self.call(name, None)
            self.note_full("%ak", turn)
        else:
            with self.each(turn.over, turn.flag) as book, self._asked(turn, book):
                for name in turn.calls:
                    self.call(name, book)
                self.note_full(book.array("bk"), turn)
                if "take" in turn.calls:
                    self.function.line("store i64 1, ptr %acted")

    @contextmanager
    def _asked(self, turn: Turn, book: Book) -> Iterator[None]:
        if turn.flag >= 0:
            with self.where(self.holds(book.slot("bk", turn.flag, I64))):
                yield
        elif turn.asks:
            if self._few and turn.asks == "acts":  # which was asked after the closing part
                yield
                return
            with self.where(self.holds(self.call(turn.asks, book))):
                yield
        else:
            yield

    def call(self, name: str, book: Book | None, **given: str) -> str:
        """Call a part of a bar, or a function of trading for a book or the account; gives its answer."""
        function = self.function
        if name in PARTS:
            assert book is not None
            return self._part(name, book)
        symbol = symbol_of(name)
        self.calls.add(symbol)
        told = [given[each] if each in given else self._operand(each, book) for each in phase_named(name).arguments]
        return function.let(f"call i64 @{symbol}({', '.join(told)})")

    def _operand(self, name: str, book: Book | None) -> str:
        if name in ("a", "ak"):
            return f"ptr %{name}"
        if book is not None:
            return book.operand(name)
        event = {
            "orders": "ptr %account_orders", "records": "ptr %account_records", "index": "i64 %index.event",
        }  # fmt: skip
        return event.get(name) or f"i64 {self.function.get('%opened', I64)}"

    def _part(self, name: str, book: Book) -> str:
        function = self.function
        if name == "closing":
            self._hand_to_others(book)
        arrays = ", ".join(f"ptr {book.array(each)}" for each in ARGUMENTS)
        return function.let(f"call i64 @{name}(i64 {book.index()}, i64 {book.item()}, {arrays})")

    def _hand_to_others(self, book: Book) -> None:
        """What a book reads of others is as of now: the account's part of them too."""
        for number in range(len(self.plan.books_of)):
            others = book.array("others")
            b, k = (self.item(others, str(2 * number + item), PTR) for item in (0, 1))
            self.call("hand", book, b=f"ptr {b}", k=f"ptr {k}")

    def note_full(self, k: str, turn: Turn) -> None:
        """Where rows may have been written: whether a buffer is nearly full."""
        written = {"trades", "orders", "records"}
        if any(written & set(_arguments(name)) for name in turn.calls):
            self.add_full(k)

    def add_full(self, k: str) -> None:
        """Whether a buffer of the book or account with this `k` is nearly full."""
        function = self.function
        full = self.item(k, str(layout.FULL))
        function.set(self._full, function.let(f"or i64 {function.get(self._full, I64)}, {full}"), I64)

    def _day(self, stage: Stage) -> None:
        """The account's day is another than that of the event before."""
        if not self.plan.day:
            return
        function = self.function
        known = function.let(f"icmp ne i64 {function.get('%members', I64)}, 0")
        changed = function.let(f"fcmp une double {function.get('%today', DOUBLE)}, {self.item('%day', '0', DOUBLE)}")
        with self.where(function.let(f"and i1 {known}, {changed}")):
            function.line(f"store double {function.get('%today', DOUBLE)}, ptr %day")
            self.call("begin_day", None, day=f"double {function.get('%today', DOUBLE)}")

    def _release(self, stage: Stage) -> None:
        """Groups of legs that wait fill, or are held back."""
        self._groups(Group.release)

    def _bind(self, stage: Stage) -> None:
        """Groups of legs that are wished are placed whole, or not at all."""
        self._groups(Group.bind)
        self._sequences(Steps.instruct)

    def _reconcile(self, stage: Stage) -> None:
        """Where an instruction has filled the next one's turn has come, or its sequence ends."""
        self._sequences(Steps.reconcile)

    def _margin(self, stage: Stage) -> None:
        """Positions leave, one after another, until enough is left of the account."""
        function = self.function
        function.set(self._called, "0", I64)
        with self.where(self.holds(function.get("%members", I64))):
            self.call("unasked", None)
            name = function.name("call")
            function.go(f"{name}.look")
            function.label(f"{name}.look")
            function.branch(self.holds(self.call(stage.asks, None)), f"{name}.do", f"{name}.past")
            function.label(f"{name}.do")
            function.set(self._called, "1", I64)
            self._turns(stage)
            function.go(f"{name}.look")
            function.label(f"{name}.past")

    def _after_call(self, stage: Stage) -> None:
        with self.where(self.holds(self.function.get(self._called, I64))):
            self._turns(stage)
            self.function.line("store i64 1, ptr %acted")

    def _decide_of_account(self, stage: Stage) -> None:
        """What the account's own series say; at an event of symbols that are only watched as well."""
        assert self.account is not None
        function = self.function
        held = {name: self.item("%account", str(place), PTR) for place, name in enumerate(ARGUMENTS)}
        for number in range(len(self.account.books_of)):
            b, k = (self.item(held["others"], str(2 * number + item), PTR) for item in (0, 1))
            self.call("hand", self.book("0"), b=f"ptr {b}", k=f"ptr {k}")
        arrays = ", ".join(f"ptr {held[name]}" for name in ARGUMENTS)
        function.let(f"call i64 @deciding(i64 %index.event, i64 %e, {arrays})")

    def _time_of_account(self) -> str:
        """When the account's bar of this event opened."""
        assert self.account is not None
        columns = self.item("%account", str(ARGUMENTS.index("columns")), PTR)
        return self.item(self.item(columns, str(self.account.column("time")), PTR), "%e")

    def _gauges(self, stage: Stage) -> None:
        """Guards act on what their series are; at such an event as well."""
        function = self.function
        with self.where(function.let(f"icmp eq i64 {function.get('%members', I64)}, 0")):
            function.set("%opened", self._time_of_account(), I64)
        with self.where(self.holds(self.call(stage.asks, None))):
            self._turns(stage)

    def _flows(self, stage: Stage) -> None:
        """Money comes and goes; at such an event as well."""
        time = self._time_of_account()
        with self.where(self.holds(self.call(stage.asks, None))):
            for turn in stage.turns:
                if turn.over == ACCOUNT:
                    for name in turn.calls:
                        self.call(name, None, time=f"i64 {time}")
                    self.note_full("%ak", turn)
                else:
                    self._turn(turn)

    def _groups(self, act: Callable[[Group], None]) -> None:
        first = 0
        for legs in groups(self.plan):
            with self.where(self.holds(self.function.get("%members", I64))):
                act(Group(self, legs, first))
            first += len(legs)

    def _sequences(self, act: Callable[[Steps], None]) -> None:
        first = sum(map(len, groups(self.plan)))
        for steps in sequences(self.plan):
            with self.where(self.holds(self.function.get("%members", I64))):
                act(Steps(self, steps, first))
            first += len(steps)

    def book(self, place: str) -> Book:
        """The book of the symbol at a place."""
        return Book(self, self.plan, place)

    def _outputs(self, stage: Stage) -> None:
        """What the account and the books are after the event."""
        function = self.function
        for name, slot in (("equity", layout.EQUITY), ("cash", layout.CASH)):
            with self._asked_for(name):
                value = self.item("%a", str(slot), DOUBLE)
                function.line(f"store double {value}, ptr {self.at(f'%{name}', '%e', DOUBLE)}")
        with self._acting_bars() if self._few else self._bars() as (book, bar):
            self._of_bar(book, bar)

    def _of_bar(self, book: Book, bar: str) -> None:
        """What a book hands out on its bar."""
        function = self.function
        with self._asked_for("quantity"):
            quantity = book.slot("b", layout.QUANTITY, DOUBLE)
            function.line(f"store double {quantity}, ptr {self.at('%quantity', bar, DOUBLE)}")
        with self._asked_for("profit"):
            realised, unrealised, fees = (
                book.slot("b", slot, DOUBLE) for slot in (layout.REALISED, layout.UNREALISED, layout.FEES)
            )
            gross = function.let(f"fadd double {realised}, {unrealised}")
            net = function.let(f"fsub double {gross}, {fees}")
            function.line(f"store double {net}, ptr {self.at('%profit', bar, DOUBLE)}")

    @contextmanager
    def _asked_for(self, name: str) -> Iterator[None]:
        with self.where(self.function.let(f"icmp ne ptr %{name}, null")):
            yield

    def _leave(self) -> None:
        """No book has a bar any more."""
        with self.loop("%from", "%to") as bar:
            place = self.function.let(f"sext i32 {self.item('%symbol', bar, 'i32')} to i64")
            self.function.line(f"store i64 -1, ptr {self.at('%now', place)}")


def _arguments(name: str) -> tuple[str, ...]:
    return ("trades", "orders", "records") if name in PARTS else phase_named(name).arguments
