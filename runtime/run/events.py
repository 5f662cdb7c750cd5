"""What happens at a bar of a live run, as events: rows of trading with names and words, alerts and signals."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Decision, Plan
from ..machine.machine import FOREIGN, Machine, Underway
from ..results.rows import filled
from ..trading import layout as at
from ..trading.places import guards_order, kept_at, lot_at, order_at, row_at, statement_at
from ..trading.rows import (
    EXIT_LEVELS,
    EXIT_REASONS,
    MOMENTS,
    ORDER_COLUMNS,
    ORDER_KINDS,
    ORDER_TEXT,
    ORDER_TYPES,
    PHASES,
    REASONS,
    RECORD_COLUMNS,
    STATUSES,
    TRADE_COLUMNS,
)
from ..trading.specs import HoldSpec

if TYPE_CHECKING:
    from ..why.decided import Moments

Row = Sequence[float]
Teller = Callable[[int, Row], Iterator["Event"]]
"""`teller(ts, outputs)`: what one alert or signal says at a bar, given the outputs of its step."""

_WORDS: Mapping[str, Sequence[str]] = {
    "kind": ORDER_KINDS, "type": ORDER_TYPES, "status": STATUSES, "phase": PHASES, "fill_moment": MOMENTS,
    "entry_moment": MOMENTS, "exit_moment": MOMENTS,
}  # fmt: skip
_SIDES = ("", "long", "short")  # by 1 and -1; a guard that halts is on no side
_WHOLE = frozenset({
    "order", "index", "time", "statement", "fill_index", "fill_time", "entry_index", "entry_time", "exit_index",
    "exit_time", "bars", "entry_statement", "entry_order", "exit_order", "lots",
})  # fmt: skip
_NOT_FILLED = {"fill_index": None, "fill_time": None, "fill_moment": "", "fill_price": None}


class Event:
    """What happened at a bar. kind: "decision", "order", "trade", "monitor", "alert" or "signal"; where a
    venue makes the fills "request" and "life" (`venue/desk.py`), and no decision.

    ts: the bar's open, µs. data: the columns of the row by name, codes spelled out, None where there is no
    value. A decision is an order that now waits for its fill (what a host sends to a venue); an "order" is one
    whose fate is known. An alert has `message`, a signal `name`.
    """

    __slots__ = ("_told", "kind", "ts")

    def __init__(self, kind: str, ts: int, told: Mapping[str, Any] | Callable[[], Mapping[str, Any]]) -> None:
        """told: the data, or what makes them when they are first read: a push does not wait for words."""
        self.kind, self.ts, self._told = kind, ts, told

    @property
    def data(self) -> Mapping[str, Any]:
        if callable(self._told):
            self._told = self._told()
        return self._told

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return (self.kind, self.ts, self.data) == (other.kind, other.ts, other.data)

    def __reduce__(self) -> tuple[type[Event], tuple[str, int, dict[str, Any]]]:
        return Event, (self.kind, self.ts, dict(self.data))

    __hash__ = None  # type: ignore[assignment]  # the data are a mapping

    def __repr__(self) -> str:
        return f"Event({self.kind!r}, {self.ts}, {self.data!r})"


def of_symbol(symbol: str, event: Event) -> Event:
    """An event with its symbol."""
    return Event(event.kind, event.ts, lambda: {"symbol": symbol, **event.data})


def row_events(machine: Underway, ts: int) -> list[Event]:
    """The rows that trading wrote since the last call; its buffers are empty afterwards."""
    state, decisions = machine.trading, machine.plan.decisions
    own = state.k[at.STATEMENT_COUNT] - (len(FOREIGN) if state.k[at.VENUE] else 0)
    orders, trades, records = state.take()
    found = [Event("order", ts, partial(_order, row, decisions)) for row in orders]
    for row in trades:
        found.append(Event("trade", ts, partial(_trade, row, own)))
    for row in records:
        found.append(Event("monitor", ts, partial(_named, RECORD_COLUMNS, row, _RECORDS)))
    return found


def decision_events(machine: Underway, ts: int) -> list[Event]:
    """The orders decided at the bar just run, which opened at `ts`, that wait for their fill: of statements, expiries
    and guards. Each is told once."""
    b, k = machine.trading.b, machine.trading.k
    arrived = k[at.LATENCY] and k[at.NOW_TIME] == ts and k[at.NOW] == k[at.SAID] + k[at.LATENCY]
    said = (ts, k[at.SAID_TIME]) if arrived else (ts,)
    found: list[Event] = []
    for decision in machine.plan.decisions:
        for place in places_of(decision):
            order = order_at(k, place)
            if b[order + at.STATE] != at.NO_ORDER and b[order + at.DECIDED_TIME] in said:
                found.append(Event("decision", ts, _as_decided(b, k, order, decision, place)))
    for lot in range(k[at.LOT_COUNT]):
        expiry = row_at(lot_at(k, lot), at.EXPIRY_ROW)
        if b[expiry + at.STATE] == at.WAITS and b[expiry + at.DECIDED_TIME] == ts:
            found.append(_closing(ts, "expire", b[lot_at(k, lot) + at.LOT_QUANTITY]))
    if k[at.GUARD_PENDING] and b[guards_order(k) + at.DECIDED_TIME] == ts:
        least = min(abs(b[at.QUANTITY]), b[guards_order(k) + at.AMOUNT])
        found.append(_closing(ts, "guard", k[at.GUARD_PENDING] * least))
    return found


def places_of(decision: Decision) -> Sequence[int]:
    """Where the orders of a decision stand among the statements: those of a hold are its parts'."""
    parts = len(HoldSpec().parts) if decision.action == "hold" else 0
    return range(decision.index + 1, decision.index + 1 + parts) if parts else (decision.index,)


def _as_decided(
    b: array[float], k: array[int], order: int, decision: Decision, place: int
) -> Callable[[], Mapping[str, Any]]:
    """What tells an order that was decided, or moved, and waits or rests, as it is now."""
    statement = statement_at(k, place)
    texts = kept_at(k, place) + at.TEXT
    said = b[texts : texts + at.TEXT_COUNT] if decision.because is not None else ()
    row = b[order : order + at.ORDER_WIDTH]
    return partial(_decided, row, k[statement + at.KIND], k[statement + at.SIDE], decision, said)


def _decided(row: Row, kind: int, side: int, decision: Decision, said: Row) -> dict[str, Any]:
    """An order with its prices where it rests. row: as it stood when it was decided, said: what its text reads."""
    quantity = row[at.AMOUNT]
    data: dict[str, Any] = {
        "order": int(row[at.NUMBER]),
        "statement": decision.index,
        "kind": ORDER_KINDS[kind],
        "side": _SIDES[side],
        "quantity": None if quantity >= at.EVERYTHING or quantity != quantity else quantity,
    }
    if decision.rest:
        prices = {"limit": row[at.LIMIT_PRICE], "trigger": row[at.TRIGGER_PRICE]}
        data |= {name: price for name, price in prices.items() if price == price}
    if decision.because is not None:
        data["because"] = filled(decision.because, said)
    return data


def _closing(ts: int, kind: str, held: float) -> Event:
    side = "long" if held > 0 else "short"
    return Event("decision", ts, {"order": None, "statement": None, "kind": kind, "side": side, "quantity": abs(held)})


def given_now(events: Sequence[Event], index: int) -> list[int]:
    """Which of the events are of orders that a statement gave at the bar just run. index: of the bar that wished them.

    Decisions all are; an order that has its fate already was given now if its row says so.
    """
    return [
        place for place, event in enumerate(events)
        if event.kind in ("decision", "order") and _given_at(event.data, index, decided=event.kind == "decision")
    ]  # fmt: skip


def _given_at(told: Mapping[str, Any], index: int, *, decided: bool) -> bool:
    by_statement = told["statement"] is not None and told["statement"] >= 0
    return by_statement and (decided or (told["index"] == index and told["status"] != "conflict"))


def with_limits(
    events: Sequence[Event], given: Sequence[int], decisions: Mapping[int, Decision], moments: Moments
) -> list[Event]:
    """The same events; those at the places that were given now say what their orders do to every limit."""
    from ..why.answer import plain  # here: who does not ask for the monitors needs none of it

    found = list(events)
    for place in given:
        event = found[place]
        told = event.data
        limits, settled = moments.effects(decisions[told["statement"]], told["statement"], told["kind"], told["side"])
        found[place] = Event(event.kind, event.ts, {**told, "settled": settled, "limits": plain(limits)})
    return found


def tellers(machine: Machine) -> list[Teller]:
    """One for each alert and signal of the program."""
    return tellers_of(machine.plan, len(machine.outputs) - len(machine.plan.outputs))


def tellers_of(plan: Plan, before: int) -> list[Teller]:
    """The same of a plan. before: how many columns a step hands out before the outputs."""
    found = [_alert(before, before + alert.output, alert.message) for alert in plan.alerts]
    signals = [(place, out.name) for place, out in enumerate(plan.outputs, before) if out.kind == "emit"]
    return found + [_signal(place, name) for place, name in signals]


def _alert(before: int, place: int, message: Any) -> Teller:
    def tell(ts: int, outputs: Row) -> Iterator[Event]:
        if outputs[place]:
            yield Event("alert", ts, {"message": filled(message, outputs[before:])})

    return tell


def _signal(place: int, name: str) -> Teller:
    def tell(ts: int, outputs: Row) -> Iterator[Event]:
        if outputs[place]:
            yield Event("signal", ts, {"name": name})

    return tell


def _order(row: Row, decisions: Sequence[Decision]) -> dict[str, Any]:
    found = _named(_ORDER_NAMES, row, _ORDERS)
    if found["fill_index"] < 0:
        found |= _NOT_FILLED
    said = found["statement"] >= 0 and found["kind"] != "expire"
    because = next(each.because for each in decisions if each.index == found["statement"]) if said else None
    return found | ({"because": filled(because, row[ORDER_TEXT:])} if because is not None else {})


def _trade(row: Row, statements: int) -> dict[str, Any]:
    """A trade; the lot of a fill that nothing ordered is of none of the program's statements."""
    found = _named(TRADE_COLUMNS, row, _TRADES)
    if found["entry_statement"] >= statements:
        found["entry_statement"] = None
    return found


Told = Sequence[tuple[str, Callable[[float], Any]]]


def _told(names: Sequence[str], reasons: Sequence[str] = ()) -> Told:
    """The columns that are no plain numbers, with what makes of a value what an event says."""
    words = {**_WORDS, "reason": reasons, "side": _SIDES, "level": EXIT_LEVELS}
    spoken = [(name, lambda value, known=words[name]: known[int(value)]) for name in names if name in words]
    counted = [(name, int) for name in names if name in _WHOLE]
    return [*spoken, *counted, *((name, bool) for name in names if name == "ambiguous")]


_ORDER_NAMES = ORDER_COLUMNS[:ORDER_TEXT]
_ORDERS, _TRADES, _RECORDS = _told(_ORDER_NAMES, REASONS), _told(TRADE_COLUMNS, EXIT_REASONS), _told(RECORD_COLUMNS)


def _named(names: Sequence[str], row: Row, told: Told) -> dict[str, Any]:
    """A row by column name: words for codes, whole numbers where it counts, None for what is missing."""
    found: dict[str, Any] = {name: value if value == value else None for name, value in zip(names, row, strict=False)}
    for name, make in told:
        if found[name] is not None:
            found[name] = make(found[name])
    return found
