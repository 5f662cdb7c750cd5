"""The host's side of trading: laying the arrays out, and taking rows from the buffers.

Buffers are `array`s, or memoryviews of room for many rows: CPython indexes them, native code takes their address. They
never move while a state lives, so an address may be kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from ...lang.inputs.assumptions import Assumptions
from ...lang.inputs.costs import NO_FEE, NO_SPREAD, Fee, Spread
from ...lang.inputs.readers import BRACKETS, PATHS, SIZINGS
from ...lang.plan.model import DAY_GUARDS
from ...lang.words.vocabulary import FILLS, GUARD_ACTIONS, RESETS
from ..errors import UsageFault
from . import layout as at
from . import specs
from .buffers import Floats, Ints
from .guards import is_gauge, mark_at
from .levels import clear
from .places import lot_at
from .rows import ORDER_WIDTH, RECORD_WIDTH, TRADE_WIDTH
from .specs import CancelSpec, EnterSpec, ExitSpec, FlowSpec, GuardSpec, HoldSpec
from .watch import refresh

ENTRIES = ("independent", "one_cancels_other")
Statement = EnterSpec | ExitSpec | CancelSpec | HoldSpec | FlowSpec
EVENTS = 4  # occasions in one event at which a lot may close: open, path, guard, decision


Rows: TypeAlias = Any
"""Float64 items that lie in memory one behind the other: an `array`, or a memoryview of room that was made for many."""
Room = Callable[[int], Rows]
"""Makes room for so many numbers."""


def zeroed(count: int) -> array[float]:
    """Room that holds zeros."""
    return array("d", (0.0,)) * count


@dataclass(slots=True)
class TradingState:
    """The arrays of one run, the row buffers, and the rows drained so far."""

    b: array[float]
    k: array[int]
    trades: Rows
    orders: Rows
    records: Rows
    implied_exposure: bool
    trade_rows: Rows = field(default_factory=lambda: array("d"))
    order_rows: Rows = field(default_factory=lambda: array("d"))
    record_rows: Rows = field(default_factory=lambda: array("d"))

    @property
    def drained(self) -> bool:
        """Whether there are rows that were drained, and that nobody has taken."""
        return bool(self.order_rows or self.trade_rows or self.record_rows)

    @property
    def rows(self) -> int:
        """How many rows were written that nobody has taken, of trades, orders and records."""
        held = (self.trade_rows, TRADE_WIDTH), (self.order_rows, ORDER_WIDTH), (self.record_rows, RECORD_WIDTH)
        written = self.k[at.TRADE_ROWS] + self.k[at.ORDER_ROWS] + self.k[at.RECORD_ROWS]
        return written + sum(len(rows) // width for rows, width in held)

    def drain(self) -> None:
        """Take the finished rows out of the buffers, which are empty afterwards."""
        k = self.k
        _append(self.trade_rows, self.trades, k[at.TRADE_ROWS] * TRADE_WIDTH)
        _append(self.order_rows, self.orders, k[at.ORDER_ROWS] * ORDER_WIDTH)
        _append(self.record_rows, self.records, k[at.RECORD_ROWS] * RECORD_WIDTH)
        for slot in (at.TRADE_ROWS, at.ORDER_ROWS, at.RECORD_ROWS, at.FULL):
            k[slot] = 0

    def take(self) -> tuple[list[Rows], list[Rows], list[Rows]]:
        """Every row that nobody has taken, of orders, of trades and of records; there are none afterwards."""
        k = self.k
        found = (
            _taken(self.order_rows, self.orders, k[at.ORDER_ROWS], ORDER_WIDTH),
            _taken(self.trade_rows, self.trades, k[at.TRADE_ROWS], TRADE_WIDTH),
            _taken(self.record_rows, self.records, k[at.RECORD_ROWS], RECORD_WIDTH),
        )
        k[at.TRADE_ROWS] = k[at.ORDER_ROWS] = k[at.RECORD_ROWS] = k[at.FULL] = 0
        return found

    def close(self) -> None:
        """The run is over: the last rows are taken, where they lie if they are all there are and have such room."""
        k = self.k
        if not self.drained and isinstance(self.orders, memoryview):
            self.trade_rows = self.trades[: k[at.TRADE_ROWS] * TRADE_WIDTH]
            self.order_rows = self.orders[: k[at.ORDER_ROWS] * ORDER_WIDTH]
            self.record_rows = self.records[: k[at.RECORD_ROWS] * RECORD_WIDTH]
            for slot in (at.TRADE_ROWS, at.ORDER_ROWS, at.RECORD_ROWS, at.FULL):
                k[slot] = 0
        self.drain()

    def counters(self) -> dict[str, int]:
        """Headlines of a result that the rows alone do not tell."""
        return {name: self.k[slot] for name, slot in COUNTERS.items()}

    def dropped(self, statement: int) -> int:
        """How many wishes of an enter found its `scale` full."""
        return self.k[self.k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH + at.DROPPED]

    def untaken(self, statement: int) -> int:
        """How many takes of an enter's lots came to no whole lot."""
        return self.k[self.k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH + at.UNTAKEN]

    def parted(self) -> int:
        """How many orders met a bar whose volume left them less than they asked for."""
        return self.k[at.PARTED]

    def held_back(self, statement: int) -> int:
        """At how many events the order of a leg waited because another symbol of its group had no open."""
        return self.k[self.k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH + at.HELD_BACK]


def _taken(drained: Rows, buffer: Rows, count: int, width: int) -> list[Rows]:
    """The rows that were drained and the first of a buffer, a copy of each; none is drained any more."""
    if drained:
        _append(drained, buffer, count * width)
        found = [drained[first : first + width] for first in range(0, len(drained), width)]
        del drained[:]
        return found
    return [array("d", buffer[first : first + width]) for first in range(0, count * width, width)]


def _append(rows: Rows, buffer: Rows, count: int) -> None:
    """The first numbers of a buffer, copied once."""
    if count:
        rows.frombytes(memoryview(buffer)[:count].cast("B"))


COUNTERS = {
    "bars": at.BARS,
    "bars_held": at.HELD,
    "trades": at.TRADES,
    "open_trades": at.LOT_COUNT,
    "wins": at.WINS,
    "losses": at.LOSSES,
    "denied": at.DENIED,
    "reduced": at.REDUCED,
    "conflicts": at.CONFLICTS,
    "ambiguous_fills": at.AMBIGUOUS,
    "guard_trips": at.TRIPS,
}


def lay_out(
    statements: Sequence[Statement],
    guards: Sequence[GuardSpec],
    assumptions: Assumptions,
    max_rows: int = 4096,
    *,
    bar_seconds: int = 0,
    keep_records: bool = False,
    close_at_end: bool = False,
    venue: bool = False,
    start: int = 0,
    own: Sequence[bool] | None = None,
    inside: Collection[str] | None = None,
    room: Room = zeroed,
) -> TradingState:
    """The arrays of a run that has not begun.

    statements: in source order; a hold takes its own place and those of its four parts. max_rows: rows a buffer
    holds before the engine returns to the host (raised to what one event may write). bar_seconds: nominal length
    of a bar, for expiries in time. venue: fills come from outside, so that all that is decided waits.
    start: the first bar that may trade; holding costs nothing before. own: whether each statement may act in this
    book, None where all may; of several symbols those for another symbol cost nothing.
    Guards that are assumed stand beside `guards`, those of the program.
    inside: the groups, among those that guards are of, that the book is in; None in a run of one symbol.
    room: makes the buffers of rows, whose items are written before they are read.
    `guard exposure 100%` is implied where neither exposure nor leverage is written, nor a margin below that assumed.
    """
    of_account = (guard.kind for guard in guards if not guard.of)
    implied = assumptions.margin == 1.0 and not any(kind in ("exposure", "leverage") for kind in of_account)
    bounds = _guards_of(guards, assumptions, implied)
    if assumptions.maintenance == 0.0 and any(guard.kind == "margin_distance" for guard, _ in bounds):
        raise UsageFault("guard margin_distance: nothing is liquidated, so there is no distance to it; say what margin "
                         "must be left, `assume maintenance 10%`, or leave the guard out")  # fmt: skip
    scopes = scopes_of(guard for guard, _ in bounds)
    if scopes and inside is None:
        raise UsageFault(_ALONE.format(next(guard for guard, _ in bounds if guard.of)))
    placed = _places(statements, own)
    mine = [each.statement for each in placed if each.own]
    lots = max(1, *(_lots(mine, side) for side in specs.SIDES))
    latency = 0 if venue else assumptions.latency  # there the way is a real one
    rows_of_a_lot = _most(mine, "moves"), _most(mine, "takes")
    days = assumptions.fee.over or 0
    counts = _Counts(len(placed), len(mine), len(bounds), lots, *rows_of_a_lot, latency, days, len(scopes))
    b, k = array("d", bytes(8 * counts.floats)), array("q", bytes(8 * counts.ints))
    _place(k, counts)
    _policies(b, k, assumptions)
    k[at.BAR_TIME] = bar_seconds * 1_000_000
    k[at.KEEP_RECORDS] = int(keep_records)
    k[at.CLOSE_AT_END] = int(close_at_end)
    k[at.CARRY_FROM] = start + 1
    k[at.WALKS] = int(assumptions.maintenance > 0.0)
    for index, each in enumerate(placed):
        k[k[at.STATEMENTS] + index * at.STATEMENT_WIDTH + at.TAKE_ROW] = at.MOVE_ROW + counts.moves
        if each.own:
            _own(k, index, each, assumptions)
    k[at.MORE_SUMS] = int(any(guard.kind in ("net_exposure", "open_risk") for guard, _ in bounds))
    if venue:
        _wait_for_a_venue(k)
    for index, (guard, origin) in enumerate(bounds):
        _guard(b, k, index, guard, origin)
        k[k[at.GUARDS] + index * at.GUARD_WIDTH + at.GUARD_SCOPE] = 1 + scopes.index(guard.of) if guard.of else 0
    for place, scope in enumerate(scopes):
        k[k[at.SCOPES] + place] = int(scope in (inside or ()))
    _begin(b, k)
    rows = _limits(k, counts, max_rows, max_rows if keep_records else 0)
    for lot in range(lots):
        clear(b, k, lot_at(k, lot))
    refresh(b, k)
    buffers = [room(n * width) for n, width in zip(rows, _WIDTHS, strict=True)]
    return TradingState(b, k, buffers[0], buffers[1], buffers[2], implied)


def keep_up(state: TradingState, maintenance: float) -> None:
    """The books, or the account of them, where maintenance is asked of the account: this share of what it holds."""
    state.b[at.KEPT_SHARE] = maintenance
    state.k[at.MORE_SUMS] = 1


_ALONE = ("guard {0.kind} of {0.of}: the run is of one symbol, and has no groups: leave `of {0.of}` out, or run "
          "several, --symbols A,B on the command line, symbols='A,B' in Python")  # fmt: skip


def scopes_of(guards: Iterable[GuardSpec]) -> list[str]:
    """What guards are of besides the account, each once."""
    return list(dict.fromkeys(guard.of for guard in guards if guard.of))


def _kind_of_leg(statement: Statement) -> int:
    if not isinstance(statement, HoldSpec) or not (statement.atomic or statement.step):
        return at.ALONE
    return at.TOGETHER if statement.atomic else at.FIRST_STEP if statement.step == 1 else at.LATER_STEP


class _Placed(NamedTuple):
    """A place among the statements. part: how far after its hold it stands, 0 where it is part of none. leg: of a
    hold and its parts, whether it acts ALONE or in which company. own: whether it may act in this book."""

    statement: Statement
    part: int
    leg: int
    own: bool


def _places(statements: Sequence[Statement], own: Sequence[bool] | None) -> list[_Placed]:
    """Every place of a statement; those of one that cannot act here are left empty."""
    placed: list[_Placed] = []
    for number, statement in enumerate(statements):
        mine, parts, leg = own is None or own[number], [statement], _kind_of_leg(statement)
        if isinstance(statement, HoldSpec):
            parts = [statement, *(statement.parts if mine else [statement] * at.PARTS)]
        placed += [_Placed(each, part, leg, mine) for part, each in enumerate(parts)]
    return placed


def _own(k: Ints, index: int, placed: _Placed, assumptions: Assumptions) -> None:
    """A statement that may act in this book, in its place and in the list of those."""
    to = k[at.STATEMENTS] + index * at.STATEMENT_WIDTH
    _statement(k, to, placed.statement, assumptions)
    k[to + at.PART] = placed.part
    k[to + at.ATOMIC] = placed.leg
    k[at.WALKS] |= int(_walks(placed.statement))
    k[at.HOLDS] |= int(isinstance(placed.statement, HoldSpec))
    k[at.FLOWS] |= int(isinstance(placed.statement, FlowSpec))
    k[k[at.OWN_LIST] + k[at.OWN_COUNT]] = index
    k[at.OWN_COUNT] += 1


def _guards_of(guards: Sequence[GuardSpec], assumptions: Assumptions, implied: bool) -> list[tuple[GuardSpec, int]]:
    """Every guard with where it comes from: each of them holds, so that the tighter of two of one name acts first."""
    given = (GuardSpec(guard.kind, guard.threshold, guard.action, guard.of.lower(), guard.until)
             for guard in assumptions.guards)  # fmt: skip
    found = [(guard, at.OF_THE_PROGRAM) for guard in guards] + [(guard, at.GIVEN) for guard in given]
    return found + [(guard, at.IMPLIED) for guard in _bounds(implied, assumptions.margin)]


def _bounds(implied: bool, margin: float) -> list[GuardSpec]:
    """The limit that margin sets on new risk; without credit and without a guard of the program, all of equity."""
    if margin < 1.0:
        return [GuardSpec("margin", 1.0 / margin)]
    return [GuardSpec("exposure", 1.0)] if implied else []


_WIDTHS = (TRADE_WIDTH, ORDER_WIDTH, RECORD_WIDTH)


@dataclass(frozen=True, slots=True)
class _Counts:
    """statements: all places; own: those that may act in this book."""

    statements: int
    own: int
    guards: int
    lots: int
    moves: int
    takes: int
    latency: int
    days: int
    scopes: int

    @property
    def levels(self) -> int:
        return at.MOVE_ROW + self.moves + self.takes + 1

    @property
    def stride(self) -> int:
        return at.LOT_WIDTH + self.levels * at.ORDER_WIDTH

    @property
    def inbox(self) -> int:
        return at.B_FIXED

    @property
    def kept(self) -> int:
        return self.inbox + self.statements * at.INBOX_WIDTH

    @property
    def orders(self) -> int:
        return self.kept + self.statements * at.INBOX_WIDTH

    @property
    def lot_table(self) -> int:
        return self.orders + (self.statements + 2) * at.ORDER_WIDTH

    @property
    def ways(self) -> int:
        return self.lot_table + self.lots * self.stride

    @property
    def ring(self) -> int:
        return self.ways + self.latency * (at.WAY_HEAD + self.statements * at.INBOX_WIDTH)

    @property
    def scope_sums(self) -> int:
        return self.ring + self.days

    @property
    def thresholds(self) -> int:
        """Behind the marks of all guards."""
        return self.scope_sums + (1 + self.scopes if self.scopes else 0) * at.SCOPE_WIDTH + self.guards

    @property
    def floats(self) -> int:
        return self.thresholds + self.guards

    @property
    def guard_table(self) -> int:
        return at.K_FIXED + self.statements * at.STATEMENT_WIDTH

    @property
    def scope_list(self) -> int:
        return self.guard_table + self.guards * at.GUARD_WIDTH

    @property
    def own_list(self) -> int:
        return self.scope_list + self.scopes

    @property
    def lot_list(self) -> int:
        return self.own_list + self.own

    @property
    def ints(self) -> int:
        return self.lot_list + self.lots


def _lots(statements: Sequence[Statement], side: str) -> int:
    """Most lots of a side at once: each of its enters may hold `scale + 1`."""
    return sum(s.scale + 1 for s in statements if isinstance(s, EnterSpec) and s.side == side)


def _most(statements: Sequence[Statement], what: str) -> int:
    """The largest number of moved stops, or of takes, that a statement has: every lot has rows for them."""
    return max((getattr(s, what) for s in statements if isinstance(s, EnterSpec)), default=0)


def _walks(statement: Statement) -> bool:
    """Whether orders of a statement, or its lots, may have a level."""
    if isinstance(statement, CancelSpec | HoldSpec | FlowSpec):
        return False
    if isinstance(statement, ExitSpec):
        return bool(statement.rest)
    levels = statement.has_stop, statement.has_target, statement.has_trail, statement.takes, statement.moves
    return bool(statement.rest) or any(levels)


def _place(k: Ints, counts: _Counts) -> None:
    k[at.STATEMENTS] = at.K_FIXED
    k[at.STATEMENT_COUNT] = counts.statements
    k[at.OWN_LIST] = counts.own_list
    k[at.SCOPES] = counts.scope_list
    k[at.SCOPE_COUNT] = counts.scopes
    k[at.SCOPE_SUMS] = counts.scope_sums
    k[at.INBOX] = counts.inbox
    k[at.KEPT] = counts.kept
    k[at.ORDERS] = counts.orders
    k[at.LOTS] = counts.lot_table
    k[at.GUARDS] = counts.guard_table
    k[at.GUARD_COUNT] = counts.guards
    k[at.THRESHOLDS] = counts.thresholds
    k[at.LEVELS] = counts.levels
    k[at.KEPT_SLOTS] = at.INBOX_WIDTH if counts.moves + counts.takes > 0 else at.PLAIN_WIDTH
    k[at.LOT_STRIDE] = counts.stride
    k[at.LATENCY] = counts.latency
    k[at.WAYS] = counts.ways
    k[at.WINDOW] = counts.days
    k[at.DAYS] = counts.ring
    k[at.LOT_LIST] = counts.lot_list
    for place in range(counts.lots):
        k[counts.lot_list + place] = place


def _policies(b: Floats, k: Ints, assumptions: Assumptions) -> None:
    k[at.PATH] = PATHS.index(assumptions.path)
    k[at.BRACKET] = BRACKETS.index(assumptions.bracket)
    k[at.SIZING] = SIZINGS.index(assumptions.sizing)
    k[at.GUARD_FILL] = FILLS.index(assumptions.fill)
    k[at.ENTRIES] = ENTRIES.index(getattr(assumptions, "entries", ENTRIES[0]))
    b[at.CAPITAL] = assumptions.capital
    _costs(b, at.ENTRY_COSTS, assumptions, "entries")
    _costs(b, at.EXIT_COSTS, assumptions, "exits")
    _tiers(b, assumptions.fee)
    k[at.PERIOD] = -at.NEVER
    b[at.INTEREST] = assumptions.interest
    b[at.BORROW] = assumptions.borrow.rate
    b[at.FUNDING] = assumptions.funding.rate
    b[at.MARGIN] = assumptions.margin
    b[at.MAINTENANCE] = assumptions.maintenance
    b[at.PARTICIPATION] = assumptions.participation
    b[at.ROOM] = 0.0 if assumptions.participation else at.FAR
    b[at.POINT_VALUE] = assumptions.point_value
    b[at.POINT] = assumptions.point_value if assumptions.conversion else 0.0
    b[at.MINIMUM] = assumptions.minimum
    b[at.TICK] = assumptions.tick
    b[at.TICKS_PER_UNIT] = _per_unit(assumptions.tick)
    b[at.LOT] = assumptions.lot
    b[at.LOTS_PER_UNIT] = _per_unit(assumptions.lot)


def _costs(b: Floats, to: int, assumptions: Assumptions, side: str) -> None:
    """A row of costs: what is said of this side alone, or of both."""
    fee = assumptions.fee if assumptions.fee.on in ("", side) else NO_FEE
    spread = assumptions.spread if assumptions.spread.on in ("", side) else NO_SPREAD
    slippage, tick = assumptions.slippage, assumptions.tick
    b[to + at.FEE_FRACTION] = fee.fraction + fee.taker
    b[to + at.MAKER_FRACTION] = fee.fraction + fee.maker
    b[to + at.FEE_ORDER] = fee.per_order
    b[to + at.FEE_UNIT] = fee.per_unit
    b[to + at.SLIP_FRACTION] = slippage.fraction + spread.fraction / 2.0
    b[to + at.SLIP_DISTANCE] = slippage.distance + slippage.ticks * tick
    b[to + at.SLIP_DISTANCE] += (spread.distance + spread.ticks * tick) / 2.0
    b[to + at.SLIP_SPREAD], b[to + at.SLIP_SPREAD_SHARE] = _half_of_series(spread, tick)
    b[to + at.SLIP_RANGE] = slippage.range
    b[to + at.SLIP_ROOT] = slippage.root
    b[to + at.FEE_BOUNDED] = float(fee.bounded)
    b[to + at.FEE_LEAST] = fee.least
    if fee.most_share is not None:
        b[to + at.FEE_MOST_SHARE] = fee.most_share
    else:
        b[to + at.FEE_MOST] = at.FAR if fee.most is None else fee.most


def _half_of_series(spread: Spread, tick: float) -> tuple[float, float]:
    """Half a unit of the spread that the data say, in price and as a share of the price."""
    if spread.series is None:
        return 0.0, 0.0
    unit = {"price": 1.0, "ticks": tick}.get(spread.series.unit, 0.0)
    share = {"percent": 0.01, "bp": 0.0001}.get(spread.series.unit, 0.0)
    return unit / 2.0, share / 2.0


def _tiers(b: Floats, fee: Fee) -> None:
    """The table of the tiers; without any it is empty and nobody looks at it."""
    if not fee.tiers:
        return
    b[at.TIERED_ENTRIES], b[at.TIERED_EXITS] = float(fee.on != "exits"), float(fee.on != "entries")
    for slot in range(at.TIERS, at.B_FIXED):
        b[slot] = at.FAR
    for place, (traded, rates) in enumerate(((0.0, fee), *fee.tiers)):
        row = at.TIERS + place * at.TIER_WIDTH
        b[row + at.TIER_FROM] = traded
        b[row + at.TIER_FRACTION] = rates.fraction + rates.taker
        b[row + at.TIER_MAKER] = rates.fraction + rates.maker
        b[row + at.TIER_ORDER] = rates.per_order
        b[row + at.TIER_UNIT] = rates.per_unit


def _per_unit(step: float) -> float:
    """How many steps make 1, where that is a whole number; else 0."""
    if step <= 0.0:
        return 0.0
    count = round(1.0 / step)
    return float(count) if count >= 1 and abs(1.0 / step - count) < 1e-9 * count else 0.0


def _statement(k: Ints, to: int, statement: Statement, assumptions: Assumptions) -> None:
    k[to + at.SIDE] = at.LONG if statement.side == "long" else at.SHORT
    if isinstance(statement, CancelSpec):
        k[to + at.KIND] = at.CANCEL
        k[to + at.OF] = statement.of
        return
    if isinstance(statement, FlowSpec):
        k[to + at.KIND] = at.FLOW
        k[to + at.SIDE] = 1 if statement.word == "deposit" else -1
        k[to + at.SIZE_KIND] = specs.SIZINGS.index(statement.sizing)
        return
    if isinstance(statement, HoldSpec):
        k[to + at.KIND] = at.HOLD
        k[to + at.SIZE_KIND] = specs.SIZINGS.index(statement.sizing)
        k[to + at.FILL] = FILLS.index(statement.fill or assumptions.fill)
        return
    k[to + at.REST] = specs.RESTS.index(statement.rest)
    k[to + at.LIFE_KIND] = specs.LIVES.index(statement.life)
    k[to + at.SIZE_KIND] = specs.SIZINGS.index(statement.sizing)
    k[to + at.FILL] = FILLS.index(statement.fill or assumptions.fill)
    if isinstance(statement, ExitSpec):
        k[to + at.KIND] = at.EXIT
        k[to + at.ONCE] = int(statement.once)
        return
    k[to + at.KIND] = at.ENTER
    k[to + at.HAS_CAP] = int(statement.has_cap)
    k[to + at.HAS_STOP] = int(statement.has_stop)
    k[to + at.HAS_TARGET] = int(statement.has_target)
    k[to + at.HAS_TRAIL] = at.FROM_FILL if statement.trail_from_fill else int(statement.has_trail)
    k[to + at.EXPIRE_KIND] = specs.EXPIRIES.index(statement.expire_kind)
    k[to + at.SCALE] = statement.scale
    k[to + at.TAKES] = statement.takes
    k[to + at.MOVES] = statement.moves
    k[to + at.HAS_TRAIL_AFTER] = int(statement.has_trail_after)
    k[to + at.RUNG] = statement.rung
    k[to + at.RUNGS] = statement.rungs
    k[to + at.AGAIN] = int(statement.again)


def _wait_for_a_venue(k: Ints) -> None:
    """What would fill at a close waits as well: it has filled when the venue says so."""
    k[at.VENUE] = 1
    k[at.GUARD_FILL] = at.NEXT_OPEN
    for index in range(k[at.STATEMENT_COUNT]):
        k[k[at.STATEMENTS] + index * at.STATEMENT_WIDTH + at.FILL] = at.NEXT_OPEN


def _guard(b: Floats, k: Ints, index: int, guard: GuardSpec, origin: int) -> None:
    to = k[at.GUARDS] + index * at.GUARD_WIDTH
    k[to + at.GUARD_KIND] = specs.GUARDS.index(guard.kind)
    k[to + at.GUARD_FROM] = origin
    k[to + at.GUARD_ACTION] = GUARD_ACTIONS.index(guard.action)
    k[to + at.GUARD_UNTIL] = _resets(guard)
    b[k[at.THRESHOLDS] + index] = guard.threshold
    if is_gauge(k, index):
        b[mark_at(k, index)] = at.MISSING  # it has read nothing yet


def _resets(guard: GuardSpec) -> int:
    """What resets a guard: unless said the day, where it is of one."""
    if guard.until:
        return (at.UNTIL_DAY, at.UNTIL_WEEK, at.UNTIL_MONTH, at.FOR_EVER)[RESETS.index(guard.until)]
    return at.UNTIL_DAY if guard.kind in DAY_GUARDS else at.FOR_EVER


def _begin(b: Floats, k: Ints) -> None:
    """Flat, all cash, marked."""
    for slot in (at.CASH, at.EQUITY, at.HIGH_WATER, at.TROUGH, at.DAY_EQUITY, at.BEGAN_WITH):
        b[slot] = b[at.CAPITAL]
    b[at.LAST_RETURN] = at.MISSING
    b[at.PREFERENCE] = at.MISSING
    b[at.UNMET] = -1.0
    b[at.RUN_HIGH] = -at.FAR
    b[at.RUN_LOW] = at.FAR
    k[at.MARKED] = 1


def _limits(k: Ints, counts: _Counts, max_rows: int, max_records: int) -> tuple[int, int, int]:
    """Rows of each buffer; FULL is set while one more event still fits."""
    parts = 1 + counts.takes
    fills = EVENTS * (counts.lots + counts.own + 2) * parts
    decisions = 4 * counts.own + EVENTS * counts.lots + counts.guards + 2
    rows = []
    wanted = (max_rows, max_rows, max_records)
    limits = (at.TRADE_LIMIT, fills), (at.ORDER_LIMIT, decisions), (at.RECORD_LIMIT, 2 * fills)
    for (slot, most), asked in zip(limits, wanted, strict=True):
        size = max(asked, 2 * most)
        k[slot] = size - most
        rows.append(size)
    return rows[0], rows[1], rows[2]
