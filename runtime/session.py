"""A live run: the same program, one bar at a time.

`push` gives what happened at a bar as events. The interpreted engine, the
default, needs neither numba nor LLVM; the native one runs the same step
compiled. A session may be stopped at any bar and restored elsewhere, in either
engine, from its snapshot.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from ..lang.plan.model import Column
from ..lang.plan.stage import evaluate_params, warmup
from ..lang.program.timeframe import Timeframe
from ..lang.program.timeframe import timeframe as read_timeframe
from .columns import PRICES, Live
from .errors import RunError, UsageFault
from .machine import Machine
from .program import CompiledProgram
from .results.rows import filled
from .setting import assume, fits, values_of
from .trading import layout
from .trading.rows import (
    EXIT_REASONS,
    ORDER_COLUMNS,
    ORDER_KINDS,
    ORDER_TEXT,
    ORDER_WIDTH,
    PHASES,
    REASONS,
    RECORD_COLUMNS,
    RECORD_WIDTH,
    STATUSES,
    TRADE_COLUMNS,
    TRADE_WIDTH,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Bar(NamedTuple):
    """One completed bar. `ts` is its open: µs since 1970 UTC, a datetime, or ISO text, UTC unless it says otherwise."""

    ts: Any
    open: float
    high: float
    low: float
    close: float
    volume: float = 0.0


@dataclass(frozen=True, slots=True)
class Event:
    """What happened at a bar. kind: "order", "trade", "monitor", "alert" or "signal".

    ts: the bar's open, µs. data: the columns of the row by name; codes are spelled out. An alert has
    `message`, a signal `name`.
    """

    kind: str
    ts: int
    data: Mapping[str, Any] = field(default_factory=dict)


class Session:
    """One program running live on one symbol."""

    def __init__(
        self,
        program: CompiledProgram,
        params: Mapping[str, object] | None = None,
        *,
        timeframe: str | Timeframe | None = None,
        engine: str = "interpreted",
        monitors: bool = False,
        assumptions: Mapping[str, object] | None = None,
        state: str | None = None,
        **assumed: object,
    ) -> None:
        """timeframe: how long a bar lasts, where the program does not say. Further names are assumptions.

        RunError says what does not fit.
        """
        if state is not None:
            raise UsageFault("`state` is not available yet: keep `snapshot()` where you like and give it to `restore`")
        given = {**(assumptions or {}), **assumed}
        if "timezone" in given:
            program = program.with_zone(str(given["timezone"]))
        self.program, plan = program, program.plan
        self.timeframe = _timeframe(plan.timeframe, timeframe)
        fits(plan, self.timeframe)
        self.assumptions = assume(plan, given)
        values = values_of(plan, params, self.assumptions)
        self._machine = Machine(
            plan, values, engine=engine, assumptions=self.assumptions, bar_seconds=self.timeframe.seconds,
            keep_records=monitors,
        )  # fmt: skip
        self.warmup = warmup(plan, evaluate_params(plan, values))
        self._last = -(1 << 62)
        self._live = Live(self.timeframe, self.assumptions.timezone)
        self._readers = [self._reader(column) for column in plan.columns]
        self._told = _told(self._machine)

    # --- running -------------------------------------------------------------------------------

    def push(self, bar: Bar, extra: Mapping[str, float] | None = None) -> list[Event]:
        """Run one bar; gives what happened, in order. `extra`: values of the data's own columns.

        RunError if the bar is not after the one before, or a price is not a number.
        """
        if type(bar.ts) is not int:
            bar = bar._replace(ts=_instant(bar.ts))
        if not bar.ts > self._last:
            raise RunError(f"a bar at {_shown(bar.ts)} cannot follow the one at {_shown(self._last)}")
        if not bar.low <= bar.open <= bar.high or not bar.low <= bar.close <= bar.high or not bar.low > 0.0:
            raise RunError(f"the bar at {_shown(bar.ts)} is no bar: open {bar.open} high {bar.high} low {bar.low} "
                           f"close {bar.close}; prices are above 0, open and close within low and high")  # fmt: skip
        handed = self._machine.step([read(bar, extra) for read in self._readers])
        self._last = bar.ts
        state = self._machine.trading
        k = state.k
        events: list[Event] = []
        if k[layout.ORDER_ROWS] or k[layout.TRADE_ROWS] or k[layout.RECORD_ROWS] or state.order_rows:
            events.extend(self._rows(bar.ts))
        for tell in self._told:
            events.extend(tell(bar.ts, handed))
        return events

    def close(self) -> None:
        """End the session; nothing is written, a snapshot is the caller's to take."""
        self._machine.trading.drain()

    def snapshot(self) -> bytes:
        """Everything the rest of the run depends on, checksummed; either engine goes on from it."""
        return self._last.to_bytes(8, "little", signed=True) + self._machine.snapshot()

    def restore(self, content: bytes) -> None:
        """Go on from a snapshot; SnapshotError if it is damaged or of another program."""
        self._machine.restore(content[8:])
        self._last = int.from_bytes(content[:8], "little", signed=True)

    # --- reading -------------------------------------------------------------------------------

    @property
    def bars(self) -> int:
        """Bars run so far."""
        return self._machine.index

    @property
    def equity(self) -> float:
        return self._machine.trading.b[layout.EQUITY]

    @property
    def position(self) -> float:
        """Signed quantity."""
        return self._machine.trading.b[layout.QUANTITY]

    # --- inside --------------------------------------------------------------------------------

    def _reader(self, column: Column) -> Callable[[Bar, Mapping[str, float] | None], float | int]:
        """Reads one column of a bar; the common ones without a detour."""
        if column.source == "bar" and column.name in PRICES:
            place = Bar._fields.index(column.name)
            return lambda bar, extra: bar[place]
        if column.source == "bar" and column.name == "time":
            return lambda bar, extra: bar.ts
        if column.source == "bar" and self.timeframe.unit != "mo":
            length = self.timeframe.seconds * 1_000_000
            return lambda bar, extra: bar.ts + length
        return lambda bar, extra: self._live(column, bar, extra or {})

    def _rows(self, ts: int) -> Iterator[Event]:
        """The rows that trading wrote, as events; the buffers are empty afterwards."""
        state = self._machine.trading
        state.drain()
        for row in _split(state.order_rows, ORDER_WIDTH):
            yield Event("order", ts, self._order(row))
        for row in _split(state.trade_rows, TRADE_WIDTH):
            yield Event("trade", ts, _named(TRADE_COLUMNS, row, {"reason": EXIT_REASONS}))
        for row in _split(state.record_rows, RECORD_WIDTH):
            yield Event("monitor", ts, _named(RECORD_COLUMNS, row, {"phase": PHASES}))

    def _order(self, row: Sequence[float]) -> dict[str, Any]:
        data = _named(
            ORDER_COLUMNS[:ORDER_TEXT], row, {"kind": ORDER_KINDS, "status": STATUSES, "reason": REASONS}
        )
        statement = int(row[ORDER_COLUMNS.index("statement")])
        decision = self.program.plan.decisions[statement] if statement >= 0 else None
        if decision is not None and decision.because is not None:
            data["because"] = filled(decision.because, row[ORDER_TEXT:])
        return data


def _told(machine: Machine) -> list[Callable[[int, Sequence[float]], Iterator[Event]]]:
    """What alerts and signals say at a bar, given the outputs of the step."""
    plan = machine.plan
    before = len(machine.outputs) - len(plan.outputs)
    tellers: list[Callable[[int, Sequence[float]], Iterator[Event]]] = []
    for alert in plan.alerts:
        tellers.append(lambda ts, out, a=alert: iter(  # type: ignore[misc]
            [Event("alert", ts, {"message": filled(a.message, out[before:])})] if out[before + a.output] else []
        ))  # fmt: skip
    for place, output in enumerate(plan.outputs):
        if output.kind == "emit":
            tellers.append(lambda ts, out, p=before + place, n=output.name: iter(  # type: ignore[misc]
                [Event("signal", ts, {"name": n})] if out[p] else []
            ))  # fmt: skip
    return tellers


def _split(values: array[float], width: int) -> Iterator[Sequence[float]]:
    """The rows of a drained buffer, which is emptied."""
    rows = [values[at : at + width] for at in range(0, len(values), width)]
    del values[:]
    return iter(rows)


def _named(names: Sequence[str], row: Sequence[float], codes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A row by column name; codes as words, a missing number as None."""
    found: dict[str, Any] = {}
    for name, value in zip(names, row, strict=False):
        if name in codes:
            found[name] = codes[name][int(value)]
        elif name == "side":
            found[name] = "long" if value > 0 else "short"
        else:
            found[name] = None if value != value else value
    return found


def _timeframe(own: str, given: str | Timeframe | None) -> Timeframe:
    text = given if given is not None else own
    if not text:
        raise UsageFault('the program does not say how long a bar lasts: give timeframe="15m"')
    if isinstance(text, Timeframe):
        return text
    try:
        return read_timeframe(text)
    except ValueError as error:
        raise UsageFault(str(error)) from None


def _instant(value: Any) -> int:
    """µs since 1970 of a datetime, numpy datetime64, whole number or ISO text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        past = aware - _EPOCH
        return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds
    if hasattr(value, "astype"):
        return int(value.astype("datetime64[us]").astype("int64"))
    return int(value)


def _shown(ts: int) -> str:
    if ts == -(1 << 62):
        return "the beginning"
    return (_EPOCH + timedelta(microseconds=ts)).isoformat().replace("+00:00", "Z")
