"""What an answer holds, as values: parts with what they were, statements, orders, readings; and the JSON of them.

Times are instants in µs since 1970: the open of a bar. A missing number is NaN, and `null` in JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ..calendar.instants import shown
from .reading import GuardReading, LimitEffect, Reading

TIMES = frozenset({"time", "last_held", "warm_from", "bar_opened", "entry_time", "exit_time", "fill_time"})
"""Fields that are instants."""


@dataclass(frozen=True, slots=True)
class OfSymbol:
    """What a function over all symbols was given of one of them; part: whether it takes part there."""

    symbol: str
    value: float
    part: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition, or of a clause, on one bar.

    text: as written; name: of the definition or state that it is, "" where it is none. role: all any not (of parts),
    compare, event, if, state, value, leaf, minute (of the day), param or constant. operator: of a comparison its sign,
    of an event its function. holds: of a condition. value: of a number; before: a bar of its clock earlier.
    gap: how far a comparison is from turning, in what it compares. warm: whether it means anything yet; warm_from: the
    first bar on which it does. last_held: the last bar before this one. bar_opened: when the bar of `timeframe` that
    is read opened. told_above: its own parts stand where it was met first. symbol: whose bar is read, where that is
    another's; `bar_opened` is then when that opened, where it did not open with the bar at hand. across: of a function
    over all symbols what it was given of each.
    """

    text: str
    name: str
    role: str
    unit: str
    holds: bool | None
    value: float | None
    before: float | bool | None
    operator: str
    gap: float | None
    warm: bool
    warm_from: int | None
    last_held: int | None
    timeframe: str
    bar_opened: int | None
    told_above: bool
    parts: tuple[Part, ...]
    symbol: str = ""
    across: tuple[OfSymbol, ...] = ()

    def all(self) -> Iterator[Part]:
        """This part and every part in it, in order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.parts))


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause of an `enter` or `exit` was worth at the decision."""

    word: str
    part: Part


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a statement did on a bar. code: acted denied conflict cancelled, or why nothing (see `docs/why.md`)."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A symbol's share of the account, as ratios of equity. held: signed; claim: the size of all that it will hold once
    what waits and rests has filled. counts: whether it is one of the `positions` that are held or being entered."""

    symbol: str
    quantity: float
    held: float
    claim: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What an entry was weighed against when its turn came. guards: what each had counted by then; holdings: whose it
    was; before: the orders of other symbols that were given at this event before it."""

    guards: tuple[GuardReading, ...]
    holdings: tuple[Holding, ...]
    before: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a position to hold asked for. basis: the money that weights are shares of; price: the close it counts at;
    target, held: signed quantities; difference: its value as a share of the basis; band: below which it is left."""

    basis: float
    price: float
    target: float
    held: float
    difference: float
    band: float


@dataclass(frozen=True, slots=True)
class Leg:
    """Another leg of an `atomic`: what became of it at the event. order: its row, where it ordered anything."""

    symbol: str
    statement: str
    verdict: Verdict
    order: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Rung:
    """A further order of a ladder: its row, what it does to each limit, and where its quantity is settled."""

    order: Mapping[str, Any]
    limits: tuple[LimitEffect, ...]
    settled: str


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """One statement on one bar. number: from 1, in the order of the text. order: its row, where it ordered anything.

    limits: what the order does to each. settled: where its quantity is, "decision" or "fill", and then asked of the
    limits anew; "" where nothing was weighed. turn: of what enters, where several symbols share the
    account; wish: of a position to hold; legs: of an `atomic`. rungs: of a ladder its orders after this one.
    """

    number: int
    statement: str
    line: int
    verdict: Verdict
    condition: Part
    clauses: tuple[Clause, ...]
    order: Mapping[str, Any] | None
    limits: tuple[LimitEffect, ...] = ()
    settled: str = ""
    turn: Turn | None = None
    wish: Wish | None = None
    legs: tuple[Leg, ...] = ()
    rungs: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class BarAnswer:
    """One bar: `readings` are of its close, before its decisions. others: what guards and expiries ordered on it.

    holdings: of the other symbols that share the account and hold or order something.
    """

    time: int
    index: int
    open: float
    high: float
    low: float
    close: float
    readings: Reading
    statements: tuple[StatementAnswer, ...]
    others: tuple[Mapping[str, Any], ...]
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """On how many bars of a span a part held, and on how many it was warm. depth: how deep in the condition it is."""

    text: str
    depth: int
    held: int
    warm: int


@dataclass(frozen=True, slots=True)
class Near:
    """A bar near to acting: which parts failed on it, and how far the first was from holding, as a share (or None)."""

    time: int
    failed: tuple[str, ...]
    gap: float | None


@dataclass(frozen=True, slots=True)
class SpanStatement:
    """One statement over a span. held: bars on which its whole condition held and could act; already: of them with the
    position open already; orders: how many of its orders came to each status."""

    number: int
    statement: str
    line: int
    held: int
    already: int
    orders: Mapping[str, int]
    parts: tuple[Held, ...]
    nearest: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class SpanAnswer:
    """from and to: the opens of the first and the last bar."""

    first: int
    last: int
    bars: int
    statements: tuple[SpanStatement, ...]


@dataclass(frozen=True, slots=True)
class TradeAnswer:
    """A trade: its row, the bar that decided its entry, and what ended it.

    exit: the reason. level: of a stop or target that stayed where it was set at the fill. left: the bar of the exit, or
    of its decision; None where the data ended. by: which of the lot's own levels it was, as `exit_level` of trades
    says it.
    """

    row: Mapping[str, Any]
    entered: BarAnswer
    exit: str
    level: float | None
    left: BarAnswer | None
    by: str = ""


def plain(value: Any, name: str = "") -> Any:
    """As JSON takes it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {_NAMES.get(f.name, f.name): plain(getattr(value, f.name), f.name) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(inner, key) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        return None if value != value else value
    if isinstance(value, int) and not isinstance(value, bool) and (name in TIMES or name in _NAMES):
        return shown(value)
    return value


_NAMES = {"first": "from", "last": "to"}
