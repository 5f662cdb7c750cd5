"""Whether the books that a snapshot holds are books that a run can have left.

The functions of trading use counts and places of `k` without looking at them first: a lot too many would be written
beyond the table. So state that comes from outside is compared with the arrays it is for, which were laid out for
the same statements and assumptions: what never changes must be the same, what counts must lie within its bounds, and
what is kept twice (the position and its lots, the lots of a statement, what a statement may do) must agree.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from math import isfinite
from typing import TypeAlias

from . import layout as at
from .guards import is_gauge, mark_at
from .late import way_at
from .layout import STATEMENT_WIDTH
from .lots import prepare
from .orders import type_of
from .parts import has_part
from .places import guards_order, inbox_at, lot_at, order_at, row_at, state_of, statement_at
from .rows import AT_CLOSE, BY_STOP, BY_TARGET, BY_TRAIL, EXIT_REASONS, REASONS
from .tiers import take_rates
from .watch import refresh

Floats: TypeAlias = "array[float]"
Ints: TypeAlias = "array[int]"

WHOLE = 1 << 52
"""No run has counted further. From twice as many on a float64 cannot tell a count from the next one, and what one
engine counts in whole numbers the other rounds: so a run that goes on from here never gets there."""

OWN = (
    at.CLOSE_AT_END, at.TRADE_ROWS, at.ORDER_ROWS, at.RECORD_ROWS, at.TRADE_LIMIT, at.ORDER_LIMIT, at.RECORD_LIMIT,
    at.FULL, at.KEEP_RECORDS, at.CARRY_FROM,
)  # fmt: skip
"""Slots of k that belong to the run that goes on, not to the books: they are not taken over."""

_FIXED = (
    at.STATEMENTS, at.STATEMENT_COUNT, at.INBOX, at.KEPT, at.KEPT_SLOTS, at.ORDERS, at.LOTS, at.LOT_LIST,
    at.LOT_STRIDE, at.LEVELS, at.GUARDS, at.GUARD_COUNT, at.THRESHOLDS, at.PATH, at.BRACKET, at.SIZING, at.GUARD_FILL,
    at.BAR_TIME, at.ENTRIES, at.WALKS, at.HOLDS, at.FLOWS, at.VENUE, at.OWN_COUNT, at.OWN_LIST, at.MORE_SUMS,
    at.LATENCY, at.WAYS, at.FINER, at.FINER_COUNT, at.WINDOW, at.DAYS, at.SCOPES, at.SCOPE_COUNT,
    at.SCOPE_SUMS, at.NEAR,
)  # fmt: skip
_FLAGS = (
    at.PENDING, at.EVERY_BAR, at.MARKED, at.WATCHED, at.COUNT_TRIP, at.TIMED, at.LATE, at.TAKES_PLACE, at.WANTS,
    at.DECIDING, at.DRY,
)  # fmt: skip
_COUNTS = (
    at.BARS, at.HELD, at.NEXT_ORDER, at.TRADES, at.WINS, at.LOSSES, at.LOSS_STREAK,
    at.TRADES_TODAY, at.LOSSES_TODAY, at.ENTRIES_TODAY, at.LAST_TRADE_BAR, at.DENIED, at.REDUCED, at.CONFLICTS,
    at.AMBIGUOUS, at.TRIPS, at.DAY, at.COUNTED_DAY, at.OTHERS_HELD, at.OTHERS_OPEN, at.OTHERS_ENTRIES_TODAY,
    at.OTHERS_LOSSES_TODAY, at.OTHERS_WAITING, at.MINUTE_ORDERS, at.LEFT_LONG, at.LEFT_SHORT,
    at.PARTED, at.SAID, at.MAGNIFIED,
)  # fmt: skip
_BOUNDS = {
    **dict.fromkeys(_FLAGS, (0, 1)),
    **dict.fromkeys(_COUNTS, (0, WHOLE)),
    at.MAKER: (0, 0),
    at.EXPIRE_HELD: (0, at.NEVER),
    at.ORDER_END: (0, at.NEVER),
    at.NOW: (-1, WHOLE),  # -1: guards acted before the symbol had a bar
    at.POSITION_START: (-1, WHOLE),
    at.LAST_REASON: (0, len(EXIT_REASONS) - 1),
    at.HALTED: (at.NOT_HALTED, at.FOR_EVER),
    at.GUARD_PENDING: (at.SHORT, at.LONG),
    at.BY_PATH: (0, 0),
    at.GAUGED: (0, 0),
    at.STRETCH: (0, 0),
    at.WAY: (0, 0),
    at.MOVED_LONG: (0, 0),
    at.MOVED_SHORT: (0, 0),
    at.LEAVES_BY: (0, 0),
    at.NOW_TIME: (-at.NEVER, at.NEVER),
    at.CARRIED: (-at.NEVER, at.NEVER),
    at.EARNED_AT: (-at.NEVER, at.NEVER),
    at.PERIOD: (-at.NEVER, at.NEVER),
    at.WEEK: (-at.NEVER, at.NEVER),
    at.MONTH: (-at.NEVER, at.NEVER),
    at.MINUTE_BEGAN: (-at.NEVER, at.NEVER),
    at.SAID_TIME: (-at.NEVER, at.NEVER),
    at.WHY: (0, len(REASONS) - 1),
}
_MONEY = (
    at.CASH, at.EQUITY, at.HIGH_WATER, at.TROUGH, at.MAX_DRAWDOWN, at.DAY_EQUITY, at.PRICE, at.VALUE, at.UNREALISED,
    at.REALISED, at.FEES, at.WON, at.LOST, at.PAID_IN, at.TAKEN_OUT, at.BEGAN_WITH, at.DAY_MOVED, at.TRADED,
    at.GRADED_BY,
)  # fmt: skip
_OF_STATEMENTS = (at.NO_ORDER, at.WAITS, at.RESTS, at.TRIGGERED, at.DOUBTED)
"""States of an order that is of no lot."""
_WATCH = (at.WATCH_LOW, at.WATCH_HIGH, at.EXPIRE_TIME)
_WATCH_COUNTS = (at.EVERY_BAR, at.TIMED, at.EXPIRE_HELD, at.ORDER_END)
_GUARDED = (at.EQUITY_CEILING, at.DRAWDOWN_KEEP, at.EXPOSURE_LIMIT)
_ARMED = (at.WATCHED, at.COUNT_TRIP)
_CAPITAL, _GRIDS = slice(at.CAPITAL, at.POINT_VALUE), slice(at.TICK, at.MINIMUM + 1)
_COSTS = slice(at.ENTRY_COSTS, at.EXIT_COSTS + at.COSTS_WIDTH)
_HOLDING = slice(at.INTEREST, at.MAINTENANCE + 1)
_TIERS = slice(at.TIERED_ENTRIES, at.B_FIXED)
_VOLUME = slice(at.PARTICIPATION, at.PARTICIPATION + 1)
_POINT = slice(at.POINT, at.POINT + 1)
_KEPT = slice(at.KEPT_SHARE, at.KEPT_SHARE + 1)


def adopted(k: Ints, own: Ints) -> Ints:
    """The books' whole numbers, with the slots that belong to the run that goes on as that has them."""
    taken = array("q", k)
    for slot in OWN:
        taken[slot] = own[slot]
    return taken


def unsound(b: Floats, k: Ints, own_b: Floats, own_k: Ints, alone: bool = True) -> str:
    """What in these books no run over the arrays `own` can have left, "" if there is nothing.

    alone: whether they are the only ones of their account, so that equity and what guards watch are theirs.
    """
    finders = (
        _unlike, _out_of_bounds, _odd_money, _odd_orders, _odd_lots, _odd_ways, _disagreement, _moved_watch,
    )  # fmt: skip
    for find in (*finders, _other_account) if alone else finders:
        if wrong := next(find(b, k, own_b, own_k), ""):
            return wrong
    return ""


def _unlike(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    """What never changes: where the tables stand, the statements and guards, the assumptions."""
    fixed = [*_FIXED, *range(own_k[at.SCOPES], own_k[at.LOT_LIST])]
    mine = set(own_k[own_k[at.OWN_LIST] : own_k[at.LOT_LIST]])
    for statement in range(own_k[at.STATEMENT_COUNT]):
        first, order = statement_at(own_k, statement), order_at(own_k, statement)
        fixed += range(first + at.KIND, first + (at.AGAIN + 1 if statement in mine else at.STATEMENT_WIDTH))
        if statement not in mine and any(b[order : order + at.ORDER_WIDTH]):
            yield "a statement for another symbol has an order"
    for guard in range(own_k[at.GUARD_COUNT]):
        first = own_k[at.GUARDS] + guard * at.GUARD_WIDTH
        fixed += (first + at.GUARD_KIND, first + at.GUARD_ACTION, first + at.GUARD_FROM, first + at.GUARD_SCOPE,
                  first + at.GUARD_UNTIL)  # fmt: skip
    if any(k[slot] != own_k[slot] for slot in fixed):
        yield "its tables are laid out otherwise"
    for part in (_CAPITAL, _GRIDS, _HOLDING, _VOLUME, _POINT, _KEPT, _TIERS, slice(own_k[at.THRESHOLDS], len(own_b))):
        if b[part].tobytes() != own_b[part].tobytes():
            yield "its assumptions or the limits of its guards differ"
    point, converted = b[at.POINT_VALUE], own_b[at.POINT] > 0.0
    if not 0.0 < point < at.FAR if converted else point != own_b[at.POINT_VALUE]:
        yield "a point of price is worth what no rate makes it"
    if all(b[_COSTS].tobytes() != costs for costs in _possible_costs(own_b)):
        yield "its assumptions or the limits of its guards differ"


def _possible_costs(own_b: Floats) -> Iterator[bytes]:
    """The rows of costs that books can have: those assumed, or with the rates of a tier of the fee."""
    yield own_b[_COSTS].tobytes()
    graded = own_b[: at.B_FIXED]
    for tier in range(at.MOST_TIERS):
        if 0.0 < own_b[at.TIERS + tier * at.TIER_WIDTH + at.TIER_FROM] < at.FAR:
            take_rates(graded, tier)
            yield graded[_COSTS].tobytes()


def _out_of_bounds(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    capacity = len(own_k) - own_k[at.LOT_LIST]
    bounds = dict(_BOUNDS) | {at.LOT_COUNT: (0, capacity), at.FRESH: (0, WHOLE)}  # lots filled inside may be gone
    bounds |= dict.fromkeys((at.RESTING, at.WEIGHED, at.WAITING), (0, own_k[at.STATEMENT_COUNT]))
    for statement in range(own_k[at.STATEMENT_COUNT]):
        first = statement_at(own_k, statement)
        bounds |= {first + at.LIVE: (0, own_k[first + at.SCALE] + 1)}
        bounds |= dict.fromkeys((first + at.DROPPED, first + at.UNTAKEN), (0, WHOLE))
        bounds |= {first + at.USED: (0, 1), first + at.ACCEPTS: (0, at.FULL_UP)}
        bounds |= {first + at.LEG: (0, at.TURN), first + at.AGE: (0, WHOLE), first + at.HELD_BACK: (0, WHOLE)}
        bounds |= dict.fromkeys((first + at.PASSED_OPEN, first + at.PASSED), (-WHOLE, WHOLE))
    for guard in range(own_k[at.GUARD_COUNT]):
        first = own_k[at.GUARDS] + guard * at.GUARD_WIDTH
        bounds |= dict.fromkeys((first + at.TRIPPED, first + at.ACTS), (0, 1))
    for slot, (least, most) in bounds.items():
        if not least <= k[slot] <= most:
            yield f"slot {slot} of the books is {k[slot]}, which is not from {least} to {most}"
    if not all(0.0 <= b[slot] <= at.FAR for slot in (at.LAST_RANGE, at.LAST_VOLUME, at.LAST_SPREAD)):
        yield "what costs know of the last bar is no range, no volume or no spread"
    if not (0.0 <= b[at.ROOM] < at.FAR if own_b[at.PARTICIPATION] else b[at.ROOM] == at.FAR):
        yield "a bar has no such room for fills"


def _odd_money(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    if not all(map(isfinite, (b[slot] for slot in _MONEY))):
        yield "an amount of money is missing"
    for guard in range(own_k[at.GUARD_COUNT]):
        mark = b[mark_at(own_k, guard)]
        if is_gauge(own_k, guard):
            if abs(mark) > at.FAR:
                yield "a guard reads a value beyond 1e300"
        elif not 0.0 <= mark < at.FAR:
            yield "a guard counts from no equity"
    if not all(0.0 <= traded < at.FAR for traded in b[own_k[at.DAYS] : own_k[at.DAYS] + own_k[at.WINDOW]]):
        yield "a day has traded no such notional"


def _odd_orders(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    """Inboxes and orders: states are of their kind, numbers counts, values none beyond all measure."""
    for place in range(own_k[at.STATEMENT_COUNT] + 2):
        order = order_at(own_k, place)
        if b[order + at.STATE] not in _OF_STATEMENTS or _odd_order(b, order):
            yield "an order has a number that counts nothing"
        elif place < own_k[at.STATEMENT_COUNT] and (_odd_state(b, own_k, place) or _odd_terms(b, k, place)):
            yield "an order rests that cannot"
    if any(b[inbox_at(own_k, statement) + at.WANTED] != 0.0 for statement in range(own_k[at.STATEMENT_COUNT])):
        yield "a statement wants something between two bars"
    if k[at.GUARD_PENDING] != 0 and not b[guards_order(own_k) + at.AMOUNT] > 0.0:
        yield "a guard closes nothing"
    if any(abs(value) > at.FAR for value in b[own_k[at.INBOX] : own_k[at.LOTS]]):
        yield "an order has a value beyond 1e300"


def _odd_order(b: Floats, order: int) -> bool:
    counts = (b[order + at.NUMBER], b[order + at.DECIDED], b[order + at.DECIDED_TIME], b[order + at.FROM])
    return not all(map(_whole, counts)) or not _code(b[order + at.REASON], len(REASONS))


def _odd_state(b: Floats, k: Ints, statement: int) -> bool:
    """Whether an order does what those of its statement never do."""
    here, state = statement_at(k, statement), b[order_at(k, statement) + at.STATE]
    if k[here + at.KIND] in (at.CANCEL, at.HOLD, at.FLOW):
        return state != at.NO_ORDER
    if state in (at.TRIGGERED, at.DOUBTED) and k[here + at.REST] != at.AT_TRIGGER_LIMIT:
        return True
    if state == at.WAITS and k[here + at.REST] == at.AT_TRIGGER:
        return b[at.PARTICIPATION] == 0.0  # it was met, and a bar's volume left some of it
    return state == at.WAITS if k[here + at.REST] != at.AT_MARKET else state > at.WAITS


def _odd_terms(b: Floats, k: Ints, statement: int) -> bool:
    """Whether an order trades the wrong way or nothing, or one that rests lacks its prices, first bar or end."""
    here, order = statement_at(k, statement), order_at(k, statement)
    if b[order + at.STATE] == at.NO_ORDER:
        return False
    way = k[here + at.SIDE] if k[here + at.KIND] == at.ENTER else -k[here + at.SIDE]
    if b[order + at.TRADE] != way or not b[order + at.AMOUNT] >= 0.0 or b[order + at.DECIDED] > k[at.NOW]:
        return True
    if k[here + at.REST] == at.AT_MARKET:
        return False
    ends = b[order + at.UNTIL], b[order + at.UNTIL_TIME]
    return (
        type_of(b, order) != k[here + at.REST]
        or b[order + at.AMOUNT] == 0.0
        or b[order + at.FROM] - b[order + at.DECIDED] - 1 not in (0, k[at.LATENCY])
        or any(end != end for end in ends)
    )


def _odd_lots(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    """Every lot has a place of its own; all are of one side, each of an enter of that side, and have a quantity."""
    places = k[own_k[at.LOT_LIST] :]
    if sorted(places) != list(range(len(places))):
        yield "two lots have one place"
        return
    if own_k[at.WALKS] == 0 and any(_stale(b, own_k, lot_at(k, lot)) for lot in range(len(places))):
        yield "a lot has a level where no statement sets one"
    total = 0.0
    for place in (lot_at(k, lot) for lot in range(k[at.LOT_COUNT])):
        quantity = b[place + at.LOT_QUANTITY]
        total += quantity
        if not 0.0 < abs(quantity) <= at.FAR or not _of_an_enter(k, b[place + at.LOT_STATEMENT], quantity):
            yield "a lot belongs to no statement, or has no quantity"
        numbers = [b[place + slot] for slot in (at.LOT_ORDER, at.LOT_INDEX, at.LOT_TIME, at.LOT_PASSED, at.LOT_START)]
        numbers.append(b[place + at.LOT_STRETCH])
        codes = _code(b[place + at.LOT_MOMENT], AT_CLOSE + 1) and _code(b[place + at.LOT_BY_PATH], 2)
        if not all(map(_whole, numbers)) or not codes:
            yield "a lot has a number that counts nothing"
        if not all(abs(b[place + slot]) <= at.FAR for slot in (at.LOT_PRICE, at.LOT_FEES, at.LOT_HIGH, at.LOT_LOW)):
            yield "a lot has a price that is none"
        if any(_odd_row(b, own_k, place, row) for row in range(own_k[at.LEVELS])):
            yield "a level of a lot is none"
        if (quantity > 0.0) != (total > 0.0):
            yield "the lots are of both sides"


def _stale(b: Floats, k: Ints, lot: int) -> bool:
    """Whether something stands in rows that a lot of these statements neither clears nor fills when it begins."""
    return any(b[row_at(lot, row) + at.STATE] != at.NO_ORDER for row in range(k[at.LEVELS]) if row != at.EXPIRY_ROW)


def _odd_ways(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    """Wishes under way: each of one of the last bars, no two of one, and values none beyond all measure."""
    rows = [way_at(own_k, way) for way in range(own_k[at.LATENCY])]
    taken = [row for row in rows if b[row + at.UNDER_WAY] != 0.0]
    said = [b[row + at.WAY_INDEX] for row in taken]
    if any(b[row + at.UNDER_WAY] not in (0.0, 1.0) for row in rows) or len(set(said)) < len(said):
        yield "two bars' wishes are under way as one"
    elif not all(_whole(index) and 0 <= k[at.NOW] - index < own_k[at.LATENCY] for index in said):
        yield "a wish is under way for longer than it may be"
    if any(not _whole(b[row + at.WAY_TIME]) for row in taken):
        yield "a wish was made at no time"
    end = way_at(own_k, own_k[at.LATENCY])
    if any(abs(value) > at.FAR for row in rows for value in b[row + at.WAY_HEAD : end]):
        yield "a wish under way has a value beyond 1e300"


def _odd_row(b: Floats, k: Ints, lot: int, row: int) -> bool:
    """A level or the expiry of a lot; what stands in the slots of one that has none is of no matter."""
    order, quantity = row_at(lot, row), b[lot + at.LOT_QUANTITY]
    state = b[order + at.STATE]
    if state == at.NO_ORDER:
        return False
    if row == at.EXPIRY_ROW:
        if state == at.WAITS:
            return _odd_order(b, order)
        return state != at.DORMANT or any(b[order + end] != b[order + end] for end in (at.UNTIL, at.UNTIL_TIME))
    reason = _reason_of(k, row)
    price, none = at.TRIGGER_PRICE, at.LIMIT_PRICE
    if reason == BY_TARGET:
        price, none = none, price
    met = b[at.PARTICIPATION] > 0.0 and reason != BY_TARGET  # and some of it is left
    states = (at.RESTS, at.DORMANT, at.WAITS) if met else (at.RESTS, at.DORMANT)
    slots = [price, *([at.AFTER] if state == at.DORMANT else [])]
    slots += range(at.LINE, at.LINE_SLOPE_BELOW + 1) if row == at.TRAIL_ROW else []
    return (
        state not in states
        or b[order + at.REASON] != reason
        or b[order + none] == b[order + none]
        or not b[order + at.TRADE] * quantity < 0.0
        or not 0.0 < b[order + at.AMOUNT] <= at.EVERYTHING
        or not _whole(b[order + at.FROM])
        or not _whole(b[order + at.DECIDED])
        or not all(abs(b[order + slot]) <= at.FAR for slot in slots)
    )


def _reason_of(k: Ints, row: int) -> int:
    """Why a lot leaves at a level: its stop or trail, a stop that began later, a take or the target."""
    if row == at.TRAIL_ROW:
        return BY_TRAIL
    return BY_STOP if row < k[k[at.STATEMENTS] + at.TAKE_ROW] else BY_TARGET


def _disagreement(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    """What is kept twice: summed anew from the lots, it is as it stands."""
    summed_b, summed_k = array("d", b), array("q", k)
    prepare(summed_b, summed_k)
    refresh(summed_b, summed_k)
    slots = (at.QUANTITY, at.UNITS, at.COST, at.ENTRY_FEES)
    if any(b[slot] != summed_b[slot] and summed_b[slot] == summed_b[slot] for slot in slots):
        yield "the position is not the sum of its lots"
    live = [0] * k[at.STATEMENT_COUNT]
    for lot in range(k[at.LOT_COUNT]):
        live[int(b[lot_at(k, lot) + at.LOT_STATEMENT])] += 1
    for statement, lots in enumerate(live):
        first = statement_at(k, statement)
        waits = 1 if k[first + at.KIND] == at.ENTER and state_of(b, k, statement) != at.NO_ORDER else 0
        if k[at.VENUE] != 0:
            waits = 0  # an order filled in part has its lot
        if has_part(b, k, statement) != 0:
            waits = 0
        if k[first + at.LIVE] != lots or lots + waits > k[first + at.SCALE] + 1 + _adds(k, first):
            yield "a statement has other lots than it may"
        if k[first + at.ACCEPTS] != summed_k[first + at.ACCEPTS]:
            yield "a statement may do what it cannot"
    if k[at.PENDING] != summed_k[at.PENDING] or k[at.RESTING] != summed_k[at.RESTING]:
        yield "an order waits that is none"


def _moved_watch(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    """What the hot functions compare with is what the orders and lots say: a level moved away would never be met."""
    anew_b, anew_k = _refreshed(b, k)
    if any(b[slot] != anew_b[slot] for slot in _WATCH) or any(k[slot] != anew_k[slot] for slot in _WATCH_COUNTS):
        yield "a level or an end is watched for elsewhere than it stands"


def _other_account(b: Floats, k: Ints, own_b: Floats, own_k: Ints) -> Iterator[str]:
    """The account of the books, where they are its only ones."""
    anew_b, anew_k = _refreshed(b, k)
    floor, anew = b[at.EQUITY_FLOOR], anew_b[at.EQUITY_FLOOR]
    # A new high moves it where no guard is on drawdown, too: there it is below all equity, and of no matter.
    moved = floor != anew and not (b[at.DRAWDOWN_KEEP] < 0.0 and anew <= floor <= 0.0)
    if moved or any(b[slot] != anew_b[slot] for slot in _GUARDED) or any(k[slot] != anew_k[slot] for slot in _ARMED):
        yield "a guard watches for another limit than its own"
    if b[at.EQUITY] != b[at.CASH] + b[at.VALUE] or b[at.HIGH_WATER] < b[at.TROUGH]:
        yield "equity is not cash and what is held"


def _refreshed(b: Floats, k: Ints) -> tuple[Floats, Ints]:
    """The books with all that is kept for the hot functions worked out anew."""
    anew_b, anew_k = array("d", b), array("q", k)
    refresh(anew_b, anew_k)
    return anew_b, anew_k


def _adds(k: Ints, first: int) -> int:
    """1 where an entry is added to the lot there is."""
    return 1 if k[first + at.PART] != 0 else 0


def _of_an_enter(k: Ints, statement: float, quantity: float) -> bool:
    if not _code(statement, k[at.STATEMENT_COUNT]):
        return False
    first = k[at.STATEMENTS] + int(statement) * STATEMENT_WIDTH
    return k[first + at.KIND] == at.ENTER and k[first + at.SIDE] == (at.LONG if quantity > 0.0 else at.SHORT)


def _whole(value: float) -> bool:
    return abs(value) < float(at.NEVER) and value == int(value)


def _code(value: float, count: int) -> bool:
    """Whether a float64 is one of so many codes."""
    return 0.0 <= value < count and value == int(value)
