"""Phase 6: decisions become orders. What ends goes first, then exits, expiries and enters, each in source order.

The effect of an order on every limit is computed before it is accepted, from the books, from what was accepted
before it and from what rests (`expect.py`). What fills at this close fills here, at once; the rest waits for the next
open, or rests. An exit that acts leaves no enter of its side in the same event. An enter that guards leave no room
for is denied; if it would have reversed, its closing leg still acts, because leaving is not new risk.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .execute import execute_enter, execute_exit
from .expect import expect, expect_enter, expect_exit, expect_gone, reserve
from .expected_risk import expected_risk
from .expiries import execute_expiries, has_come, is_old, order_out
from .fill import begin
from .flows import flow
from .guards import admit, too_many_orders
from .hold import hold_enter, hold_leave, is_hold, set_own_basis
from .ladder import wish_again, withheld
from .late import exchange
from .match import lot_beyond
from .orders import cancel_entries, end_orphans, refuse, wait
from .parts import has_part, lot_filled
from .places import inbox_at, lot_at, order_at, own_at, rests, side_held, statement_at
from .prices import lots_down
from .rest import (
    end,
    end_over,
    end_unrenewed,
    lacks_price,
    limit_wanted,
    place,
    stays,
    stop_resting,
    trigger_wanted,
    veto,
)
from .scopes import is_halted
from .sizing import below_minimum, exit_size, granted, lacks_life, size_up
from .watch import note_accepts, refresh


def decide(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Money comes and goes; every wish in the inbox becomes an order, a denial or nothing; old lots are closed."""
    if k[at.LATENCY] != 0:
        arrive(b, k, index, time)
    pay_and_leave(b, k, trades, orders, records, index, time, close)
    enter(b, k, trades, orders, records, close)
    return after(b, k, orders)


def pay_and_leave(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """What comes before every entry, in the one book of an account."""
    begin_turn(b, k, orders, records, index, time, close)
    return leave(b, k, trades, orders, records, index, time, close)


def begin_turn(b: Floats, k: Ints, orders: Floats, records: Floats, index: int, time: int, close: float) -> int:
    """Money comes and goes, and what weights are shares of is known: in the one book of an account."""
    if k[at.FLOWS] != 0:
        flow(b, k, orders, records, index, time, close)
    if k[at.HOLDS] != 0:
        begin(b, k, index, time)
        set_own_basis(b, k, close)
    return 0


def arrive(b: Floats, k: Ints, index: int, time: int) -> int:
    """What has been under way for long enough is wished now; what was wished now sets out. The book has to decide."""
    exchange(b, k, index, time)
    k[at.WANTS] = 1
    return note_accepts(b, k)


def leave(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """What ends, exits and expiries. Of several books all leave before any enters."""
    begin_to_leave(b, k, orders, index, time, close)
    leave_by_statements(b, k, trades, orders, records, close)
    decide_expiries(b, k, trades, orders, records, close)
    return wish_again(b, k) if k[at.WALKS] != 0 else 0


def begin_to_leave(b: Floats, k: Ints, orders: Floats, index: int, time: int, close: float) -> int:
    """What has ended is over, and what the books will be once all that waits has filled."""
    begin(b, k, index, time)
    k[at.DECIDING] = 1
    k[at.LEFT_LONG] = 0
    k[at.LEFT_SHORT] = 0
    if k[at.WALKS] != 0:
        veto(b, k)
    if k[at.RESTING] != 0:
        end_over(b, k, orders, 0)
    if k[at.WALKS] != 0:
        stop_resting(b, k, orders)
    worth = close if close == close else b[at.PRICE]  # as at the mark
    b[at.WORTH] = worth
    return expect(b, k, worth)


def leave_by_statements(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, close: float) -> int:
    """Exits, and what positions to hold have too much of, in source order."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if is_hold(k, here) != 0 and wishes(b, k, statement) != 0:
            hold_leave(b, k, orders, statement)
        elif k[here + at.KIND] == at.EXIT and wishes(b, k, statement) != 0:
            acted = decide_exit(b, k, trades, orders, records, statement, close)
            k[at.LEFT_LONG if k[here + at.SIDE] == at.LONG else at.LEFT_SHORT] += acted
    return 0


def after(b: Floats, k: Ints, orders: Floats) -> int:
    """What rests and was not wished again ends; the inbox is empty, and what may happen next is known."""
    if k[at.RESTING] != 0:
        end_over(b, k, orders, 1)
        end_orphans(b, k, orders)
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        b[inbox_at(k, statement) + at.WANTED] = 0.0
        withheld(k, statement)
    k[at.WANTS] = 0
    k[at.DECIDING] = 0
    return refresh(b, k)


def wishes(b: Floats, k: Ints, statement: int) -> int:
    """Whether a statement wants something, and could act when this bar began."""
    wanted = b[inbox_at(k, statement) + at.WANTED] != 0.0
    return 1 if wanted and k[statement_at(k, statement) + at.ACCEPTS] != at.CANNOT else 0


def fills_now(policy: int, close: float) -> int:
    """Whether an order of this fill policy fills at this close; without a close it waits for the next open."""
    return 1 if policy == at.THIS_CLOSE and close == close else 0


# --- exits -----------------------------------------------------------------------------------------


def decide_exit(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """One exit, of what the exits before it leave; returns whether it acts at the market."""
    here = statement_at(k, statement)
    side = k[here + at.SIDE]
    left = b[at.REMAINING] if side_held(b) == side else 0.0
    if left <= 0.0:
        return 0
    limit, trigger = at.MISSING, at.MISSING
    if k[here + at.REST] != at.AT_MARKET:
        limit, trigger = limit_wanted(b, k, statement, -side), trigger_wanted(b, k, statement, -side)
        if lacks_price(k, statement, limit, trigger) != 0:
            return 0
    quantity, asked = at.EVERYTHING, left
    if k[here + at.SIZE_KIND] == at.NO_SIZE:
        if k[here + at.REST] == at.AT_MARKET and fills_now(k[here + at.FILL], close) != 0:
            asked = absolute(b[at.QUANTITY])  # what waits to leave has not left yet
    else:
        asked = exit_size(b, k[here + at.SIZE_KIND], b[inbox_at(k, statement) + at.SIZE], left, close)
        if asked != asked:
            refuse(b, k, orders, statement, 0.0, rows.REFUSED, rows.MISSING_SIZE, limit, trigger)
            return 0
        quantity = left if asked >= left else lots_down(b, asked)
        if quantity <= 0.0:
            refuse(b, k, orders, statement, asked, rows.REFUSED, rows.ZERO_QUANTITY, limit, trigger)
            return 0
    if k[here + at.REST] != at.AT_MARKET:
        if k[here + at.SIZE_KIND] != at.NO_SIZE:
            quantity = max(quantity, lots_down(b, asked))  # of what is held when it fills, which may be more
        if lacks_life(b, k, here, inbox_at(k, statement)) != 0:
            refuse(b, k, orders, statement, asked, rows.REFUSED, rows.MISSING_VALID, limit, trigger)
            return 0
        if restated(b, k, orders, statement, limit, trigger) == 0:
            place(b, k, statement, -side, limit, trigger, asked, quantity, rows.NO_REASON)
        return 0
    wait(b, k, statement, -side, asked, quantity, rows.NO_REASON)
    k[here + at.USED] = 1
    end_unrenewed(b, k, orders, side)
    cancel_entries(b, k, orders, side, rows.EXIT_FIRST, at.WAITS)
    if fills_now(k[here + at.FILL], close) != 0:
        execute_exit(b, k, trades, orders, records, statement, close, rows.AT_CLOSE)
        expect(b, k, close)
    elif b[at.PARTICIPATION] > 0.0:  # what was left of an entry that it has ended is not expected any more
        expect(b, k, b[at.WORTH])
    else:
        expect_exit(b, side, quantity, b[at.WORTH])
        b[at.LEAVING] += quantity
    return 1


def decide_expiries(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, close: float) -> int:
    """Lots that have reached their age are ordered out, by the program's fill policy; at their moment lots leave."""
    now = fills_now(k[at.GUARD_FILL], close)
    moments, so_far = 0, 0.0
    for lot in range(k[at.LOT_COUNT]):
        side, quantity = side_held(b), absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
        so_far += quantity
        if is_old(b, k, lot) != 0 and so_far > b[at.LEAVING]:  # exits come first, and take the oldest lots
            order_out(b, k, lot)
            expect_exit(b, side, quantity, b[at.WORTH])
        moments += has_come(b, k, lot, rows.AT_CLOSE)
    if now != 0 or (moments != 0 and close == close):
        execute_expiries(b, k, trades, orders, records, close, rows.AT_CLOSE, now)
        if k[at.RESTING] != 0:
            end_orphans(b, k, orders)
        expect(b, k, close)
    return 0


# --- enters ----------------------------------------------------------------------------------------


def enter(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, close: float) -> int:
    """Enters of one side act in source order while `scale` allowed before this event; the first side to act wins.

    A leg that took a side at this close was first. Those that rest do not compete. Where one cancels the other, a fill
    at this close ends all that rest, those decided at it as well, wherever they stand in the text.
    """
    taken, entries = taken_by_leg(k), k[at.ENTRIES_TODAY]
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        side = k[here + at.SIDE]
        if is_hold(k, here) != 0 and wishes(b, k, statement) != 0:
            hold_enter(b, k, statement)
        elif k[here + at.KIND] == at.ENTER and wishes(b, k, statement) != 0:
            if 0 < k[at.LEFT_LONG if side == at.LONG else at.LEFT_SHORT] < at.BY_LEG:
                continue
            if k[here + at.ACCEPTS] == at.FULL_UP:
                k[here + at.DROPPED] += 1
            elif k[here + at.REST] != at.AT_MARKET:
                decide_to_rest(b, k, orders, statement)
            elif taken == -side:
                refuse(b, k, orders, statement, 0.0, rows.CONFLICT, rows.OPPOSITE, at.MISSING, at.MISSING)
            elif (taken == 0 or k[here + at.SCALE] > 0) and decide_enter(
                b, k, trades, orders, records, statement, close
            ) != 0:
                taken = side
    if k[at.ENTRIES] == at.ONE_CANCELS_OTHER and k[at.ENTRIES_TODAY] > entries:
        cancel_entries(b, k, orders, 0, rows.OTHER_FILLED, at.RESTS)
    return 0


def taken_by_leg(k: Ints) -> int:
    """The side that a leg of `atomic` or an instruction of `sequence` has taken at this close; 0: none."""
    if k[at.LEFT_LONG] >= at.BY_LEG:
        return at.LONG
    return at.SHORT if k[at.LEFT_SHORT] >= at.BY_LEG else 0


def decide_enter(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """One enter at the market; returns whether it acts."""
    here = statement_at(k, statement)
    side = k[here + at.SIDE]
    reversal = 1 if b[at.EXPECTED] * side < 0.0 else 0
    refused = weigh(b, k, statement, close)
    closing_only = 1 if refused != rows.NO_REASON and refused <= rows.HALTED_NOW and reversal != 0 else 0
    if refused != rows.NO_REASON and closing_only == 0:
        refuse(b, k, orders, statement, b[at.ASKED], rows.REFUSED, refused, at.MISSING, at.MISSING)
        return 0
    wait(b, k, statement, side, b[at.ASKED], b[at.GRANTED], k[at.WHY])
    if fills_now(k[here + at.FILL], close) != 0:
        if execute_enter(b, k, trades, orders, records, statement, close, rows.AT_CLOSE) != 0:
            lot_beyond(b, k, trades, orders, records, lot_filled(b, k, statement), close, rows.AT_CLOSE, 0)
        expect(b, k, close)
    elif b[at.PARTICIPATION] > 0.0:  # it fills before what is left of an entry further down in the text
        expect(b, k, b[at.WORTH])
    else:
        expect_enter(b, side, b[at.GRANTED], b[at.WORTH])
    return 1


def decide_to_rest(b: Floats, k: Ints, orders: Floats, statement: int) -> int:
    """One enter that rests, weighed at its own price. A missing price places nothing, and is no denial."""
    side = k[statement_at(k, statement) + at.SIDE]
    limit, trigger = limit_wanted(b, k, statement, side), trigger_wanted(b, k, statement, side)
    if lacks_price(k, statement, limit, trigger) != 0:
        return 0
    refused = weigh(b, k, statement, limit if limit == limit else trigger)
    if refused == rows.NO_REASON and moves(b, k, statement, limit, trigger) != 0 and too_many_orders(b, k) != 0:
        refused = at.ORDERS_PER_MINUTE
    if refused != rows.NO_REASON:
        refuse(b, k, orders, statement, b[at.ASKED], rows.REFUSED, refused, limit, trigger)
        return 0
    if restated(b, k, orders, statement, limit, trigger) == 0:
        place(b, k, statement, side, limit, trigger, b[at.ASKED], b[at.GRANTED], k[at.WHY])
    return 1


def restated(b: Floats, k: Ints, orders: Floats, statement: int, limit: float, trigger: float) -> int:
    """Of an order that rests with what a part has left of it: 1 where a wish at its prices leaves it so.

    Another wish, and one at the close at which its life ends, ends it with what it has got, and is an order of its own.
    """
    if has_part(b, k, statement) == 0:
        return 0
    if stays(b, k, statement, limit, trigger, b[order_at(k, statement) + at.AMOUNT]) != 0:
        return 1
    end(b, k, orders, statement)
    return 0


def moves(b: Floats, k: Ints, statement: int, limit: float, trigger: float) -> int:
    """Whether a wish that was weighed moves or renews the order that rests."""
    rest = has_part(b, k, statement) != 0
    quantity = b[order_at(k, statement) + at.AMOUNT] if rest else b[at.GRANTED]
    unchanged = stays(b, k, statement, limit, trigger, quantity)
    return 1 if rests(b, k, statement) != 0 and unchanged == 0 else 0


def weigh(b: Floats, k: Ints, statement: int, price: float) -> int:
    """Set ASKED, GRANTED (on the lot grid) and WHY, as if what is held on the other side had left, at the cost of
    that price, and what rests on this one had filled. Returns the reason to deny, or NO_REASON. Guards' come first."""
    expected, cost = b[at.EXPECTED], b[at.EXPECTED_COST]
    put_on_scales(b, k, statement, price)
    refused = judge(b, k, statement, price)
    b[at.EXPECTED] = expected
    b[at.EXPECTED_COST] = cost
    return refused


def put_on_scales(b: Floats, k: Ints, statement: int, price: float) -> int:
    """What an entry is weighed beside."""
    side = k[statement_at(k, statement) + at.SIDE]
    k[at.WEIGHED] = statement
    expect_gone(b, -side, at.EVERYTHING, price)
    reserve(b, k, side)
    if k[at.MORE_SUMS] != 0:
        b[at.EXPECTED_RISK] = expected_risk(b, k, side, b[at.WORTH], statement)
    return 0


def judge(b: Floats, k: Ints, statement: int, price: float) -> int:
    """The quantity from the size that is wished, and what the guards leave of it."""
    here = statement_at(k, statement)
    refused = size_up(b, k, here, inbox_at(k, statement), price)
    if refused != rows.NO_REASON:
        return refused
    if is_halted(k) != 0:
        b[at.GRANTED] = 0.0
        k[at.WHY] = rows.HALTED_NOW
        return rows.HALTED_NOW
    cut = admit(b, k, k[here + at.SIDE], price)
    b[at.GRANTED] = granted(b)
    if b[at.GRANTED] > 0.0 and below_minimum(b, b[at.GRANTED], price) != 0:
        b[at.GRANTED] = 0.0
        k[at.WHY] = rows.BELOW_MINIMUM
        return rows.BELOW_MINIMUM
    if b[at.GRANTED] > 0.0:
        return rows.NO_REASON
    if cut == 0:
        k[at.WHY] = rows.ZERO_QUANTITY
    return k[at.WHY]
