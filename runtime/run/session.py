"""A live run: the same program, one bar at a time.

`push` gives what happened at a bar as events. Fills are made from the bars or, with `fills="venue"`, by whoever
answers the requests among the events (`outside.py`). The interpreted engine, the
default, needs neither numba nor LLVM; the native one runs the same step
compiled. A session may be stopped at any bar and restored elsewhere, in either
engine, from its snapshot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from math import nan
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from ...lang.diagnostics.brief import brief
from ...lang.inputs.flags import is_flag
from ...lang.plan.constants import TICK, evaluate_params, warmup
from ...lang.plan.model import Column
from ...lang.program.timeframe import Timeframe
from ..calendar.civil import DAY, SECOND
from ..calendar.instants import Moment, instant, shown
from ..compiled.compiled import Compiled
from ..data.quality import EARLIEST, LARGEST, LATEST, in_order, one_bar
from ..errors import RunError, UsageFault
from ..given import check_given
from ..limits import Meter, is_held, metered
from ..machine.columns import PRICES, Live
from ..machine.machine import FEW_ROWS, Machine
from ..machine.snapshot import SnapshotError, of_this_version
from ..results.format import counted
from ..trading import layout
from ..trading.layout import ORDER_ROWS, PENDING, RECORD_ROWS, RESTING, TRADE_ROWS
from ..venue.clock import Clock
from ..venue.desk import Desk
from ..venue.kept import adopt, decode, encode, joined, size_of
from .currencies import live_alone, pushed_rate
from .events import Event, decision_events, given_now, row_events, tellers, with_limits
from .options import ASSUMED, Assumed, listed, split_options
from .outside import AtAVenue, kept_by_policy, least_price
from .prepare import assume, conditions, fits, live, values_of
from .read import timeframe_of

if TYPE_CHECKING:
    from ..why.decided import Moments

BEFORE = -(1 << 62)
"""The time of the last bar before there was one."""

_TIMES_IN_S = range(946_684_800, 4_102_444_800)
_TIMES_IN_MS = range(_TIMES_IN_S.start * 1000, _TIMES_IN_S.stop * 1000)
"""The years 2000 to 2099. In µs they are hours and days of early 1970."""
_EARLY = _TIMES_IN_MS.stop

_SEAL = 32
VENUE = "venue"


class Bar(NamedTuple):
    """One completed bar. `ts` is its open: µs since 1970, a datetime, or ISO text, UTC unless it says otherwise.

    A volume that is not known is missing, as in data without such a column.
    """

    ts: Moment
    open: float
    high: float
    low: float
    close: float
    volume: float = nan


_FIELDS = {"time": 0, **{name: Bar._fields.index(name) for name in PRICES}}
"""Columns that are fields of a bar, with their places in it."""

Reader = Callable[[Bar, Mapping[str, float] | None], Any]
Rate = Callable[[Any, Mapping[str, float]], float]


class Session(AtAVenue):
    """One program running live on one symbol.

    Threads may share it: each bar runs whole, one at a time, in the order in which it is pushed. A copy of a session
    goes on by itself from where the session was.
    """

    meter: Meter | None = None
    """What its host allows of it, where it said so."""
    _way_on = '; bars by symbol are of a session over several, session(symbols=["SPY", "TLT"])'

    @listed(Assumed)
    def __init__(
        self,
        program: Compiled,
        params: Mapping[str, object] | None = None,
        *,
        timeframe: str | Timeframe | None = None,
        engine: str = "interpreted",
        monitors: bool = False,
        fills: str = "simulated",
        policy: str = "fail",
        assumptions: Mapping[str, object] | None = None,
        state: str | None = None,
        **assumed: Unpack[Assumed],
    ) -> None:
        """timeframe: how long a bar lasts, where the program does not say. Further names are assumptions.

        fills: "simulated", from the bars; or "venue": `push` asks for orders, and `on_fill` and the like answer.
        policy: "fail" refuses prices of 0 and less, "keep" takes them.

        RunError says what does not fit.
        """
        if state is not None:
            raise UsageFault("`state` is not available yet: keep `snapshot()` where you like and give it to `restore`")
        check_given(params=params, timeframe=timeframe, engine=engine, monitors=monitors, fills=fills)
        self._above = least_price(policy)
        _, given = split_options(assumed, assumptions, ASSUMED, program=program)
        if "timezone" in given:
            program = program.with_zone(str(given["timezone"]))
        self._lock = Lock()
        self._given: dict[str, Any] = {"timeframe": timeframe, "engine": engine, "monitors": monitors, "fills": fills,
                                       "policy": policy, "assumptions": given}  # fmt: skip
        self.program, plan = program, program.monitored if monitors else program.plan
        self.timeframe = timeframe_given(plan.timeframe, timeframe)
        fits(plan, self.timeframe)
        made = assume(plan, given)
        live(made)
        self.assumptions, self._is_own_rate = live_alone(made, next(iter(plan.symbols), ""))
        if plan.pays and fills == VENUE:
            raise UsageFault(f"`{plan.pays}` moves money in a simulated account alone: where a venue makes the fills, "
                             "money is moved there")  # fmt: skip
        values = values_of(plan, params, self.assumptions)
        self._values = {name: value for name, value in values.items() if name != TICK}
        kept: dict[str, Any] = {"assumptions": self.assumptions, "bar_seconds": self.timeframe.seconds,
                                "keep_records": monitors, "max_rows": FEW_ROWS}  # fmt: skip
        self._machine = Machine(plan, values, engine=engine, venue=fills == VENUE, **kept)
        self._beside: Any = None
        if monitors and fills != VENUE:
            from ..why.decided import Beside

            self._beside = Beside(self._machine, Machine(plan, values, engine="interpreted", **kept))
        self.warmup = warmup(plan, evaluate_params(plan, values))
        self._last = BEFORE
        self._length, self._intraday = self.timeframe.seconds * SECOND, self.timeframe.intraday
        self._closed = False
        self._live = Live(self.timeframe, self.assumptions.timezone)
        self._conditions = conditions(plan)
        self._read = self._row(self._machine.plan.columns)
        self._told = tellers(self._machine)
        self._desk: Desk | None = None
        if fills == VENUE:
            clock = Clock(self._machine, self.timeframe, self.assumptions.timezone)
            self._desk = Desk(self._machine, clock, self.assumptions.fill)
        self._venue = self._desk

    def __repr__(self) -> str:
        name = self.program.title or self.program.name
        told = f"{'closed, ' * self._closed}{counted(self._machine.index, 'bar')}"
        return f"<Session {name!r} {self.timeframe}: {told}, equity {self._machine.trading.b[layout.EQUITY]:,.2f}>"

    # --- running -------------------------------------------------------------------------------

    def push(self, bar: Bar, extra: Mapping[str, float] | None = None) -> list[Event]:
        """Run one bar; gives what happened, in order. `extra`: values of the data's own columns.

        RunError, and nothing has run, if the bar is not after the one before, lies in the same bar of the timeframe,
        or cannot be: what loaded data are refused for.
        """
        with self._lock:
            if self.meter is None and not is_held():  # nearly every host: nothing is counted
                return self._push(bar, extra)
            self.meter, found = metered(self.meter, lambda: self._push(bar, extra))
            return found

    def _push(self, bar: Bar, extra: Mapping[str, float] | None) -> list[Event]:
        bar, values = self._ready(bar, extra)
        again = None if self._beside is None else self._again(values)
        handed = self._machine.step(values)
        self._last = bar.ts
        return self._happened(bar, handed, again)

    def _ready(self, bar: Bar, extra: Mapping[str, float] | None) -> tuple[Bar, Any]:
        """The bar as it may be run, and the values of the plan's columns; nothing has changed."""
        if self._closed:
            raise RunError("the session is closed: restore its snapshot in a new one to go on")
        if extra is not None and not isinstance(extra, Mapping):
            raise UsageFault(f"`extra` is a mapping of the data's own columns to values, found {brief(extra)}")
        bar = self._admitted(bar, self._last)
        return bar, self._read(bar, extra)

    def _again(self, values: Any) -> Callable[[], Moments] | None:
        """What decides the bar of these values a second time, beside, from the state as it is now."""
        if self._beside is None:
            return None
        decide = self._beside.keep()
        return lambda: decide(values)

    def _happened(self, bar: Bar, handed: Sequence[float], again: Callable[[], Moments] | None) -> list[Event]:
        """What the bar just run led to, in order."""
        state = self._machine.trading
        k = state.k
        events: list[Event] = []
        if self._desk is not None:
            events = self._desk.bar(bar.ts, bar.high, bar.low, bar.close)
        elif k[ORDER_ROWS] or k[TRADE_ROWS] or k[RECORD_ROWS] or state.drained:
            events.extend(row_events(self._machine, bar.ts))
        if self._desk is None and (k[PENDING] or k[RESTING]):
            events.extend(decision_events(self._machine, bar.ts))
        if again is not None and (given := given_now(events, self._machine.index - 1 - self.assumptions.latency)):
            events = with_limits(events, given, self._beside.decisions, again())
        for tell in self._told:
            events.extend(tell(bar.ts, handed))
        return events

    def close(self) -> None:
        """End the session; nothing is written, a snapshot is the caller's to take."""
        with self._lock:
            self._machine.trading.drain()
            self._closed = True

    def snapshot(self) -> bytes:
        """Everything the rest of the run depends on, checksummed; either engine goes on from it."""
        with self._lock:
            last = self._last.to_bytes(8, "little", signed=True)
            if self._desk is not None:
                last = joined(encode(self._desk), last)
            return last + self._seal(last) + self._machine.snapshot()

    def restore(self, content: bytes) -> None:
        """Go on from a snapshot; SnapshotError, and nothing has changed, if it is damaged or of another session.

        Program, parameters, assumptions and timeframe must be the same; the engine and `monitors` need not.
        """
        if not isinstance(content, bytes | bytearray):
            raise UsageFault(f"a snapshot is the bytes that `snapshot()` gave, found {brief(content)}")
        content = bytes(content)
        size = 8 if self._desk is None else size_of(content) + 8
        last, seal, state = content[:size], content[size : size + _SEAL], content[size + _SEAL :]
        of_this_version(state)
        if seal != self._seal(last):
            raise SnapshotError("no snapshot of this session: it is damaged, or was made with other assumptions, "
                                "another timeframe or other fills")  # fmt: skip
        kept = decode(self._desk, last[8:-8]) if self._desk is not None else {}
        when = int.from_bytes(last[-8:], "little", signed=True)
        if when != BEFORE and not EARLIEST <= when < LATEST:
            raise SnapshotError("no snapshot of this session: the time of its last bar is none")
        with self._lock:
            self._machine.restore(state)
            self._last = when
            if self._desk is not None:
                adopt(self._desk, kept)

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, shallow or deep, and a session unpickled go on from here on their own."""
        return _taken_up, (self.program, self._values, self._given, self.snapshot(), self._closed, self.meter)

    def _seal(self, last: bytes) -> bytes:
        """A hash of what a snapshot rests on beside the machine's own state."""
        rests_on = f"{self.timeframe} {self.assumptions.digest()} {self._given['fills']} "
        return hashlib.sha256(rests_on.encode() + last).digest()

    # --- reading -------------------------------------------------------------------------------

    @property
    def bars(self) -> int:
        """Bars run so far."""
        return self._machine.index

    def has_run(self, ts: Moment) -> bool:
        """Whether the bar opened at `ts` is not after the last one run; what a feed may repeat after a restart.
        UsageFault: no time."""
        return self._label(ts) <= self._last

    @property
    def equity(self) -> float:
        """Cash and what is held, at the last close, in the account's currency."""
        return self._machine.trading.b[layout.EQUITY]

    @property
    def position(self) -> float:
        """Signed quantity."""
        return self._machine.trading.b[layout.QUANTITY]

    # --- inside --------------------------------------------------------------------------------

    def _admitted(self, bar: Bar, last: int) -> Bar:
        """The bar with its time in µs; RunError if it breaks a rule of data (`data.quality`). last: the bar before."""
        if not isinstance(bar, Bar):
            raise UsageFault(f"`push` takes a stratagem.Bar(ts, open, high, low, close, volume), found {brief(bar)}"
                             + self._way_on * isinstance(bar, Mapping))  # fmt: skip
        ts = bar.ts
        if type(ts) is not int or not EARLIEST <= ts < LATEST:
            ts = self._label(ts, (EARLIEST, LATEST))
            bar = Bar._make((ts, *bar[1:]))
        gap = ts - last
        if ts < _EARLY:
            self._in_us(ts)
        if gap <= 0:
            raise RunError(f"a bar at {shown(ts)} cannot follow the one at {shown(last)}")
        if gap < self._length and one_bar(last, ts, self.timeframe):
            raise RunError(f"the bar at {shown(ts)} falls into the same {self.timeframe} bar as the one at "
                           f"{shown(last)}: push each bar once, when it has closed")  # fmt: skip
        if not _possible(bar, self._above):
            found = ", ".join(f"{name} {brief(getattr(bar, name))}" for name in PRICES)
            kept = kept_by_policy(bar.low) if self._above == 0.0 and _possible(bar, -LARGEST) else ""
            above = "above 0 " if self._above == 0.0 else ""
            raise RunError(f"the bar at {shown(ts)} is no bar: {found}; expected numbers {above}up to 1e300, with "
                           f"open and close within low and high, and a volume not below 0{kept}")  # fmt: skip
        return bar

    def _label(self, ts: Moment, *within: tuple[int, int]) -> int:
        """The label of a bar by its time: its instant or, for bars of a day or longer, the date that is written."""
        daily = not (self._intraday or isinstance(ts, int))
        found = instant(ts, "the time of a bar", *within, daily=daily)
        if not isinstance(ts, str) and hasattr(ts, "__index__"):  # a text is what is pushed most
            self._in_us(found)
        return found // DAY * DAY if daily else found

    def _in_us(self, ts: int) -> None:
        """UsageFault for a time of 1970 at which no bar opens, and that is one of this century in seconds or ms."""
        unit = "seconds" if ts in _TIMES_IN_S else "ms" if ts in _TIMES_IN_MS else ""
        if unit and ts % min(self._length, DAY):
            times = 1_000_000 if unit == "seconds" else 1000
            raise UsageFault(f"the time of a bar {ts} is {shown(ts)}: whole numbers are µs since 1970, are these "
                             f"{unit}? multiply them by {times:_}")  # fmt: skip

    def _row(self, columns: Sequence[Column]) -> Reader:
        """Reads the columns of a bar; those that are its own fields without a detour, as the numbers they are."""
        if len(columns) > 1 and all(column.source == "bar" and column.name in _FIELDS for column in columns):
            get = itemgetter(*(_FIELDS[column.name] for column in columns))
            return lambda bar, extra: get(bar)
        readers = [self._reader(column) for column in columns]
        return lambda bar, extra: [read(bar, extra) for read in readers]

    def _reader(self, column: Column) -> Reader:
        """Reads one column of a bar; the common ones without a detour."""
        if column.source == "bar" and column.name in _FIELDS:
            place = _FIELDS[column.name]
            return lambda bar, extra: bar[place]
        if column.source == "bar" and self.timeframe.unit != "mo":
            length = self._length
            return lambda bar, extra: bar.ts + length
        read = self._live.reader(column)
        if column.source == "data" and column.name in self._conditions:
            return lambda bar, extra: true_or_false(column.name, read(bar, extra or {}))
        if column.source == "data" and column.name == self.assumptions.conversion:
            if self._is_own_rate:
                read = _or_own_rate(column.name, read)
            return lambda bar, extra: pushed_rate(column.name, read(bar, extra or {}), not self._machine.index)
        return lambda bar, extra: read(bar, extra or {})


def _or_own_rate(name: str, read: Rate) -> Rate:
    """The rate that is pushed, else that of a bar whose own price is one of the account's currency: of its open."""

    def rate(bar: Any, extra: Mapping[str, float]) -> float:
        return read(bar, extra) if name in extra else 1.0 / bar.open if bar.open > 0.0 else bar.open

    return rate


def _taken_up(
    program: Compiled, values: Mapping[str, object], given: Mapping[str, Any], content: bytes, closed: bool,
    meter: Meter | None = None,
) -> Session:
    """A session at the place of another."""
    session = Session(program, values, **given)
    session.restore(content)
    session._closed, session.meter = closed, meter
    return session


def timeframe_given(own: str, given: str | Timeframe | None) -> Timeframe:
    if isinstance(given, Timeframe):
        return given
    if given is None and not own:
        raise UsageFault('the program does not say how long a bar lasts: give timeframe="15m"')
    return timeframe_of(own if given is None else given)


def true_or_false(name: str, value: float) -> float:
    if value not in (0.0, 1.0):
        found = "nothing" if value != value else f"{value:g}"
        raise RunError(f"column {name!r} is read as a condition, and is {found}: expected true or false, or 1 or 0")
    return value


_PLAIN = frozenset((int, float))


def _single(value: object) -> bool:
    """Whether it is one number: True and an array of one compare as one and are none, a complex one has two parts."""
    if isinstance(value, complex) or is_flag(value):
        return False
    return getattr(value, "shape", ()) == () and not getattr(value, "imag", 0.0)


def _possible(bar: Bar, above: float) -> bool:
    """Whether the prices of a bar are numbers above one in their order, and its volume is none or not below 0."""
    try:
        _, opened, high, low, close, volume = bar
        if not (type(opened) is type(high) is type(low) is type(close) is type(volume) is float
                or _PLAIN.issuperset(map(type, bar))):
            if not all(map(_single, bar[1:])):
                return False
        elif above < low <= opened <= high <= LARGEST and low <= close <= high:  # nearly every bar
            return not volume < 0.0 and not volume > LARGEST
        priced = above < low <= opened <= high and low <= close <= high
        priced = priced or (low > above and in_order(*bar[1:5]))
        return priced and float(high) <= LARGEST and not volume < 0.0 and not float(volume) > LARGEST
    except Exception:  # whatever compares like no number
        return False
