"""A live run over several symbols: one account, one event at a time.

An event is the bars that close at one instant, by their symbols. Symbols without a bar then are read at their last
one, as in a backtest.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from threading import Lock
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any, Unpack

from ....lang.diagnostics.brief import brief
from ....lang.diagnostics.suggest import nearest
from ....lang.inputs.assumptions import Assumptions
from ....lang.plan.constants import MISSING, TICK, evaluate_params, warmup
from ....lang.plan.model import Several
from ....lang.program.timeframe import Timeframe
from ...calendar import Calendar
from ...calendar.civil import SECOND
from ...calendar.instants import Moment, shown
from ...compiled.compiled import Compiled
from ...data.instruments import read_instruments
from ...data.quality import EARLIEST, LATEST
from ...errors import HostError, RunError, UsageFault
from ...given import check_given
from ...limits import Meter, metered
from ...machine.columns import own_number
from ...machine.snapshot import SnapshotError, of_this_version
from ...portfolio.machine import Portfolio
from ...portfolio.order import groups, sequences
from ...portfolio.snapshot import MAGIC, VERSION
from ...results.format import counted
from ...trading import layout
from ...trading.layout import GUARD_PENDING, ORDER_ROWS, PENDING, RECORD_ROWS, RESTING, TRADE_ROWS
from ...trading.state import TradingState
from ...venue.kept import adopt_all, decode_all, encode_all, joined, size_of
from ..currencies import live_money, pushed_rate
from ..events import Event, decision_events, given_now, of_symbol, row_events, tellers_of, with_limits
from ..options import ASSUMED, Assumed, listed, split_options
from ..outside import least_price
from ..prepare import assume, conditions, fits, live
from ..session import BEFORE, VENUE, Bar, Session, timeframe_given, true_or_false
from .choose import universe_of
from .groups import groups_of
from .prepare import own_assumptions, values_of_all
from .said import names_of, said
from .wishes import wishes_of

if TYPE_CHECKING:
    from ...portfolio.book import Book
    from ...venue.desks import Desks
    from ...why.decided import Moments

_SEAL = 32
Pushed = tuple[int, Mapping[int, tuple[Bar, Mapping[str, float]]], Sequence[bool] | None]
"""What a portfolio is pushed: the instant of an event, its bars by place, and who may take part across symbols."""
_NOTHING: Mapping[str, float] = MappingProxyType({})


class SeveralSession(Session):
    """One program running live on several symbols, which share an account.

    Threads may share it: each event runs whole, in the order in which it is pushed.
    """

    _way_on = ""

    @listed(Assumed)
    def __init__(
        self,
        program: Compiled,
        params: Mapping[str, object] | None = None,
        *,
        symbols: Iterable[str] | str | None = None,
        universe: object = None,
        instruments: object = None,
        timeframe: str | Timeframe | None = None,
        engine: str = "interpreted",
        monitors: bool = False,
        fills: str = "simulated",
        policy: str = "fail",
        assumptions: Mapping[str, object] | None = None,
        state: str | None = None,
        **assumed: Unpack[Assumed],
    ) -> None:
        """symbols: those that are traded, where the program does not say. universe: one, or the path of its file.
        instruments: what symbols are, a file or a mapping, below what the program assumes."""
        if state is not None:
            raise UsageFault("`state` is not available yet: keep `snapshot()` where you like and give it to `restore`")
        check_given(params=params, timeframe=timeframe, engine=engine, monitors=monitors, fills=fills)
        self._above = least_price(policy)
        _, given = split_options(assumed, assumptions, ASSUMED, program=program)
        if "timezone" in given:
            program = program.with_zone(str(given["timezone"]))
        self._lock, self.program = Lock(), program
        several = program.several_monitored() if monitors else program.several
        plan = several.main
        self.timeframe = timeframe_given(plan.timeframe, timeframe)
        for each in several.plans:
            fits(each, self.timeframe)
        notes = self._choose(symbols, universe)
        self.assumptions = assume(plan, given)
        live(self.assumptions)
        catalogue = read_instruments(instruments)
        own, further = own_assumptions(plan, given, self.assumptions, several.assumed, self.traded, catalogue)
        money = live_money(self.assumptions, own, self.traded)
        self.assumptions, own = money.account, money.own
        groups = groups_of(plan, self.assumptions, self.traded, catalogue, self._universe)
        self.notes = [*notes, *further]
        if fills == VENUE:
            _for_a_venue(several, dict(zip(self.traded, own, strict=True)))
        self._values = values_of_all(plan, params, own, self.traded)
        self._given = {"symbols": self.traded, "universe": self._universe, "instruments": instruments,
                       "timeframe": timeframe, "engine": engine, "monitors": monitors, "fills": fills,
                       "policy": policy, "assumptions": given}  # fmt: skip
        self.own = dict(zip(self.traded, own, strict=True))
        kept: dict[str, Any] = {"traded": self.traded, "assumptions": self.assumptions, "own": self.own,
                                "groups": groups, "keep_records": monitors}  # fmt: skip
        self._portfolio = Portfolio(several, self.symbols, self.timeframe, self._values, engine=engine,
                                    venue=fills == VENUE, **kept)  # fmt: skip
        self._beside: Any = None
        if monitors and fills != VENUE:
            from ...why.decided import BesideSeveral

            beside = Portfolio(several, self.symbols, self.timeframe, self._values, engine="interpreted", **kept)
            self._beside = BesideSeveral(self._portfolio, beside)
        self.warmup = warmup(plan, evaluate_params(plan, {**self._values, TICK: own[0].tick or MISSING}))
        self._books: list[Book] = [book for book in self._portfolio.books if book is not None]
        self._places = {name: place for place, name in enumerate(self.symbols)}
        self._lasts: dict[str, int] = dict.fromkeys(self.symbols, BEFORE)
        self._instant = BEFORE
        self._length, self._intraday = self.timeframe.seconds * SECOND, self.timeframe.intraday
        self._closed = False
        self._calendar = Calendar(self.assumptions.timezone, daily=not self.timeframe.intraday)
        self._conditions = frozenset().union(*map(conditions, several.plans))
        self._told = tellers_of(plan, 0)
        self._heard: Mapping[str, list[Event]] = {}  # of each symbol, at a venue, what this event led to
        self._desks: Desks | None = None
        if fills == VENUE:
            from ...venue.desks import Desks

            self._desks = Desks(self._portfolio, self.timeframe, self.assumptions.timezone, self.assumptions.fill)
        self._venue = self._desks

    def _choose(self, symbols: Iterable[str] | str | None, universe: object) -> Sequence[str]:
        """Which symbols are traded, and which are read besides; gives what is to be told of the choice."""
        wishes = wishes_of(self.program.several)
        self._universe = universe_of(wishes.universe, universe, self.program.name)
        wanted, notes = said(wishes.on, self._universe, names_of(symbols))
        if not wanted:
            raise UsageFault('the program does not say which symbols it trades: give symbols=["SPY", "TLT"]')
        read = {name.lower(): name for name in (*wishes.watches, *wishes.reads)}
        self.traded = tuple(read.pop(name.lower(), name) for name in wanted)  # as the program calls those that it reads
        self.symbols = (*self.traded, *read.values())
        return notes

    def __repr__(self) -> str:
        name = self.program.title or self.program.name
        told = f"{'closed, ' * self._closed}{counted(self._portfolio.index, 'event')}"
        return f"<Session {name!r} of {len(self.traded)} symbols, {self.timeframe}: {told}, equity {self.equity:,.2f}>"

    # --- running -------------------------------------------------------------------------------

    def push(  # type: ignore[override]
        self, bars: Mapping[str, Bar], extra: Mapping[str, Mapping[str, float]] | None = None
    ) -> list[Event]:
        """Run one event: the bars that closed at one instant, by symbol; gives what happened, in order.

        extra: by symbol, values of the data's own columns. Each event says its symbol in `data["symbol"]`.
        RunError, and nothing has run, if a bar is not after the one before of its symbol, cannot be, or the bars do not
        close at one instant, after that of the event before.
        """
        with self._lock:
            self.meter, found = metered(self.meter, lambda: self._event(bars, extra or {}))
            return found

    def _event(self, bars: Mapping[str, Bar], extra: Mapping[str, Mapping[str, float]]) -> list[Event]:
        opened, event = self._ready_for(bars, extra)
        again = self._beside_at(event)
        self._run(opened, event)
        return self._told_of(opened, again)

    def _ready_for(
        self, bars: Mapping[str, Bar], extra: Mapping[str, Mapping[str, float]]
    ) -> tuple[dict[str, Any], Pushed]:
        """When each bar of an event opened, and what the portfolio takes of it; nothing has changed."""
        if self._closed:
            raise RunError("the session is closed: restore its snapshot in a new one to go on")
        admitted = self._all_admitted(bars, extra)
        instant = self._instant_of(admitted)
        own, places = extra.get, self._places
        pushed = {places[name]: (bar, own(name, _NOTHING)) for name, bar in admitted.items()}
        return {name: bar.ts for name, bar in admitted.items()}, (instant, pushed, self._may(instant))

    def _beside_at(self, event: Pushed) -> Callable[[], dict[str, Moments]] | None:
        """What decides an event a second time, beside, from the state as it is now."""
        if self._beside is None:
            return None
        decide = self._beside.keep()
        return cache(lambda: decide(lambda run: run.push(*event)))

    def _run(self, opened: Mapping[str, int], event: Pushed) -> None:
        try:
            self._portfolio.push(*event)
        except HostError as fault:  # some books have run, and others not
            self._closed = True
            raise HostError(f"{fault}; the session ended in the middle of an event: restore a snapshot of before it in "
                            "a new one") from fault  # fmt: skip
        self._instant = event[0]
        self._lasts.update(opened)
        if self._desks is not None:
            self._heard = self._desks.bars({self.symbols[place]: bar for place, (bar, _) in event[1].items()})

    def _told_of(
        self, opened: Mapping[str, int], again: Callable[[], dict[str, Moments]] | None, label: int = BEFORE
    ) -> list[Event]:  # fmt: skip
        """What the books wrote, in the order of the symbols; then what the account wrote of itself. again: what each
        book's decisions were made from, where that is asked for. label: of what happened without a bar."""
        event = max(opened.values(), default=label)
        found: list[Event] = []
        quiet = again is None and not self._told
        for book in self._books:
            state, k = book.trading, book.trading.k
            if quiet and _TELLING(k) == _SILENT and not state.drained and book.symbol not in self._heard:
                continue
            ts = opened.get(book.symbol, event)
            own = self._events_of(book, ts)
            late = book.index - 1 - self.assumptions.latency
            if again is not None and book.symbol in opened and (given := given_now(own, late)):
                own = with_limits(own, given, self._beside.decisions, again()[book.symbol])
            if self._told and book.symbol in opened:
                for tell in self._told:
                    own.extend(tell(ts, book.handed))
            if own:
                found += [of_symbol(book.symbol, each) for each in own]
        if _wrote(self._portfolio.account):
            account: Any = SimpleNamespace(trading=self._portfolio.account, plan=self._portfolio.several.main)
            found += [of_symbol("", each) for each in row_events(account, event)]
        return found

    def _events_of(self, book: Book, ts: int) -> list[Event]:
        """What a book wrote, and what waits; where a venue makes the fills that is asked of it."""
        if self._desks is not None:
            return list(self._heard.get(book.symbol, ()))
        k = book.trading.k
        own = row_events(book, ts) if _wrote(book.trading) else []
        if k[PENDING] or k[RESTING] or k[GUARD_PENDING]:
            own += decision_events(book, ts)
        return own

    def close(self) -> None:
        """End the session; nothing is written, a snapshot is the caller's to take."""
        with self._lock:
            for book in self._books:
                book.trading.drain()
            self._closed = True

    def snapshot(self) -> bytes:
        """Everything the rest of the run depends on, checksummed; either engine goes on from it."""
        with self._lock:
            last = self._times()
            if self._desks is not None:
                last = joined(encode_all(self._desks), last)
            return last + self._seal(last) + self._portfolio.snapshot()

    def restore(self, content: bytes) -> None:
        """Go on from a snapshot; SnapshotError, and nothing has changed, if it is damaged or of another session."""
        if not isinstance(content, bytes | bytearray):
            raise UsageFault(f"a snapshot is the bytes that `snapshot()` gave, found {brief(content)}")
        content, size, times = bytes(content), 0, len(self._times())
        size = times if self._desks is None else size_of(content) + times
        last, seal, state = content[:size], content[size : size + _SEAL], content[size + _SEAL :]
        of_this_version(state, MAGIC, VERSION)
        if len(last) < size or seal != self._seal(last):
            raise SnapshotError("no snapshot of this session: it is damaged, or was made with other symbols, "
                                "assumptions or another timeframe")  # fmt: skip
        instant, *lasts = struct.unpack(f"<{times // 8}q", last[-times:])
        kept = decode_all(self._desks, last[8:-times]) if self._desks is not None else {}
        if not _possible(instant, lasts, self.timeframe.seconds * SECOND):
            raise SnapshotError("no snapshot of this session: the time of its last bars is none")
        with self._lock:
            self._portfolio.restore(state)
            self._instant, self._lasts = instant, dict(zip(self.symbols, lasts, strict=True))
            if self._desks is not None:
                adopt_all(self._desks, kept)

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, shallow or deep, and a session unpickled go on from here on their own."""
        return _taken_up, (self.program, self._values, self._given, self.snapshot(), self._closed, self.meter)

    def _times(self) -> bytes:
        return struct.pack(f"<{1 + len(self.symbols)}q", self._instant, *self._lasts.values())

    def _seal(self, last: bytes) -> bytes:
        each = " ".join(f"{name} {own.digest()}" for name, own in self.own.items())
        rests = f"{self.timeframe} {self.assumptions.digest()} {' '.join(self.symbols)} {each} "
        rests += f"{self._given['fills']} " if self._desks is not None else ""
        return hashlib.sha256(rests.encode() + last).digest()

    # --- reading -------------------------------------------------------------------------------

    @property
    def bars(self) -> int:
        """Events run so far."""
        return self._portfolio.index

    def has_run(self, ts: Moment, symbol: str | None = None) -> bool:
        """Whether the bar of a symbol opened at `ts` is not after its last one run; of every symbol if None."""
        names = self.symbols if symbol is None else (self._known(symbol),)
        return all(self._label(ts) <= self._lasts[name] for name in names)

    @property
    def equity(self) -> float:
        """Of the account."""
        return self._portfolio.account.b[layout.EQUITY]

    @property
    def positions(self) -> dict[str, float]:
        """The signed quantity of each symbol traded."""
        return {book.symbol: book.trading.b[layout.QUANTITY] for book in self._books}

    @property
    def position(self) -> float:
        raise UsageFault(f"each symbol has its position: positions[{self.traded[0]!r}]")

    # --- inside --------------------------------------------------------------------------------

    def _known(self, name: object) -> str:
        if not isinstance(name, str) or name not in self._lasts:
            near = nearest(name, self.symbols) if isinstance(name, str) else None
            way_on = f"did you mean {near}?" if near else f"there are {', '.join(self.symbols[:10])}"
            raise UsageFault(f"the session has no symbol {brief(name)}: {way_on}")
        return name

    def _all_admitted(self, bars: object, extra: object) -> dict[str, Bar]:
        if not isinstance(bars, Mapping) or not bars:
            given = "none" if isinstance(bars, Mapping) else brief(bars)
            raise UsageFault("`push` takes the bars that closed at one instant by symbol, as in "
                             f'{{"SPY": stratagem.Bar(…)}}, found {given}')  # fmt: skip
        if not isinstance(extra, Mapping) or not all(isinstance(own, Mapping) for own in extra.values()):
            raise UsageFault(f"`extra` is a mapping of symbols to columns of their own, found {brief(extra)}")
        for name in extra:
            self._known(name)
        found, lasts, admitted = {}, self._lasts, self._admitted
        rate = self.assumptions.conversion
        for name, bar in bars.items():
            try:
                last = lasts.get(name) if type(name) is str else None
                found[name] = admitted(bar, lasts[self._known(name)] if last is None else last)
                if self._conditions:
                    for column in self._conditions & set(extra.get(name, ())):
                        true_or_false(column, float(extra[name][column]))
                if rate and name in self.own:
                    pushed_rate(rate, own_number(extra.get(name, _NOTHING), rate), self._lasts[name] == BEFORE)
            except (RunError, UsageFault) as error:
                raise type(error)(str(error) if str(error).startswith("the session") else f"{name}: {error}") from None
        return found

    def _instant_of(self, bars: Mapping[str, Bar]) -> int:
        """The instant at which all of these close; RunError where there are several, or one before."""
        close_of = self._calendar.close_of
        stamps: set[Any] = {bar.ts for bar in bars.values()}
        every = {int(close_of(ts, self.timeframe)) for ts in stamps}
        first = next(iter(every))
        if len(every) > 1:
            closes = {name: int(close_of(int(bar.ts), self.timeframe)) for name, bar in bars.items()}
            first = next(iter(closes.values()))
            other, names = next(name for name, close in closes.items() if close != first), list(closes)
            raise RunError(f"the bars of {names[0]} and {other} close at {shown(first)} and {shown(closes[other])}: "
                           "push what closes at one instant together, and the earlier first")  # fmt: skip
        if first <= self._instant:
            raise RunError(f"an event at {shown(first)} cannot follow the one at {shown(self._instant)}: push all bars "
                           "that close at one instant together")  # fmt: skip
        return first

    def _may(self, instant: int) -> list[bool] | None:
        """Which symbols belong to the universe at a close."""
        if self._universe is None:
            return None
        zone = "UTC" if self._calendar.daily else self._calendar.zone  # bars of a day carry dates
        belong = {name.lower() for name in self._universe.members(instant - 1, zone)}
        return [name in self.traded and name.lower() in belong for name in self.symbols]


_TELLING = itemgetter(ORDER_ROWS, TRADE_ROWS, RECORD_ROWS, PENDING, RESTING, GUARD_PENDING)
_SILENT = (0,) * 6
"""What of a book says that there may be something to tell, and that there is nothing."""


def _wrote(state: TradingState) -> bool:
    """Whether there are rows that nobody has been told."""
    k = state.k
    return bool(k[ORDER_ROWS] or k[TRADE_ROWS] or k[RECORD_ROWS] or state.drained)


def _for_a_venue(several: Several, own: Mapping[str, Assumptions]) -> None:
    """UsageFault for what needs every fill at one moment, moves money that is elsewhere, or is the venue's to do."""
    plan = several.main
    bound = next((name for name, found in (("atomic", groups(plan)), ("sequence", sequences(plan))) if any(found)), "")
    if bound:
        raise UsageFault(f"`{bound}` sets positions together, and a venue fills orders one by one: it is of simulated "
                         "fills alone; write `enter` and `exit` of each symbol, or `rebalance`")  # fmt: skip
    if plan.pays:
        raise UsageFault(f"`{plan.pays}` moves money in a simulated account alone: where a venue makes the fills, "
                         "money is moved there")  # fmt: skip
    if called := next((symbol for symbol, each in own.items() if each.maintenance), ""):
        raise UsageFault(f"maintenance is assumed of {called}: over several symbols a venue liquidates by itself, and "
                         'tells its fills; leave it out (maintenance="0%")')  # fmt: skip


def _possible(instant: int, lasts: Sequence[int], length: int) -> bool:
    """Whether pushes can have left this: no event and no bar yet, or bars of which the last closed at the event."""
    if instant == BEFORE:
        return all(last == BEFORE for last in lasts)
    known = [last for last in lasts if last != BEFORE]
    if not known or min(known) < EARLIEST or max(known) >= LATEST:
        return False
    return max(known) < instant <= max(known) + 2 * length  # a month has more days than its nominal length


def _taken_up(
    program: Compiled, values: Mapping[str, object], given: Mapping[str, Any], content: bytes, closed: bool,
    meter: Meter | None = None,
) -> SeveralSession:
    """A session at the place of another."""
    session = SeveralSession(program, values, **given)
    session.restore(content)
    session._closed, session.meter = closed, meter
    return session
